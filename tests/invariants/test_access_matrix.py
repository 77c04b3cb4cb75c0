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

from accounts.actions.invitations import Invitee, invite
from accounts.models import Invitation, Notice
from accounts.roles import Role
from assessment.actions import answers
from assessment.actions.citations import Reference, cite
from assessment.actions.instruments import preview_instrument
from assessment.dossier import take_snapshot
from assessment.enums import Audience
from assessment.models import CorrectionRound, Cycle, IssuedDocument, ProblemGround, Result, ResultDecision
from tests.factories import hostile
from tests.factories.assessment import answer_of, evidence_of, open_cycle, small_document
from tests.factories.problems import problem_of
from tests.invariants.policy import MISSING, POLICY, PUBLIC, Row

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


@pytest.fixture
def objects(people, places, region):
    """One object of each kind, all of Kabupaten Serang."""
    cycle = open_cycle(region, agency=places.health)
    submitted = answer_of(cycle, 2)
    content = {"form": "value", "numerator": Decimal(24), "denominator": Decimal(31)}
    answers.save_draft(answer=submitted, content=content, seen_revision=0, by=people.operator)
    answers.submit(answer=submitted, by=people.operator)
    evidence = evidence_of(people.operator, places.health, hostile.pdf())
    draft = answer_of(cycle, 1)
    citation = cite(answer=draft, evidence=evidence, agency=places.health, reference=Reference(), by=people.operator)
    invite(invitee=Invitee("Baru"), role=Role.OPERATOR, place=places.health, by=people.coordinator)
    propose_something(cycle, people)
    problem = problem_of(places.health, people.coordinator)
    notice = Notice.objects.create(recipient=people.operator, kind="account", text="Halo", url="/")
    return {
        "agency": places.health.pk,
        "code": cycle.revision.instrument.code,
        "cycle": cycle.pk,
        "citation": citation.pk,
        "document": document_of(cycle, people).public_id,
        "draft": draft.pk,
        "evidence": evidence.public_id,
        "indicator": cycle.revision.indicators.get(number=1).pk,
        "invitation": Invitation.objects.get().pk,
        "membership": people.operator.memberships.get().pk,
        "missing": NEVER_WAS,
        "notice": notice.pk,
        "office": places.office.pk,
        "one": 1,
        "person": people.operator.pk,
        "preview": preview_instrument(
            content=yaml.safe_dump(small_document()).encode(), file_name="contoh.yaml", by=people.administrator
        ).pk,
        "problem": problem.pk,
        "ground": ProblemGround.objects.create(problem=problem, cycle=cycle, reason="x", marked_by=people.reviewer).pk,
        "region": region.pk,
        "resolve": "resolve",
        "revision": cycle.revision.pk,
        "submitted": submitted.pk,
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
        cycle=cycle, snapshot=take_snapshot(cycle, Audience.REGENCY), kind="pdf", reading="regency", version="0",
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
def test_everyone_is_answered_as_the_policy_says(row, people, objects, client_of):
    Cycle.objects.filter(pk=objects["cycle"]).update(status=row.state)
    fix_where_the_state_says_so(row, people)
    arguments = [objects[name] for name in row.objects]

    found = {name: ask(client_of(person), row, arguments).status_code for name, person in vars(people).items()}

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
def test_foreign_and_never_existing_are_answered_alike(row, people, objects, client_of):
    strangers = [name for name in vars(people) if row.answers.get(name, row.others) == MISSING]
    foreign = [objects[name] for name in row.objects]
    never = [NEVER_WAS_EVIDENCE if isinstance(foreign[0], UUID) else NEVER_WAS, *foreign[1:]]

    for name in strangers:
        client = client_of(getattr(people, name))
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
def test_reading_writes_nothing(row, people, objects, client_of):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    allowed = ("accounts_accessentry", "django_session", "SAVEPOINT")
    for name in ("operator", "coordinator", "administrator", "reviewer"):
        client = client_of(getattr(people, name))
        client.get("/healthz")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(row.name, args=[objects[part] for part in row.objects]))
        writing = [query["sql"] for query in queries if not query["sql"].startswith(READING)]
        assert [sql for sql in writing if not any(word in sql for word in allowed)] == []
