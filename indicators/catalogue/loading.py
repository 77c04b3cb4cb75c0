"""Loads a checked document: the same content changes nothing, changed content makes a new revision."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from indicators.catalogue.checking import KINDS, STATUSES
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

OUTSIDE_THE_HASH = ("text_status", "text_note", "source")


@dataclass(frozen=True)
class Loaded:
    """What loading did: the revision that holds the content, and whether it was made just now."""

    revision: Revision
    created: bool


def content_hash(document: dict[str, Any]) -> str:
    """Return the SHA-256 of the normalised content: everything but the status of the text, its note and its sources."""
    text = json.dumps(_normalised(document), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def load(document: dict[str, Any]) -> Loaded:
    """Load a document that `check` found faultless; older revisions stay as they are."""
    instrument = _instrument(document)
    digest = content_hash(document)
    same = instrument.revisions.filter(content_hash=digest).first()
    if same:
        return Loaded(same, created=False)
    last = instrument.revisions.first()
    revision = Revision.objects.create(
        instrument=instrument,
        number=last.number + 1 if last else 1,
        content_hash=digest,
        declared_total=document["total_indicators"],
        scale_max=document["scale"]["max"],
        conventions=_jsonable(document.get("conventions", {})),
        text_status=STATUSES[document["text_status"]],
        text_note=document.get("text_note", ""),
    )
    _load_predicates(revision, document["predicates"])
    _load_indicators(revision, document)
    return Loaded(revision, created=True)


def _instrument(document: dict[str, Any]) -> Instrument:
    rule = document["regulation"]
    instrument, _created = Instrument.objects.select_for_update().get_or_create(
        code=document["code"],
        defaults={
            "title": document["title"],
            "regulation_number": rule["number"],
            "regulation_year": rule["year"],
            "regulation_about": rule["about"],
            "regulation_issuer": rule["issuer"],
        },
    )
    return instrument


def _load_predicates(revision: Revision, rows: Iterable[dict[str, Any]]) -> None:
    Predicate.objects.bulk_create(
        Predicate(
            revision=revision, code=row["code"], name=row["name"], minimum=row["min"], working=row["working"],
            source=row.get("source", ""),
        )
        for row in rows
    )  # fmt: skip


def _load_indicators(revision: Revision, document: dict[str, Any]) -> None:
    rights = _by_code(
        Right,
        [
            Right(
                revision=revision,
                code=row["code"],
                group=row.get("group", ""),
                name=row["name"],
                short_name=row["short_name"],
            )
            for row in document["rights"]
        ],
    )
    agencies = _by_code(
        AgencyType,
        [
            AgencyType(revision=revision, code=row["code"], name=row["name"], short_name=row["short_name"])
            for row in document["agencies"]
        ],
    )
    indicators = Indicator.objects.bulk_create(
        _indicator(revision, row, rights, agencies) for row in document["indicators"]
    )
    pairs = list(zip(indicators, document["indicators"], strict=True))
    AnswerOption.objects.bulk_create(option for indicator, row in pairs for option in _options(indicator, row))
    Band.objects.bulk_create(band for indicator, row in pairs for band in _bands(indicator, row))
    RequiredDocument.objects.bulk_create(
        RequiredDocument(indicator=indicator, position=position, text=paper["name"].strip(), required=paper["required"])
        for indicator, row in pairs
        for position, paper in enumerate(row["evidence"], start=1)
    )
    link = Indicator.supporting.through
    link.objects.bulk_create(
        link(indicator=indicator, agencytype=agencies[code])
        for indicator, row in pairs
        for code in row.get("supporting_agencies", [])
    )


def _by_code(model, rows: list) -> dict:
    return {row.code: row for row in model.objects.bulk_create(rows)}


def _indicator(revision: Revision, row: dict[str, Any], rights: dict, agencies: dict) -> Indicator:
    answer = row["answer"]
    return Indicator(
        revision=revision,
        right=rights[row["right"]],
        number=row["number"],
        kind=KINDS[row["kind"]],
        text=row["text"].strip(),
        guidance=row["guidance"].strip(),
        answer_type=answer["type"],
        numerator=answer.get("numerator", ""),
        denominator=answer.get("denominator", ""),
        unit=answer.get("unit", ""),
        direction=answer.get("direction", "higher"),
        maximum=answer.get("max"),
        weight=row.get("weight", Decimal(1)),
        basis=row.get("basis") or "",
        source=row.get("source", ""),
        agency=agencies[row["agency"]],
    )


def _options(indicator: Indicator, row: dict[str, Any]) -> Iterable[AnswerOption]:
    for position, option in enumerate(row["answer"].get("options", []), start=1):
        yield AnswerOption(
            indicator=indicator, position=position, label=option["label"].strip(), points=option["points"]
        )


def _bands(indicator: Indicator, row: dict[str, Any]) -> Iterable[Band]:
    bound = "min" if indicator.direction == "higher" else "max"
    for position, band in enumerate(row["answer"].get("bands", []), start=1):
        yield Band(indicator=indicator, position=position, bound=band[bound], points=band["points"])


def _normalised(value: Any) -> Any:
    """The content as it counts for the hash: without status and source, texts trimmed, numbers in one spelling."""
    if isinstance(value, dict):
        return {key: _normalised(item) for key, item in value.items() if key not in OUTSIDE_THE_HASH}
    if isinstance(value, list):
        return [_normalised(item) for item in value]
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return format(Decimal(value).normalize(), "f")
    return value


def _jsonable(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))
