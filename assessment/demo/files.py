"""Small but real documents for the sample data; each says of itself that it is an example."""

import io
from functools import cache

from django.utils.text import slugify
from PIL import Image, ImageDraw, ImageFont

from assessment.uploads.checking import CheckedFile, check
from assessment.uploads.receiving import HashingHandler

A4_AT_72_DPI = (595, 842)
MARGIN = 56
INK, FRAME, PALE = "#14282a", "#0d5a62", "#eef6f5"
LINES = 18
PHOTO_SIZE = (640, 420)


def sample_pdf(title: str, agency: str, use: str, pages: int = 1) -> CheckedFile:
    """Return a PDF of so many pages, received and checked like an upload; `use` says what it is for."""
    content = io.BytesIO()
    first, *others = [_sheet(title, agency, use, f"{page} dari {pages}") for page in range(1, pages + 1)]
    first.save(content, "PDF", resolution=72, save_all=True, append_images=others)
    return check(_received(content.getvalue(), f"contoh-{slugify(use)}.pdf"))


def sample_photo(title: str, agency: str, use: str) -> CheckedFile:
    """Return a small photo, received and checked like an upload."""
    content = io.BytesIO()
    _photo(title, agency, use).save(content, "JPEG", quality=70)
    return check(_received(content.getvalue(), f"contoh-foto-{slugify(use)}.jpg", "image/jpeg"))


def _received(content: bytes, name: str, kind: str = "application/pdf"):
    handler = HashingHandler()
    handler.new_file("file", name, kind, len(content))
    handler.receive_data_chunk(content, 0)
    return handler.file_complete(len(content))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


@cache
def _form() -> Image.Image:
    """The sheet with everything that all pages share."""
    sheet = Image.new("RGB", A4_AT_72_DPI, "white")
    draw, width = ImageDraw.Draw(sheet), A4_AT_72_DPI[0]
    draw.text((MARGIN, 40), "DOKUMEN CONTOH, BUKAN DOKUMEN RESMI", INK, _font(12))
    draw.line((MARGIN, 62, width - MARGIN, 62), FRAME, 2)
    for row in range(LINES):
        top = 230 + row * 30
        draw.rectangle((MARGIN, top, width - MARGIN, top + 22), PALE if row % 2 else "white", FRAME)
        draw.text((MARGIN + 8, top + 4), f"{row + 1}. Baris contoh", INK, _font(12))
    return sheet


def _sheet(title: str, agency: str, use: str, page: str) -> Image.Image:
    sheet, height = _form().copy(), A4_AT_72_DPI[1]
    draw, small, large = ImageDraw.Draw(sheet), _font(12), _font(17)
    draw.text((MARGIN, 74), agency[:60], INK, small)
    draw.multiline_text((MARGIN, 110), _wrapped(title), INK, large, spacing=6)
    draw.text((MARGIN, 190), f"{use} · halaman {page}", FRAME, small)
    draw.text((MARGIN, height - 50), f"{title[:60]} · {page}", INK, small)
    return sheet


def _photo(title: str, agency: str, use: str) -> Image.Image:
    photo = Image.new("RGB", PHOTO_SIZE, PALE)
    draw = ImageDraw.Draw(photo)
    width, height = PHOTO_SIZE
    draw.rectangle((0, height * 2 // 3, width, height), FRAME)
    draw.polygon([(60, height * 2 // 3), (width // 3, 90), (width // 2, height * 2 // 3)], "#b7d9d8")
    draw.text((20, 16), "FOTO CONTOH, BUKAN FOTO SEBENARNYA", INK, _font(14))
    draw.multiline_text((20, height - 90), _wrapped(f"{title} · {agency} · {use}", 60), "white", _font(12))
    return photo


def _wrapped(text: str, width: int = 48) -> str:
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])
