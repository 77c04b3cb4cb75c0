"""The present year of the sample data: in the middle of filling, with every status that filling allows."""

import datetime as dt

from django.utils import timezone

from accounts.models import Agency, Region, User
from accounts.sure import sure
from assessment.actions import answers, assignments, checks, cycles, problems
from assessment.demo.filling import NONE, NOT_APPLICABLE, Agencies, answers_of, plausible, prove, save
from assessment.demo.places import revision
from assessment.demo.years import days_ago, in_days
from assessment.enums import NotePart
from assessment.facts.returns import Note
from assessment.models import Answer, Cycle, Problem

DAYS_BEGUN, DAYS_LEFT = 28, 12
FILLED, ASKED, SENT = 1, 3, 4  # turns of six: from which on there is a draft, a request to the head, a submission


def build_present_year(region: Region, agencies: dict[str, Agency], coordinator: User) -> Cycle:
    """Begin four weeks ago, end in twelve days, and leave answers in every status."""
    begun, year = days_ago(DAYS_BEGUN), timezone.localdate().year
    cycle = Cycle(
        region=region, revision=revision(), assessment_year=year, data_year=year - 1, filling_starts_on=begun.date(),
        filling_deadline=in_days(DAYS_LEFT, 15),
        opened_at=begun - dt.timedelta(days=10),
    )  # fmt: skip
    cycles.save_cycle(cycle=cycle, by=coordinator, at=cycle.opened_at)
    assignments.assign_by_mapping(cycle=cycle, by=coordinator, at=cycle.opened_at)
    cycles.start_filling(cycle=cycle, by=coordinator, at=begun)
    people = Agencies(cycle)
    for position, answer in enumerate(answers_of(cycle)):
        _fill(answer, position, people, coordinator)
    return cycle


def build_problem(region: Region, agency: Agency, coordinator: User) -> None:
    """An open problem whose answer is due in a few days."""
    problem = Problem(
        region=region, agency=agency, title="Dugaan penolakan layanan perekaman KTP elektronik (contoh)",
        summary="Aduan bahwa penyandang disabilitas tidak dapat merekam KTP elektronik di kantor kecamatan (contoh).",
        public_summary="Dugaan penolakan layanan administrasi kependudukan bagi penyandang disabilitas (contoh).",
        right="Hak atas kependudukan", source="SP4N-LAPOR! (contoh)",
        happened_on=days_ago(15).date(), received_on=days_ago(10).date(), due_at=in_days(4, 16),
    )  # fmt: skip
    problems.register(problem=problem, by=coordinator, at=days_ago(9))


def _fill(answer: Answer, position: int, people: Agencies, coordinator: User) -> None:
    turn, operator = position % 6, people.operator(answer)
    if turn < FILLED or operator is None:
        return
    at = days_ago(20 - position % 15, hour=8 + position % 7)
    save(answer, _content(answer, position), operator, at)
    if turn > FILLED:
        prove(answer, people.of(answer), operator, at)
    if turn >= ASKED:
        answers.make_ready(answer=answer, by=operator, at=at + dt.timedelta(hours=1))
    if turn >= SENT:
        answers.submit(answer=answer, by=sure(people.head(answer)), at=at + dt.timedelta(hours=5))
        _check(answer, coordinator, position, at + dt.timedelta(days=1))


def _content(answer: Answer, position: int) -> dict:
    if position % 12 == 5:  # noqa: PLR2004 - now and then
        return NONE
    return NOT_APPLICABLE if position % 30 == 10 else plausible(answer, position)  # noqa: PLR2004


def _check(answer: Answer, coordinator: User, position: int, at: dt.datetime) -> None:
    """Let some pass, return some, and leave the others to be checked."""
    if position % 4 == 0:
        checks.accept(answer=answer, by=coordinator, at=at)
    elif position % 7 == 0:
        note = Note(NotePart.WHOLE, "Sebutkan sumber angkanya dan unggah lembar yang bertanda tangan (contoh).")
        checks.send_back(answer=answer, notes=[note], closes_at=in_days(2, 16), by=coordinator, at=at)
