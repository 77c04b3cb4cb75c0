"""Correction rounds: noting what an agency should correct, opening them together, moving the hour."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.acting import acting
from accounts.audit import Actor, record
from accounts.models import Agency, User
from accounts.notices import tell
from accounts.once import Once, claim
from accounts.permissions import membership_for, refusal
from accounts.versions import refuse_if_stale
from accounts.words import weekday_moment
from assessment import workflow
from assessment.actions.returns import write_return
from assessment.facts.clocks import Clocks, running_round
from assessment.facts.returns import Note, needed, summary
from assessment.facts.rounds import noted_for, notes_of, refused_round
from assessment.models import Answer, Assignment, CorrectionRound, Cycle, PendingReturn, Return
from assessment.notifications import coordinators_of, people_of_agencies, reviewers_of
from assessment.refusals import TransitionRefusedError
from assessment.workflow import ANSWER_STEPS, Situation

NAMED = 20  # numbers in a notice, which has no room for all


class EarlierHourError(TransitionRefusedError):
    """The hour of a running round only moves to a later one."""

    part = "closes_at"


@transaction.atomic
def note_for_round(
    *, answer: Answer, notes: Iterable[Note], by: User, seen: str | None = None, at: dt.datetime | None = None,
    once: Once | None = None,
) -> PendingReturn:  # fmt: skip
    """Keep what should be corrected until the round is opened; the regency sees nothing of it yet.

    Raises StaleError where another reviewer noted something meanwhile.
    """
    claim(once)
    at = at or timezone.now()
    fresh = _reviewers(answer, by, at)
    stored = noted_for(fresh)
    refuse_if_stale(seen, stored, "; ".join(f"“{row['text']}”" for row in stored))
    rows = [asdict(note) for note in needed(notes)]
    noted = {"notes": rows, "noted_by": by, "noted_at": at}
    pending, _new = PendingReturn.objects.update_or_create(answer=fresh, defaults=noted)
    _trace(by, fresh.cycle, pending, verb="return.noted", at=at, after={"notes": rows})
    return pending


@transaction.atomic
def drop_note(*, answer: Answer, by: User, at: dt.datetime | None = None, once: Once | None = None) -> None:
    """Drop what was noted for the round."""
    claim(once)
    at = at or timezone.now()
    fresh = _reviewers(answer, by, at)
    pending = PendingReturn.objects.filter(answer=fresh).first()
    if pending:
        _trace(by, fresh.cycle, pending, verb="return.dropped", at=at, before={"notes": pending.notes})
        pending.delete()


@transaction.atomic
def open_round(
    *, cycle: Cycle, closes_at: dt.datetime, by: User, at: dt.datetime | None = None, once: Once | None = None
) -> CorrectionRound:
    """Open a round with everything that was noted, until an hour, and tell the agencies and the coordinator.

    Raises TransitionRefusedError where nothing was noted, a round still runs, or the office allows no more.
    """
    claim(once)
    at = at or timezone.now()
    locked = workflow.lock(cycle.pk)
    pending = list(PendingReturn.objects.filter(answer__cycle=locked).select_related("answer__indicator"))
    reason = refused_round(locked, at) or ("" if pending else "Belum ada catatan untuk putaran ini.")
    if reason:
        raise TransitionRefusedError(reason)
    opened = CorrectionRound.objects.create(
        cycle=locked, number=locked.rounds.count() + 1, opened_by=by, opened_at=at, closes_at=closes_at
    )
    for row in pending:
        notes = notes_of(row)
        workflow.perform(row.answer, ANSWER_STEPS["reopen"], by=by, at=at, note=summary(notes))
        write_return(answer=row.answer, notes=notes, closes_at=closes_at, by=by, at=at, correction_round=opened)
        row.delete()
    words = f"{locked}: putaran perbaikan {opened.number} dibuka sampai {_hour(opened)}"
    _tell_agencies(opened, words, at)
    _tell_coordinators(opened, f"{words} untuk {len(pending)} indikator.", at)
    after = {"closes_at": closes_at, "indicators": [row.answer.indicator.number for row in pending]}
    _trace(by, locked, opened, verb="round.opened", at=at, after=after)
    return opened


@transaction.atomic
def move_hour(
    *, correction_round: CorrectionRound, closes_at: dt.datetime, reason: str, by: User, at: dt.datetime | None = None,
    once: Once | None = None,
) -> None:  # fmt: skip
    """Give a running round a later hour, with a reason, and tell everyone concerned."""
    claim(once)
    at = at or timezone.now()
    locked = workflow.lock(correction_round.cycle_id)
    running = running_round(locked, at)
    if running is None or running.pk != correction_round.pk:
        raise TransitionRefusedError("Putaran ini sudah ditutup; jamnya tidak dapat digeser lagi.")
    if membership_for(by, "assessment.review_cycle", locked) is None:
        raise TransitionRefusedError(refusal("assessment.review_cycle"))
    if closes_at <= running.closes_at:
        raise EarlierHourError("Jam penutupan hanya dapat digeser lebih lambat.")
    before = running.closes_at
    CorrectionRound.objects.filter(pk=running.pk).update(closes_at=closes_at)
    Return.objects.filter(round=running).update(closes_at=closes_at)
    correction_round.refresh_from_db()
    words = f"{locked}: putaran perbaikan diperpanjang sampai {_hour(correction_round)}"
    _tell_agencies(correction_round, words, at, reason)
    _tell_coordinators(correction_round, f"{words}. {reason}", at)
    change = {"before": {"closes_at": before}, "after": {"closes_at": closes_at}, "note": reason}
    _trace(by, locked, correction_round, verb="round.moved", at=at, **change)


@transaction.atomic
def tell_closed(*, cycle: Cycle, at: dt.datetime | None = None) -> list[CorrectionRound]:
    """Tell the reviewers of rounds whose hour has passed, or whose answers are all back; each round once.

    Closing itself changes no row: the clock closes a round also when nobody looks (docs/aturan.md, "Putaran
    perbaikan").
    """
    at = at or timezone.now()
    locked = workflow.lock(cycle.pk)
    running = running_round(locked, at)
    closed = [row for row in locked.rounds.filter(closing_told_at=None).counted() if row != running]
    for row in closed:
        CorrectionRound.objects.filter(pk=row.pk).update(closing_told_at=at)
        text = f"{locked}: putaran {row.number} ditutup; {row.back} dari {row.asked} indikator dikirim kembali."
        tell(reviewers_of(locked.region), kind="round", text=text, url=reverse("review-list", args=[locked.pk]), at=at)
        record(
            actor=Actor.system("close_due_rounds"), verb="round.closed", target=row, region=locked.region,
            after={"back": row.back}, at=at,
        )  # fmt: skip
    return closed


def _reviewers(answer: Answer, by: User, at: dt.datetime) -> Answer:
    """The answer under the cycle's lock, if it is the reviewer's now; raises TransitionRefusedError."""
    fresh = workflow.take_answer(answer)
    reason = workflow.blocked(
        fresh, ANSWER_STEPS["reopen"], by=by, situation=Situation(fresh, Clocks.of(fresh.cycle), at)
    )
    if reason:
        raise TransitionRefusedError(reason)
    return fresh


def _tell_agencies(opened: CorrectionRound, words: str, at: dt.datetime, reason: str = "") -> None:
    """Tell the people of each agency concerned which of its indicators it is about."""
    # Ids instead of one deep query: on tables that were filled just now PostgreSQL plans that one very badly.
    named = list(Return.objects.filter(round=opened).values_list("answer__indicator", flat=True))
    responsible = Assignment.objects.responsible().filter(cycle=opened.cycle_id, indicator__in=named)
    numbers = defaultdict(list)
    for agency, number in responsible.order_by("indicator__number").values_list("agency", "indicator__number"):
        numbers[agency].append(str(number))
    for agency, asked in numbers.items():
        rest = f" dan {len(asked) - NAMED} lainnya" if len(asked) > NAMED else ""
        text = f"{words} untuk indikator {', '.join(asked[:NAMED])}{rest}. {reason}".strip()
        people = people_of_agencies(Agency.objects.filter(pk=agency))
        tell(people, kind="round", text=text, url=reverse("task-list"), at=at)


def _tell_coordinators(opened: CorrectionRound, text: str, at: dt.datetime) -> None:
    board = reverse("board", args=[opened.cycle_id])
    tell(coordinators_of(opened.cycle.region), kind="round", text=text, url=board, at=at)


def _hour(opened: CorrectionRound) -> str:
    return weekday_moment(opened.closes_at, opened.cycle.region.zone)


def _trace(by: User, cycle: Cycle, target, *, verb: str, at: dt.datetime, **change) -> None:
    actor = acting(by, "assessment.review_cycle", cycle)
    record(actor=actor, verb=verb, target=target, region=cycle.region, at=at, **change)
