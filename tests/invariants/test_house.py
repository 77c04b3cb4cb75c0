"""The house keeps its order: one word a room, one way to a status, verbs that write, functions that fit the head."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessment.urls import urlpatterns

pytestmark = pytest.mark.once

ROOT = Path(__file__).parent.parent.parent
APP = ROOT / "assessment"
ROOMS = {
    "answers": "answer", "assignments": "assignment", "awards": "award", "board": "board", "checks": "check",
    "citations": "citation", "cycles": "cycle", "documents": "document", "evidence": "evidence", "home": "home",
    "instruments": "instrument", "offices": "office", "packages": "package", "problems": "problem",
    "results": "result", "reviews": "review", "rounds": "round", "tasks": "task",
}  # fmt: skip
# What several rooms of a layer share, or a part of a room that has a module of its own.
SHARED = {
    "views": {"carrying_out"},
    "forms": {"moments", "notes", "numbers", "reasons"},
    "actions": {"returns"},
    "pages": {
        "answer_list", "answer_places", "answer_rights", "answer_submit", "answer_words", "board_words",
        "check_words", "next_steps", "office_words", "package_words", "preparation", "readers",
        "required_documents", "review_list", "review_overview", "review_steps", "review_words", "submissions",
        "supported_tasks", "task_words", "verdict_words",
    },
}  # fmt: skip
MOST_COMPLEX = 10
WRITES = {
    "bulk_create", "bulk_update", "create", "delete", "get_or_create", "save", "update", "update_or_create",
    "perform", "record", "tell", "take_snapshot", "load", "async_task",
}  # fmt: skip
STATUS_WRITERS = {"update", "bulk_update", "update_or_create", "get_or_create", "bulk_create"}


def modules(folder: Path) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text())


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def called(node: ast.AST) -> set[str]:
    """The names of what is called, without what stands before the dot."""
    calls = (row.func for row in ast.walk(node) if isinstance(row, ast.Call))
    return {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in calls}


@pytest.mark.parametrize("layer", SHARED)
def test_every_module_of_a_layer_bears_the_word_of_its_room(layer):
    names = {path.stem for path in (APP / layer).glob("*.py")} - {"__init__"}

    assert names - set(ROOMS) == SHARED[layer]


def test_every_room_of_templates_bears_its_word():
    folders = {path.name for path in (ROOT / "templates" / "assessment").iterdir()}

    assert folders <= set(ROOMS)
    assert not list((ROOT / "templates" / "assessment").glob("*.html"))


def test_every_address_bears_the_word_of_the_room_that_answers_it():
    strangers = [
        (row.name, row.callback.__module__)
        for row in urlpatterns
        if row.name.partition("-")[0] != ROOMS[row.callback.__module__.rpartition(".")[2]]
    ]

    assert strangers == []


def test_every_view_is_called_as_its_address():
    strange = [
        (row.name, row.callback.__name__) for row in urlpatterns if row.callback.__name__ != row.name.replace("-", "_")
    ]

    assert strange == []


def test_every_test_of_the_assessment_bears_the_word_of_what_it_tests():
    parts = {path.stem for path in APP.iterdir()} | {path.stem for path in (APP / "facts").glob("*.py")}
    parts |= {"numbers", "tags", "second"} | set(ROOMS)  # second savers are met in every room

    names = [path.stem.removeprefix("test_") for path in (ROOT / "tests" / "assessment").glob("test_*.py")]

    assert [name for name in names if not any(name == part or name.startswith(f"{part}_") for part in parts)] == []


def test_only_templates_of_its_own_room_are_rendered_but_for_named_ones():
    lent = {"cycles/cycle_act.html", "problems/problem_act.html", "problems/problem_confirm.html",
            "reviews/verification_act.html"}  # fmt: skip
    strange = []
    for path, _tree in modules(APP / "views"):
        used = re.findall(r'"assessment/([a-z]+)/([a-z_]+\.html)"', path.read_text())
        strange += [
            (path.stem, room, name) for room, name in used if room != path.stem and f"{room}/{name}" not in lent
        ]

    assert strange == []


def test_no_status_is_written_outside_the_workflow():
    found = []
    for path, tree in modules(APP):
        if path.parent == APP / "workflow":
            continue
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if any(isinstance(item, ast.Attribute) and item.attr == "status" for item in targets):
                found.append((path.name, node.lineno))
            if isinstance(node, ast.Call) and _names_status(node):
                found.append((path.name, node.lineno))

    assert found == []


def _names_status(call: ast.Call) -> bool:
    """Whether the call itself, and not one inside it, writes a status: by keyword, in a dictionary, by its name."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in STATUS_WRITERS:
        return False
    named = any(word.arg == "status" for word in call.keywords)
    keys = (
        key
        for value in [*call.args, *(word.value for word in call.keywords)]
        for part in ast.walk(value)
        for key in ([*part.keys] if isinstance(part, ast.Dict) else [*part.elts] if isinstance(part, ast.List) else [])
    )
    return named or any(isinstance(key, ast.Constant) and key.value == "status" for key in keys)


def test_every_public_function_of_the_verbs_writes_something():
    silent = []
    for path, tree in modules(APP / "actions"):
        own = {row.name: called(row) for row in functions(tree)}
        public = [name for name in own if not name.startswith("_")]
        silent += [(path.stem, name) for name in public if not _reaches_a_write(name, own)]

    assert silent == []


def _reaches_a_write(name: str, own: dict[str, set[str]], seen: frozenset[str] = frozenset()) -> bool:
    verbs = {row.name for path, tree in modules(APP / "actions") for row in functions(tree)} if not seen else set()
    calls = own[name]
    if calls & WRITES or calls & (verbs - set(own)):
        return True
    return any(_reaches_a_write(row, own, seen | {name}) for row in calls & set(own) - seen - {name})


def test_no_function_is_more_complex_than_fits_the_head():
    too_much = []
    for app in ("accounts", "assessment", "config", "indicators"):
        for path, tree in modules(ROOT / app):
            too_much += [(path.name, row.name) for row in functions(tree) if complexity(row) > MOST_COMPLEX]

    assert too_much == []


def complexity(function: ast.FunctionDef) -> int:
    """Ways through a function, those in comprehensions and in `and` and `or` counted too."""
    ways = 1
    for node in ast.walk(function):
        if isinstance(node, ast.If | ast.IfExp | ast.For | ast.While | ast.ExceptHandler | ast.Assert):
            ways += 1
        elif isinstance(node, ast.BoolOp):
            ways += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            ways += 1 + len(node.ifs)
    return ways
