"""The pages of the bench, each beside its floor."""

import json
from collections.abc import Callable
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Agency, User
from assessment.models import Answer, Cycle
from tests.bench.measures import percentiles, ratio
from tests.bench.visitor import Visitor

OK, MOVED = 200, 302


def compared(ours: int, bare: int, folder: Path, *, turns: int, uploads: int, scan: Callable[[], bytes]) -> dict:
    """Ask both in turns; return p50 and p95 as multiples of the floor's p50.

    The reviewer's page of one indicator stands beside the table, since it lists all 120 indicators too.
    """
    accounts = json.loads((folder / "demo-accounts.json").read_text())
    coordinator, operator, reviewer, floor = (Visitor(port) for port in (ours, ours, ours, bare))
    for role, visitor in (("coordinator", coordinator), ("operator", operator), ("reviewer", reviewer)):
        visitor.sign_in(*accounts[role])
    cycle, (read, written) = _cycle(), _drafts()  # two: each save leaves a line on the page of its answer
    page, board = reverse("answer-detail", args=[read.pk]), reverse("board", args=[cycle.pk])
    verification = _verification()
    pairs = {
        "board": (lambda: _get(coordinator, board), lambda: _get(floor, "/table/"), turns),
        "tasks": (lambda: _get(operator, reverse("task-list")), lambda: _get(floor, "/table/"), turns),
        "indicator": (lambda: _get(operator, page), lambda: _get(floor, "/form/"), turns),
        "save": (
            _saving(operator, reverse("answer-detail", args=[written.pk])),
            lambda: _post(floor, "/form/", f5="7"),
            turns,
        ),
        "upload": (*_uploading(operator, floor, scan), uploads),
        "verification": (lambda: _get(reviewer, verification), lambda: _get(floor, "/table/"), turns),
        "office board": (lambda: _get(reviewer, reverse("office-board")), lambda: _get(floor, "/table/"), turns),
    }
    return {name: _turns(*pair) for name, pair in pairs.items()}


def queries() -> dict[str, int]:
    """Count the queries of each page in this process, the second time it is asked for."""
    cycle, (read, _written) = _cycle(), _drafts()
    asked = {
        "board": ("koordinator.serang", reverse("board", args=[cycle.pk])),
        "tasks": ("operator.dinkes", reverse("task-list")),
        "indicator": ("operator.dinkes", reverse("answer-detail", args=[read.pk])),
        "verification": ("verifikator.satu", _verification()),
        "office board": ("verifikator.satu", reverse("office-board")),
    }
    return {name: _count(username, path) for name, (username, path) in asked.items()}


def _turns(ours: Callable[[], float], floor: Callable[[], float], count: int) -> dict[str, float]:
    for warm in (ours, floor, ours, floor):
        warm()
    mine, theirs = [], []
    for _turn in range(count):
        mine.append(ours())
        theirs.append(floor())
    (half, most), (base, _) = percentiles(mine), percentiles(theirs)
    return {
        "p50": ratio(half, base),
        "p95": ratio(most, base),
        "ms": round(half * 1000, 1),
        "floor_ms": round(base * 1000, 2),
    }


def _saving(operator: Visitor, page: str) -> Callable[[], float]:
    state = {"revision": operator.revision(page), "turn": 0}

    def save() -> float:
        state["turn"] += 1
        note = f"Catatan {state['turn']}"
        form = {"form": "none", "reason": "Contoh.", "note": note, "seen_revision": state["revision"]}
        seconds = _post(operator, page, **form)
        state["revision"] += 1
        return seconds

    return save


def _uploading(operator: Visitor, floor: Visitor, scan: Callable[[], bytes]) -> tuple[Callable[[], float], ...]:
    path = reverse("evidence-add", args=[Agency.objects.get(short_name="Dinkes", region__code="36.04").pk])
    sent: list[bytes] = []

    def ours() -> float:
        sent[:] = [scan()]
        status, _, seconds = operator.upload(path, sent[0], title="Pindaian", kind="laporan")
        assert status == MOVED, status
        return seconds

    def bare() -> float:
        status, _, seconds = floor.upload("/upload/", sent[0] if sent else scan())
        assert status == OK, status
        return seconds

    return ours, bare


def _get(visitor: Visitor, path: str) -> float:
    status, _, seconds = visitor.ask("GET", path)
    assert status == OK, (path, status)
    return seconds


def _post(visitor: Visitor, path: str, **fields) -> float:
    status, _, seconds = visitor.post(path, **fields)
    assert status == MOVED, (path, status)
    return seconds


def _count(username: str, path: str) -> int:
    client = Client()
    client.force_login(User.objects.get(username=username), "accounts.backends.PersonBackend")
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def _cycle() -> Cycle:
    return Cycle.objects.get(region__code="36.04", status="filling")


def _verification() -> str:
    """The reviewer's page of an indicator that was submitted and is not decided yet."""
    waiting = Answer.objects.filter(cycle__status="verification", status="submitted").order_by("indicator__number")
    return reverse("review-detail", args=[waiting[0].pk])


def _drafts() -> tuple[Answer, Answer]:
    """The agency's first draft, to be read, and its last, to be saved again and again."""
    agency = Agency.objects.get(short_name="Dinkes", region__code="36.04")
    rows = Answer.objects.filter(cycle=_cycle(), status="draft").of_agencies([agency.pk])
    ordered = list(rows.order_by("indicator__number"))
    return ordered[0], ordered[-1]
