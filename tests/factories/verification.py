"""Brings cycles into verification, and further."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from assessment.actions import answers, checks, packages, results, reviews, rounds
from assessment.enums import NotePart, Outcome
from assessment.facts.decisions import Decision, Seen
from assessment.facts.returns import Note
from assessment.facts.verdicts import standing_review
from assessment.models import Answer, CorrectionRound, Cycle, Result, Return, Review
from tests.factories.assessment import answer_of

VALUES = {
    1: lambda answer: {"form": "value", "option_id": answer.indicator.options.first().pk},
    2: lambda _answer: {"form": "value", "numerator": Decimal(24), "denominator": Decimal(31)},
    3: lambda _answer: {"form": "value", "number": Decimal(12)},
}


def submitted(cycle: Cycle, which: int, by: User, **content) -> Answer:
    """An answer with a plausible value, or with `content`, submitted: 10, 5 and 4 points by the rule."""
    answer = answer_of(cycle, which)
    fields = content or VALUES[which](answer)
    answers.save_draft(answer=answer, content=fields, seen_revision=answer.revision, by=by)
    answers.submit(answer=answer, by=by)
    return answer_of(cycle, which)


def send_back(answer: Answer, by: User, *, hours: int = 48) -> Return:
    """The coordinator returns an answer, to come back within so many hours."""
    notes = [Note(NotePart.WHOLE, "Lengkapi alasannya.")]
    return checks.send_back(answer=answer, notes=notes, closes_at=timezone.now() + dt.timedelta(hours=hours), by=by)


def send(cycle: Cycle, by: User) -> None:
    packages.send(cycle=cycle, endorsed_by="Sekretaris Daerah", endorsed_on=timezone.localdate(), by=by)
    cycle.refresh_from_db()


def start(cycle: Cycle, *, coordinator: User, reviewer: User) -> None:
    """Hand the package over and open it."""
    send(cycle, coordinator)
    reviews.start(cycle=cycle, by=reviewer)
    cycle.refresh_from_db()


def seen(answer: Answer) -> Seen:
    """What lies before a reviewer who has the newest page."""
    answer.refresh_from_db()
    standing = standing_review(answer)
    return Seen(answer.last_submission_id, standing.pk if standing else None)


def decide(cycle: Cycle, number: int, by: User, outcome: Outcome = Outcome.CONFIRMED, **decision) -> Review:
    answer = answer_of(cycle, number)
    return reviews.decide(answer=answer, decision=Decision(outcome, **decision), seen=seen(answer), by=by)


def decide_all(cycle: Cycle, by: User) -> None:
    """Confirm what was submitted, and decide "tidak diisi" on the rest."""
    for answer in Answer.objects.filter(cycle=cycle).select_related("indicator"):
        outcome = Outcome.CONFIRMED if answer.last_submission_id else Outcome.NOT_FILLED
        decide(cycle, answer.indicator.number, by, outcome)


def open_round(cycle: Cycle, numbers: tuple[int, ...], by: User, *, hours: int = 48) -> CorrectionRound:
    for number in numbers:
        notes = [Note(NotePart.WHOLE, f"Perbaiki indikator {number}.")]
        rounds.note_for_round(answer=answer_of(cycle, number), notes=notes, by=by)
    closes_at = timezone.now() + dt.timedelta(hours=hours)
    return rounds.open_round(cycle=cycle, closes_at=closes_at, by=by)


def close(opened: CorrectionRound) -> None:
    """Let the hour of a round pass."""
    past = timezone.now() - dt.timedelta(minutes=1)
    CorrectionRound.objects.filter(pk=opened.pk).update(opened_at=past - dt.timedelta(hours=48), closes_at=past)


def proposed(cycle: Cycle, by: User) -> Result:
    """Decide everything and propose."""
    decide_all(cycle, by)
    result = results.propose(cycle=cycle, by=by)
    cycle.refresh_from_db()
    return result


def fix(cycle: Cycle, result: Result, by: User) -> None:
    results.fix(cycle=cycle, result=result, minutes_number="BA-1", minutes_on=timezone.localdate(), by=by)
    cycle.refresh_from_db()


def fixed(cycle: Cycle, *, proposer: User, fixer: User) -> Result:
    """Propose and fix."""
    result = proposed(cycle, proposer)
    fix(cycle, result, fixer)
    return result
