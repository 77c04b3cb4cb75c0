"""Says what a received file is, or why it is not accepted."""

from dataclasses import dataclass

from django.conf import settings

from assessment.uploads import types
from assessment.uploads.images import check_image
from assessment.uploads.names import shown_name, stem_and_ending
from assessment.uploads.office import check_office
from assessment.uploads.pdf import check_pdf
from assessment.uploads.receiving import ReceivedFile
from assessment.uploads.refusals import RefusedFileError
from assessment.uploads.types import FileType

ACCEPTED_WORDS = "PDF, foto (JPG, PNG, WebP), Word (DOCX), Excel (XLSX), ODT, atau ODS"
LEGACY = (
    "Format lama (.doc, .xls) atau dokumen berkata sandi tidak diterima. "
    "Simpan sebagai PDF, DOCX, atau XLSX tanpa kata sandi."
)


@dataclass(frozen=True)
class CheckedFile:
    """An accepted file: what it is, its name to show, and the pages of a PDF."""

    received: ReceivedFile
    kind: FileType
    name: str
    pages: int | None = None


def check(received: ReceivedFile) -> CheckedFile:
    """Return the checked file; raises RefusedFileError with a sentence that helps.

    The type is told by content alone; the name's last ending must be an accepted one and agree with it.
    """
    if received.too_large:
        megabytes = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
        raise RefusedFileError(
            f"Berkas lebih besar dari {megabytes} MB. Pindai ulang dengan mutu lebih rendah, atau bagi dua."
        )
    if received.size == 0:
        raise RefusedFileError("Berkas kosong (0 byte). Periksa berkasnya, lalu unggah lagi.")
    received.flush_to_disk()
    kind, pages = _kind_and_pages(received)
    name = shown_name(received.name or "")
    _check_ending(name, kind)
    return CheckedFile(received, kind, name, pages)


def _kind_and_pages(received: ReceivedFile) -> tuple[FileType, int | None]:
    with received.path.open("rb") as stream:
        head = stream.read(types.HEAD_BYTES)
    if head.startswith(types.OLE):
        raise RefusedFileError(LEGACY)
    if head.startswith(b"PK\x03\x04"):
        return check_office(received.path), None
    kind = types.BY_TYPE.get(types.sniff(head))
    if kind is types.PDF:
        return kind, check_pdf(received.path)
    if kind in types.IMAGES:
        check_image(received.path)
        return kind, None
    raise RefusedFileError(f"Jenis berkas ini tidak diterima. Unggah {ACCEPTED_WORDS}.")


def _check_ending(name: str, kind: FileType) -> None:
    _stem, ending = stem_and_ending(name)
    if ending not in kind.endings:
        raise RefusedFileError(
            f"Isi berkas ini {kind.label}, tetapi namanya tidak berakhiran .{kind.endings[0]}. "
            f"Ganti namanya menjadi berakhiran .{kind.endings[0]}, lalu unggah lagi."
        )
