"""An undefined name in a template of our own fails the test that meets it, wherever in the template it stands."""

import pytest
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.template import Context, Origin, Template, engines

pytestmark = pytest.mark.once

OWN = settings.TEMPLATES[0]["DIRS"][0] / "answers.html"


class Gone:
    """A row whose other row does not exist."""

    @property
    def other(self):
        raise ObjectDoesNotExist


def rendered(source: str, file=OWN, **given) -> str:
    template = Template(source, origin=Origin(str(file), "answers.html"), engine=engines["django"].engine)
    return template.render(Context(given))


@pytest.mark.parametrize(
    "source",
    [
        "{{ absent }}",
        "{{ absent|default:'–' }}",
        "{{ row.absent }}",
        "{% if absent %}{% endif %}",
        "{% if not absent %}{% endif %}",
        "{% if row and absent.part %}{% endif %}",
        "{% if row.absent == 1 %}{% endif %}",
        "{% if row|default:absent %}{% endif %}",
        "{% if row.nothing.absent %}{% endif %}",
        "{% for part in absent %}{% endfor %}",
        "{% for part in row.absent %}{% endfor %}",
        "{% firstof absent row %}",
        "{% ifchanged absent %}{% endifchanged %}",
        "{% regroup absent by part as groups %}",
        "{% with part=absent %}{% endwith %}",
    ],
)
def test_an_undefined_name_fails(source):
    with pytest.raises(pytest.fail.Exception, match=r"absent(\.part)? is undefined in answers.html"):
        rendered(source, row={"nothing": None})


def test_a_row_that_is_gone_fails():
    with pytest.raises(pytest.fail.Exception, match=r"row.other is a row that is gone in answers.html"):
        rendered("{% if row.other %}{% endif %}", row=Gone())


@pytest.mark.parametrize("nothing", [None, "", 0, [], {}, False])
def test_what_is_there_may_be_nothing(nothing):
    source = "{% if row %}1{% endif %}{% for part in row.parts %}2{% endfor %}{% if 3 and None %}3{% endif %}"

    assert rendered(source, row={"parts": []}) == "1"
    assert rendered("{% if row %}1{% endif %}{{ row|default:'–' }}", row=nothing) == "–"


def test_a_name_in_a_branch_that_does_not_run_is_not_asked_for():
    assert rendered("{% if row %}{{ row }}{% elif absent %}2{% endif %}", row=1) == "1"


@pytest.mark.parametrize("file", ["/elsewhere/allauth/answers.html", "<unknown source>"])
def test_the_templates_of_others_may_be_silent(file):
    assert rendered("{% if absent %}1{% endif %}{% for part in row.absent %}2{% endfor %}3", file, row={}) == "3"
