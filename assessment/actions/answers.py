"""Saving, submitting and taking back answers."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Actor, record
from accounts.models import Agency, Membership, User
from accounts.notices import tell
from accounts.once import Once, claim
from accounts.permissions import membership_for
from accounts.sure import sure
from accounts.versions import version_of
from assessment import scoring, workflow
from assessment.actions.returns import reply
from assessment.enums import EDITABLE, AnswerStatus
from assessment.facts import completeness
from assessment.facts.indicator_rules import scoring_rule_of
from assessment.models import Answer, Submission, SubmittedCitation
from assessment.models.answer import CONTENT_FIELDS
from assessment.notifications import heads_of
from assessment.refusals import TransitionRefusedError
from assessment.rules import endorses, on_behalf, owner_id_of
from assessment.workflow import ANSWER_STEPS

NOT_READ = "Jawaban ini baru saja diubah orang lain. Baca dahulu yang terbaru, lalu ajukan."
ON_BEHALF = "Diisi koordinator untuk {}."
NOTHING_TO_SUBMIT = "Belum ada jawaban yang dapat diajukan. Isi jawabannya, atau pilih tidak ada atau tidak berlaku."


class ConflictError(Exception):
    """Somebody else saved this answer meanwhile; `stored` is what they wrote, nothing of ours was written."""

    def __init__(self, stored: Answer) -> None:
        super().__init__(f"revision {stored.revision}")
        self.stored = stored


@transaction.atomic
def save_draft(
    *, answer: Answer, content: Mapping[str, Any], seen_revision: int, by: User, at: dt.datetime | None = None,
    once: Once | None = None,
) -> None:  # fmt: skip
    """Save the fields of a draft that was read at `seen_revision`.

    Raises ConflictError where somebody saved meanwhile, TransitionRefusedError where the answer is not open.
    """
    claim(once)
    _write(answer, content, seen_revision, by, at or timezone.now())


def _write(answer: Answer, content: Mapping[str, Any], seen_revision: int, by: User, at: dt.datetime) -> None:
    fresh = _locked(answer)
    reason = _closed(fresh, by, at)
    if reason:
        raise TransitionRefusedError(reason)
    if fresh.revision != seen_revision:
        raise ConflictError(fresh)
    changed = {name: value for name, value in content.items() if getattr(fresh, name) != value}
    if not changed:
        return
    saved = {**changed, "revision": seen_revision + 1, "updated_by": by, "updated_at": at}
    Answer.objects.filter(pk=fresh.pk, revision=seen_revision).update(**saved)
    membership = membership_for(by, "assessment.fill_answer", fresh)
    record(
        actor=Actor.person(by, membership), verb="answer.saved", target=fresh,
        region=fresh.cycle.region, before={name: _written(getattr(fresh, name)) for name in changed},
        after={name: _written(value) for name, value in changed.items()}, note=_stood_in(fresh, membership), at=at,
    )  # fmt: skip
    for name, value in saved.items():
        setattr(answer, name, value)


@transaction.atomic
def make_ready(
    *, answer: Answer, by: User, seen_revision: int | None = None, at: dt.datetime | None = None,
    once: Once | None = None,
) -> None:  # fmt: skip
    """Ask the head to endorse; raises TransitionRefusedError, also where nothing was answered, and as `submit`."""
    claim(once)
    fresh = _locked(answer)
    _need_read(fresh, seen_revision)
    _hand_up(answer, fresh, by, at)
    text = f"{answer.cycle}: indikator {answer.indicator.number} menunggu pengesahan Anda."
    tell(heads_of(sure(owner_id_of(fresh))), kind="assignment", text=text, url=_url(answer), at=at)


@transaction.atomic
def take_back(*, answer: Answer, by: User, at: dt.datetime | None = None, once: Once | None = None) -> None:
    """Take an answer back from the head, unendorsed."""
    claim(once)
    workflow.perform(answer, ANSWER_STEPS["take_back"], by=by, at=at)


@transaction.atomic
def hand_back(*, answer: Answer, note: str, by: User, at: dt.datetime | None = None, once: Once | None = None) -> None:
    """The head hands an answer back to the operator, with a note, and whoever wrote it is told."""
    claim(once)
    workflow.perform(answer, ANSWER_STEPS["hand_back"], by=by, at=at, note=note)
    if answer.updated_by:
        text = f"{answer.cycle}: indikator {answer.indicator.number} dikembalikan Kepala OPD. {note}"
        tell([answer.updated_by], kind="return", text=text, url=_url(answer), at=at)


@transaction.atomic
def submit(
    *, answer: Answer, by: User, seen_revision: int | None = None, at: dt.datetime | None = None,
    once: Once | None = None,
) -> Submission:  # fmt: skip
    """Freeze the draft as a submission and hand it to the coordinator; raises TransitionRefusedError.

    An incomplete answer may be submitted, but not without a value; what is missing is frozen along. What was read at
    `seen_revision` is what is submitted: refused where somebody saved meanwhile.
    """
    claim(once)
    at = at or timezone.now()
    fresh = _locked(answer)
    _need_read(fresh, seen_revision)
    _need_value(fresh)
    submission = _freeze(fresh, by, at)
    note = _stood_in(fresh, membership_for(by, "assessment.submit_answer", fresh))
    changes = {"last_submission": submission}
    workflow.perform(answer, ANSWER_STEPS["submit"], by=by, at=at, note=note, changes=changes)
    return submission


@transaction.atomic
def submit_many(*, answers: Iterable[Answer], by: User, at: dt.datetime | None = None, once: Once | None = None) -> int:
    """Submit several answers, all or none; return how many."""
    claim(once)
    return len([submit(answer=answer, by=by, at=at) for answer in answers])


@transaction.atomic
def make_ready_many(
    *, answers: Iterable[Answer], by: User, at: dt.datetime | None = None, once: Once | None = None
) -> int:
    """Ask the heads to endorse several answers, all or none; each head is told once. Return how many."""
    claim(once)
    asked: dict[int, list[Answer]] = defaultdict(list)
    for answer in answers:
        fresh = _locked(answer)
        _hand_up(answer, fresh, by, at)
        asked[sure(owner_id_of(fresh))].append(answer)
    for agency_id, rows in asked.items():
        numbers = ", ".join(str(row.indicator.number) for row in rows)
        text = f"{rows[0].cycle}: {len(rows)} indikator menunggu pengesahan Anda, nomor {numbers}."
        tell(heads_of(agency_id), kind="assignment", text=text, url=reverse("task-list"), at=at)
    return sum(map(len, asked.values()))


@transaction.atomic
def withdraw(*, answer: Answer, by: User, at: dt.datetime | None = None, once: Once | None = None) -> None:
    """Take a submission back that nobody has decided: the draft opens again, and what stood before it stands again.

    The frozen version stays in the history of the answer, but no package carries it and no reviewer reads it.
    """
    claim(once)
    locked = _locked(answer)
    returned = locked.returns.first() if locked.came_from == AnswerStatus.RETURNED else None
    stands = {"last_submission": returned.submission if returned else None}
    workflow.perform(answer, ANSWER_STEPS["withdraw"], by=by, at=at, changes=stands)


def _hand_up(answer: Answer, fresh: Answer, by: User, at: dt.datetime | None) -> None:
    _need_value(fresh)
    workflow.perform(answer, ANSWER_STEPS["ready"], by=by, at=at)


def _locked(answer: Answer) -> Answer:
    """The answer as it is once the cycle is ours, with everything that freezing reads."""
    cycle = workflow.lock(answer.cycle_id)
    fresh = Answer.objects.with_indicator().get(pk=answer.pk)
    fresh.cycle = cycle
    return fresh


def _closed(answer: Answer, by: User, at: dt.datetime) -> str:
    if answer.status not in EDITABLE:
        return (
            f"Jawaban ini berstatus {answer.get_status_display().lower()}; tarik kembali lebih dulu untuk mengubahnya."
        )
    if membership_for(by, "assessment.fill_answer", answer) is None:
        return "Jawaban ini sekarang diisi perangkat daerah lain."
    return workflow.closed_for_agency(answer, at)


def _need_value(answer: Answer) -> None:
    if not completeness.has_value(answer):
        raise TransitionRefusedError(NOTHING_TO_SUBMIT)


def _need_read(answer: Answer, seen_revision: int | None) -> None:
    if seen_revision is not None and answer.revision != seen_revision:
        raise TransitionRefusedError(NOT_READ)


def _freeze(answer: Answer, by: User, at: dt.datetime) -> Submission:
    rule = scoring_rule_of(answer.indicator)
    agency = Agency.objects.get(pk=sure(owner_id_of(answer)))
    membership = membership_for(by, "assessment.submit_answer", answer)
    citations = list(answer.citations.select_related("evidence"))
    cited = [(row.document_id, row.evidence.kind) for row in citations]
    submission = Submission.objects.create(
        answer=answer, serial=answer.submissions.count() + 1, agency=agency,
        points=scoring.points(rule, answer.value), achievement=scoring.achievement(rule, answer.value),
        missing=[lack.text for lack in completeness.lacks(answer, cited)],
        endorsed=endorses(answer.cycle, agency),
        on_behalf=on_behalf(membership),
        submitted_by=by, submitted_as=membership.title if membership else "", submitted_at=at,
        **{name: getattr(answer, name) for name in CONTENT_FIELDS},
    )  # fmt: skip
    SubmittedCitation.objects.bulk_create(
        SubmittedCitation(
            submission=submission, agency_id=row.agency_id, evidence_id=row.evidence_id, document_id=row.document_id,
            pages=row.pages, note=row.note,
        )
        for row in citations
    )  # fmt: skip
    return submission


def _stood_in(answer: Answer, membership: Membership | None) -> str:
    """What the trail says of such an answer."""
    return ON_BEHALF.format(Agency.objects.get(pk=sure(owner_id_of(answer)))) if on_behalf(membership) else ""


def _url(answer: Answer) -> str:
    return reverse("answer-detail", args=[answer.pk])


def _written(value: Any) -> Any:
    return str(value) if hasattr(value, "pk") else value


@transaction.atomic
def save_correction(
    *, answer: Answer, content: Mapping[str, Any], seen_revision: int, replies: Mapping[int, str], seen: str | None,
    by: User, once: Once | None = None,
) -> None:  # fmt: skip
    """Save a draft with the replies to its notes, both or neither; replies that nobody touched are left alone.

    Raises as `save_draft` and `reply` do.
    """
    claim(once)
    _write(answer, content, seen_revision, by, timezone.now())
    if replies and seen != version_of(replies):
        reply(answer=answer, replies=replies, seen=seen, by=by)
