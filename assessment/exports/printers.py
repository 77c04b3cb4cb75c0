"""The formats in which a dossier is printed, one row each: all that a new format needs beside its word in `enums`."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assessment.enums import DocumentKind
from assessment.exports.pdf import write_pdf
from assessment.exports.printed import Print
from assessment.exports.xlsx import write_xlsx

Tell = Callable[[int, str], None]  # the share done so far, in per cent, and the stage in words


@dataclass(frozen=True)
class Printer:
    """One format: its file's ending and type, the words and icon of its button, and what writes the file."""

    suffix: str
    content_type: str
    label: str
    icon: str
    write: Callable[..., None]  # (print, target's path[, Tell])


PRINTERS = {
    DocumentKind.PDF: Printer("pdf", "application/pdf", "Buat PDF", "file-text", write_pdf),
    DocumentKind.EXCEL: Printer(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Buat Excel",
        "file-spreadsheet",
        write_xlsx,
    ),
}


def print_to(target: Path, kind: str, printed: Print, tell: Tell | None = None) -> None:
    """Write a print to a file in the format of this kind, telling how far it is."""
    PRINTERS[DocumentKind(kind)].write(printed, target, *([tell] if tell else []))
