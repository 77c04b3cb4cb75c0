"""The kinds of file that are accepted, and how each is told by its first bytes."""

from dataclasses import dataclass

import magic

HEAD_BYTES = 8192
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class FileType:
    """One accepted kind: the type that it is served as, its endings, and its name for people."""

    content_type: str
    endings: tuple[str, ...]
    label: str


OOXML = "application/vnd.openxmlformats-officedocument"
PDF = FileType("application/pdf", ("pdf",), "PDF")
JPEG = FileType("image/jpeg", ("jpg", "jpeg"), "JPG")
PNG = FileType("image/png", ("png",), "PNG")
WEBP = FileType("image/webp", ("webp",), "WebP")
DOCX = FileType(f"{OOXML}.wordprocessingml.document", ("docx",), "Word")
XLSX = FileType(f"{OOXML}.spreadsheetml.sheet", ("xlsx",), "Excel")
ODT = FileType("application/vnd.oasis.opendocument.text", ("odt",), "ODT")
ODS = FileType("application/vnd.oasis.opendocument.spreadsheet", ("ods",), "ODS")
ACCEPTED = (PDF, JPEG, PNG, WEBP, DOCX, XLSX, ODT, ODS)
IMAGES = (JPEG, PNG, WEBP)
BY_TYPE = {kind.content_type: kind for kind in ACCEPTED}
ENDINGS = tuple(ending for kind in ACCEPTED for ending in kind.endings)


def sniff(head: bytes) -> str:
    """Return what libmagic calls the first bytes; zipped documents are told apart by their parts later."""
    if head.startswith(b"%PDF-"):
        return PDF.content_type
    return magic.from_buffer(head[:HEAD_BYTES], mime=True)
