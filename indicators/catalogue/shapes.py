"""The shape of a mapping: known keys, needed keys, and the type of each value."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

NAMES = {
    str: "teks",
    int: "bilangan bulat",
    Decimal: "angka",
    bool: "true atau false",
    list: "daftar",
    dict: "kelompok",
}
LONGEST_TEXT = 2000


@dataclass(frozen=True)
class Key:
    """One key of a mapping: its type, whether it must be there, and whether it may be empty."""

    name: str
    type: type
    needed: bool = True
    empty: bool = False


def shape_faults(value: Any, keys: tuple[Key, ...], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield (key, sentence) for a value that is no mapping, unknown and missing keys, and values of another type."""
    if not isinstance(value, dict):
        yield prefix.rstrip(".") or "isi", "harus berupa kelompok kunci dan nilai."
        return
    known = {key.name for key in keys}
    for name in value:
        if name not in known:
            yield f"{prefix}{name}", f"kunci ini tidak dikenal; yang dikenal: {', '.join(sorted(known))}."
    for key in keys:
        reason = _value_fault(value, key)
        if reason:
            yield f"{prefix}{key.name}", reason


def is_number(value: Any) -> bool:
    """Whether a value is a whole number or a decimal, and not true or false."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _value_fault(mapping: dict[str, Any], key: Key) -> str:
    if key.name not in mapping:
        return "belum ada." if key.needed else ""
    value = mapping[key.name]
    if value is None:
        return "" if key.empty else "masih kosong."
    fits = is_number(value) if key.type is Decimal else type(value) is key.type
    if not fits:
        return f"harus berupa {NAMES[key.type]}, tertulis {str(value)[:40]!r}."
    if key.type is str and not key.empty and not value.strip():
        return "masih kosong."
    return f"lebih panjang dari {LONGEST_TEXT} karakter." if key.type is str and len(value) > LONGEST_TEXT else ""
