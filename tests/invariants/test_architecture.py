"""The picture and the floors in docs/arsitektur.md are what the imports are."""

import ast
import re
import tomllib
from pathlib import Path

from tests.invariants.test_house import ROOMS

ROOT = Path(__file__).parent.parent.parent
APPS = ("config", "assessment", "accounts", "indicators")


def imported() -> set[tuple[str, str]]:
    """Which app imports which, read from the source; config names the apps' pages and settings as texts."""
    edges = {("config", "assessment"), ("config", "accounts"), ("config", "indicators")}
    for app in APPS[1:]:
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                edges |= {(app, name.partition(".")[0]) for name in names if name.partition(".")[0] in APPS}
    return {(source, target) for source, target in edges if source != target}


def test_diagram_shows_the_imports_and_no_others():
    text = (ROOT / "docs" / "arsitektur.md").read_text()

    drawn = set(re.findall(r"^ {2}(\w+)(?:\[[^\]]*\])? --> (\w+)", text, re.MULTILINE))

    assert drawn == imported()


def contract() -> dict:
    """What import-linter is told about the assessment's layers."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return next(row for row in linter["contracts"] if row.get("containers") == ["assessment"])


def test_page_names_the_layers_of_the_contract_in_their_order():
    text = (ROOT / "docs" / "arsitektur.md").read_text()

    rows = re.findall(r"^\| ((?:`\w+` · )*`\w+`) \|", text.partition("## Satu rumah")[0], re.MULTILINE)
    named = [set(re.findall(r"\w+", row)) for row in rows]
    outside = re.search(r"^Di luar urutan: (.+)\.$", text, re.MULTILINE)[1]

    assert named == [set(re.findall(r"\w+", layer)) for layer in contract()["layers"]]
    assert re.findall(r"\w+", outside) == contract()["exhaustive_ignores"]


def test_page_names_the_rooms():
    text = (ROOT / "docs" / "arsitektur.md").read_text()

    named = re.search(r"Ruangan: ([^.]+)\.", text)[1]

    assert re.findall(r"\w+", named) == list(ROOMS)


def test_every_template_is_used():
    folders = [ROOT / folder for folder in (*APPS, "templates")]
    files = [path for folder in folders for path in folder.rglob("*.*") if path.suffix in (".py", ".html")]
    written = "\n".join(path.read_text() for path in files)
    by_name = {"400.html", "403.html", "404.html", "429.html", "500.html"}
    instead_of_theirs = [
        path for folder in ("account", "bootstrap5") for path in (ROOT / "templates" / folder).rglob("*.html")
    ]
    theirs = {path.relative_to(ROOT / "templates").as_posix() for path in instead_of_theirs}
    own = {path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.*")}

    unused = {name for name in own - theirs - by_name if f'"{name}"' not in written and f"'{name}'" not in written}
    assert unused == set()


def test_no_inline_script_or_style_stands_in_any_template():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|hx-on", text), path
