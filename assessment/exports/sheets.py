"""One indicator on paper: its answer, points, words, documents and history, as they are printed."""

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.words import day, filesize, lowered, number, score
from assessment.dossier.shapes import Checked, Cited, Decided, Sheet, Submitted, Value
from assessment.enums import AnswerKind
from assessment.exports.history import Event, history_of
from assessment.exports.rungs import PrintedLadder, printed_ladder_of

NOTHING = "–"


@dataclass(frozen=True)
class Figure:
    """A number or a word in large letters under its name; the last number of a row stands out."""

    label: str
    value: str
    look: str = "num"
    note: str = ""
    is_last: bool = False


@dataclass(frozen=True)
class Part:
    """One of the two numbers of a ratio, and what it counts."""

    label: str
    value: str
    of: str


@dataclass(frozen=True)
class PrintedValue:
    """What was answered, or set instead: in words or as a number with its unit, and the parts of a ratio."""

    text: str
    look: str = "big"
    unit: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Words:
    """What somebody wrote, under its heading."""

    heading: str
    text: str


@dataclass(frozen=True)
class PrintedEvidence:
    """One cited document."""

    title: str
    about: str
    number: str
    day: str
    pages: str
    sha256: str


@dataclass(frozen=True)
class SheetPage:
    """The page of one indicator, and what the overview of its right says of it."""

    number: int
    text: str
    agency: str
    eyebrow: str
    meta: str
    answer: PrintedValue
    ladder: PrintedLadder
    self_points: str
    verified_points: str
    figures: tuple[Figure, ...]
    is_counted: bool
    set_instead: PrintedValue | None
    words: tuple[Words, ...]
    evidence: tuple[PrintedEvidence, ...]
    history: tuple[Event, ...]


def page_of(sheet: Sheet, right: str, *, verified: bool) -> SheetPage:
    """Return the page of an indicator of this right; `verified` where the reviewer's decisions may be read."""
    said, decided = sheet.submitted, sheet.decided
    return SheetPage(
        number=sheet.number,
        text=sheet.text,
        agency=sheet.agency or NOTHING,
        eyebrow=f"{right} · indikator {lowered(sheet.kind)}",
        meta=_meta(sheet),
        answer=_value(sheet, said.value) if said else PrintedValue("Tidak diajukan"),
        ladder=printed_ladder_of(sheet),
        self_points=_points(said),
        verified_points=_points(decided),
        figures=tuple(_figures(sheet, verified=verified)),
        is_counted=sheet.counted,
        set_instead=_value(sheet, decided.value) if decided and decided.changed else None,
        words=tuple(row for row in _words(said, decided) if row.text),
        evidence=tuple(map(_evidence, sheet.documents)),
        history=history_of(sheet),
    )


def _meta(sheet: Sheet) -> str:
    basis = (f"Dasar hukum: {sheet.basis}",) if sheet.basis else ()
    return " · ".join((f"Pengampu: {sheet.agency or NOTHING}", *basis, sheet.status))


def _points(said: Submitted | Checked | Decided | None) -> str:
    return number(said.points) if said else NOTHING


def _value(sheet: Sheet, value: Value) -> PrintedValue:
    if value.form != AnswerKind.VALUE:
        return PrintedValue(value.label)
    if sheet.answer_type == "choice":
        return PrintedValue(value.label, "said")
    if sheet.answer_type == "number":
        return PrintedValue(number(value.achievement), "big num", sheet.unit)
    parts = (
        Part("Pembilang", number(value.numerator), sheet.numerator),
        Part("Penyebut", number(value.denominator), sheet.denominator),
    )
    return PrintedValue(f"{score(value.achievement)} %", "big num", parts=parts)


def _figures(sheet: Sheet, *, verified: bool) -> Iterator[Figure]:
    """The points of each stage side by side, and the decision in a word."""
    yield Figure("Nilai mandiri", _points(sheet.submitted))
    yield Figure("Nilai pra-verifikasi", _points(sheet.checked))
    if verified:
        decided = sheet.decided
        by_rule = f"menurut aturan {number(decided.rule_points)}" if decided and decided.deviates else ""
        yield Figure("Nilai verifikasi", _points(decided), note=by_rule, is_last=True)
        yield Figure("Keputusan", decided.verdict if decided else "Belum diputuskan", "word")


def _words(said: Submitted | None, decided: Decided | None) -> Iterator[Words]:
    if said:
        yield Words("Alasan perangkat daerah", said.reason)
        yield Words("Catatan perangkat daerah", said.note)
    if decided:
        yield Words("Alasan verifikator", decided.reason)
        yield Words("Catatan verifikator", decided.note)


def _evidence(row: Cited) -> PrintedEvidence:
    of_another_title = row.document if row.document != row.title else ""
    further = (of_another_title, f"{row.file_name}, {filesize(row.size)}", row.note)
    dated = day(row.dated_on) if row.dated_on else ""
    return PrintedEvidence(
        title=row.title,
        about=" · ".join((row.kind, *filter(None, further))),
        number=row.number or ("" if dated else NOTHING),
        day=dated,
        pages=row.pages or NOTHING,
        sha256=row.sha256,
    )
