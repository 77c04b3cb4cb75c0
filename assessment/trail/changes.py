"""What one line of the trail of an answer or of a year changed, in words."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.text import Truncator

from accounts.models import AuditEvent
from accounts.words import day, moment
from accounts.words import number as written
from assessment.enums import AnswerKind
from indicators.models import Indicator

NUMBERS = {"numerator": "Pembilang", "denominator": "Penyebut", "number": "Angka"}
TEXTS = {"reason": "Alasan", "note": "Catatan"}
LONGEST = 120
NOTHING = "–"
AWARD_ENDED = ("award.revoked", "award.lapsed")


def changes_of(event: AuditEvent, indicator: Indicator) -> list[str]:
    """Return the changes that an event wrote down, one sentence each; steps that change nothing else give none."""
    data = event.payload.data
    if event.verb == "answer.saved":
        return list(_saved(data["before"], data["after"], indicator))
    if event.verb in ("citation.added", "citation.removed"):
        return [_cited(data["after"] or data["before"])]
    if event.verb == "citation.renewed":
        return [f"{_cited(data['before'])} → {_cited(data['after'])}"]
    if event.verb == "answer.replied":
        return [f"Balasan: {_text(reply)}" for reply in data["after"].values() if reply]
    return []


def changes_of_cycle(event: AuditEvent, zone: str) -> list[str]:
    """Return for whom, for which indicators and until when something of a year was decided, one sentence each."""
    after = event.payload.data["after"] or {}
    if event.verb == "cycle.extended":
        return [f"Untuk {after['agency'] or 'semua perangkat daerah'}, sampai {_hour(after['deadline'], zone)}"]
    if event.verb == "assignment.changed":
        return [f"{after['agency']}: indikator {_listed(after['indicators'])}"]
    if event.verb == "assignment.supported":
        return [f"Indikator {after['indicator']}: {', '.join(after['agencies']) or 'tanpa pendukung'}"]
    if event.verb == "round.opened":
        return [f"Indikator {_listed(after['indicators'])}, sampai {_hour(after['closes_at'], zone)}"]
    if event.verb in AWARD_ENDED:
        return [f"Dasarnya permasalahan {after['problem']}", *_decree(after)]
    return [f"Sampai {_hour(after['closes_at'], zone)}"] if event.verb == "round.moved" else []


def changes_of_problem(event: AuditEvent) -> list[str]:
    """Return against which award a problem was marked, or no longer is, and by which decree an award fell over it."""
    data = event.payload.data
    if event.verb in AWARD_ENDED:
        return _decree(data["after"])
    if event.verb == "problem.grounded":
        return [f"Penghargaan {data['after']['cycle']}"]
    return [f"Penghargaan {data['before']['cycle']}"] if event.verb == "problem.lifted" else []


def _decree(after: dict[str, Any]) -> list[str]:
    if "decree_number" not in after:
        return []
    return [f"Keputusan {after['decree_number']} tanggal {day(dt.date.fromisoformat(after['decree_on']))}"]


def _hour(text: str, zone: str) -> str:
    return moment(dt.datetime.fromisoformat(text), zone)


def _listed(numbers: list[int]) -> str:
    return Truncator(", ".join(str(number) for number in numbers)).chars(LONGEST)


def _saved(before: dict[str, Any], after: dict[str, Any], indicator: Indicator) -> Iterator[str]:
    if "form" in after and _special(before["form"], after["form"]):
        yield _both("Bentuk", *(_form(row["form"], indicator) for row in (before, after)))
    if "option_id" in after:
        yield _both("Pilihan", *(_option(row["option_id"], indicator) for row in (before, after)))
    for name, label in NUMBERS.items():
        if name in after:
            yield _both(label, _number(before[name]), _number(after[name]))
    for name, label in TEXTS.items():
        if name in after:
            yield _both(label, _text(before[name]), _text(after[name]))


def _special(before: str, after: str) -> bool:
    """Whether the form says more than the value beside it does."""
    return not {before, after} <= {"", AnswerKind.VALUE}


def _both(label: str, before: str, after: str) -> str:
    return f"{label}: {after}" if before == NOTHING else f"{label}: {before} → {after}"


def _form(form: str, indicator: Indicator) -> str:
    words = {"": NOTHING, AnswerKind.NONE: indicator.none_label}
    return words.get(form) or AnswerKind(form).label


def _option(key: int | None, indicator: Indicator) -> str:
    return next((f"“{row.label}”" for row in indicator.options.all() if row.pk == key), NOTHING)


def _number(stored: str | None) -> str:
    try:
        return NOTHING if stored is None else written(Decimal(stored))
    except InvalidOperation:
        return NOTHING


def _text(text: str) -> str:
    return f"“{Truncator(text).chars(LONGEST)}”" if text.strip() else NOTHING


def _cited(row: dict[str, Any]) -> str:
    return f"“{row['evidence']}”" + (f", halaman {row['pages']}" if row["pages"] else "")
