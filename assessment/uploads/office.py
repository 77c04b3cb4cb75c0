"""Checks a zipped office document while streaming through it; nothing is ever unpacked to disk."""

import re
import zipfile
from pathlib import Path

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from assessment.uploads import types
from assessment.uploads.refusals import RefusedFileError
from assessment.uploads.types import FileType

MAX_ENTRIES = 2000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
RATIO_COUNTS_FROM = 1024 * 1024
PIECE = 64 * 1024
SYMLINK = 0o120000
LONGEST_MIMETYPE = 200
MAIN_PARTS = {"word/document.xml": types.DOCX, "xl/workbook.xml": types.XLSX}
ODF_TYPES = {types.ODT.content_type: types.ODT, types.ODS.content_type: types.ODS}
MACROS = re.compile(r"(vbaproject|vbadata|/basic/|scripts/|activex)", re.IGNORECASE)
EMBEDDED = re.compile(
    r"(embeddings/|oleobject|\.bin$|connections\.xml|externallinks/|querytables/|customdata/)", re.IGNORECASE
)
MACRO = "Dokumen memuat makro. Simpan sebagai dokumen tanpa makro atau sebagai PDF, lalu unggah lagi."
OUTSIDE = "Dokumen mengambil data dari luar atau menyimpan berkas lain. Simpan sebagai PDF, lalu unggah lagi."
BROKEN = "Dokumen tidak utuh atau rusak. Buka di komputer Anda, simpan ulang, lalu unggah lagi."
BOMB = "Dokumen terlalu besar setelah dibuka. Kecilkan gambarnya atau simpan sebagai PDF, lalu unggah lagi."
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
        if EMBEDDED.search(entry.filename) and not entry.filename.endswith("printerSettings1.bin"):
            raise RefusedFileError(OUTSIDE)


def _check_contents(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Count while streaming, because the sizes that an archive declares may lie."""
    unpacked = 0
    for entry in entries:
        content, size = _streamed(archive, entry, MAX_UNPACKED - unpacked)
        unpacked += size
        if size > RATIO_COUNTS_FROM and size > MAX_RATIO * max(entry.compress_size, 1):
            raise RefusedFileError(BOMB)
        if content[:4] == b"PK\x03\x04" or content[:8] == types.OLE:
            raise RefusedFileError(OUTSIDE)
        if entry.filename.endswith((".xml", ".rels")):
            _check_xml(entry.filename, content)


def _streamed(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> tuple[bytes, int]:
    """The entry's bytes where it is XML, else only its first piece; and its whole size."""
    kept, size, whole = b"", 0, entry.filename.endswith((".xml", ".rels"))
    with archive.open(entry) as stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > left:
                raise RefusedFileError(BOMB)
            if whole or not kept:
                kept += piece
    return kept, size


def _check_xml(name: str, content: bytes) -> None:
    try:
        root = ElementTree.fromstring(content, forbid_dtd=True)
    except (DefusedXmlException, ElementTree.ParseError) as error:
        raise RefusedFileError(BROKEN) from error
    if name == "[Content_Types].xml" and b"macroEnabled" in content:
        raise RefusedFileError(MACRO)
    if name.endswith(".rels") and any(map(_points_outside, root)):
        raise RefusedFileError(OUTSIDE)
    if b"ddeLink" in content or b"DDEAUTO" in content:
        raise RefusedFileError(OUTSIDE)


def _points_outside(relation) -> bool:
    """An external target that is fetched by itself; a plain hyperlink is only words until somebody clicks."""
    hyperlink = relation.get("Type", "").endswith("/hyperlink")
    return relation.get("TargetMode") == "External" and not hyperlink
