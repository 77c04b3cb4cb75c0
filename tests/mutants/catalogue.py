"""Every mutant of the targets, always the same, each under a name that outlives edits elsewhere in its file."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import CodeType

from tests.mutants.operators import OPERATORS, Edit, answers, called
from tests.mutants.targets import TARGETS, Target

ROOT = Path(__file__).parent.parent.parent
NOT_WALKED = {"annotation", "returns", "decorator_list", "args", "slice"}
TYPES = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Unit:
    """A function, a method, or a statement of a module: what is broken, and what tests reach."""

    source: "Source"
    name: str
    node: ast.stmt

    @property
    def key(self) -> str:
        """Where it lies, without a line."""
        return f"{self.source.target.path}:{self.name}"

    @property
    def is_function(self) -> bool:
        """Whether it is run again and again, and not once as its module is imported."""
        return isinstance(self.node, TYPES)


@dataclass(frozen=True)
class Mutant:
    """One small break."""

    name: str
    unit: Unit
    edit: Edit


class Source:
    """One module as a tree that can be broken, compiled and mended again."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.file = ROOT / target.path
        self.tree = ast.parse(self.file.read_text())

    @cached_property
    def units(self) -> list[Unit]:
        """Return what is broken, in the order of the file."""
        return [Unit(self, name, node) for name, node in named(self.tree.body) if self.target.takes(name)]

    def compiled(self, edit: Edit | None = None) -> CodeType:
        """Return the code of the whole module, with one edit or as it is."""
        undo = edit.swap() if edit else None
        try:
            return compile(ast.fix_missing_locations(self.tree), str(self.file), "exec")
        finally:
            if undo:
                undo.swap()


def named(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, ast.stmt]]:
    """Return the functions, methods and statements of a module with their names."""
    for node in body:
        if isinstance(node, TYPES):
            yield f"{prefix}{node.name}", node
        elif isinstance(node, ast.ClassDef):
            methods = [row for row in node.body if isinstance(row, TYPES)]
            yield from named(methods, f"{prefix}{node.name}.")
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node
        elif isinstance(node, ast.Expr) and called(node.value) and node.value.args:
            yield f"{called(node.value)}({ast.literal_eval(node.value.args[0])})", node


def mutants() -> Iterator[Mutant]:
    """Return every mutant of every target."""
    for target in TARGETS:
        for unit in Source(target).units:
            seen = Counter()
            for label, edit in found(unit):
                seen[label] += 1
                yield Mutant(f"{unit.key}:{label}:{seen[label]}", unit, edit)


def found(unit: Unit) -> Iterator[tuple[str, Edit]]:
    """Return the breaks of one unit: those of the whole, then those of its parts."""
    yield from answers(unit.node)
    fields = ("body",) if unit.is_function else ("value",)
    for field in fields:
        yield from _in_field(unit.node, field, "")


def _in_field(parent: ast.AST, field: str, prefix: str) -> Iterator[tuple[str, Edit]]:
    value = getattr(parent, field)
    if isinstance(value, ast.AST):
        yield from _in_node(value, lambda new: Edit(parent, field, new), prefix)
    elif isinstance(value, list):
        for place, child in enumerate(value):
            if isinstance(child, ast.AST):
                yield from _in_node(child, _in_list(parent, field, place), prefix)


def _in_list(parent: ast.AST, field: str, place: int):
    def put(new: ast.AST) -> Edit:
        rows = getattr(parent, field)
        return Edit(parent, field, [*rows[:place], new, *rows[place + 1 :]])

    return put


def _in_node(node: ast.AST, put, prefix: str) -> Iterator[tuple[str, Edit]]:
    if called(node) == "Step" and isinstance(node.args[0], ast.Constant):
        prefix = f"{node.args[0].value}."
    for operator in OPERATORS:
        for label, edit in operator(node, put):
            yield f"{prefix}{label}", edit
    for field in node._fields:
        if field not in NOT_WALKED or (field == "args" and isinstance(node, ast.Call)):
            yield from _in_field(node, field, prefix)
