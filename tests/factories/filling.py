"""What an agency does in a year: drafts and submissions, and the hours that forms ask for."""

import datetime as dt

from django.utils import timezone

from assessment.actions import answers
from tests.factories.assessment import answer_of

NOTHING = {"form": "value", "option_id": None, "numerator": None, "denominator": None, "number": None, "reason": "",
           "note": ""}  # fmt: skip


def save(answer, by, **content) -> None:
    """Save a draft as a form would have typed it: what is not named is empty."""
    answers.save_draft(answer=answer, content={**NOTHING, **content}, seen_revision=answer.revision, by=by)


def filled(cycle, people, *numbers) -> None:
    """Answer that there is nothing, with the reason, so that only the step up is left."""
    for number in numbers:
        save(answer_of(cycle, number), people.operator, form="none", reason="Belum ada.")


def submitted_none(cycle, number, by):
    """An answer that there is nothing, submitted."""
    answer = answer_of(cycle, number)
    save(answer, by, form="none", reason="Belum dilaksanakan.")
    answers.submit(answer=answer, by=by)
    return answer


def in_two_days() -> str:
    """An hour as it is typed."""
    return timezone.localtime(timezone.now() + dt.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
