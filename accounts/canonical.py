"""One way to write data down so that the same data always has the same SHA-256."""

import datetime as dt
import hashlib
import json
from decimal import Decimal
from typing import Any
from uuid import UUID


def canonical_json(data: Any) -> str:
    """Return `data` as JSON with sorted keys, decimals and ids as text, and moments in UTC.

    Raises TypeError for floats, which have no one way to be written, and for other unknown types.
    """
    return json.dumps(_plain(data), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(data: Any) -> str:
    """Return the SHA-256 of the canonical JSON of `data`, in hexadecimal (64 characters)."""
    return hashlib.sha256(canonical_json(data).encode()).hexdigest()


def moment_text(at: dt.datetime) -> str:
    """Return an aware moment as UTC text with microseconds: 2026-01-03T07:30:00.000000Z."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _plain(value: Any) -> Any:
    if isinstance(value, bool | int | str) or value is None:
        return str(value) if isinstance(value, str) else value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, UUID):
        return str(value)
    return _plain_container(value)


def _plain_container(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return moment_text(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"No canonical form for {type(value).__name__}.")
