"""From rows to what scoring reads: an indicator's rule, a revision's predicates."""

from assessment import scoring
from indicators.models import Indicator
from indicators.remembered import remembered_parts


def scoring_rule_of(indicator: Indicator) -> scoring.Rule:
    """Return an indicator's rule, kept beside it; needs its options and bands fetched along to run no query."""
    kept = vars(indicator)
    if "rule" not in kept:
        kept["rule"] = _rule(indicator)
    rule: scoring.Rule = kept["rule"]
    return rule


def _rule(indicator: Indicator) -> scoring.Rule:
    return scoring.Rule(
        kind=indicator.answer_type,
        direction=indicator.direction,
        options=tuple(scoring.Option(row.pk, row.label, row.points) for row in indicator.options.all()),
        bands=tuple(scoring.Band(row.bound, row.points) for row in indicator.bands.all()),
        weight=indicator.weight,
        unit=indicator.unit,
    )


def predicates_of(revision_id: int) -> tuple[scoring.Predicate, ...]:
    """Return the classes of the final score that a revision names."""
    rows = remembered_parts(revision_id).predicates
    return tuple(scoring.Predicate(row.name, row.minimum, row.working) for row in rows)
