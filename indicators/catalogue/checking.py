"""Checks an instrument's document and names each fault by indicator number and key, in Indonesian."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from indicators.catalogue.answers import answer_faults
from indicators.catalogue.shapes import Key, is_number, shape_faults

KINDS = {"struktur": "structure", "proses": "process", "hasil": "outcome"}
STATUSES = {"rancangan": "draft", "resmi": "official", "tanpa_indikator": "bare"}

TOP = (
    Key("code", str), Key("title", str), Key("regulation", dict), Key("total_indicators", int),
    Key("text_status", str), Key("text_note", str, needed=False), Key("conventions", dict, needed=False),
    Key("scale", dict), Key("predicates", list), Key("rights", list), Key("agencies", list), Key("indicators", list),
)  # fmt: skip
REGULATION = (Key("number", int), Key("year", int), Key("about", str), Key("issuer", str))
RIGHT = (Key("code", str), Key("name", str), Key("short_name", str), Key("group", str, needed=False))
AGENCY = (Key("code", str), Key("name", str), Key("short_name", str))
PREDICATE = (
    Key("code", str), Key("name", str), Key("min", Decimal, empty=True), Key("working", bool),
    Key("source", str, needed=False),
)  # fmt: skip
INDICATOR = (
    Key("number", int), Key("right", str), Key("kind", str), Key("text", str), Key("guidance", str),
    Key("answer", dict), Key("evidence", list), Key("agency", str), Key("supporting_agencies", list, needed=False),
    Key("basis", str, needed=False, empty=True), Key("source", str, needed=False), Key("weight", Decimal, needed=False),
)  # fmt: skip
DOCUMENT = (Key("name", str), Key("required", bool))


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: the indicator's number (None for the instrument itself), the key, and the sentence."""

    indicator: int | None
    key: str
    reason: str

    def __str__(self) -> str:
        where = f"Indikator {self.indicator}" if self.indicator is not None else "Instrumen"
        return f"{where}, {self.key}: {self.reason}"


def check(document: dict[str, Any]) -> list[Fault]:
    """Return every fault of the document, those of the instrument first, then by indicator; none means loadable."""
    faults = [Fault(None, key, reason) for key, reason in _instrument_faults(document)]
    if faults:
        return faults
    known = _Known.of(document)
    for position, row in enumerate(document["indicators"], start=1):
        number = row.get("number") if isinstance(row, dict) and isinstance(row.get("number"), int) else position
        faults += [Fault(number, key, reason) for key, reason in _indicator_faults(row, known)]
    return faults + list(_order_faults(document["indicators"], document["total_indicators"]))


@dataclass(frozen=True)
class _Known:
    """The codes that an indicator may name."""

    rights: frozenset[str]
    agencies: frozenset[str]

    @classmethod
    def of(cls, document: dict[str, Any]) -> "_Known":
        return cls(
            frozenset(row["code"] for row in document["rights"]), frozenset(row["code"] for row in document["agencies"])
        )


def _instrument_faults(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    shapes = list(shape_faults(document, TOP))
    yield from shapes
    if shapes:
        return
    if document["text_status"] not in STATUSES:
        yield "text_status", f"“{document['text_status']}” tidak dikenal; pakai {', '.join(STATUSES)}."
    yield from shape_faults(document["regulation"], REGULATION, "regulation.")
    yield from shape_faults(document["scale"], (Key("max", Decimal),), "scale.")
    for name, keys in (("rights", RIGHT), ("agencies", AGENCY), ("predicates", PREDICATE)):
        yield from _list_faults(document[name], keys, name)
    yield from _predicate_faults(document["predicates"])
    yield from _total_faults(document)


def _list_faults(rows: list, keys: tuple[Key, ...], name: str) -> Iterator[tuple[str, str]]:
    for position, row in enumerate(rows, start=1):
        yield from shape_faults(row, keys, f"{name}[{position}].")
    codes = Counter(row["code"] for row in rows if isinstance(row, dict) and isinstance(row.get("code"), str))
    for code in sorted(code for code, count in codes.items() if count > 1):
        yield name, f"kode “{code}” tertulis dua kali."


def _predicate_faults(rows: list) -> Iterator[tuple[str, str]]:
    minimums = [row["min"] for row in rows if isinstance(row, dict) and is_number(row.get("min"))]
    if minimums != sorted(minimums, reverse=True) or len(set(minimums)) != len(minimums):
        yield "predicates", "batas harus menurun dari predikat tertinggi ke terendah dan tidak berulang."
    if any(not 0 <= minimum <= 100 for minimum in minimums):  # noqa: PLR2004 - the scale of scores
        yield "predicates", "batas harus antara 0 dan 100."


def _total_faults(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    count, declared = len(document["indicators"]), document["total_indicators"]
    bare = document["text_status"] == "tanpa_indikator"
    if bare and count:
        yield "indicators", "instrumen tanpa naskah tidak memuat indikator."
    if not bare and count != declared:
        yield "total_indicators", f"tertulis {declared}, tetapi ada {count} indikator."
    if not document["rights"]:
        yield "rights", "belum ada satu hak pun."


def _indicator_faults(row: Any, known: _Known) -> Iterator[tuple[str, str]]:
    shapes = list(shape_faults(row, INDICATOR))
    yield from shapes
    if shapes:
        return
    if row["right"] not in known.rights:
        yield "right", f"hak “{row['right']}” tidak ada dalam daftar rights."
    if row["kind"] not in KINDS:
        yield "kind", f"“{row['kind']}” tidak dikenal; pakai {', '.join(KINDS)}."
    yield from _agency_faults(row, known)
    yield from _evidence_faults(row["evidence"])
    if "weight" in row and row["weight"] <= 0:
        yield "weight", "bobot harus lebih besar dari 0."
    yield from answer_faults(row["answer"])


def _agency_faults(row: dict[str, Any], known: _Known) -> Iterator[tuple[str, str]]:
    if row["agency"] not in known.agencies:
        yield "agency", f"jenis perangkat daerah “{row['agency']}” tidak ada dalam daftar agencies."
    supporting = row.get("supporting_agencies", [])
    for code in supporting:
        if code not in known.agencies:
            yield "supporting_agencies", f"jenis perangkat daerah “{code}” tidak ada dalam daftar agencies."
        if code == row["agency"]:
            yield "supporting_agencies", f"“{code}” sudah menjadi pengampu."
    if len({str(code) for code in supporting}) != len(supporting):
        yield "supporting_agencies", "ada jenis perangkat daerah yang tertulis dua kali."


def _evidence_faults(rows: list) -> Iterator[tuple[str, str]]:
    for position, row in enumerate(rows, start=1):
        yield from shape_faults(row, DOCUMENT, f"evidence[{position}].")
    names = [
        row["name"].strip().casefold() for row in rows if isinstance(row, dict) and isinstance(row.get("name"), str)
    ]
    if len(set(names)) != len(names):
        yield "evidence", "ada dokumen yang tertulis dua kali."


def _order_faults(rows: list, total: int) -> Iterator[Fault]:
    numbered = [row for row in rows if isinstance(row, dict) and isinstance(row.get("number"), int)]
    for expected, row in enumerate(numbered, start=1):
        if row["number"] != expected:
            yield Fault(row["number"], "number", f"seharusnya {expected}; nomor berurutan dari 1 sampai {total}.")
            break
    first: dict[str, int] = {}
    for row in numbered:
        text = " ".join(str(row.get("text", "")).casefold().split())
        if text and text in first:
            yield Fault(row["number"], "text", f"rumusannya sama dengan indikator {first[text]}.")
        first.setdefault(text, row["number"])
