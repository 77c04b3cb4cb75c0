"""The coordinator's check before the package leaves: passing on, sending back with notes; and the agency's replies."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Actor, record
from accounts.models import Agency, User
from accounts.notices import tell
from accounts.once import Once, claim
from accounts.permissions import membership_for
from assessment import workflow
from assessment.actions.returns import Note, needed, summary, write_return
from assessment.enums import Outcome, Reader
from assessment.models import Answer, Return, ReturnNote, Review
from assessment.notifications import people_of_agencies
from assessment.rules import owner_of
from assessment.workflow import ANSWER_STEPS, Situation, TransitionRefusedError


@transaction.atomic
def accept(*, answer: Answer, by: User, at: dt.datetime | None = None, once: Once | None = None) -> Review:
    """Let a submission pass; accepting one's own is allowed and marked so."""
    claim(once)
    at = at or timezone.now()
    workflow.perform(answer, ANSWER_STEPS["accept"], by=by, at=at)
    submission = answer.last_submission
    return Review.objects.create(
        answer=answer, submission=submission, reader=Reader.COORDINATOR, outcome=Outcome.ACCEPTED,
        points=submission.points, rule_points=submission.points, achievement=submission.achievement,
        own_work=submission.submitted_by_id == by.pk, decided_by=by, decided_at=at,
    )  # fmt: skip


@transaction.atomic
def accept_many(*, answers: Iterable[Answer], by: User, at: dt.datetime | None = None, once: Once | None = None) -> int:
    """Let several submissions pass, all or none; return how many."""
    claim(once)
    return len([accept(answer=answer, by=by, at=at) for answer in answers])


@transaction.atomic
def send_back(
    *, answer: Answer, notes: Iterable[Note], closes_at: dt.datetime, by: User, at: dt.datetime | None = None,
    once: Once | None = None,
) -> Return:  # fmt: skip
    """Return a submission with notes, each on a part, until an hour, and tell the agency."""
    claim(once)
    at = at or timezone.now()
    written = needed(notes)
    until = {"returned_until": closes_at}
    workflow.perform(answer, ANSWER_STEPS["return"], by=by, at=at, note=summary(written), changes=until)
    returned = write_return(answer=answer, notes=written, closes_at=closes_at, by=by, at=at)
    text = f"{answer.cycle}: indikator {answer.indicator.number} dikembalikan untuk diperbaiki. {written[0].text}"
    agency = Agency.objects.filter(pk=owner_of(answer))
    tell(people_of_agencies(agency), kind="return", text=text, url=reverse("answer-detail", args=[answer.pk]))
    return returned


@transaction.atomic
def reply(
    *, answer: Answer, replies: Mapping[int, str], by: User, at: dt.datetime | None = None, once: Once | None = None
) -> None:
    """Write what the agency says to the notes of the last return; raises TransitionRefusedError where it is closed."""
    claim(once)
    at = at or timezone.now()
    cycle = workflow.lock(answer.cycle_id)
    fresh = Answer.objects.with_owner().select_related("indicator").get(pk=answer.pk)
    fresh.cycle = cycle
    reason = workflow.open_for_agency(Situation(fresh, workflow.Clocks.of(cycle), at))
    if reason:
        raise TransitionRefusedError(reason)
    notes = ReturnNote.objects.filter(returned=last_return(fresh), pk__in=replies)
    for note in notes:
        text = replies[note.pk]
        note.reply, note.replied_by, note.replied_at = text, (by if text else None), (at if text else None)
    ReturnNote.objects.bulk_update(notes, ["reply", "replied_by", "replied_at"])
    actor = Actor.person(by, membership_for(by, "assessment.fill_answer", fresh))
    after = {str(note.pk): note.reply for note in notes}
    record(actor=actor, verb="answer.replied", target=fresh, region=cycle.region, after=after, at=at)


def last_return(answer: Answer) -> Return | None:
    """Return the newest return of an answer."""
    return answer.returns.select_related("returned_by").first()
