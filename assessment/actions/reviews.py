"""The reviewer's decision on one submission, or on the lack of one, and on many that were never filled in."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.acting import acting
from accounts.audit import record
from accounts.models import User
from accounts.notices import tell
from accounts.once import Once, claim
from assessment import workflow
from assessment.enums import Outcome, Reader
from assessment.facts.decisions import NUMBERS, Decision, Seen, judged
from assessment.facts.verdicts import standing_review
from assessment.models import Answer, Cycle, PendingReturn, Return, Review
from assessment.notifications import coordinators_of
from assessment.workflow import ANSWER_STEPS, CYCLE_STEPS


class OvertakenError(Exception):
    """Something came in between: a new submission, or another reviewer's decision; nothing was written."""


@transaction.atomic
def decide(
    *, answer: Answer, decision: Decision, seen: Seen, by: User, at: dt.datetime | None = None, once: Once | None = None
) -> Review:
    """Write a decision on what the reviewer saw; the newest stands, older ones stay.

    A note that waited for a round falls away. Raises OvertakenError where what was seen is no longer the newest,
    TransitionRefusedError where the answer is not the reviewer's to decide, and as `judged` where it does not hold.
    """
    claim(once)
    at = at or timezone.now()
    workflow.lock(answer.cycle_id)
    fresh = Answer.objects.with_indicator().select_related("cycle__region", "last_submission").get(pk=answer.pk)
    standing = standing_review(fresh)
    if seen != Seen(fresh.last_submission_id, standing.pk if standing else None):
        raise OvertakenError
    fields = judged(fresh, decision)
    workflow.perform(fresh, ANSWER_STEPS["verify"], by=by, at=at)
    PendingReturn.objects.filter(answer=fresh).delete()
    last = Return.objects.filter(answer=fresh, reader=Reader.REVIEWER).first()
    review = Review.objects.create(
        answer=fresh, submission=fresh.last_submission, round=last.round if last else None, reader=Reader.REVIEWER,
        decided_by=by, decided_at=at, **fields,
    )  # fmt: skip
    record(
        actor=acting(by, "assessment.review_answer", fresh), verb="review.decided",
        target=review, region=fresh.cycle.region, before=_traced(standing), after=_traced(review), at=at,
    )  # fmt: skip
    answer.refresh_from_db()
    return review


@transaction.atomic
def decide_not_filled(
    *, answers: Iterable[Answer], by: User, at: dt.datetime | None = None, once: Once | None = None
) -> int:
    """Decide "tidak diisi" on several answers that were never submitted, all or none; return how many."""
    claim(once)
    decision = Decision(Outcome.NOT_FILLED)
    return len([decide(answer=row, decision=decision, seen=Seen(None, None), by=by, at=at) for row in answers])


def _traced(review: Review | None) -> dict[str, Any]:
    if review is None:
        return {}
    names = ("outcome", "form", "option_id", *NUMBERS, "rule_points", "points", "reason", "note", "submission_id")
    return {name: getattr(review, name) for name in names}


@transaction.atomic
def start(*, cycle: Cycle, by: User, at: dt.datetime | None = None, once: Once | None = None) -> None:
    """Open a package for verification; from here on it is not given back as a whole."""
    claim(once)
    workflow.perform(cycle, CYCLE_STEPS["start_verification"], by=by, at=at)
    url = reverse("board", args=[cycle.pk])
    tell(coordinators_of(cycle.region), kind="package", text=f"Verifikasi {cycle} dimulai.", url=url, at=at)
