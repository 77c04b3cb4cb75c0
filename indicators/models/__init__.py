"""The tables of the catalogue: an instrument, its revisions, and what each revision asks."""

from indicators.models.indicator import (
    AnswerOption,
    Band,
    Indicator,
    RequiredDocument,
    answer_type_choices,
    direction_choices,
    kind_choices,
)
from indicators.models.instrument import AgencyType, Instrument, Predicate, Revision, Right, text_status_choices

__all__ = [
    "AgencyType",
    "AnswerOption",
    "Band",
    "Indicator",
    "Instrument",
    "Predicate",
    "RequiredDocument",
    "Revision",
    "Right",
    "answer_type_choices",
    "direction_choices",
    "kind_choices",
    "text_status_choices",
]
