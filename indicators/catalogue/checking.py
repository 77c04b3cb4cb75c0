"""Checks an instrument's manuscript and names each fault by indicator number and key, in Indonesian."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, pairwise
from typing import Any

from indicators.catalogue.checking_answer import length
from indicators.catalogue.checking_indicator import Known, checked_indicator, indicator_faults
from indicators.catalogue.shapes import CODE, Checked, Key, checked, checked_rows, folded, is_number, repeated, seen
from indicators.models import AgencyType, Instrument, Predicate, Revision, Right

STATUSES = {"rancangan": "draft", "resmi": "official", "tanpa_indikator": "bare"}
WITHOUT_TEXT = "tanpa_indikator"
SCALE = 100
FIRST_YEAR, LAST_YEAR = 1945, 2100
MOST_INDICATORS = 999

TOP = (
    Key("code", str, most=length(Instrument, "code"), code=True),
    Key("title", str, most=length(Revision, "title")),
    Key("regulation", dict),
    Key("total_indicators", int, least=1, most=MOST_INDICATORS),
    Key("text_status", str),
    Key("text_note", str, needed=False, empty=True),
    Key("conventions", dict, needed=False, empty=True),
    Key("scale", dict),
    Key("predicates", list),
    Key("rights", list),
    Key("agencies", list),
    Key("indicators", list),
)
REGULATION = (
    Key("number", int, least=1, most=9999),
    Key("year", int, least=FIRST_YEAR, most=LAST_YEAR),
    Key("about", str, most=length(Revision, "regulation_about")),
    Key("issuer", str, most=length(Instrument, "regulation_issuer")),
)
RIGHT = (
    Key("code", str, most=length(Right, "code"), code=True),
    Key("name", str, most=length(Right, "name")),
    Key("short_name", str, most=length(Right, "short_name")),
    Key("group", str, needed=False, empty=True, most=length(Right, "group")),
)
AGENCY = (
    Key("code", str, most=length(AgencyType, "code"), code=True),
    Key("name", str, most=length(AgencyType, "name")),
    Key("short_name", str, most=length(AgencyType, "short_name")),
)
PREDICATE = (
    Key("code", str, most=length(Predicate, "code"), code=True),
    Key("name", str, most=length(Predicate, "name")),
    Key("min", Decimal, empty=True, least=0, most=SCALE),
    Key("working", bool),
    Key("source", str, needed=False, empty=True),
)
LISTS = (("rights", RIGHT), ("agencies", AGENCY), ("predicates", PREDICATE))


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: the indicator's number (None for the instrument itself), the key, and the sentence."""

    indicator: int | None
    key: str
    reason: str

    def __str__(self) -> str:
        where = f"Indikator {self.indicator}" if self.indicator is not None else "Instrumen"
        return seen(f"{where}, {self.key}: {self.reason}")


def check(manuscript: dict[str, Any]) -> list[Fault]:
    """Return every fault of the manuscript, those of the instrument first, then by indicator; none means loadable.

    An indicator whose number cannot be read is named by its place in the file.
    """
    top = checked(manuscript, TOP)
    lists = {name: checked_rows(top.get(name, []), keys, name) for name, keys in LISTS}
    rows = [checked_indicator(row) for row in top.get("indicators", [])]
    faults = [Fault(None, key, reason) for key, reason in _instrument_faults(top, lists, rows)]
    known = Known(_codes(top, lists, "rights"), _codes(top, lists, "agencies"))
    numbers = [row.get("number", position) for position, row in enumerate(rows, start=1)]
    for number, row in zip(numbers, rows, strict=True):
        faults += [Fault(number, key, reason) for key, reason in indicator_faults(row, known)]
    faults += chain(_number_faults(rows), _text_faults(rows, numbers))
    return sorted(faults, key=lambda fault: fault.indicator or 0)


def _codes(top: Checked, lists: dict[str, list[Checked]], name: str) -> frozenset[str] | None:
    return frozenset(row.get("code") for row in lists[name] if row.has("code")) if top.has(name) else None


