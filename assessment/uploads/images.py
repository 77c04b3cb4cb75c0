"""Checks a picture: decoded as a whole; a large one in a process of its own, with limits."""

import json
import subprocess
import sys
import warnings
from pathlib import Path

from django.conf import settings
from PIL import Image

from assessment.uploads.refusals import RefusedFileError

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 40_000_000
SMALL_PIXELS = 4_000_000
SECONDS = 10
TOO_MANY = "Gambar terlalu besar: paling banyak 40 megapiksel. Kecilkan fotonya, lalu unggah lagi."
BROKEN = "Gambar tidak utuh atau rusak. Ambil atau simpan ulang fotonya, lalu unggah lagi."


def check_image(path: Path) -> None:
    """Raise RefusedFileError for a picture that cannot be decoded or has more than 40 megapixels."""
    try:
        with warnings.catch_warnings(), Image.open(path, formats=FORMATS) as image:
            warnings.simplefilter("error")
            pixels = image.width * image.height * getattr(image, "n_frames", 1)
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as error:
        raise RefusedFileError(TOO_MANY if isinstance(error, Image.DecompressionBombError) else BROKEN) from error
    if pixels > MAX_PIXELS:
        raise RefusedFileError(TOO_MANY)
    if pixels > SMALL_PIXELS:
        _decode_apart(path)
    elif not decodes(path):
        raise RefusedFileError(BROKEN)


def decodes(path: Path) -> bool:
    """Whether the whole picture can be decoded."""
    try:
        with Image.open(path, formats=FORMATS) as image:
            image.load()
    except (OSError, ValueError, SyntaxError):
        return False
    return True


def _decode_apart(path: Path) -> None:
    command = [sys.executable, "-m", "assessment.uploads.child", str(path)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, capture_output=True, timeout=SECONDS, check=True, cwd=settings.BASE_DIR
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise RefusedFileError(BROKEN) from error
    if not json.loads(done.stdout)["decodes"]:
        raise RefusedFileError(BROKEN)
