"""The shape of a mapping: known keys, needed keys, and what each value may be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

NAMES = {
    str: "teks",
    int: "bilangan bulat",
    Decimal: "angka",
    bool: "true atau false",
    list: "daftar",
    dict: "kelompok kunci dan nilai",
}
LONG_TEXT = 5000
SHOWN = 40
CODE = re.compile(r"[A-Za-z0-9_-]+")
# Controls, half characters, and marks that turn or hide what a reader sees.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]"
)
NOTHING = object()


@dataclass(frozen=True)
class Key:
    """One key of a mapping: its type, whether it must be there and may be empty, and how far its value may go.

    `most` is the length of a text and the size of a number; `places` the decimals of a number.
    """

    name: str
    type: type
    needed: bool = True
    empty: bool = False
    least: int | None = None
    most: int | None = None
    places: int = 2
    code: bool = False


@dataclass(frozen=True)
class Checked:
    """What of a mapping can be used, and what is wrong with the rest as (key, sentence)."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: tuple[tuple[str, str], ...] = ()

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of a sound key, else the default."""
        return self.values.get(name, default)

    def has(self, *names: str) -> bool:
        """Whether all these keys are there and sound."""
        return all(name in self.values for name in names)


def checked(value: Any, keys: tuple[Key, ...], prefix: str = "") -> Checked:
    """Check a mapping against its keys; a value that is no mapping has no sound key at all."""
    if not isinstance(value, dict):
        return Checked(faults=((prefix.rstrip(".") or "isi", f"harus berupa {NAMES[dict]}."),))
    known = [key.name for key in keys]
    faults = [
        (f"{prefix}{name[:SHOWN]}", f"kunci ini tidak dikenal; yang dikenal: {', '.join(known)}.")
        for name in value
        if name not in known
    ]
    sound = {}
    for key in keys:
        reason = _reason(value.get(key.name, NOTHING), key)
        if reason:
            faults.append((f"{prefix}{key.name}", reason))
        elif key.name in value:
            sound[key.name] = value[key.name]
    return Checked(sound, tuple(faults))


def checked_rows(rows: list[Any], keys: tuple[Key, ...], name: str) -> list[Checked]:
    """Check each mapping of a list; the positions in the keys begin with 1, as people count."""
    return [checked(row, keys, f"{name}[{position}].") for position, row in enumerate(rows, start=1)]


def repeated(rows: list[Checked], key: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield a fault for each row that says what an earlier row said, capitals and spaces aside."""
    first: dict[str, int] = {}
    for position, row in enumerate(rows, start=1):
        if not isinstance(row.get(key), str):
            continue
        text = folded(row.get(key))
        if text in first:
            yield f"{name}[{position}].{key}", f"“{row.get(key)[:SHOWN]}” sudah tertulis pada urutan {first[text]}."
        first.setdefault(text, position)


def folded(text: str) -> str:
    """Return a text as it is compared: without capitals and idle spaces."""
    return " ".join(text.casefold().split())


def seen(text: str) -> str:
    """Return a text in which nothing is hidden, for a terminal or a page."""
    return UNSEEN.sub("�", text)


def is_number(value: Any) -> bool:
    """Whether a value is a whole number or a decimal, and not true or false."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def written(value: Any) -> str:
    """Return a value as the file has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)[:SHOWN]


def _reason(value: Any, key: Key) -> str:
    if value is NOTHING:
        return "belum ada." if key.needed else ""
    if value is None:
        return "" if key.empty else "masih kosong."
    if not (is_number(value) if key.type is Decimal else type(value) is key.type):
        return _type_reason(value, key)
    if key.type is str:
        return _text_reason(value, key)
    return _number_reason(Decimal(value), key) if key.type in (int, Decimal) else ""


def _type_reason(value: Any, key: Key) -> str:
    hint = " Desimal ditulis dengan titik: 7.5." if key.type is Decimal and isinstance(value, str) else ""
    return f"harus berupa {NAMES[key.type]}, tertulis “{written(value)}”.{hint}"


def _text_reason(value: str, key: Key) -> str:
    if not value.strip():
        return "" if key.empty else "masih kosong."
    unseen = UNSEEN.search(value)
    if unseen:
        return f"memuat karakter yang tidak tampak (U+{ord(unseen[0]):04X}); ketik ulang bagian itu."
    longest = key.most or LONG_TEXT
    if len(value.strip()) > longest:
        return f"lebih panjang dari {longest} karakter."
    if key.code and not CODE.fullmatch(value):
        return f"“{written(value)}” hanya boleh memuat huruf, angka, tanda hubung, dan garis bawah."
    return ""


def _number_reason(value: Decimal, key: Key) -> str:
    if key.least is not None and value < key.least:
        return f"paling kecil {key.least}, tertulis {value}."
    if key.most is not None and value > key.most:
        return f"paling besar {key.most}, tertulis {value}."
    if value != round(value, key.places):
        return f"paling banyak {key.places} angka di belakang koma, tertulis {value}."
    return ""
