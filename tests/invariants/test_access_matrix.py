"""The policy, tried at every address as every person, also with objects that never were."""

import datetime as dt
import re
from decimal import Decimal
from uuid import UUID

import pytest
import yaml
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from assessment.actions.instruments import preview_instrument
from assessment.dossier import take_snapshot
from assessment.enums import Audience
from assessment.models import CorrectionRound, Cycle, IssuedDocument, Result, ResultDecision
from tests.factories.assessment import answer_of, small_manuscript
from tests.factories.worlds import DRAFT, SUBMITTED
from tests.invariants.policy import MISSING, POLICY, PUBLIC, Row
from tests.kept import kept

# The pages are reached by tests of their own; here they would only be measured fourteen times each.
pytestmark = [pytest.mark.slow(70), pytest.mark.no_cover]
CHANGING = re.compile(r'name="(csrfmiddlewaretoken|form_token|form_owner|form_page)" value="[^"]*"|aria-current="page"')
NEVER_WAS = 987654321
# A server-side cursor of PostgreSQL is declared, and reads.
READING = ("SELECT", "DECLARE", "RELEASE", "ROLLBACK")
NEVER_WAS_EVIDENCE = UUID("00000000-0000-4000-8000-000000000000")
HIDING = [
    row for row in POLICY if row.objects and row.state == "filling" and MISSING in (row.others, *row.answers.values())
]


def label(row: Row) -> str:
    return f"{row.name}-{row.state}-{'-'.join(row.objects)}"


@kept
def objects(people, places, world):
    """One object of each kind, all of Kabupaten Serang, in a world where its neighbour has the same."""
    serang = world.serang
    cycle = serang.cycle
    propose_something(cycle, people)
    return {
        "agency": places.health.pk,
        "code": cycle.revision.instrument.code,
        "cycle": cycle.pk,
        "citation": serang.citation.pk,
        "document": document_of(cycle, people).public_id,
        "draft": answer_of(cycle, DRAFT).pk,
        "evidence": serang.evidence.public_id,
        "indicator": cycle.revision.indicators.get(number=1).pk,
        "invitation": serang.invitation.pk,
        "membership": people.operator.memberships.get().pk,
        "missing": NEVER_WAS,
        "notice": serang.notice.pk,
        "office": places.office.pk,
        "one": 1,
        "person": people.operator.pk,
        "preview": preview_instrument(
            content=yaml.safe_dump(small_manuscript()).encode(), file_name="contoh.yaml", by=people.administrator
        ).pk,
        "problem": serang.problem.pk,
        "ground": serang.ground.pk,
        "region": serang.region.pk,
        "resolve": "resolve",
        "revision": cycle.revision.pk,
        "submitted": answer_of(cycle, SUBMITTED).pk,
        "token": "tidak-pernah-ada",
        "unknown": "unknown",
        "width": 480,
        "withdraw": "withdraw",
    }


def propose_something(cycle, people):
    """A round that has closed, and a result that `reviewer` proposed."""
    now = timezone.now()
    CorrectionRound.objects.create(
        cycle=cycle, number=1, opened_by=people.reviewer, opened_at=now - dt.timedelta(days=3),
        closes_at=now - dt.timedelta(days=1),
    )  # fmt: skip
    Result.objects.create(
        cycle=cycle, number=1, snapshot=take_snapshot(cycle, Audience.REVIEWER), bonus=Decimal(0),
        proposed_by=people.reviewer, trail_head="0" * 64,
    )  # fmt: skip


def document_of(cycle, people) -> IssuedDocument:
    """A document that the coordinator had made."""
    document = IssuedDocument.objects.create(
        cycle=cycle, snapshot=take_snapshot(cycle, Audience.REGENCY), kind="pdf", audience="regency", version="0",
        requested_by=people.coordinator, state="ready",
    )  # fmt: skip
    document.path.parent.mkdir(parents=True, exist_ok=True)
    document.path.write_bytes(b"%PDF-")
    return document


def fix_where_the_state_says_so(row, people):
    if row.state == "finalised":
        ResultDecision.objects.create(
            result=Result.objects.get(), outcome="fixed", decided_by=people.second_reviewer, minutes_number="BA-1",
            minutes_on=timezone.localdate(),
        )  # fmt: skip


def ask(client: Client, row: Row, arguments) -> object:
    """Ask once and undo whatever it did."""
    path = reverse(row.name, args=arguments)
    with transaction.atomic():
        response = client.post(path) if row.method == "POST" else client.get(path)
        transaction.set_rollback(True)
    return response


@pytest.mark.parametrize("row", POLICY, ids=label)
def test_everyone_is_answered_as_the_policy_says(row, people, objects, browsers):
    Cycle.objects.filter(pk=objects["cycle"]).update(status=row.state)
    fix_where_the_state_says_so(row, people)
    arguments = [objects[name] for name in row.objects]

    found = {name: ask(browser, row, arguments).status_code for name, browser in vars(browsers).items()}

    assert found == {name: row.answers.get(name, row.others) for name in vars(people)}


@pytest.mark.parametrize(
    "row",
    [
        row
        for row in POLICY
        if MISSING in (row.others, *row.answers.values()) and row.state == "filling" and row.objects
    ],
    ids=lambda row: f"{row.name}-{'-'.join(row.objects)}",
)
def test_foreign_and_never_existing_are_answered_alike(row, people, objects, browsers):
    strangers = [name for name in vars(people) if row.answers.get(name, row.others) == MISSING]
    foreign = [objects[name] for name in row.objects]
    never = [NEVER_WAS_EVIDENCE if isinstance(foreign[0], UUID) else NEVER_WAS, *foreign[1:]]

    for name in strangers:
        client = getattr(browsers, name)
        first, second = ask(client, row, foreign), ask(client, row, never)
        assert (first.status_code, CHANGING.sub("", first.text)) == (second.status_code, CHANGING.sub("", second.text))


@pytest.mark.parametrize("row", POLICY, ids=label)
def test_nobody_gets_anything_without_signing_in(row, objects):
    response = ask(Client(), row, [objects[name] for name in row.objects])

    if row.name in PUBLIC:
        assert response.status_code in (200, 410)
    else:
        assert response["Location"].startswith("/masuk/")


def names(resolver=None):
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern)
        else:
            yield pattern.name


def test_every_address_has_its_row():
    assert set(names()) == {row.name for row in POLICY}


@pytest.mark.parametrize(
    "row",
    [row for row in POLICY if row.method == "GET"],
    ids=lambda row: f"{row.name}-{row.state}-{'-'.join(row.objects)}",
)
def test_reading_writes_nothing(row, objects, browsers):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    allowed = ("accounts_accessentry", "django_session", "SAVEPOINT")
    for name in ("operator", "coordinator", "administrator", "reviewer"):
        client = getattr(browsers, name)
        client.get("/healthz")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(row.name, args=[objects[part] for part in row.objects]))
        writing = [query["sql"] for query in queries if not query["sql"].startswith(READING)]
        assert [sql for sql in writing if not any(word in sql for word in allowed)] == []
