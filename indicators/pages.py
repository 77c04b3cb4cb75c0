"""What the pages of the catalogue show, put together from rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from indicators.forms import IndicatorFilter
from indicators.models import Indicator, Predicate, Revision, Right
from indicators.wording import number_words

EMPTY = "Administrator memuat instrumen dari berkasnya; setelah itu indikatornya dapat dibaca di sini."


@dataclass(frozen=True)
class Status:
    """A status as it stands on a page: word, icon, and pair of colours."""

    word: str
    icon: str
    pair: str


@dataclass(frozen=True)
class Line:
    """A row of the catalogue that leads to an indicator."""

    indicator: Indicator
    facts: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class Found:
    """The indicators that a filter leaves, by right; `everything` is where all of them stand."""

    groups: list[tuple[Right, list[Line]]]
    count: int
    everything: str
    is_narrowed: bool


@dataclass(frozen=True)
class Paper:
    """A document that is asked for, and whether it has to be there."""

    text: str
    kind: str


@dataclass(frozen=True)
class Bound:
    """A class of the final score: from which score on, and whether that is sure."""

    name: str
    minimum: str
    certainty: str


def status_of(revision: Revision) -> Status:
    """Say whether a revision's wording is official."""
    if revision.text_status == "official":
        return Status("Naskah resmi", "file-check", "good")
    if revision.is_draft:
        return Status("Rancangan", "triangle-alert", "ready")
    return Status("Tanpa naskah indikator", "archive", "draft")


def bounds_of(revision: Revision) -> list[Bound]:
    """Return the classes of the final score, best first."""
    return [Bound(row.name, _minimum(row), _certainty(row)) for row in revision.predicates.all()]


def found_by(form: IndicatorFilter, revision: Revision, indicators: Sequence[Indicator]) -> Found:
    """Group what was found by right, in the order of the numbers; needs right and agency fetched along."""
    lines = [Line(row, tuple(_facts(form, row)), indicator_url(revision, row.number)) for row in indicators]
    groups = [(right, list(group)) for right, group in groupby(lines, lambda line: line.indicator.right)]
    return Found(groups, len(lines), revision_url(revision), form.is_filtering and bool(lines))


def papers_of(indicator: Indicator) -> list[Paper]:
    """Return the documents that prove an answer."""
    return [Paper(row.text, "wajib" if row.required else "tambahan") for row in indicator.documents.all()]


def neighbour(revision: Revision, number: int) -> tuple[str, str] | None:
    """Return the address and the name of an indicator beside another; None where there is no such number."""
    there = 1 <= number <= revision.declared_total
    return (indicator_url(revision, number), f"Indikator {number}") if there else None


def revision_url(revision: Revision) -> str:
    """Return where a revision's indicators stand; needs the instrument fetched along."""
    return reverse("catalogue-revision", args=[revision.instrument.code, revision.number])


def indicator_url(revision: Revision, number: int) -> str:
    """Return where an indicator of the catalogue stands; needs the instrument fetched along."""
    return reverse("catalogue-indicator", args=[revision.instrument.code, revision.number, number])


def scale_heading(indicator: Indicator) -> str:
    """Name what the scale lists: options, or what was achieved."""
    return "Pilihan" if indicator.answer_type == "choice" else "Capaian"


def measure_of(indicator: Indicator) -> list[tuple[str, str]]:
    """Return what is counted, as (name, words); nothing of a choice."""
    if indicator.answer_type == "ratio":
        return [("Pembilang", indicator.numerator), ("Penyebut", indicator.denominator)]
    if indicator.answer_type != "number":
        return []
    most = [] if indicator.maximum is None else [("Paling besar", number_words(indicator.maximum))]
    return [("Satuan", indicator.unit), *most]


def about_of(indicator: Indicator) -> list[tuple[str, str]]:
    """Return whose question it is and where it comes from, as (name, words)."""
    helping = ", ".join(kind.short_name for kind in indicator.supporting.all())
    weight = "" if indicator.weight == 1 else number_words(indicator.weight)
    facts = [
        ("Hak", indicator.right.name),
        ("Jenis", indicator.get_kind_display()),
        ("Pengampu", indicator.agency.name),
        ("Pendukung", helping),
        ("Bobot", weight),
    ]
    return [*(fact for fact in facts if fact[1]), ("Dasar hukum", indicator.basis or "–")]


def _facts(form: IndicatorFilter, indicator: Indicator) -> Iterable[str]:
    yield indicator.get_kind_display()
    yield indicator.get_answer_type_display()
    yield indicator.agency.short_name
    if form.chosen["agency"] not in ("", indicator.agency.code):
        yield f"didukung {form.agency_words}"


def _minimum(predicate: Predicate) -> str:
    return "belum ditetapkan" if predicate.minimum is None else f"{number_words(predicate.minimum)} atau lebih"


def _certainty(predicate: Predicate) -> str:
    return "Angka kerja, belum dipastikan" if predicate.working else "Dipastikan"
