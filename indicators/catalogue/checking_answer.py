"""Checks the form of answer of one indicator: options best first, bands in order and without a gap."""

import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, cast

from django.db.models import CharField, Model

from indicators.catalogue.shapes import Checked, Key, checked, checked_rows, is_number, repeated
from indicators.models import AnswerOption, Indicator
from indicators.models.indicator import MOST_POINTS

PERCENT = "%"
WHOLE = 100
# What SQLite keeps exactly: eleven digits before and four behind the comma.
LARGEST = 10**11 - 1
PLACES = 4
FEWEST_STEPS = 2
BOUND_OF = {"higher": "min", "lower": "max"}
POINTS = Key("points", Decimal, least=0, most=MOST_POINTS)


def length(model: type[Model], field: str) -> int:
    """Return how long a text may be that is stored in a model's field."""
    return cast("CharField[str, str]", model._meta.get_field(field)).max_length or 0


OPTION = (Key("label", str, most=length(AnswerOption, "label")), POINTS)
TYPE = Key("type", str)
UNIT = Key("unit", str, most=length(Indicator, "unit"))
SCALE = (UNIT, Key("direction", str), Key("bands", list))
KEYS = {
    "choice": (TYPE, Key("options", list)),
    "ratio": (
        TYPE,
        Key("numerator", str, most=length(Indicator, "numerator")),
        Key("denominator", str, most=length(Indicator, "denominator")),
        *SCALE,
    ),
    "number": (TYPE, *SCALE, Key("max", Decimal, needed=False, least=0, most=LARGEST, places=PLACES)),
}


def answer_faults(answer: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (key, sentence) for everything that is wrong with an indicator's answer."""
    kind = answer.get("type")
    if not isinstance(kind, str) or kind not in KEYS:
        yield "answer.type", f"“{kind}” tidak dikenal; pakai {', '.join(KEYS)}."
        return
    found = checked(answer, KEYS[kind], "answer.")
    yield from found.faults
    if found.has("options"):
        yield from _option_faults(found.get("options"))
    if found.has("unit") and (kind == "ratio") != (found.get("unit") == PERCENT):
        yield "answer.unit", "rasio memakai satuan “%”, dan hanya rasio yang memakainya."
    direction = found.get("direction")
    if direction in BOUND_OF:
        yield from _scale_faults(found, kind, BOUND_OF[direction])
    elif direction is not None:
        yield "answer.direction", f"“{direction}” tidak dikenal; pakai higher atau lower."


def _option_faults(options: list[Any]) -> Iterator[tuple[str, str]]:
    rows = checked_rows(options, OPTION, "answer.options")
    yield from itertools.chain.from_iterable(row.faults for row in rows)
    if len(rows) < FEWEST_STEPS:
        yield "answer.options", "perlu paling sedikit dua pilihan."
    yield from repeated(rows, "label", "answer.options")
    yield from _points_faults(rows, "answer.options")


def _scale_faults(found: Checked, kind: str, bound: str) -> Iterator[tuple[str, str]]:
    if not found.has("bands"):
        return
    most = WHOLE if kind == "ratio" else LARGEST
    keys = (Key(bound, Decimal, empty=True, least=0, most=most, places=PLACES), POINTS)
    rows = checked_rows(found.get("bands"), keys, "answer.bands")
    yield from itertools.chain.from_iterable(row.faults for row in rows)
    if len(rows) < FEWEST_STEPS:
        yield "answer.bands", "perlu paling sedikit dua pita."
    yield from _order_faults(rows, bound)
    yield from _cover_faults(rows, kind, bound)
    yield from _points_faults(rows, "answer.bands")
    yield from _largest_faults(found, rows, bound)


def _order_faults(rows: list[Checked], bound: str) -> Iterator[tuple[str, str]]:
    for position, (above, below) in enumerate(itertools.pairwise(rows), start=2):
        upper, lower = above.get(bound), below.get(bound)
        if above.has(bound) and upper is None:
            yield f"answer.bands[{position - 1}].{bound}", "hanya pita terakhir yang boleh tanpa batas."
        elif is_number(upper) and is_number(lower) and (lower >= upper if bound == "min" else lower <= upper):
            word = "lebih kecil" if bound == "min" else "lebih besar"
            yield (
                f"answer.bands[{position}].{bound}",
                f"batas harus {word} dari pita sebelumnya ({upper}), tertulis {lower}.",
            )


def _cover_faults(rows: list[Checked], kind: str, bound: str) -> Iterator[tuple[str, str]]:
    """The last band closes the rest of the range: min 0, max 100 for a ratio, no max for a number."""
    if not rows or not rows[-1].has(bound):
        return
    wanted = 0 if bound == "min" else (WHOLE if kind == "ratio" else None)
    if rows[-1].get(bound) != wanted:
        closing = "null (tanpa batas)" if wanted is None else str(wanted)
        yield f"answer.bands[{len(rows)}].{bound}", f"pita terakhir harus menutup sisa rentang: {closing}."


def _points_faults(rows: list[Checked], name: str) -> Iterator[tuple[str, str]]:
    """Best first; two bands side by side with the same points would be one band."""
    for position, (above, below) in enumerate(itertools.pairwise(rows), start=2):
        if not (above.has("points") and below.has("points")):
            continue
        more, less = above.get("points"), below.get("points")
        if less > more or (less == more and name == "answer.bands"):
            yield f"{name}[{position}].points", f"nilai harus lebih kecil dari sebelumnya ({more}), tertulis {less}."
    if rows and rows[0].has("points") and rows[0].get("points") <= 0:
        yield f"{name}[1].points", "nilai terbaik harus lebih besar dari 0."


def _largest_faults(found: Checked, rows: list[Checked], bound: str) -> Iterator[tuple[str, str]]:
    bounds = [row.get(bound) for row in rows if is_number(row.get(bound))]
    if is_number(found.get("max")) and bounds and found.get("max") < max(bounds):
        yield "answer.max", f"angka terbesar harus mencapai batas pita ({max(bounds)}), tertulis {found.get('max')}."
