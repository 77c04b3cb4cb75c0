"""The one way in which an instrument's content is written down: from its file and, the same, from its rows."""

import hashlib
import json
import unicodedata
from decimal import Decimal
from typing import Any

from indicators.catalogue.checking import STATUSES
from indicators.catalogue.checking_answer import BOUND_OF
from indicators.catalogue.checking_indicator import KINDS
from indicators.models import Band, Indicator, Revision

# Whether the wording is confirmed, and where it is from, is said about the content and is no part of it.
OUTSIDE_THE_HASH = frozenset({"text_status", "text_note", "source"})
KIND_WORDS = {code: word for word, code in KINDS.items()}
STATUS_WORDS = {code: word for word, code in STATUSES.items()}
NO_ANSWER: dict[str, Any] = {
    "numerator": "", "denominator": "", "unit": "", "direction": "higher", "max": None, "options": [], "bands": [],
}  # fmt: skip


def content_hash(content: dict[str, Any]) -> str:
    """Return the SHA-256 of a canonical content: everything but the status of the text, its note and its sources."""
    text = json.dumps(_hashed(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def content_of_manuscript(manuscript: dict[str, Any]) -> dict[str, Any]:
    """Return the canonical content of a faultless manuscript: every key there, numbers as text, codes sorted."""
    rule = manuscript["regulation"]
    return {
        "code": manuscript["code"],
        "title": line(manuscript["title"]),
        "regulation": {
            "number": rule["number"], "year": rule["year"], "about": line(rule["about"]), "issuer": line(rule["issuer"])
        },
        "total_indicators": manuscript["total_indicators"],
        "text_status": manuscript["text_status"],
        "text_note": lines(manuscript.get("text_note")),
        "conventions": {name: lines(text) for name, text in (manuscript.get("conventions") or {}).items()},
        "scale": {"max": plain(manuscript["scale"]["max"])},
        "predicates": _predicates(manuscript["predicates"]),
        "rights": [{**_named(row), "group": line(row.get("group"))} for row in manuscript["rights"]],
        "agencies": sorted((_named(row) for row in manuscript["agencies"]), key=lambda row: row["code"]),
        "indicators": [_indicator(row) for row in manuscript["indicators"]],
    }  # fmt: skip


def content_of_revision(revision: Revision) -> dict[str, Any]:
    """Return the canonical content of a loaded revision, in a fixed number of queries."""
    instrument = revision.instrument
    return content_of_manuscript(
        {
            "code": instrument.code,
            "title": revision.title,
            "regulation": {
                "number": instrument.regulation_number,
                "year": instrument.regulation_year,
                "about": revision.regulation_about,
                "issuer": instrument.regulation_issuer,
            },
            "total_indicators": revision.declared_total,
            "text_status": STATUS_WORDS[revision.text_status],
            "text_note": revision.text_note,
            "conventions": revision.conventions,
            "scale": {"max": revision.scale_max},
            "predicates": [
                {"code": row.code, "name": row.name, "min": row.minimum, "working": row.working, "source": row.source}
                for row in revision.predicates.all()
            ],
            "rights": list(revision.rights.values("code", "name", "short_name", "group")),
            "agencies": list(revision.agency_types.values("code", "name", "short_name")),
            "indicators": [_row(indicator) for indicator in revision.indicators.with_rules().order_by("number")],
        }
    )


def line(text: str | None) -> str:
    """Return a text as one line, in NFC, without idle spaces."""
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def lines(text: str | None) -> str:
    """Return a text of several paragraphs, in NFC, without idle spaces and lines."""
    return "\n".join(filter(None, map(line, (text or "").splitlines())))


def plain(number: Decimal | int | None) -> str | None:
    """Return a number in its one spelling: 7.50 and 7.5 are 7.5."""
    return None if number is None else format((Decimal(number) + 0).normalize(), "f")


def _hashed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _hashed(item) for key, item in value.items() if key not in OUTSIDE_THE_HASH}
    return [_hashed(item) for item in value] if isinstance(value, list) else value


def _named(row: dict[str, Any]) -> dict[str, str]:
    return {"code": row["code"], "name": line(row["name"]), "short_name": line(row["short_name"])}


def _predicates(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """From the best down; those without a minimum last."""
    ordered = sorted(rows, key=lambda row: (row["min"] is None, -(row["min"] or 0), row["code"]))
    return [
        {
            "code": row["code"],
            "name": line(row["name"]),
            "min": plain(row["min"]),
            "working": row["working"],
            "source": lines(row.get("source")),
        }
        for row in ordered
    ]


def _indicator(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": row["number"],
        "right": row["right"],
        "kind": row["kind"],
        "text": line(row["text"]),
        "guidance": lines(row["guidance"]),
        "answer": _answer(row["answer"]),
        "evidence": [{"name": line(paper["name"]), "required": paper["required"]} for paper in row["evidence"]],
        "agency": row["agency"],
        "supporting_agencies": sorted(row.get("supporting_agencies") or []),
        "basis": line(row.get("basis")),
        "source": line(row.get("source")),
        "weight": plain(row.get("weight", 1)),
    }


def _answer(answer: dict[str, Any]) -> dict[str, Any]:
    full = {**NO_ANSWER, **answer}
    bound = BOUND_OF[full["direction"]]
    return {
        "type": full["type"],
        "numerator": line(full["numerator"]),
        "denominator": line(full["denominator"]),
        "unit": line(full["unit"]),
        "direction": full["direction"],
        "max": plain(full["max"]),
        "options": [{"label": line(row["label"]), "points": plain(row["points"])} for row in full["options"]],
        "bands": [{bound: plain(row[bound]), "points": plain(row["points"])} for row in full["bands"]],
    }


def _row(indicator: Indicator) -> dict[str, Any]:
    """An indicator's rows as the file has them."""
    return {
        "number": indicator.number,
        "right": indicator.right.code,
        "kind": KIND_WORDS[indicator.kind],
        "text": indicator.text,
        "guidance": indicator.guidance,
        "answer": {
            "type": indicator.answer_type,
            "numerator": indicator.numerator,
            "denominator": indicator.denominator,
            "unit": indicator.unit,
            "direction": indicator.direction,
            "max": indicator.maximum,
            "options": [{"label": option.label, "points": option.points} for option in indicator.options.all()],
            "bands": [_band(indicator, band) for band in indicator.bands.all()],
        },
        "evidence": [{"name": paper.text, "required": paper.required} for paper in indicator.documents.all()],
        "agency": indicator.agency.code,
        "supporting_agencies": [kind.code for kind in indicator.supporting.all()],
        "basis": indicator.basis,
        "source": indicator.source,
        "weight": indicator.weight,
    }


def _band(indicator: Indicator, band: Band) -> dict[str, Any]:
    return {BOUND_OF[indicator.direction]: band.bound, "points": band.points}
