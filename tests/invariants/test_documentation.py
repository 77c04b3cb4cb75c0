"""What code and documents cite stands in the repository: the document, its heading, the file, the recipe."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.once

ROOT = Path(__file__).parent.parent.parent
CODE = ("accounts", "assessment", "config", "fixtures", "indicators", "static", "templates", "tests", ".ci")
READ = {".py", ".html", ".css", ".js", ".yaml", ".yml", ".txt", ".scss", ""}
NOT_OURS = {"vendor", "vendor.new", "__pycache__", "migrations"}
CITED = re.compile(r'([\w./-]+\.md)(?:, "([^"]+)")?')
BY_NUMBER = re.compile(r"\bD-\d{2}\b|\brules? [A-Z]{1,2}-\d|\bdesign section|\bsection \d")
# Older decisions and the list of changes tell what was; every other document tells what is.
DOCUMENTS = [
    path for folder in (ROOT, ROOT / "docs") for path in sorted(folder.glob("*.md")) if path.stem != "CHANGELOG"
]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
PLACE = re.compile(
    r"`((?:accounts|assessment|config|docs|fixtures|indicators|requirements|templates|tests|\.ci)/[\w./-]+)`"
)
RECIPE = re.compile(r"`make ([a-z-]+)|^make ([a-z-]+)", re.MULTILINE)


def sources() -> list[Path]:
    """Every file of the code that a person reads."""
    found = [ROOT / "Makefile", ROOT / "pyproject.toml", ROOT / "manage.py"]
    for folder in CODE:
        rows = (path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix in READ)
        found += [path for path in rows if not NOT_OURS & set(path.parts)]
    return [path for path in found if path != Path(__file__)]


def text_of(path: Path) -> str:
    """The words of a file as they are read: without the marks of comments and the breaks of lines."""
    return re.sub(r"\s+", " ", re.sub(r"^\s*(?:#|\*|//)\s?", "", path.read_text(), flags=re.MULTILINE))


def headings(document: Path) -> set[str]:
    """The headings of a document."""
    return set(re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE))


def test_what_the_code_cites_stands_in_the_repository():
    strays = []
    for path in sources():
        for name, heading in CITED.findall(text_of(path)):
            document = ROOT / name if (ROOT / name).is_file() else ROOT / "docs" / name
            if not document.is_file() or (heading and heading not in headings(document)):
                strays.append((path.relative_to(ROOT).as_posix(), name, heading))

    assert strays == []


def test_no_code_cites_a_rule_by_a_number():
    strays = [(path.relative_to(ROOT).as_posix(), found) for path in sources()
              for found in BY_NUMBER.findall(text_of(path))]  # fmt: skip

    assert strays == []


def test_every_link_in_a_document_leads_somewhere():
    strays = []
    for path in DOCUMENTS:
        strays += [(path.name, link) for link in LINK.findall(path.read_text()) if not (path.parent / link).exists()]

    assert strays == []


def test_every_place_named_in_a_document_is_there():
    strays = []
    for path in DOCUMENTS:
        strays += [(path.name, place) for place in PLACE.findall(path.read_text()) if not (ROOT / place).exists()]

    assert strays == []


def test_every_recipe_named_in_a_document_is_in_the_makefile():
    recipes = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    strays = []
    for path in DOCUMENTS:
        named = {name for pair in RECIPE.findall(path.read_text()) for name in pair if name}
        strays += [(path.name, name) for name in sorted(named - recipes)]

    assert strays == []


def test_drawn_machines_are_those_of_the_tables():
    call_command("state_diagram", check=True)


def never() -> list[str]:
    """The names that the glossary's last column rules out."""
    rows = re.findall(r"^\|(?:[^|]*\|){3}([^|]*)\|$", (ROOT / "docs" / "glossary.md").read_text(), re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


@pytest.fixture(scope="module")
def names() -> set[str]:
    """Every name in the code of the apps, those of modules too; what a module defines also with its own before it."""
    return {name for app in ("accounts", "assessment", "indicators") for path in (ROOT / app).rglob("*.py")
            if "migrations" not in path.parts for name in names_in(path)}  # fmt: skip


def names_in(path: Path) -> Iterator[str]:
    yield path.stem
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        for part in ("name", "asname", "id", "attr", "arg"):
            if isinstance(getattr(node, part, None), str):
                yield getattr(node, part)
    yield from (f"{path.stem}.{node.name}" for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef))


@pytest.mark.parametrize("word", never())
def test_no_name_bears_a_word_that_the_glossary_rules_out(word, names):
    assert {name for name in names if fnmatchcase(name, word)} == set()
