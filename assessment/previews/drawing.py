"""Asks for a picture: from the folder of pictures, else drawn now by a child process."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings

from assessment.models import StoredFile
from assessment.uploads import types
from assessment.uploads.keeping import path_of

WIDTHS = (480, 960, 1600)
SECONDS = 10
DRAWN = (types.PDF, *types.IMAGES)


class DrawingError(Exception):
    """The page could not be drawn; the file itself can still be downloaded."""


def drawable(stored: StoredFile) -> bool:
    """Whether pages of the file can be shown as pictures."""
    return types.BY_TYPE.get(stored.content_type) in DRAWN


def picture(stored: StoredFile, page: int, width: int) -> Path:
    """Return the picture of a page (1 is the first) at one of the known widths.

    Raises DrawingError for a page that is not there or cannot be drawn within ten seconds and 512 MB.
    """
    if width not in WIDTHS or not drawable(stored) or not 1 <= page <= (stored.pages or 1):
        raise DrawingError
    target = Path(settings.DATA_DIR) / "pictures" / stored.sha256[:2] / f"{stored.sha256}-{page}-{width}.webp"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        _draw(path_of(stored), stored.content_type, page, width, target)
    return target


def _draw(source: Path, content_type: str, page: int, width: int, target: Path) -> None:
    command = [sys.executable, "-m", "assessment.previews.child", source, content_type, str(page), str(width), target]
    try:
        subprocess.run(  # noqa: S603 - our own module
            [str(part) for part in command], check=True, capture_output=True, timeout=SECONDS, cwd=settings.BASE_DIR
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise DrawingError from error
