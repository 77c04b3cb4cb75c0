"""From a snapshot's text back to the frozen object; old formats stay readable."""

import datetime as dt
import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from assessment.dossier.shapes import FORMAT, Dossier
from assessment.models import Snapshot

PLAIN = {Decimal: Decimal, dt.date: dt.date.fromisoformat, dt.datetime: dt.datetime.fromisoformat}


def read(body: str) -> Dossier:
    """Return the dossier that a snapshot's canonical JSON describes; raises ValueError for a newer format."""
    data = json.loads(body)
    if data["format"] > FORMAT:
        raise ValueError(f"Format {data['format']} of a newer version.")
    return _revived(Dossier, data)


def dossier_of(snapshot: Snapshot) -> Dossier:
    """Return the dossier of a stored snapshot."""
    return read(snapshot.body)


@cache
def _hints(shape: type) -> dict[str, Any]:
    hints = get_type_hints(shape)
    return {field.name: hints[field.name] for field in fields(shape)}


def _revived(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(kind) is UnionType:
        return _revived(next(part for part in get_args(kind) if part is not type(None)), value)
    if get_origin(kind) is tuple:
        return tuple(_revived(get_args(kind)[0], item) for item in value)
    if is_dataclass(kind):
        return kind(**{name: _revived(hint, value[name]) for name, hint in _hints(kind).items() if name in value})
    return PLAIN[kind](value) if kind in PLAIN else value
