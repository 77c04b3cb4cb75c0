"""What a form sends along: ids of another regency get as far as ids of nothing, and nowhere near what one's own do.

Each row sends the same form with the neighbour's id, with one that never was, and with an own one, which writes.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessment.actions import cycles
from assessment.models import Cycle, Problem
from tests.factories import hostile
from tests.factories.assessment import answer_of, evidence_of, small_revision
from tests.factories.verification import submitted
from tests.factories.worlds import DRAFT, EMPTY, RETURNED, SUBMITTED
from tests.invariants.test_access_matrix import CHANGING, NEVER_WAS, NEVER_WAS_EVIDENCE
from tests.invariants.test_refusals import TRACES, WRITE
from tests.kept import kept

# What is asked for here is reached by tests of its own; there it is measured.
pytestmark = pytest.mark.no_cover

Of = Callable[[SimpleNamespace], object]  # what is asked of one regency of the world


@dataclass(frozen=True)
class Body:
    """One field of one form: who sends it where, the id in it, and the rest of the form."""

    address: str
    name: str
    by: str
    of: Of
    objects: Of = lambda made: [made.cycle.pk]
    rest: Callable[[SimpleNamespace], dict] = lambda _made: {}
    never: object = NEVER_WAS
    state: str = "filling"
    done: int = 302
    prefix: str = ""
    before: Callable[[SimpleNamespace], object] = lambda _made: None

    def value(self, key: object) -> str:
        return f"{self.prefix}{key}"


def in_days(days: int) -> str:
    return (timezone.localtime() + dt.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def answer(number: int) -> Of:
    return lambda made: answer_of(made.cycle, number).pk


def indicator(number: int):
    return lambda made: made.cycle.revision.indicators.get(number=number)


def option_of(made) -> object:
    return made.option


def problem_fields(_made) -> dict:
    return {
        "title": "Perkara baru", "summary": "Uraian.", "public_summary": "Uraian umum.", "source": "SP4N-LAPOR!",
        "happened_on": "2026-01-02", "received_on": "2026-01-03", "due_at": in_days(9), "right": "",
    }  # fmt: skip


BODIES = [
    Body("citation-add", "evidence", "operator", lambda made: made.evidence.public_id,
         lambda made: [answer(EMPTY)(made)], never=NEVER_WAS_EVIDENCE),
    Body("citation-add", "document", "operator", lambda made: made.document.pk, lambda made: [answer(EMPTY)(made)],
         lambda made: {"evidence": made.home.evidence.public_id}),
    Body("answer-detail", "option", "operator", option_of, lambda made: [answer(DRAFT)(made)],
         lambda made: {"form": "value", "seen_revision": answer_of(made.cycle, DRAFT).revision}),
    Body("assignment-list", "agency", "coordinator", lambda made: made.supporting.pk,
         rest=lambda made: {"indicators": [indicator(DRAFT)(made).pk]}),
    Body("assignment-list", "indicators", "coordinator", lambda made: made.indicator.pk,
         rest=lambda made: {"agency": made.home.supporting.pk}),
    Body("assignment-supporters", "agencies", "coordinator", lambda made: made.supporting.pk,
         lambda made: [made.cycle.pk, indicator(DRAFT)(made).pk]),
    Body("assignment-mapping", "type-dinkes", "coordinator", lambda made: made.supporting.pk),
    Body("cycle-extend", "agency", "coordinator", lambda made: made.agency.pk,
         rest=lambda _made: {"deadline": in_days(20), "reason": "Jaringan terputus."}),
    Body("check-list", "answers", "coordinator", answer(SUBMITTED)),
    Body("review-not-filled", "answers", "reviewer", answer(EMPTY), state="verification"),
    Body("problem-add", "agency", "coordinator", lambda made: made.agency.pk, lambda made: [made.region.pk],
         problem_fields),
    Body("problem-ground", "cycle", "reviewer", lambda made: made.awarded.pk, lambda made: [made.problem.pk],
         lambda _made: {"reason": "Tidak ditanggapi."}),
    Body("person-invite", "place", "coordinator", lambda made: made.agency.pk, lambda _made: [],
         lambda _made: {"name": "Orang Baru", "role": "operator"}, prefix="agency-", done=200),
    Body("agency-succeed", "new", "coordinator", lambda made: made.supporting.pk, lambda made: [made.agency.pk],
         lambda _made: {"on": timezone.localdate().isoformat()}),
    Body("review-detail", "option", "reviewer", option_of, lambda made: [answer(DRAFT)(made)],
         lambda made: {"outcome": "changed", "reason": "Lain.", "seen_review": "",
                       "seen_submission": answer_of(made.cycle, DRAFT).last_submission_id or ""},
         state="verification", before=lambda made: submitted(made.cycle, DRAFT, made.operator)),
]  # fmt: skip


@kept
def neighbours(world, people):
    """Serang and Lebak, each with an award of before, and Lebak's things of another instrument as well."""
    other = small_revision(code="contoh-lain")
    indicators = {"serang": world.revision, "lebak": other}
    for name, revision in indicators.items():
        made = getattr(world, name)
        made.home = world.serang
        made.indicator = revision.indicators.get(number=1)
        made.option = made.indicator.options.first().pk if name == "lebak" else made.indicator.options.last().pk
        made.document = revision.indicators.get(number=EMPTY).documents.first()
        made.awarded = cycles.record_past_year(
            region=made.region, by=made.coordinator,
            fields={
                "assessment_year": 2020, "data_year": 2019, "revision": other, "outcome": "announced",
                "predicate": "Peduli HAM", "source": "Arsip", "awarded": True, "decree_number": "", "decree_on": None,
            },
        )  # fmt: skip
        Problem.objects.filter(pk=made.problem.pk).update(due_at=timezone.now() - dt.timedelta(days=1))
        evidence_of(made.operator, made.agency, hostile.pdf(pages=4), title=f"Lain {made.region.name}")
    return world


