"""Indicators with their rules, and the parts of their revisions, read once in each process.

A revision's content never changes (a changed file makes a new revision), so nothing here can become stale. What may
change beside it, the status of the text, lies on the revision and is always asked of the database.
"""

from dataclasses import dataclass

from indicators.models import AnswerOption, Indicator, Predicate, Right

_BY_ID: dict[int, Indicator] = {}
_OPTIONS: dict[int, AnswerOption] = {}


@dataclass(frozen=True)
class RevisionParts:
    """What a revision consists of beside its indicators, in the order of the instrument."""

    rights: tuple[Right, ...]
    predicates: tuple[Predicate, ...]


_PARTS: dict[int, RevisionParts] = {}


def remembered(indicator_id: int) -> Indicator:
    """Return an indicator with right, agency type, options, bands and documents; shared by everyone, so only read it.

    The first one that is asked for brings its whole revision along, in a fixed number of queries.
    """
    if indicator_id not in _BY_ID:
        siblings = {row.pk: row for row in Indicator.objects.filter(revision__indicators=indicator_id).with_rules()}
        _BY_ID.update(siblings)
        _OPTIONS.update({option.pk: option for row in siblings.values() for option in row.options.all()})
    return _BY_ID[indicator_id]


def remembered_option(option_id: int) -> AnswerOption | None:
    """Return an option of an indicator that was asked for before; None of any other."""
    return _OPTIONS.get(option_id)


def remembered_parts(revision_id: int) -> RevisionParts:
    """Return the rights and predicates of a revision, in two queries the first time; shared, so only read them."""
    if revision_id not in _PARTS:
        rights, predicates = Right.objects.filter(revision=revision_id), Predicate.objects.filter(revision=revision_id)
        _PARTS[revision_id] = RevisionParts(tuple(rights), tuple(predicates))
    return _PARTS[revision_id]


def forget() -> None:
    """Begin anew, where rows may be given the number of others: in tests, which roll everything back."""
    for memory in (_BY_ID, _OPTIONS, _PARTS):
        memory.clear()
