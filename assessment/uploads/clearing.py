"""Clears away what broken uploads left: temporary files, and stored files that no row knows.

docs/aturan.md, "Berkas yang tidak dikenal baris mana pun".
"""

import datetime as dt
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from assessment.models import StoredFile

LEFT_ALONE = dt.timedelta(hours=24)


@contextmanager
def placing() -> Iterator[None]:
    """Hold the door of the folder of files: nobody clears while a file is placed, nor the other way round."""
    door = Path(settings.DATA_DIR) / "files.lock"
    with door.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def clear_files(now: dt.datetime | None = None) -> int:
    """Remove what has lain for a day and belongs to nothing; return how many files that were.

    A file that is placed again is touched, so one whose row is about to be written is never old enough.
    """
    before = ((now or timezone.now()) - LEFT_ALONE).timestamp()
    data = Path(settings.DATA_DIR)
    left = [*Path(settings.FILE_UPLOAD_TEMP_DIR).glob("masuk-*"), *(data / "exports").glob("*.half")]
    cleared = sum(_remove(path, before) for path in left)
    for path in (data / "files").glob("sha256/*/*/*"):
        with placing():
            if not StoredFile.objects.filter(sha256=path.name).exists():
                cleared += _remove(path, before)
    return cleared


def _remove(path: Path, before: float) -> bool:
    try:
        if path.stat().st_mtime > before:
            return False
        path.unlink()
    except FileNotFoundError:  # an upload that ended meanwhile took its file along
        return False
    return True