def sent(client, row: Body, made, key: object) -> tuple[int, str, set[str]]:
    """Send the form with an id in the field, take back whatever it did, and return what came of it."""
    path = reverse(row.address, args=row.objects(made))
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            response = client.post(path, {**row.rest(made), row.name: row.value(key)})
        transaction.set_rollback(True)
    wrote = {found[1] for query in queries if (found := WRITE.match(query["sql"]))} - TRACES
    return response.status_code, CHANGING.sub("", response.text), wrote


@pytest.mark.parametrize("row", BODIES, ids=lambda row: f"{row.address}-{row.name}")
def test_foreign_id_in_a_form_gets_as_far_as_one_of_nothing(row, neighbours, browsers):
    home, other = neighbours.serang, neighbours.lebak
    row.before(home)
    Cycle.objects.filter(pk__in=[home.cycle.pk, other.cycle.pk]).update(status=row.state)
    client = getattr(browsers, row.by)

    foreign = sent(client, row, home, row.of(other))
    never = sent(client, row, home, row.never)
    own = sent(client, row, home, row.of(home))

    ids = re.compile(rf"\b({row.of(other)}|{row.never})\b")  # the page may say again what was sent
    assert (own[0], bool(own[2])) == (row.done, True)
    assert (foreign[0], foreign[2]) == (never[0], set())
    assert ids.sub("…", foreign[1]) == ids.sub("…", never[1])


def test_notes_of_another_regencys_return_are_not_answered(neighbours, browsers):
    own, foreign = (
        made.cycle.answers.get(indicator__number=RETURNED).returns.get().notes.get()
        for made in (neighbours.serang, neighbours.lebak)
    )
    returned = answer_of(neighbours.serang.cycle, RETURNED)
    replies = {f"note-{note.pk}": "Sudah dilengkapi." for note in (own, foreign)}

    browsers.operator.post(
        reverse("answer-detail", args=[returned.pk]),
        {"form": "none", "reason": "x", "seen_revision": returned.revision, **replies},
    )

    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (own.reply, foreign.reply) == ("Sudah dilengkapi.", "")


def test_agencies_of_another_regency_are_not_invited_to(neighbours, browsers):
    wrote = {}
    for made in (neighbours.serang, neighbours.lebak):
        field = f"name-operator-{made.orphan.pk}"
        row = Body("person-invite-many", field, "coordinator", of=lambda _made: "", objects=lambda _made: [])
        wrote[made.region.name] = sent(browsers.coordinator, row, made, "Orang Baru")[2]

    assert "accounts_invitation" in wrote["Serang"]
    assert wrote["Lebak"] == set()
