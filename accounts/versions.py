"""What a person saw when a form was opened, so that a second saver is told instead of overwriting the first."""

from typing import Any

from accounts.canonical import digest

LENGTH = 16
OVERTAKEN = "overtaken"  # the code of the error on a form that says that somebody else was faster


class StaleError(Exception):
    """Somebody saved meanwhile; the text says what is there now, `mark` stands for it, nothing of ours was written."""

    def __init__(self, stored: str, mark: str) -> None:
        super().__init__(
            f"Orang lain baru saja menyimpan ini: {stored or 'isian kosong'}. Isian Anda belum tersimpan dan masih ada "
            "di bawah; simpan lagi untuk menggantinya."
        )
        self.mark = mark


def version_of(values: Any) -> str:
    """Return a short mark of what was seen: the same values, the same mark."""
    return digest(values)[:LENGTH]


def refuse_if_stale(seen: str | None, values: Any, stored: str) -> None:
    """Raise StaleError unless these values are what was seen; None comes from whoever saw no form."""
    if seen is not None and seen != version_of(values):
        raise StaleError(stored, version_of(values))
