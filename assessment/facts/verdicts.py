"""Which answers the reviewers have decided, and how: the newest decision on what was submitted last stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from assessment.models import Answer, Cycle, Review


@dataclass(frozen=True)
class Verdicts:
    """The decisions that stand in one cycle, by the answer's id, and the answers that have none."""

    standing: Mapping[int, Review]
    undecided: tuple[Answer, ...]

    @property
    def decided(self) -> int:
        """How many answers are decided."""
        return len(self.standing)


def verdicts_of(cycle: Cycle) -> Verdicts:
    """Read the decisions of a cycle in two queries.

    docs/aturan.md, "Diputuskan": an answer is decided when its last submission, or the lack of one, has a review;
    one that nobody sent again stays decided as before.
    """
    answers = Answer.objects.filter(cycle=cycle).select_related("indicator")
    reviews = Review.objects.by_reviewers().filter(answer__cycle=cycle).select_related("decided_by", "option", "round")
    newest: dict[tuple[int, int | None], Review] = {}
    for review in reviews.order_by("pk"):
        newest[review.answer_id, review.submission_id] = review
    standing = {row.pk: newest.get((row.pk, row.last_submission_id)) for row in answers}
    return Verdicts(
        {pk: review for pk, review in standing.items() if review},
        tuple(row for row in answers if standing[row.pk] is None),
    )


def settle(answers: Iterable[Answer], standing: Mapping[int, Review]) -> None:
    """Mark decided answers for showing: a year that is fixed asks nobody for what never came back."""
    for answer in answers:
        answer.decided_for_good = answer.pk in standing


def decided() -> Exists:
    """Whether an answer is decided, as `verdicts_of` says it, for counting the answers of many cycles."""
    last = Q(submission=OuterRef("last_submission")) | Q(submission=None, answer__last_submission=None)
    return Exists(Review.objects.by_reviewers().filter(last, answer=OuterRef("pk")))


def standing_review(answer: Answer) -> Review | None:
    """Return the decision that stands for one answer; None while it is undecided."""
    decided = Review.objects.by_reviewers().filter(answer=answer, submission=answer.last_submission_id)
    return decided.select_related("decided_by", "option").order_by("-pk").first()
