"""Looks through a PDF's objects without decoding its streams."""

import re
import zipfile
from pathlib import Path

import pikepdf

from assessment.uploads.refusals import RefusedFileError

TAIL_BYTES = 1024
MAX_PAGES = 5000
MAX_OBJECTS = 400_000
DEEPEST = 20  # dictionaries inside each other; more is nobody's document
ACTIVE_KEYS = {"/JS", "/JavaScript", "/AA", "/EmbeddedFiles", "/EF", "/XFA"}
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition"}
ACTIVE_SUBTYPES = {"/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"}
OPENING_ALLOWED = {"/GoTo", "/Named"}
END_OF_FILE = re.compile(rb"%%EOF")
ACTIVE = "PDF memuat bagian aktif (skrip, lampiran, atau perintah). Cetak ulang sebagai PDF biasa, lalu unggah lagi."
LOCKED = "Tidak bisa dibuka: berkas terkunci kata sandi. Simpan ulang tanpa kata sandi, lalu unggah lagi."
BROKEN = "PDF tidak utuh atau rusak. Buka di komputer Anda, simpan ulang, lalu unggah lagi."
COMPLICATED = "PDF terlalu rumit untuk diperiksa. Cetak ulang sebagai PDF, lalu unggah lagi."
TAIL = "PDF memuat data lain di belakangnya. Simpan ulang sebagai PDF biasa, lalu unggah lagi."


def check_pdf(path: Path) -> int:
    """Return the number of pages; raises RefusedFileError for locked, active, broken and over-long files."""
    _check_tail(path)
    try:
        with pikepdf.open(path, suppress_warnings=True, attempt_recovery=False) as pdf:
            return _checked_pages(pdf)
    except pikepdf.PasswordError as error:
        raise RefusedFileError(LOCKED) from error
    except (pikepdf.PdfError, RecursionError, TypeError, ValueError) as error:
        raise RefusedFileError(BROKEN) from error


def _checked_pages(pdf: pikepdf.Pdf) -> int:
    if len(pdf.objects) > MAX_OBJECTS:
        raise RefusedFileError(COMPLICATED)
    pages = int(pdf.Root.Pages.get("/Count", 0))
    if not 0 < pages <= MAX_PAGES:
        raise RefusedFileError(f"PDF harus berisi 1 sampai {MAX_PAGES} halaman.")
    if not _opens_quietly(pdf.Root.get("/OpenAction")) or any(map(_is_active, pdf.objects)):
        raise RefusedFileError(ACTIVE)
    return len(pdf.pages)


def _is_active(item: pikepdf.Object) -> bool:
    return any(_active_dictionary(part) for part in _dictionaries(item, depth=0))


def _dictionaries(item, depth: int):
    """The dictionaries of an object and those written inside it; what it refers to is an object of its own."""
    if not isinstance(item, pikepdf.Object):
        return
    if depth > DEEPEST:
        raise RefusedFileError(COMPLICATED)
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield item
        children = [value for _key, value in item.items()]
    elif isinstance(item, pikepdf.Array):
        children = list(item)
    else:
        return
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from _dictionaries(child, depth + 1)


def _active_dictionary(item: pikepdf.Object) -> bool:
    if ACTIVE_KEYS & set(item.keys()):
        return True
    return str(item.get("/S")) in ACTIVE_ACTIONS or str(item.get("/Subtype")) in ACTIVE_SUBTYPES


def _opens_quietly(action) -> bool:
    """Whether opening only goes to a page or a zoom, as word processors and scanners write it."""
    if action is None or isinstance(action, pikepdf.Array):
        return True
    return isinstance(action, pikepdf.Dictionary) and str(action.get("/S")) in OPENING_ALLOWED


def _check_tail(path: Path) -> None:
    """Refuse more than a kilobyte of data after the last end mark, and an archive: a second file hides there."""
    content = path.read_bytes()
    last = None
    for last in END_OF_FILE.finditer(content):  # noqa: B007 - the last one is what counts
        pass
    if last is None:
        raise RefusedFileError(BROKEN)
    if len(content[last.end() :].strip()) > TAIL_BYTES:
        raise RefusedFileError(TAIL)
    if _is_archive_too(path):
        raise RefusedFileError(TAIL)


def _is_archive_too(path: Path) -> bool:
    """Whether the file opens as an archive as well, also where the end mark stands in the archive's own comment."""
    try:
        with zipfile.ZipFile(path) as archive:
            return bool(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
