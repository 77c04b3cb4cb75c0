"""What a document would change, indicator by indicator, against a loaded revision."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from indicators.catalogue.checking import KINDS
from indicators.models import Indicator, Revision

KIND_NAMES = {code: name for name, code in KINDS.items()}


@dataclass(frozen=True)
class FieldChange:
    """One key of an indicator: what it said and what it would say."""

    key: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One indicator that would be added, removed or changed."""

    number: int
    what: str
    text: str
    fields: tuple[FieldChange, ...] = ()


def difference(revision: Revision | None, document: dict[str, Any]) -> list[Change]:
    """Return what would change, in the order of the numbers; against no revision everything is added."""
    before = {}
    if revision:
        before = {row.number: _of_row(row) for row in revision.indicators.with_rules()}
    after = {row["number"]: _of_document(row) for row in document["indicators"]}
    changes = (_change(number, before.get(number), after.get(number)) for number in sorted(before | after))
    return [change for change in changes if change]


def _change(number: int, before: dict[str, str] | None, after: dict[str, str] | None) -> Change | None:
    if before is None:
        return Change(number, "added", after["Rumusan"])
    if after is None:
        return Change(number, "removed", before["Rumusan"])
    fields = tuple(FieldChange(key, before[key], after[key]) for key in after if before[key] != after[key])
    return Change(number, "changed", after["Rumusan"], fields) if fields else None


def _of_row(row: Indicator) -> dict[str, str]:
    bound = "min" if row.direction == "higher" else "max"
    return {
        "Hak": row.right.code,
        "Jenis": KIND_NAMES[row.kind],
        "Rumusan": _line(row.text),
        "Petunjuk": _line(row.guidance),
        "Bentuk jawaban": row.answer_type,
        "Pembilang": _line(row.numerator),
        "Penyebut": _line(row.denominator),
        "Satuan": _line(row.unit),
        "Arah": row.direction,
        "Angka terbesar": _plain(row.maximum),
        "Bobot": _plain(row.weight),
        "Pilihan": _pairs((option.label, option.points) for option in row.options.all()),
        "Pita": _pairs((f"{bound} {_plain(band.bound)}", band.points) for band in row.bands.all()),
        "Dokumen": "; ".join(_paper(paper.text, paper.required) for paper in row.documents.all()),
        "Pengampu": row.agency.code,
        "Pendukung": ", ".join(sorted(kind.code for kind in row.supporting.all())),
        "Dasar hukum": _line(row.basis),
    }


def _of_document(row: dict[str, Any]) -> dict[str, str]:
    answer = row["answer"]
    direction = answer.get("direction", "higher")
    bound = "min" if direction == "higher" else "max"
    return {
        "Hak": row["right"],
        "Jenis": row["kind"],
        "Rumusan": _line(row["text"]),
        "Petunjuk": _line(row["guidance"]),
        "Bentuk jawaban": answer["type"],
        "Pembilang": _line(answer.get("numerator")),
        "Penyebut": _line(answer.get("denominator")),
        "Satuan": _line(answer.get("unit")),
        "Arah": direction,
        "Angka terbesar": _plain(answer.get("max")),
        "Bobot": _plain(row.get("weight", 1)),
        "Pilihan": _pairs((option["label"], option["points"]) for option in answer.get("options", [])),
        "Pita": _pairs((f"{bound} {_plain(band[bound])}", band["points"]) for band in answer.get("bands", [])),
        "Dokumen": "; ".join(_paper(paper["name"], paper["required"]) for paper in row["evidence"]),
        "Pengampu": row["agency"],
        "Pendukung": ", ".join(sorted(row.get("supporting_agencies", []))),
        "Dasar hukum": _line(row.get("basis")),
    }


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _plain(value: Decimal | int | None) -> str:
    return "–" if value is None else format(Decimal(value).normalize(), "f")


def _pairs(rows) -> str:
    return "; ".join(f"{_line(label)} → {_plain(points)}" for label, points in rows)


def _paper(text: str, required: bool) -> str:
    return f"{_line(text)} ({'wajib' if required else 'tambahan'})"
