"""The year before the present one: complete, verified with a correction round, fixed, and awarded."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from accounts.models import Agency, Region, User
from accounts.sure import sure
from assessment.actions import (
    answers,
    assignments,
    awards,
    checks,
    cycles,
    packages,
    results,
    returns,
    reviews,
    rounds,
)
from assessment.demo.filling import NONE, NOT_APPLICABLE, Agencies, answers_of, plausible, prove, save
from assessment.demo.places import revision
from assessment.demo.years import day
from assessment.enums import NotePart, Outcome
from assessment.facts.decisions import Decision, Seen
from assessment.facts.returns import Note
from assessment.facts.verdicts import standing_review
from assessment.models import Answer, Cycle

NOT_THERE = (18, 88)  # answered "tidak ada"
EXCEPTIONS = {46: Outcome.NOT_APPLICABLE, 94: Outcome.REFUSED}
CORRECTED, NEVER_BACK = (9, 33, 57, 81), 105
SET_LOWER = 73
People = dict[str, User]


def build_last_year(region: Region, agencies: dict[str, Agency], who: People) -> Cycle:
    """Live the whole year through, each step on its day."""
    year = timezone.localdate().year - 1
    cycle = _opened(region, agencies, who["coordinator"], year)
    _fill(cycle, who["coordinator"], year)
    packages.send(
        cycle=cycle, endorsed_by="Sekretaris Daerah", endorsed_on=dt.date(year, 3, 27), by=who["coordinator"],
        at=day(year, 3, 28),
    )  # fmt: skip
    reviews.start(cycle=cycle, by=who["reviewer"], at=day(year, 4, 7))
    _correct(cycle, who["reviewer"], year)
    _decide(cycle, who["reviewer"], year)
    _finish(cycle, who, year)
    return cycle


def _opened(region: Region, agencies: dict[str, Agency], coordinator: User, year: int) -> Cycle:
    cycle = Cycle(
        region=region, revision=revision(), assessment_year=year, data_year=year - 1,
        filling_deadline=day(year, 3, 28, 16), filling_starts_on=dt.date(year, 1, 20), opened_at=day(year, 1, 6),
    )  # fmt: skip
    cycles.save_cycle(cycle=cycle, by=coordinator, at=cycle.opened_at)
    assignments.save_mapping(region=region, agencies=agencies, by=coordinator)
    assignments.assign_by_mapping(cycle=cycle, by=coordinator, at=cycle.opened_at)
    cycles.start_filling(cycle=cycle, by=coordinator, at=day(year, 1, 20))
    return cycle


def _fill(cycle: Cycle, coordinator: User, year: int) -> None:
    agencies = Agencies(cycle)
    for position, answer in enumerate(answers_of(cycle)):
        at = day(year, 2, 1 + position % 27, 8 + position % 8)
        filler = agencies.operator(answer) or coordinator
        save(answer, _content(answer, position), filler, at)
        prove(answer, agencies.of(answer), filler, at, everything=True)
        head = agencies.head(answer)
        if head:
            answers.make_ready(answer=answer, by=filler, at=at + dt.timedelta(hours=1))
        answers.submit(answer=answer, by=head or filler, at=at + dt.timedelta(hours=4))
        checks.accept(answer=answer, by=coordinator, at=day(year, 3, 3 + position % 20, 10))


def _content(answer: Answer, position: int) -> dict:
    number = answer.indicator.number
    if number in EXCEPTIONS:
        return NOT_APPLICABLE
    return NONE if number in NOT_THERE else plausible(answer, position, good=True)


def _correct(cycle: Cycle, reviewer: User, year: int) -> None:
    """A round for five indicators; four come back in time, one does not."""
    at = day(year, 5, 12)
    rows = {answer.indicator.number: answer for answer in answers_of(cycle)}
    note = Note(NotePart.VALUE, "Angka belum sama dengan dokumen yang ditunjuk; perbaiki atau jelaskan (contoh).")
    for number in (*CORRECTED, NEVER_BACK):
        rounds.note_for_round(answer=rows[number], notes=[note], by=reviewer, at=at)
    rounds.open_round(cycle=cycle, closes_at=at + dt.timedelta(hours=48), by=reviewer, at=at)
    agencies = Agencies(cycle)
    for number in CORRECTED:
        answer = rows[number]
        answer.refresh_from_db()
        back, filler = at + dt.timedelta(hours=20), sure(agencies.operator(answer))
        written = sure(sure(answer.returns.first()).notes.first())
        returns.reply(answer=answer, replies={written.pk: "Sudah disesuaikan (contoh)."}, by=filler, at=back)
        save(
            answer,
            {**plausible(answer, 10, good=True), "note": "Disesuaikan dalam putaran perbaikan (contoh)."},
            filler,
            back,
        )
        answers.submit(answer=answer, by=agencies.head(answer) or filler, at=back + dt.timedelta(hours=2))
    rounds.tell_closed(cycle=cycle, at=at + dt.timedelta(hours=49))


def _decide(cycle: Cycle, reviewer: User, year: int) -> None:
    for position, answer in enumerate(answers_of(cycle)):
        at = day(year, 5, 16 + position % 14, 8 + position % 8)
        standing = standing_review(answer)
        seen = Seen(answer.last_submission_id, standing.pk if standing else None)
        reviews.decide(answer=answer, decision=_decision(answer, position), seen=seen, by=reviewer, at=at)


def _decision(answer: Answer, position: int) -> Decision:
    number, submission = answer.indicator.number, answer.last_submission
    if number in EXCEPTIONS:
        reason = "Kewenangan kabupaten; dokumennya seharusnya ada (contoh)."
        return Decision(EXCEPTIONS[number], reason=reason if EXCEPTIONS[number] == Outcome.REFUSED else "")
    if number == SET_LOWER:
        option = list(answer.indicator.options.all())[1]
        return Decision(Outcome.CHANGED, {"option_id": option.pk}, reason="Dokumennya masih rancangan (contoh).")
    if position % 17 == 5 and submission and submission.points >= 2:  # noqa: PLR2004 - two points less
        reason = "Dokumen tidak ditandatangani pejabat yang berwenang (contoh)."
        return Decision(
            Outcome.CONFIRMED, points=submission.points - 2, reason=reason, note="Lengkapi tanda tangannya (contoh)."
        )
    return Decision(Outcome.CONFIRMED)


def _finish(cycle: Cycle, who: People, year: int) -> None:
    results.enter_bonus(
        cycle=cycle, points=Decimal("0.50"), source="Data contoh: hasil pelaporan Aksi HAM", by=who["reviewer"],
        at=day(year, 6, 30),
    )  # fmt: skip
    result = results.propose(cycle=cycle, by=who["reviewer"], at=day(year, 7, 1))
    results.fix(
        cycle=cycle, result=result, minutes_number="contoh BA-01", minutes_on=dt.date(year, 7, 3),
        by=who["second_reviewer"], at=day(year, 7, 3),
    )  # fmt: skip
    awards.announce(
        cycle=cycle, decree_number=f"contoh {year}", decree_on=dt.date(year, 12, 3), by=who["coordinator"],
        at=day(year, 12, 10),
    )  # fmt: skip
