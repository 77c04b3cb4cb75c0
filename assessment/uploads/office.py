"""Checks a zipped office document while streaming through it; nothing is ever unpacked to disk."""

import re
import zipfile
from pathlib import Path

from assessment.uploads import types
from assessment.uploads.parts import BOMB, BROKEN, MACRO, MAX_ELEMENTS, OUTSIDE, PartReader, is_xml
from assessment.uploads.refusals import RefusedFileError
from assessment.uploads.types import FileType

MAX_ENTRIES = 2000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
RATIO_COUNTS_FROM = 1024 * 1024
PIECE = 64 * 1024
OTHER_FILES = (b"PK\x03\x04", types.OLE, b"MZ", b"\x7fELF")
SYMLINK = 0o120000
LONGEST_MIMETYPE = 200
MAIN_PARTS = {"word/document.xml": types.DOCX, "xl/workbook.xml": types.XLSX}
ODF_TYPES = {types.ODT.content_type: types.ODT, types.ODS.content_type: types.ODS}
MACROS = re.compile(r"(vbaproject|vbadata|(?:^|/)(?:basic|scripts)/|activex)", re.IGNORECASE)
EMBEDDED = re.compile(
    r"(embeddings/|oleobject|\.bin$|connections\.xml|externallinks/|querytables/|customdata/)", re.IGNORECASE
)
PRINTER_SETTINGS = re.compile(r"(?:^|/)printersettings\d+\.bin$", re.IGNORECASE)  # one for each sheet
NOT_A_DOCUMENT = "Arsip tidak diterima. Unggah dokumennya satu per satu sebagai PDF, foto, Word, atau Excel."


def check_office(path: Path) -> FileType:
    """Return which kind of document it is; raises RefusedFileError with the reason."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            kind = _kind(archive, {entry.filename for entry in entries})
            _check_names(entries)
            _check_contents(archive, entries)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError) as error:
        raise RefusedFileError(BROKEN) from error
    return kind


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise RefusedFileError(BOMB)
    if len(set(names)) != len(names) or any(map(_leaves_the_archive, names)):
        raise RefusedFileError(BROKEN)
    if any(entry.external_attr >> 16 & 0o170000 == SYMLINK for entry in entries):
        raise RefusedFileError(BROKEN)


def _leaves_the_archive(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]


def _kind(archive: zipfile.ZipFile, names: set[str]) -> FileType:
    for part, kind in MAIN_PARTS.items():
        if part in names and "[Content_Types].xml" in names:
            return kind
    if "mimetype" in names and archive.getinfo("mimetype").file_size < LONGEST_MIMETYPE:
        declared = archive.read("mimetype").decode("ascii").strip()
        if declared in ODF_TYPES and "content.xml" in names:
            return ODF_TYPES[declared]
    raise RefusedFileError(NOT_A_DOCUMENT)


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        if MACROS.search(entry.filename):
            raise RefusedFileError(MACRO)
        if EMBEDDED.search(entry.filename) and not PRINTER_SETTINGS.search(entry.filename):
            raise RefusedFileError(OUTSIDE)


def _check_contents(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Count while streaming, because the sizes that an archive declares may lie."""
    unpacked, elements = 0, MAX_ELEMENTS
    for entry in entries:
        reader = PartReader(entry.filename, elements) if is_xml(entry.filename) else None
        unpacked += _streamed(archive, entry, MAX_UNPACKED - unpacked, reader)
        elements = reader.elements_left if reader else elements


def _streamed(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, reader: PartReader | None) -> int:
    """Let the entry stream by, into its reader where it is XML; return its whole size."""
    size, most = 0, max(RATIO_COUNTS_FROM, MAX_RATIO * max(entry.compress_size, 1))
    with archive.open(entry) as stream:
        while piece := stream.read(PIECE):
            if not size and piece.startswith(OTHER_FILES):
                raise RefusedFileError(OUTSIDE)
            size += len(piece)
            if size > min(left, most):
                raise RefusedFileError(BOMB)
            if reader:
                reader.feed(piece)
    if reader:
        reader.close()
    return size
