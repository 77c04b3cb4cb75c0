"""A template of our own names only what is there, in its tags as well: `{% if %}` and `{% for %}` would be silent.

pytest-django stops at `{{ undefined }}`, in every template. Here a name that `if`, `for`, `regroup`, `firstof` or
`ifchanged` takes for nothing stops the test too, and so does a row that is gone. Other packages' templates rely on that
silence, so each name is told apart where it is compiled, by the file it stands in; it costs nothing where it is found.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.base import FilterExpression, Parser, Variable, VariableDoesNotExist


class Name(Variable):
    """A name in a template of our own: it stands for something, or the test fails."""

    __slots__ = ("template",)

    def __init__(self, var: str, template: str) -> None:
        super().__init__(var)
        self.template = template

    def resolve(self, context):
        try:
            value = super().resolve(context)
        except VariableDoesNotExist:
            pytest.fail(f"{self.var} is undefined in {self.template}")
        # Where a row is gone (ObjectDoesNotExist), Django hands out this instead, which an `if` takes for true.
        gone = context.template.engine.string_if_invalid
        if gone and value is gone:
            pytest.fail(f"{self.var} is a row that is gone in {self.template}")
        return value


def named(value, template: str):
    """Return a variable as one that must be there; anything else of an expression as it is."""
    return Name(value.var, template) if isinstance(value, Variable) and value.lookups else value


def compile_filter(parser: Parser, token: str) -> FilterExpression:
    """Compile an expression as Django does, its names and those of its filters' arguments as ours."""
    expression = FilterExpression(token, parser)
    if parser.origin and is_own(parser.origin.name):
        template = parser.origin.template_name or parser.origin.name
        expression.var = named(expression.var, template)
        expression.filters = [
            (function, [(is_name, named(value, template)) for is_name, value in arguments])
            for function, arguments in expression.filters
        ]
    return expression


def is_own(file: str) -> bool:
    """Whether a template lies in a folder of this product."""
    return any(Path(file).is_relative_to(folder) for folder in settings.TEMPLATES[0]["DIRS"])


@pytest.fixture(autouse=True, scope="session")
def _names_stand_for_something():
    """Hold all templates to it that are compiled from now on; none has been before the first test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Parser, "compile_filter", compile_filter)
        yield
