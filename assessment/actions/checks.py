"""The coordinator's check before the package leaves: passing on, sending back with notes; and the agency's replies."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from accounts.models import Agency, User
from accounts.notices import tell
from accounts.once import Once, claim
from accounts.sure import sure
from accounts.words import weekday_moment
from assessment import workflow
from assessment.actions.returns import write_return
from assessment.enums import AnswerStatus, Outcome, Reader
from assessment.facts.returns import Note, needed, summary
from assessment.models import Answer, Return, Review
from assessment.notifications import people_of_agencies
from assessment.refusals import TransitionRefusedError
from assessment.rules import owner_id_now
from assessment.workflow import ANSWER_STEPS

WITHDRAWN = "Perangkat daerah baru saja menarik kembali pengajuannya. Tunggu sampai diajukan lagi, lalu putuskan."
NOTE_SHOWN = 120
PASSED_MEANWHILE = (
    "Jawaban ini baru saja diloloskan orang lain. Catatan Anda masih ada di bawah; kirim lagi bila tetap dikembalikan."
)
NOT_READ = "Perangkat daerah baru saja mengajukan versi lain. Baca dahulu yang terbaru, lalu putuskan."


@transaction.atomic
def accept(
    *, answer: Answer, by: User, seen: int | None = None, at: dt.datetime | None = None, once: Once | None = None
) -> Review:
    """Let a submission pass; accepting one's own is allowed and marked so.

    `seen` is the id of the submission that was read; raises TransitionRefusedError where another one came meanwhile.
    """
    claim(once)
    at = at or timezone.now()
    _need_read(answer, seen)
    workflow.perform(answer, ANSWER_STEPS["accept"], by=by, at=at)
    submission = sure(answer.last_submission)
    return Review.objects.create(
        answer=answer, submission=submission, reader=Reader.COORDINATOR, outcome=Outcome.ACCEPTED,
        points=submission.points, rule_points=submission.points, achievement=submission.achievement,
        own_work=submission.submitted_by_id == by.pk, decided_by=by, decided_at=at,
    )  # fmt: skip


@transaction.atomic
def accept_many(
    *, answers: Mapping[Answer, int | None], by: User, at: dt.datetime | None = None, once: Once | None = None
) -> int:
    """Let several submissions pass, each with the id of the submission that was read, all or none; return how many."""
    claim(once)
    return len([accept(answer=answer, seen=seen, by=by, at=at) for answer, seen in answers.items()])


@transaction.atomic
def send_back(
    *, answer: Answer, notes: Iterable[Note], closes_at: dt.datetime, by: User, seen: int | None = None,
    waiting: bool = False, at: dt.datetime | None = None, once: Once | None = None,
) -> Return:  # fmt: skip
    """Return the submission that was read, with notes, each on a part, until an hour, and tell the agency.

    What was `waiting` for a decision when it was read, and was passed meanwhile, is not returned unseen.
    """
    claim(once)
    at = at or timezone.now()
    _need_read(answer, seen)
    if waiting and answer.status == AnswerStatus.ACCEPTED:
        raise TransitionRefusedError(PASSED_MEANWHILE)
    written = needed(notes)
    until = {"returned_until": closes_at}
    workflow.perform(answer, ANSWER_STEPS["return"], by=by, at=at, note=summary(written), changes=until)
    returned = write_return(answer=answer, notes=written, closes_at=closes_at, by=by, at=at)
    hour = weekday_moment(closes_at, answer.cycle.region.zone)
    others = f" (dan {len(written) - 1} catatan lain)" if len(written) > 1 else ""
    asked = f"diminta kembali paling lambat {hour}. {Truncator(written[0].text).chars(NOTE_SHOWN)}{others}"
    text = f"{answer.cycle}: indikator {answer.indicator.number} dikembalikan untuk diperbaiki, {asked}"
    owner = owner_id_now(answer)
    agency = Agency.objects.filter(pk=owner) if owner else Agency.objects.none()
    tell(people_of_agencies(agency), kind="return", text=text, url=reverse("answer-detail", args=[answer.pk]), at=at)
    return returned


def _need_read(answer: Answer, seen: int | None) -> None:
    """Raise TransitionRefusedError where another submission came after the one that was read; None read no page."""
    workflow.lock(answer.cycle_id)
    answer.refresh_from_db(fields=["last_submission", "status"])
    if seen is not None and answer.last_submission_id != seen:
        decidable = answer.status in (AnswerStatus.SUBMITTED, AnswerStatus.ACCEPTED)
        raise TransitionRefusedError(NOT_READ if decidable else WITHDRAWN)
