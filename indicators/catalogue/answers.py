"""Checks the form of answer of one indicator: options best first, bands in order and without a gap."""

import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from indicators.catalogue.shapes import Key, is_number, shape_faults

MOST_POINTS = 10
WHOLE = 100
OPTION = (Key("label", str), Key("points", Decimal))
BOUND_OF = {"higher": "min", "lower": "max"}
KEYS = {
    "choice": (Key("type", str), Key("options", list)),
    "ratio": (
        Key("type", str), Key("numerator", str), Key("denominator", str), Key("unit", str), Key("direction", str),
        Key("bands", list),
    ),
    "number": (
        Key("type", str), Key("unit", str), Key("direction", str), Key("bands", list),
        Key("max", Decimal, needed=False),
    ),
}  # fmt: skip


def answer_faults(answer: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (key, sentence) for everything that is wrong with an indicator's answer."""
    kind = answer.get("type")
    if not isinstance(kind, str) or kind not in KEYS:
        yield "answer.type", f"“{kind}” tidak dikenal; pakai {', '.join(KEYS)}."
        return
    shapes = list(shape_faults(answer, KEYS[kind], "answer."))
    yield from shapes
    if shapes:
        return
    if kind == "choice":
        yield from _option_faults(answer["options"])
    elif answer["direction"] not in BOUND_OF:
        yield "answer.direction", f"“{answer['direction']}” tidak dikenal; pakai higher atau lower."
    else:
        yield from _band_faults(answer, BOUND_OF[answer["direction"]])


def _option_faults(options: list) -> Iterator[tuple[str, str]]:
    shapes = [fault for n, row in enumerate(options, 1) for fault in shape_faults(row, OPTION, f"answer.options[{n}].")]
    yield from shapes
    if shapes:
        return
    if len(options) < 2:  # noqa: PLR2004 - one option is no choice
        yield "answer.options", "perlu paling sedikit dua pilihan."
    labels = [row["label"].strip().casefold() for row in options]
    if len(set(labels)) != len(labels):
        yield "answer.options", "ada pilihan yang tertulis dua kali."
    yield from _points_faults(options, "options")


def _band_faults(answer: dict[str, Any], bound: str) -> Iterator[tuple[str, str]]:
    bands = answer["bands"]
    keys = (Key(bound, Decimal, empty=True), Key("points", Decimal))
    shapes = [fault for n, row in enumerate(bands, 1) for fault in shape_faults(row, keys, f"answer.bands[{n}].")]
    yield from shapes
    if shapes:
        return
    if len(bands) < 2:  # noqa: PLR2004 - one band scores everything alike
        yield "answer.bands", "perlu paling sedikit dua pita."
        return
    yield from _order_faults(bands, bound)
    yield from _cover_faults(answer, bound)
    yield from _points_faults(bands, "bands")


def _order_faults(bands: list, bound: str) -> Iterator[tuple[str, str]]:
    for position, (above, below) in enumerate(itertools.pairwise(bands), start=2):
        upper, lower = above[bound], below[bound]
        if upper is None:
            yield f"answer.bands[{position - 1}].{bound}", "hanya pita terakhir yang boleh tanpa batas."
        elif is_number(lower) and (lower >= upper if bound == "min" else lower <= upper):
            word = "lebih kecil" if bound == "min" else "lebih besar"
            yield (
                f"answer.bands[{position}].{bound}",
                f"batas harus {word} dari pita sebelumnya ({upper}), tertulis {lower}.",
            )


def _cover_faults(answer: dict[str, Any], bound: str) -> Iterator[tuple[str, str]]:
    """The last band closes the rest of the range: min 0, max 100 for a ratio, no max for a number."""
    last, position = answer["bands"][-1][bound], len(answer["bands"])
    wanted = 0 if bound == "min" else (WHOLE if answer["type"] == "ratio" else None)
    if last != wanted:
        written = "tanpa batas (null)" if wanted is None else str(wanted)
        yield f"answer.bands[{position}].{bound}", f"pita terakhir harus menutup sisa rentang: {written}."
    outside = [row[bound] for row in answer["bands"] if is_number(row[bound]) and row[bound] < 0]
    if outside or (answer["type"] == "ratio" and any((row[bound] or 0) > WHOLE for row in answer["bands"])):
        yield "answer.bands", "batas harus antara 0 dan 100 untuk rasio, dan tidak negatif."


def _points_faults(rows: list, name: str) -> Iterator[tuple[str, str]]:
    for position, row in enumerate(rows, start=1):
        points = Decimal(row["points"])
        if not 0 <= points <= MOST_POINTS or points != points.quantize(Decimal("0.01")):
            yield f"answer.{name}[{position}].points", f"nilai harus 0 sampai {MOST_POINTS}, paling banyak dua desimal."
    given = [row["points"] for row in rows]
    if any(below >= above for above, below in itertools.pairwise(given)):
        yield f"answer.{name}", "nilai harus menurun dari yang terbaik."
