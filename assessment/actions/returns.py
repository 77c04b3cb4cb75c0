"""What goes back to an agency: notes, each on a part of the answer, until an hour."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from accounts.acting import acting
from accounts.audit import record
from accounts.models import User
from accounts.once import Once, claim
from accounts.permissions import membership_for
from accounts.versions import refuse_if_stale
from assessment import workflow
from assessment.enums import AnswerStatus, Reader
from assessment.facts.returns import Note, last_return, replies_of
from assessment.models import Answer, CorrectionRound, Return, ReturnNote
from assessment.refusals import TransitionRefusedError


def write_return(
    *, answer: Answer, notes: Iterable[Note], closes_at: dt.datetime, by: User, at: dt.datetime,
    correction_round: CorrectionRound | None = None,
) -> Return:  # fmt: skip
    """Write a return with its notes: the coordinator's, or the reviewer's in a round."""
    returned = Return.objects.create(
        answer=answer, submission=answer.last_submission, round=correction_round, returned_by=by, returned_at=at,
        reader=Reader.REVIEWER if correction_round else Reader.COORDINATOR, closes_at=closes_at,
    )  # fmt: skip
    ReturnNote.objects.bulk_create(
        ReturnNote(
            returned=returned,
            part=note.part,
            text=note.text,
            document_id=note.document_id,
            evidence_id=note.evidence_id,
        )
        for note in notes
    )
    return returned


@transaction.atomic
def reply(
    *, answer: Answer, replies: Mapping[int, str], by: User, seen: str | None = None, at: dt.datetime | None = None,
    once: Once | None = None,
) -> None:  # fmt: skip
    """Write what the agency says to the notes of the last return.

    Raises TransitionRefusedError where the answer is closed or no longer the agency's, StaleError if overtaken.
    """
    claim(once)
    at = at or timezone.now()
    fresh = workflow.take_answer(answer)
    returned = last_return(fresh)
    if returned is None:
        return
    _need_open(fresh, by, at)
    stored = replies_of(returned)
    refuse_if_stale(seen, stored, "; ".join(f"“{text}”" for text in stored.values() if text))
    rows = ReturnNote.objects.filter(returned=returned, pk__in=replies)
    notes = [note for note in rows if note.reply != replies[note.pk]]
    if not notes:
        return
    _write_replies(notes, replies, by, at)
    actor = acting(by, "assessment.fill_answer", fresh)
    after = {str(note.pk): note.reply for note in notes}
    record(actor=actor, verb="answer.replied", target=fresh, region=fresh.cycle.region, after=after, at=at)


def _write_replies(notes: list[ReturnNote], replies: Mapping[int, str], by: User, at: dt.datetime) -> None:
    """Write what is said to each note, with who said it and when; a reply taken back is nobody's."""
    for note in notes:
        text = replies[note.pk]
        note.reply, note.replied_by, note.replied_at = (text, by, at) if text else ("", None, None)
    ReturnNote.objects.bulk_update(notes, ["reply", "replied_by", "replied_at"])


def _need_open(answer: Answer, by: User, at: dt.datetime) -> None:
    """Raise TransitionRefusedError unless the person may reply to the notes on this answer now."""
    if membership_for(by, "assessment.fill_answer", answer) is None:
        raise TransitionRefusedError("Jawaban ini sekarang diisi perangkat daerah lain.")
    if answer.status not in (AnswerStatus.RETURNED, AnswerStatus.READY):
        raise TransitionRefusedError("Jawaban ini sudah dikirim kembali; balasannya tidak dapat diubah lagi.")
    reason = workflow.closed_for_agency(answer, at)
    if reason:
        raise TransitionRefusedError(reason)
