"""What hangs on a year, at its edges: its plan, documents, rounds, grounds against its award, and its bonus."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import ReviewOffice
from assessment.enums import Audience, CycleStatus, NotePart
from assessment.facts.documents import NOT_BEGUN, NOT_SENT, RECORDED, audience_of, offered, refused_document
from assessment.facts.plans import plan_of, plan_words
from assessment.facts.problems import not_grounds
from assessment.facts.results import version_of_bonus
from assessment.facts.returns import NO_NOTE, Note, last_return, needed, summary
from assessment.facts.rounds import noted_for, notes_of, refused_round, rounds_allowed
from assessment.models import CorrectionRound, Cycle, PendingReturn, Problem, ProblemResponse, Return
from assessment.refusals import TransitionRefusedError
from tests.factories.accounts import JurisdictionFactory, OfficeFactory
from tests.factories.assessment import answer_of, open_cycle
from tests.factories.problems import problem_of

INSTANT = dt.timedelta(microseconds=1)


@pytest.fixture
def cycle(people, places, region) -> Cycle:
    return open_cycle(region, agency=places.health)


# The plan


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("assessment_year", 2099), ("data_year", 2098), ("revision_id", 987654), ("heads_endorse", True),
        ("filling_starts_on", dt.date(2099, 1, 1)), ("verification_ends_on", dt.date(2099, 6, 1)),
        ("filling_deadline", dt.datetime(2099, 3, 1, tzinfo=dt.UTC)),
    ],
)  # fmt: skip
def test_each_part_of_the_plan_is_seen_by_whoever_changes_it_second(field, value, cycle):
    before = plan_of(cycle)
    setattr(cycle, field, value)

    assert {**before, field: value} == plan_of(cycle) != before


def test_plan_is_told_by_its_year_and_its_deadline(cycle):
    cycle.assessment_year, cycle.filling_deadline = 2026, dt.datetime(2026, 3, 13, 8, tzinfo=dt.UTC)

    assert plan_words(cycle) == "tahun penilaian 2026, ditutup Jumat 13 Maret 2026 pukul 15.00 WIB"


# Documents


@pytest.mark.parametrize(
    ("status", "regency", "office"),
    [
        (CycleStatus.PREPARATION, NOT_BEGUN, NOT_BEGUN), (CycleStatus.FILLING, "", NOT_SENT),
        (CycleStatus.SUBMITTED, "", ""), (CycleStatus.FINALISED, "", ""), (CycleStatus.CANCELLED, "", NOT_SENT),
    ],
)  # fmt: skip
def test_document_is_made_once_there_is_something_to_print_for_its_reader(status, regency, office, cycle):
    cycle.status = status

    assert [refused_document(cycle, reader) for reader in (Audience.REGENCY, Audience.REVIEWER)] == [regency, office]


def test_year_that_was_cancelled_before_its_filling_or_only_recorded_has_no_document(cycle):
    recorded = Cycle(recorded=True, status=CycleStatus.ANNOUNCED)
    cycle.answers.all().delete()
    cycle.status = CycleStatus.CANCELLED

    assert refused_document(recorded, Audience.REGENCY) == RECORDED
    assert refused_document(cycle, Audience.REGENCY) == NOT_BEGUN


def test_document_is_offered_to_whoever_may_have_it_made_now(cycle, people):
    assert [offered(person, cycle) for person in (people.coordinator, people.reviewer, people.operator)] == [
        True, False, False,
    ]  # fmt: skip


def test_dossier_is_read_as_the_office_or_the_regency_and_by_nobody_else(cycle, people):
    assert [audience_of(person, cycle) for person in (people.coordinator, people.reviewer)] == ["regency", "reviewer"]
    with pytest.raises(TransitionRefusedError, match="dibuat oleh koordinator dan verifikator"):
        audience_of(people.operator, cycle)


# Rounds


def opened(cycle, by, number=1, **hours) -> CorrectionRound:
    now = timezone.now()
    given = {"opened_at": now - dt.timedelta(days=3), "closes_at": now - dt.timedelta(days=1), **hours}
    return CorrectionRound.objects.create(cycle=cycle, number=number, opened_by=by, **given)


def test_as_many_rounds_are_opened_as_the_office_of_the_region_allows(cycle, people, places, region):
    now = timezone.now()
    ReviewOffice.objects.update(rounds_allowed=7)
    places.serang.jurisdictions.update(ended_on=dt.date(2021, 1, 1))
    JurisdictionFactory(office=OfficeFactory(rounds_allowed=2), region=region, started_on=dt.date(2021, 1, 2))
    allowed = []
    for number in (1, 2, 3):
        allowed.append(refused_round(cycle, now) == "")
        opened(cycle, people.reviewer, number)

    assert allowed == [True, True, False]
    assert rounds_allowed(Cycle(region=region)) == 2


def test_region_that_no_office_looks_after_has_three_rounds(cycle, places):
    places.serang.jurisdictions.update(ended_on=dt.date(2021, 1, 1))

    assert rounds_allowed(cycle) == 3


def test_office_of_another_region_allows_nothing_here(cycle, places, region):
    office = OfficeFactory(rounds_allowed=7)
    places.serang.jurisdictions.update(ended_on=dt.date(2021, 1, 1))
    places.lebak.jurisdictions.update(office=office)

    assert (rounds_allowed(cycle), rounds_allowed(Cycle(region=places.lebak))) == (3, 7)


def test_notes_that_wait_are_of_one_answer_and_name_what_they_are_about(cycle, people):
    stored = [{"part": "citation", "text": "x", "document_id": None, "evidence_id": 5},
              {"part": "document", "text": "y", "document_id": 6}]  # fmt: skip
    pending = PendingReturn.objects.create(answer=answer_of(cycle, 1), notes=stored, noted_by=people.reviewer)

    assert (noted_for(answer_of(cycle, 1)), noted_for(answer_of(cycle, 2))) == (stored, [])
    assert notes_of(pending) == [Note(NotePart.CITATION, "x", None, 5), Note(NotePart.DOCUMENT, "y", 6)]


# Returns


def test_return_needs_a_note_and_is_told_by_all_of_them():
    notes = [Note(NotePart.VALUE, "Satu."), Note(NotePart.WHOLE, "Dua.")]

    assert needed(iter(notes)) == notes
    assert summary(notes) == "Satu. Dua."
    with pytest.raises(TransitionRefusedError, match=NO_NOTE):
        needed([])


def test_newest_return_of_the_answer_is_the_last(cycle, people):
    now = timezone.now()
    given = {"reader": "coordinator", "returned_by": people.coordinator, "closes_at": now + dt.timedelta(days=1)}
    for which, returned_at in [(1, now), (1, now - INSTANT), (2, now + INSTANT)]:
        Return.objects.create(answer=answer_of(cycle, which), returned_at=returned_at, **given)

    assert last_return(answer_of(cycle, 1)).returned_at == now
    assert last_return(answer_of(cycle, 3)) is None


# Grounds against an award


def test_problem_is_a_ground_once_it_is_late_or_answered_and_until_it_is_resolved(people, places):
    problem, other = problem_of(places.health, people.coordinator), problem_of(places.health, people.coordinator)
    due = problem.due_at
    in_time, late = not_grounds(problem, due), not_grounds(problem, due + INSTANT)
    ProblemResponse.objects.create(problem=problem, text="x", responded_by=people.operator, responded_as="x")
    answered, unanswered = not_grounds(problem, due), not_grounds(other, due)
    Problem.objects.filter(pk=problem.pk).update(status="resolved")

    assert in_time.startswith("Tenggat tanggapannya belum lewat.")
    assert (late, answered, unanswered) == ("", "", in_time)
    assert not_grounds(problem, due + INSTANT) == "Permasalahan ini sudah dinyatakan selesai."


# The bonus


def test_each_entry_of_a_bonus_has_a_mark_of_its_own(cycle, people):
    first, second = (cycle.bonuses.create(points=1, source="x", entered_by=people.reviewer) for _ in range(2))

    assert len({version_of_bonus(entry) for entry in (None, first, second)}) == 3
