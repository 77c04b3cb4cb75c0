"""How an answer's value reads in one line, wherever it is told."""

from accounts.words import number
from indicators.models import Indicator

IN_PLACE_OF_A_VALUE = {"none": "Tidak ada", "not_applicable": "Tidak berlaku", "": "Belum diisi"}


def value_words(content, indicator: Indicator | None = None) -> str:
    """What was answered, in one line: 24 dari 31, the option's label, Tidak berlaku; of an indicator with its unit."""
    if content.form in IN_PLACE_OF_A_VALUE:
        return IN_PLACE_OF_A_VALUE[content.form]
    if content.option_id:
        return content.option.label
    if content.number is not None:
        return f"{number(content.number)} {indicator.unit}".strip() if indicator else number(content.number)
    parts = (content.numerator, content.denominator)
    return " dari ".join("–" if part is None else number(part) for part in parts)
