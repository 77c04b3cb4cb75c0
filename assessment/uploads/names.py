"""The name that a person gave a file, made safe to show; files are never stored under it."""

import re
import unicodedata

LONGEST = 150
SEPARATORS = re.compile(r"[\\/:]")
UNNAMED = "berkas"


def shown_name(given: str) -> str:
    """Return the last part of a given name in NFC, without control, bidi and format characters, at most 150 long.

    The ending stays when the name is shortened, because people go by it.
    """
    bare = SEPARATORS.split(given)[-1]
    kept = "".join(letter for letter in unicodedata.normalize("NFC", bare) if _visible(letter))
    name = " ".join(kept.split()).rstrip(". ") or UNNAMED
    stem, ending = stem_and_ending(name)
    return name if len(name) <= LONGEST else f"{stem[: LONGEST - len(ending) - 1]}.{ending}"[:LONGEST]


def stem_and_ending(name: str) -> tuple[str, str]:
    """Split a name at its last dot: ("laporan.2025", "pdf"); without a dot the ending is empty."""
    stem, dot, ending = name.rpartition(".")
    return (stem, ending.lower()) if dot else (name, "")


def _visible(letter: str) -> bool:
    # Cc control, Cf format (bidi, zero width), Cs surrogate, Zl and Zp separators, Co private, Cn unassigned
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"}
