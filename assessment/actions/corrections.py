"""Saving a returned answer: the answer and what its agency says to the notes go together."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.once import Once, claim
from accounts.seen import mark_of
from assessment.actions.answers import save_draft
from assessment.actions.prereview import reply
from assessment.models import Answer


@transaction.atomic
def save(
    *, answer: Answer, content: Mapping[str, Any], seen_revision: int, replies: Mapping[int, str], seen: str | None,
    by: User, once: Once | None = None,
) -> None:  # fmt: skip
    """Save a draft with the replies to its notes, both or neither; replies that nobody touched are left alone.

    Raises as `save_draft` and `reply` do.
    """
    claim(once)
    save_draft(answer=answer, content=content, seen_revision=seen_revision, by=by)
    if replies and seen != mark_of(replies):
        reply(answer=answer, replies=replies, seen=seen, by=by)
