"""Files as they come: honest ones, broken ones, and those that mean harm; made here, never committed."""

import hashlib
import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image


def noise(size: int) -> bytes:
    """Bytes that do not compress, always the same."""
    return b"".join(hashlib.sha256(str(n).encode()).digest() for n in range(size // 32 + 1))


BODY = "Dokumen contoh untuk pengujian."


def pdf(pages: int = 1, **options) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    change = options.pop("change", None)
    if change:
        change(document)
    out = io.BytesIO()
    # The same bytes each time, or two calls would differ whenever a second passes between them.
    document.save(out, deterministic_id="encryption" not in options, **options)
    return out.getvalue()


def pdf_with_root(**entries) -> bytes:
    def change(document):
        for key, value in entries.items():
            document.Root[f"/{key}"] = value

    return pdf(change=change)


def pdf_with_annotation(**action) -> bytes:
    def change(document):
        names = {f"/{key}": value for key, value in action.items()}
        annotation = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])
        annotation["/A"] = pikepdf.Dictionary(**{key.removeprefix("/"): value for key, value in names.items()})
        document.pages[0]["/Annots"] = pikepdf.Array([annotation])

    return pdf(change=change)


def nested(depth: int) -> pikepdf.Dictionary:
    """Dictionaries inside each other, the innermost a script."""
    inner = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"))
    for _level in range(depth):
        inner = pikepdf.Dictionary(Next=inner)
    return inner


def pdf_and_archive() -> bytes:
    """A file that is a PDF from its head and an archive from its end, the PDF's end mark in the archive's comment."""
    out = io.BytesIO(pdf())
    out.seek(0, io.SEEK_END)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("jahat.html", "<script>alert(1)</script>")
        archive.comment = b"startxref\n9\n%%EOF"
    return out.getvalue()


def locked_pdf(*, user: str) -> bytes:
    return pdf(encryption=pikepdf.Encryption(user=user, owner="pemilik"))


def image(kind: str = "JPEG", size=(60, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return out.getvalue()


def huge_png(side: int = 30000) -> bytes:
    """30,000 × 30,000 pixels in a hundred kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compressobj(9)
    packed = b"".join(rows.compress(b"\0" * (side // 8 + 1)) for _ in range(side)) + rows.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


CONTENT_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{}</Relationships>"
)


def zipped(parts: dict[str, bytes | str], *, repeat: str = "", symlink: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        if repeat:
            archive.writestr(repeat, "lagi")
        if symlink:
            entry = zipfile.ZipInfo(symlink)
            entry.external_attr = 0o120777 << 16
            archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def docx(parts: dict[str, bytes | str] | None = None, **options) -> bytes:
    base = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": f"<w>{BODY}</w>"}
    return zipped({**base, **(parts or {})}, **options)


def xlsx(parts: dict[str, bytes | str] | None = None) -> bytes:
    base = {"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": "<workbook/>"}
    return zipped({**base, **(parts or {})})


def odt(content: str = "<office/>", parts: dict[str, bytes | str] | None = None) -> bytes:
    base = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    return zipped({**base, **(parts or {})})


def content_types(kind: str) -> str:
    row = f'<Override PartName="/word/document.xml" ContentType="application/vnd.ms-{kind}+xml"/>'
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{row}</Types>'


def field(*pieces: str) -> str:
    """A field of a text document, whose instruction is cut into pieces as word processors do."""
    runs = "".join(f"<w:instrText>{piece}</w:instrText>" for piece in pieces)
    return f'<w:document xmlns:w="w">{runs}</w:document>'


def relations(target: str, kind: str = "attachedTemplate") -> str:
    row = f'<Relationship Id="r1" Type="http://x/{kind}" Target="{target}" TargetMode="External"/>'
    return RELATIONS.format(row)


def bomb(megabytes: int = 120) -> bytes:
    return docx({"word/media/a.xml": b"<a>" + b"0" * (megabytes * 1024 * 1024) + b"</a>"})
