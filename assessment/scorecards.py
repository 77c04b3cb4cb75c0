"""From rows to marks to a scorecard, in a fixed number of queries."""

from assessment import scoring
from assessment.enums import AnswerForm
from assessment.marking import predicates_of, rule_of
from assessment.models import Answer, Cycle
from assessment.scoring import Mark, Scorecard


def predicted(cycle: Cycle) -> Scorecard:
    """Return the score that the present drafts would give: an empty answer is 0, and so is an undecided exception."""
    answers = Answer.objects.filter(cycle=cycle).with_rule()
    return scoring.score([_draft_mark(answer) for answer in answers], predicates_of(cycle.revision))


def undecided_exceptions(cycle: Cycle) -> int:
    """Return how many answers say "tidak berlaku", which counts 0 of its maximum until the reviewer accepts it."""
    return Answer.objects.filter(cycle=cycle, form=AnswerForm.NOT_APPLICABLE).count()


def _draft_mark(answer: Answer) -> Mark:
    rule, indicator = rule_of(answer.indicator), answer.indicator
    points = scoring.points(rule, answer.value)
    return Mark(indicator.number, indicator.right.code, points, rule.max_points, rule.weight)
