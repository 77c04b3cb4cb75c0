"""From rows to marks to a scorecard, in a fixed number of queries."""

from collections.abc import Iterable
from decimal import Decimal

from assessment import scoring
from assessment.enums import AnswerKind, Outcome
from assessment.facts.indicator_rules import predicates_of, scoring_rule_of
from assessment.facts.verdicts import Verdicts
from assessment.models import Answer, Cycle, Submission
from assessment.scoring import ZERO, Mark, Scorecard


def predicted(cycle: Cycle, answers: Iterable[Answer]) -> Scorecard:
    """Return the score that the drafts would give: an empty answer is 0, and so is an undecided exception."""
    marks = [_mark(row, scoring.points(scoring_rule_of(row.indicator), row.value)) for row in answers]
    return scoring.score(marks, predicates_of(cycle.revision_id))


def self_scored(cycle: Cycle, verdicts: Verdicts, answers: Iterable[Answer] | None = None) -> Scorecard:
    """Return the score of what was submitted, by the rule; what was accepted as not applicable is left out here too."""
    marks = [
        _mark(row, row.last_submission.points if row.last_submission else ZERO, counted=counts(row, verdicts))
        for row in answers or scored_answers(cycle)
    ]
    return scoring.score(marks, predicates_of(cycle.revision_id))


def verified(cycle: Cycle, verdicts: Verdicts, answers: Iterable[Answer] | None = None) -> Scorecard:
    """Return the score of the decisions that stand, with the bonus; what is undecided counts 0 of its maximum."""
    marks = [
        _mark(row, verified_points(row, verdicts) or ZERO, counted=counts(row, verdicts))
        for row in answers or scored_answers(cycle)
    ]
    bonus = cycle.bonuses.first()
    return scoring.score(marks, predicates_of(cycle.revision_id), bonus.points if bonus else ZERO)


def counts(answer: Answer, verdicts: Verdicts) -> bool:
    """Whether the indicator counts: not once the reviewer accepted that it does not apply (docs/aturan.md, "Nilai")."""
    review = verdicts.standing.get(answer.pk)
    return review is None or review.outcome != Outcome.NOT_APPLICABLE


def verified_points(answer: Answer, verdicts: Verdicts) -> Decimal | None:
    """Return the points that the reviewer gave; None while undecided and for what does not apply."""
    review = verdicts.standing.get(answer.pk)
    return review.points if review else None


def scored_answers(cycle: Cycle) -> list[Answer]:
    """Return the answers of a cycle with their rules and last submissions."""
    return list(Answer.objects.filter(cycle=cycle).with_indicator().select_related("last_submission"))


def package_scorecard(cycle: Cycle) -> tuple[Scorecard, int]:
    """Return the self score of what the package holds, and how many exceptions in it count 0 until they are decided.

    Nothing of the reviewers' decisions shows in it: the regency learns them when the result is fixed.
    """
    answers = scored_answers(cycle)
    submissions = [row.last_submission for row in answers if row.last_submission]
    return self_scored(cycle, Verdicts({}, ()), answers), undecided_exceptions(submissions)


def undecided_exceptions(answers: Iterable[Answer | Submission]) -> int:
    """Return how many answers say "tidak berlaku", which counts 0 of its maximum until the reviewer accepts it."""
    return sum(row.form == AnswerKind.NOT_APPLICABLE for row in answers)


def _mark(answer: Answer, points: Decimal, *, counted: bool = True) -> Mark:
    rule, indicator = scoring_rule_of(answer.indicator), answer.indicator
    return Mark(indicator.number, indicator.right.code, points, rule.max_points, rule.weight, counted)
