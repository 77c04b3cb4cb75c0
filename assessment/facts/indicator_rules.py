"""From rows to what scoring reads: an indicator's rule, a revision's predicates."""

from assessment import scoring


def scoring_rule_of(indicator) -> scoring.Rule:
    """Return an indicator's rule, kept beside it; needs its options and bands fetched along to run no query."""
    if "rule" not in indicator.__dict__:
        indicator.rule = _rule(indicator)
    return indicator.rule


def _rule(indicator) -> scoring.Rule:
    return scoring.Rule(
        kind=indicator.answer_type,
        direction=indicator.direction,
        options=tuple(scoring.Option(row.pk, row.label, row.points) for row in indicator.options.all()),
        bands=tuple(scoring.Band(row.bound, row.points) for row in indicator.bands.all()),
        weight=indicator.weight,
        unit=indicator.unit,
    )


def predicates_of(revision) -> tuple[scoring.Predicate, ...]:
    """Return the classes of the final score that a revision names."""
    return tuple(scoring.Predicate(row.name, row.minimum, row.working) for row in revision.predicates.all())
