"""Small but real documents for the sample data; each says of itself that it is an example."""

import io

from PIL import Image, ImageDraw, ImageFont

from assessment.uploads.checking import CheckedFile, check
from assessment.uploads.receiving import HashingHandler

A4_AT_72_DPI = (595, 842)
MARGIN = 56
INK, FRAME, PALE = "#14282a", "#0d5a62", "#eef6f5"
LINES = 18
PHOTO_SIZE = (640, 420)


def sample_pdf(title: str, agency: str, number: int) -> CheckedFile:
    """Return a one-page PDF, received and checked like an upload."""
    content = io.BytesIO()
    _sheet(title, agency, number).save(content, "PDF", resolution=72)
    return check(_received(content.getvalue(), f"contoh-indikator-{number}.pdf"))


def sample_photo(title: str, agency: str, number: int) -> CheckedFile:
    """Return a small photo, received and checked like an upload."""
    content = io.BytesIO()
    _photo(title, agency, number).save(content, "JPEG", quality=70)
    return check(_received(content.getvalue(), f"contoh-foto-{number}.jpg", "image/jpeg"))


def _received(content: bytes, name: str, kind: str = "application/pdf"):
    handler = HashingHandler()
    handler.new_file("file", name, kind, len(content))
    handler.receive_data_chunk(content, 0)
    return handler.file_complete(len(content))


def _sheet(title: str, agency: str, number: int) -> Image.Image:
    sheet = Image.new("RGB", A4_AT_72_DPI, "white")
    draw = ImageDraw.Draw(sheet)
    width, height = A4_AT_72_DPI
    small, large = ImageFont.load_default(12), ImageFont.load_default(17)
    draw.text((MARGIN, 40), "DOKUMEN CONTOH, BUKAN DOKUMEN RESMI", INK, small)
    draw.line((MARGIN, 62, width - MARGIN, 62), FRAME, 2)
    draw.text((MARGIN, 74), agency[:60], INK, small)
    draw.multiline_text((MARGIN, 110), _wrapped(title), INK, large, spacing=6)
    draw.text((MARGIN, 190), f"Indikator {number}", FRAME, small)
    for row in range(LINES):
        top = 230 + row * 30
        draw.rectangle((MARGIN, top, width - MARGIN, top + 22), PALE if row % 2 else "white", FRAME)
        draw.text((MARGIN + 8, top + 4), f"{row + 1}. Baris contoh", INK, small)
    draw.text((MARGIN, height - 50), f"{title[:70]}", INK, small)
    return sheet


def _photo(title: str, agency: str, number: int) -> Image.Image:
    photo = Image.new("RGB", PHOTO_SIZE, PALE)
    draw = ImageDraw.Draw(photo)
    width, height = PHOTO_SIZE
    draw.rectangle((0, height * 2 // 3, width, height), FRAME)
    draw.polygon([(60, height * 2 // 3), (width // 3, 90), (width // 2, height * 2 // 3)], "#b7d9d8")
    draw.text((20, 16), "FOTO CONTOH, BUKAN FOTO SEBENARNYA", INK, ImageFont.load_default(14))
    draw.multiline_text(
        (20, height - 90), _wrapped(f"{title} · {agency} · {number}", 60), "white", ImageFont.load_default(12)
    )
    return photo


def _wrapped(text: str, width: int = 48) -> str:
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])
