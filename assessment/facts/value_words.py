"""How an answer's value reads in one line, wherever it is told."""

from decimal import Decimal
from typing import Protocol

from accounts.words import number
from indicators.models import AnswerOption, Indicator

IN_PLACE_OF_A_VALUE = {"none": "Tidak ada", "not_applicable": "Tidak berlaku", "": "Belum diisi"}


class Answered(Protocol):
    """What is read of an answer, a submission or a decision: the form, and one of option, number, or the two parts."""

    form: str
    option: AnswerOption | None
    option_id: int | None
    number: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None


def value_words(content: Answered, indicator: Indicator | None = None) -> str:
    """What was answered, in one line: 24 dari 31, the option's label, Tidak berlaku; of an indicator with its unit."""
    if content.form in IN_PLACE_OF_A_VALUE:
        return IN_PLACE_OF_A_VALUE[content.form]
    if content.option:
        return content.option.label
    if content.number is not None:
        return f"{number(content.number)} {indicator.unit}".strip() if indicator else number(content.number)
    parts = (content.numerator, content.denominator)
    return " dari ".join("–" if part is None else number(part) for part in parts)
