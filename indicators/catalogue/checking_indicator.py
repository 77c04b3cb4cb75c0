"""Checks one indicator of an instrument's manuscript."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any

from indicators.catalogue.checking_answer import answer_faults, length
from indicators.catalogue.shapes import Checked, Key, checked, checked_rows, repeated, written
from indicators.models import Indicator, RequiredDocument

KINDS = {"struktur": "structure", "proses": "process", "hasil": "outcome"}
QUESTION_LENGTH = 2000
HIGHEST_NUMBER = 9999
HIGHEST_WEIGHT = 999

INDICATOR = (
    Key("number", int, least=1, most=HIGHEST_NUMBER),
    Key("right", str),
    Key("kind", str),
    Key("text", str, most=QUESTION_LENGTH),
    Key("guidance", str),
    Key("answer", dict),
    Key("evidence", list),
    Key("agency", str),
    Key("supporting_agencies", list, needed=False, empty=True),
    Key("basis", str, needed=False, empty=True, most=length(Indicator, "basis")),
    Key("source", str, needed=False, empty=True, most=length(Indicator, "source")),
    Key("weight", Decimal, needed=False, most=HIGHEST_WEIGHT),
)
DOCUMENT = (Key("name", str, most=length(RequiredDocument, "text")), Key("required", bool))


@dataclass(frozen=True)
class Known:
    """The codes that an indicator may name; None where the instrument's own list could not be read."""

    rights: frozenset[str] | None
    agencies: frozenset[str] | None


def indicator_faults(row: Checked, known: Known) -> Iterator[tuple[str, str]]:
    """Yield (key, sentence) for everything that is wrong with an indicator whose shape was checked."""
    yield from row.faults
    yield from _own_faults(row, known)
    yield from _agency_faults(row, known.agencies)
    if row.has("evidence"):
        papers = checked_rows(row.get("evidence"), DOCUMENT, "evidence")
        yield from chain.from_iterable(paper.faults for paper in papers)
        yield from repeated(papers, "name", "evidence")
    if row.has("answer"):
        yield from answer_faults(row.get("answer"))


def checked_indicator(row: Any) -> Checked:
    """Check the shape of an indicator."""
    return checked(row, INDICATOR)


def _agency_faults(row: Checked, known: frozenset[str] | None) -> Iterator[tuple[str, str]]:
    owner = row.get("agency")
    if owner is not None and known is not None and owner not in known:
        yield "agency", f"jenis perangkat daerah “{written(owner)}” tidak ada dalam daftar agencies."
    earlier: set[str] = set()
    for position, code in enumerate(row.get("supporting_agencies") or [], start=1):
        reason = _supporter_reason(code, owner, known, earlier)
        if reason:
            yield f"supporting_agencies[{position}]", reason
        elif isinstance(code, str):
            earlier.add(code)


def _supporter_reason(code: Any, owner: str | None, known: frozenset[str] | None, earlier: set[str]) -> str:
    if not isinstance(code, str):
        return "harus berupa kode jenis perangkat daerah."
    if known is not None and code not in known:
        return f"jenis perangkat daerah “{written(code)}” tidak ada dalam daftar agencies."
    if code == owner:
        return f"“{code}” sudah menjadi pengampu."
    return f"“{code}” tertulis dua kali." if code in earlier else ""


def _own_faults(row: Checked, known: Known) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the right, the kind and the weight."""
    right, kind, weight = row.get("right"), row.get("kind"), row.get("weight")
    if right is not None and known.rights is not None and right not in known.rights:
        yield "right", f"hak “{written(right)}” tidak ada dalam daftar rights."
    if kind is not None and kind not in KINDS:
        yield "kind", f"“{written(kind)}” tidak dikenal; pakai {', '.join(KINDS)}."
    if weight is not None and weight <= 0:
        yield "weight", f"bobot harus lebih besar dari 0, tertulis {weight}."
