"""How the agencies of the sample data fill: plausible values, each proved by a small but real document."""

import datetime as dt
from decimal import Decimal

from accounts.models import Agency, User
from accounts.roles import Role
from accounts.sure import sure
from assessment.actions import answers, citations, evidence
from assessment.actions.citations import Reference
from assessment.demo.files import sample_pdf, sample_photo
from assessment.demo.papers import paper_of
from assessment.demo.people import members
from assessment.enums import EvidenceKind
from assessment.models import Answer, Assignment, Cycle
from indicators.models import Indicator

MONEY = 12_500_000  # rupiah in place of one: nobody budgets twenty-three
EMPTY = {"numerator": None, "denominator": None, "number": None, "option_id": None, "note": ""}
NONE = {**EMPTY, "form": "none", "reason": "Belum dianggarkan pada tahun data (contoh)."}
NOT_APPLICABLE = {**EMPTY, "form": "not_applicable", "reason": "Tidak ada peristiwanya pada tahun data (contoh)."}
STATEMENT = "Surat keterangan Kepala perangkat daerah"


class Agencies:
    """The agencies of a cycle with their operators and heads, read once."""

    def __init__(self, cycle: Cycle) -> None:
        rows = Assignment.objects.responsible().filter(cycle=cycle).values_list("agency_id", flat=True)
        self._agencies = Agency.objects.select_related("region").in_bulk(set(rows))
        self._operators, self._heads = members(Role.OPERATOR, *self._agencies), members(Role.HEAD, *self._agencies)

    def of(self, answer: Answer) -> Agency:
        """Return the responsible agency."""
        return self._agencies[sure(answer.owner_id)]

    def operator(self, answer: Answer) -> User | None:
        """Return who fills the answer; None for an agency without people."""
        return self._operators.get(sure(answer.owner_id))

    def head(self, answer: Answer) -> User | None:
        """Return who endorses."""
        return self._heads.get(sure(answer.owner_id))


def answers_of(cycle: Cycle) -> list[Answer]:
    """Return the answers of a cycle with their rules and owners."""
    return list(Answer.objects.filter(cycle=cycle).with_owner().with_indicator().select_related("cycle__region"))


def save(answer: Answer, content: dict, by: User, at: dt.datetime) -> None:
    """Save a draft over whatever is there."""
    answers.save_draft(answer=answer, content=content, seen_revision=answer.revision, by=by, at=at)
    answer.refresh_from_db()


def prove(answer: Answer, agency: Agency, by: User, at: dt.datetime, *, everything: bool = False) -> None:
    """Cite a document for each that is required, or that is named at all; for "tidak berlaku" the head's statement."""
    if answer.form == "not_applicable":
        _cite(answer, agency, by, at, STATEMENT, None)
    if answer.form != "value":
        return
    for asked in answer.indicator.documents.all():
        if asked.required or everything:
            _cite(answer, agency, by, at, asked.text, asked.pk)


def _cite(answer: Answer, agency: Agency, by: User, at: dt.datetime, name: str, required_document: int | None) -> None:
    number = answer.indicator.number
    paper, use = paper_of(name, agency, number, at.year), f"Indikator {number}"
    place = f"{agency.name}, {agency.region}, {at.year}"
    pictured = paper.kind == EvidenceKind.PHOTO
    checked = sample_photo(paper.title, place, use) if pictured else sample_pdf(paper.title, place, use, paper.pages)
    details = {"title": paper.title, "kind": paper.kind, "number": paper.number, "dated_on": at.date()}
    added = evidence.add(checked=checked, agency=agency, by=by, at=at, details=details)
    reference = Reference(required_document, "" if pictured else str(paper.cited))
    citations.cite(answer=answer, evidence=added.evidence, agency=agency, reference=reference, by=by, at=at)


def plausible(answer: Answer, position: int, *, good: bool = False) -> dict:
    """Return a value that an agency might have; a good one for a year that was prepared well."""
    value = {**EMPTY, "form": "value", "reason": "Angka menurut laporan tahun data (contoh)."}
    makers = {"choice": _option, "ratio": _share, "number": _number}
    return {**value, **makers[answer.indicator.answer_type](answer.indicator, position, good)}


def _option(indicator: Indicator, position: int, good: bool) -> dict:
    options = list(indicator.options.all())
    return {"option_id": options[position % 7 == 0 if good else position % 2].pk}


def _share(indicator: Indicator, position: int, good: bool) -> dict:
    whole = Decimal(20 + position % 60)
    near = Decimal(1 if good else 2) * Decimal(position % 10) / 100
    share = near if indicator.direction == "lower" else 1 - near * (1 if good else Decimal("1.5"))
    each = MONEY if "(rupiah)" in indicator.denominator else 1
    return {"numerator": (whole * share).to_integral_value() * each, "denominator": whole * each}


def _number(indicator: Indicator, position: int, good: bool) -> dict:
    bounds = [band.bound for band in indicator.bands.all() if band.bound is not None]
    if good:
        return {"number": bounds[position % 4 == 0]}
    return {"number": bounds[min(1, len(bounds) - 1)]}
