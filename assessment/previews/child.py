"""Runs in a process of its own: draws one page as a picture, within limits of memory and time."""

import os
import resource
import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 10
QUALITY = 80


def draw(source: Path, content_type: str, page: int, width: int) -> Image.Image:
    """Return the page at the width; a picture is turned upright and loses what the camera wrote into it."""
    if content_type == "application/pdf":
        pdf = pypdfium2.PdfDocument(source)
        sheet = pdf[page - 1]
        return sheet.render(scale=width / max(sheet.get_width(), 1)).to_pil().convert("RGB")
    image = ImageOps.exif_transpose(Image.open(source)).convert("RGB")
    image.thumbnail((width, width * 3))
    return image


def main() -> None:
    """Draw beside the target and swap, so that nobody sees half a picture."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    source, content_type, page, width, target = sys.argv[1:]
    half = f"{target}.{os.getpid()}"
    draw(Path(source), content_type, int(page), int(width)).save(half, "WEBP", quality=QUALITY)
    Path(half).rename(target)


if __name__ == "__main__":
    main()
