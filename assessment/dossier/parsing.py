"""From a snapshot's text back to the frozen object; old formats stay readable."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from assessment.dossier.shapes import FORMAT, Dossier
from assessment.models import Snapshot

PLAIN: dict[Any, Callable[[Any], Any]] = {
    Decimal: Decimal,
    dt.date: dt.date.fromisoformat,
    dt.datetime: dt.datetime.fromisoformat,
}


def read(body: str) -> Dossier:
    """Return the dossier that a snapshot's canonical JSON describes; raises ValueError for a newer format."""
    data = json.loads(body)
    if data["format"] > FORMAT:
        raise ValueError(f"Format {data['format']} of a newer version.")
    dossier: Dossier = _revived(Dossier, data)
    return dossier


def dossier_of(snapshot: Snapshot) -> Dossier:
    """Return the dossier of a stored snapshot."""
    return read(snapshot.body)


@cache
def _hints(shape: type) -> dict[str, Any]:
    hints = get_type_hints(shape)
    return {field.name: hints[field.name] for field in fields(shape)}


def _revived(kind: Any, value: Any) -> Any:
    return None if value is None else _reader(kind)(value)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """How a value of a kind is made again; worked out once for a kind, since a dossier holds many thousand values."""
    if get_origin(kind) is UnionType:
        return _reader(next(part for part in get_args(kind) if part is not type(None)))
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        return lambda values: tuple(_revived(item, value) for value in values)
    if is_dataclass(kind):
        shape: Any = kind
        hints = _hints(shape).items()
        return lambda given: shape(**{name: _revived(hint, given[name]) for name, hint in hints if name in given})
    return PLAIN.get(kind, lambda value: value)