def _instrument_faults(top: Checked, lists: dict[str, list[Checked]], rows: list[Checked]) -> Iterator[tuple[str, str]]:
    yield from top.faults
    if top.has("text_status") and top.get("text_status") not in STATUSES:
        yield "text_status", f"“{top.get('text_status')}” tidak dikenal; pakai {', '.join(STATUSES)}."
    if top.has("regulation"):
        yield from checked(top.get("regulation"), REGULATION, "regulation.").faults
    if top.has("scale"):
        yield from _scale_faults(top.get("scale"))
    yield from _convention_faults(top.get("conventions") or {})
    for name, _keys in LISTS:
        yield from chain.from_iterable(row.faults for row in lists[name])
        yield from repeated(lists[name], "code", name)
        yield from repeated(lists[name], "name", name)
    yield from _predicate_faults(lists["predicates"])
    yield from _right_faults(top, lists["rights"], rows)
    yield from _total_faults(top)


def _scale_faults(scale: dict[str, Any]) -> Iterator[tuple[str, str]]:
    found = checked(scale, (Key("max", Decimal),), "scale.")
    yield from found.faults
    if found.has("max") and found.get("max") != SCALE:
        yield "scale.max", f"nilai akhir dihitung sampai {SCALE}, tertulis {found.get('max')}."


def _convention_faults(conventions: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from checked(conventions, tuple(Key(name, str) for name in conventions), "conventions.").faults
    for name in conventions:
        if not CODE.fullmatch(name):
            yield f"conventions.{name}", "nama hanya boleh memuat huruf, angka, tanda hubung, dan garis bawah."


def _predicate_faults(rows: list[Checked]) -> Iterator[tuple[str, str]]:
    limited = [(place, row.get("min")) for place, row in enumerate(rows, start=1) if is_number(row.get("min"))]
    for (_place, above), (place, below) in pairwise(limited):
        if below >= above:
            yield f"predicates[{place}].min", f"batas harus lebih kecil dari predikat di atasnya ({above})."


def _right_faults(top: Checked, rights: list[Checked], rows: list[Checked]) -> Iterator[tuple[str, str]]:
    if top.has("rights") and not rights:
        yield "rights", "belum ada satu hak pun."
    if top.get("text_status") == WITHOUT_TEXT or not rows:
        return
    used = {row.get("right") for row in rows}
    for position, right in enumerate(rights, start=1):
        if right.has("code") and right.get("code") not in used:
            yield f"rights[{position}]", f"hak “{right.get('code')}” belum punya satu indikator pun."


def _total_faults(top: Checked) -> Iterator[tuple[str, str]]:
    if not top.has("indicators", "text_status"):
        return
    count, bare = len(top.get("indicators")), top.get("text_status") == WITHOUT_TEXT
    if bare and count:
        yield "indicators", "instrumen tanpa naskah tidak memuat indikator."
    if not bare and top.has("total_indicators") and count != top.get("total_indicators"):
        yield "total_indicators", f"tertulis {top.get('total_indicators')}, tetapi ada {count} indikator."


def _number_faults(rows: list[Checked]) -> Iterator[Fault]:
    last, used = 0, set()
    for row in rows:
        number = row.get("number")
        if number is None:
            last += 1
            continue
        if number in used:
            yield Fault(number, "number", "nomor ini sudah dipakai indikator lain.")
        elif number != last + 1:
            yield Fault(number, "number", f"seharusnya {last + 1}; nomor berurutan dari 1 tanpa ada yang terlewat.")
        used.add(number)
        last = number


def _text_faults(rows: list[Checked], numbers: list[int]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for number, row in zip(numbers, rows, strict=True):
        if not row.has("text"):
            continue
        text = folded(row.get("text"))
        if text in first:
            yield Fault(number, "text", f"rumusannya sama dengan indikator {first[text]}.")
        first.setdefault(text, number)
