"""What a manuscript would change, part by part and indicator by indicator, against a loaded revision."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from indicators.catalogue.canonical import content_of_manuscript, content_of_revision
from indicators.models import Revision, answer_type_choices, direction_choices
from indicators.wording import band_words, convention_title, number_words

Content = dict[str, Any]
NEW, GONE, OTHER = "added", "removed", "changed"
NONE = "–"


@dataclass(frozen=True)
class FieldChange:
    """One field: what it says and what it would say, in the words of the page."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One part of an instrument or one indicator that would be added, removed or changed."""

    name: str
    what: str
    text: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class Difference:
    """Everything that a manuscript would change: in the instrument itself, and indicator by indicator."""

    general: tuple[Change, ...]
    indicators: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.general or self.indicators)

    @property
    def added(self) -> int:
        """How many indicators would be new."""
        return self._count(NEW)

    @property
    def changed(self) -> int:
        """How many indicators would say something else."""
        return self._count(OTHER)

    @property
    def removed(self) -> int:
        """How many indicators would be gone."""
        return self._count(GONE)

    def _count(self, what: str) -> int:
        return sum(change.what == what for change in self.indicators)


def difference(revision: Revision | None, manuscript: dict[str, Any]) -> Difference:
    """Return what a faultless manuscript would change; against no revision every indicator is new."""
    after = content_of_manuscript(manuscript)
    if revision is None:
        return Difference((), tuple(_compared({}, _indicators(after))))
    before = content_of_revision(revision)
    return Difference(
        general=tuple(_compared(_parts(before), _parts(after))),
        indicators=tuple(_compared(_indicators(before), _indicators(after))),
    )


Part = tuple[str, dict[str, str]]
"""The text by which a part is known, and its fields in the words of the page."""


def _compared(before: dict[str, Part], after: dict[str, Part]) -> Iterator[Change]:
    for name in [*after, *(name for name in before if name not in after)]:
        if name not in before:
            yield Change(name, NEW, after[name][0])
        elif name not in after:
            yield Change(name, GONE, before[name][0])
        else:
            old, new = before[name][1], after[name][1]
            fields = tuple(FieldChange(key, old[key], new[key]) for key in new if old[key] != new[key])
            if fields:
                yield Change(name, OTHER, after[name][0], fields)


def _parts(content: Content) -> dict[str, Part]:
    """The instrument without its indicators."""
    rule = {
        "Judul": content["title"],
        "Tentang": content["regulation"]["about"],
        "Jumlah indikator": str(content["total_indicators"]),
        "Nilai tertinggi": content["scale"]["max"],
    }
    order = {"Urutan": ", ".join(row["code"] for row in content["rights"])}
    parts = {"Instrumen": (content["title"], rule), "Urutan hak": ("", order)}
    for name, text in content["conventions"].items():
        parts[f"Ketentuan “{convention_title(name)}”"] = ("", {"Bunyi": text})
    parts |= _each(content["predicates"], "Predikat", _predicate)
    parts |= _each(content["rights"], "Hak", lambda row: {**_names(row), "Kelompok": row["group"] or NONE})
    return parts | _each(content["agencies"], "Perangkat daerah", _names)


def _each(rows: list[Content], word: str, fields: Callable[[Content], dict[str, str]]) -> dict[str, Part]:
    return {f"{word} {row['code']}": (row["name"], fields(row)) for row in rows}


def _names(row: Content) -> dict[str, str]:
    return {"Nama": row["name"], "Nama singkat": row["short_name"]}


def _predicate(row: Content) -> dict[str, str]:
    limit = "belum ditetapkan" if row["min"] is None else _number(row["min"])
    return {"Nama": row["name"], "Batas": limit, "Kepastian": "angka kerja" if row["working"] else "pasti"}


def _indicators(content: Content) -> dict[str, Part]:
    names = {row["code"]: row["name"] for row in (*content["rights"], *content["agencies"])}
    return {
        f"Indikator {row['number']}": (row["text"], _indicator(row, names) | _answer(row["answer"]))
        for row in content["indicators"]
    }


def _indicator(row: Content, names: dict[str, str]) -> dict[str, str]:
    papers = (f"{paper['name']} ({'wajib' if paper['required'] else 'tambahan'})" for paper in row["evidence"])
    return {
        "Rumusan": row["text"],
        "Hak": f"{row['right']} {names[row['right']]}",
        "Jenis": row["kind"],
        "Petunjuk": row["guidance"],
        "Dokumen": "\n".join(papers) or NONE,
        "Pengampu": names[row["agency"]],
        "Pendukung": "\n".join(names[code] for code in row["supporting_agencies"]) or NONE,
        "Dasar hukum": row["basis"] or NONE,
        "Bobot": _number(row["weight"]),
    }


def _answer(answer: Content) -> dict[str, str]:
    choice = answer["type"] == "choice"
    return {
        "Bentuk jawaban": dict(answer_type_choices())[answer["type"]],
        "Pembilang": answer["numerator"] or NONE,
        "Penyebut": answer["denominator"] or NONE,
        "Satuan": answer["unit"] or NONE,
        "Arah": NONE if choice else dict(direction_choices())[answer["direction"]],
        "Angka terbesar": NONE if answer["max"] is None else _number(answer["max"]),
        "Nilai": "\n".join(_steps(answer)),
    }


def _steps(answer: Content) -> Iterator[str]:
    if answer["type"] == "choice":
        said = [option["label"] for option in answer["options"]]
    else:
        bound = "min" if answer["direction"] == "higher" else "max"
        bounds = [None if band[bound] is None else Decimal(band[bound]) for band in answer["bands"]]
        said = band_words(bounds, answer["direction"], answer["unit"])
    for words, row in zip(said, answer["options"] or answer["bands"], strict=True):
        yield f"{words} → {_number(row['points'])}"


def _number(text: str) -> str:
    return number_words(Decimal(text))
