"""Loads a faultless manuscript: the same content changes nothing, changed content makes a new revision."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, starmap
from typing import Any

from django.db import transaction

from indicators.catalogue.canonical import content_hash, content_of_manuscript
from indicators.catalogue.checking import WITHOUT_TEXT, Fault
from indicators.catalogue.checking_answer import BOUND_OF
from indicators.catalogue.checking_indicator import KINDS
from indicators.models import (
    AgencyType,
    AnswerOption,
    Band,
    Indicator,
    Instrument,
    Predicate,
    RequiredDocument,
    Revision,
    Right,
)

Content = dict[str, Any]


@dataclass(frozen=True)
class Loaded:
    """What loading did: the revision that holds the content, and whether it was made just now."""

    revision: Revision
    created: bool


def identity_faults(manuscript: dict[str, Any]) -> list[Fault]:
    """Return the faults of a faultless manuscript whose code already belongs to another rule."""
    instrument = Instrument.objects.filter(code=manuscript["code"]).first()
    if instrument is None:
        return []
    fields = ("number", "year", "issuer")
    kept = {name: getattr(instrument, f"regulation_{name}") for name in fields}
    given = content_of_manuscript(manuscript)["regulation"]
    return [
        Fault(None, f"regulation.{name}", f"kode ini sudah dipakai untuk “{kept[name]}”; pakai code lain.")
        for name in fields
        if given[name] != kept[name]
    ]


def known_revision(manuscript: dict[str, Any]) -> Revision | None:
    """Return the revision that already holds the content of a faultless manuscript."""
    digest = content_hash(content_of_manuscript(manuscript))
    found = Revision.objects.filter(instrument__code=manuscript["code"], content_hash=digest)
    return found.select_related("instrument").first()


@transaction.atomic
def load(manuscript: dict[str, Any]) -> Loaded:
    """Load a faultless manuscript; older revisions stay as they are.

    A new revision is rancangan even where its file says "resmi": that is for a person to confirm.
    """
    content = content_of_manuscript(manuscript)
    instrument = _instrument(content)
    digest = content_hash(content)
    same = instrument.revisions.select_related("instrument").filter(content_hash=digest).first()
    if same:
        return Loaded(same, created=False)
    last = instrument.revisions.order_by("-number").first()
    bare = content["text_status"] == WITHOUT_TEXT
    revision = Revision.objects.create(
        instrument=instrument,
        number=last.number + 1 if last else 1,
        content_hash=digest,
        title=content["title"],
        regulation_about=content["regulation"]["about"],
        declared_total=content["total_indicators"],
        scale_max=content["scale"]["max"],
        conventions=content["conventions"],
        text_status="bare" if bare else "draft",
        text_note=content["text_note"],
    )
    _load_predicates(revision, content)
    _load_indicators(revision, content)
    return Loaded(revision, created=True)


def _instrument(content: Content) -> Instrument:
    """The instrument's row, locked, so that two loads at once make two numbers."""
    rule = content["regulation"]
    instrument, _created = Instrument.objects.select_for_update().get_or_create(
        code=content["code"],
        defaults={
            "regulation_number": rule["number"],
            "regulation_year": rule["year"],
            "regulation_issuer": rule["issuer"],
        },
    )
    return instrument


def _load_predicates(revision: Revision, content: Content) -> None:
    Predicate.objects.bulk_create(
        Predicate(
            revision=revision, code=row["code"], name=row["name"], minimum=row["min"], working=row["working"],
            source=row["source"],
        )
        for row in content["predicates"]
    )  # fmt: skip


def _load_indicators(revision: Revision, content: Content) -> None:
    rights = Right.objects.bulk_create(
        Right(revision=revision, position=position, **row) for position, row in enumerate(content["rights"], start=1)
    )
    agencies = AgencyType.objects.bulk_create(AgencyType(revision=revision, **row) for row in content["agencies"])
    right_of, agency_of = {row.code: row for row in rights}, {row.code: row for row in agencies}
    rows = content["indicators"]
    made = Indicator.objects.bulk_create(
        _indicator(row, revision=revision, right=right_of[row["right"]], agency=agency_of[row["agency"]])
        for row in rows
    )
    pairs = list(zip(made, rows, strict=True))
    AnswerOption.objects.bulk_create(chain.from_iterable(starmap(_options, pairs)))
    Band.objects.bulk_create(chain.from_iterable(starmap(_bands, pairs)))
    RequiredDocument.objects.bulk_create(chain.from_iterable(starmap(_required_documents, pairs)))
    link = Indicator.supporting.through
    link.objects.bulk_create(
        link(indicator=indicator, agencytype=agency_of[code])
        for indicator, row in pairs
        for code in row["supporting_agencies"]
    )


def _indicator(row: Content, **related: Any) -> Indicator:
    answer = row["answer"]
    return Indicator(
        number=row["number"],
        kind=KINDS[row["kind"]],
        text=row["text"],
        guidance=row["guidance"],
        answer_type=answer["type"],
        numerator=answer["numerator"],
        denominator=answer["denominator"],
        unit=answer["unit"],
        direction=answer["direction"],
        maximum=answer["max"],
        weight=row["weight"],
        basis=row["basis"],
        source=row["source"],
        **related,
    )


def _options(indicator: Indicator, row: Content) -> Iterator[AnswerOption]:
    for position, option in enumerate(row["answer"]["options"], start=1):
        yield AnswerOption(indicator=indicator, position=position, **option)


def _bands(indicator: Indicator, row: Content) -> Iterator[Band]:
    bound = BOUND_OF[indicator.direction]
    for position, band in enumerate(row["answer"]["bands"], start=1):
        yield Band(indicator=indicator, position=position, bound=band[bound], points=band["points"])


def _required_documents(indicator: Indicator, row: Content) -> Iterator[RequiredDocument]:
    for position, paper in enumerate(row["evidence"], start=1):
        yield RequiredDocument(indicator=indicator, position=position, text=paper["name"], required=paper["required"])
