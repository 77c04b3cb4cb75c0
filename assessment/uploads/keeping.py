"""Keeps bytes once, under their SHA-256, safely on the disk before any row says so."""

import os
from pathlib import Path

from django.conf import settings

from accounts.sure import sure
from assessment.models import StoredFile
from assessment.uploads.checking import CheckedFile
from assessment.uploads.clearing import placing
from assessment.uploads.disk import sync

READ_ONLY = 0o440


def root() -> Path:
    """Return the folder of the stored files."""
    return Path(settings.DATA_DIR) / "files"


def path_of(stored: StoredFile) -> Path:
    """Return where the bytes of a stored file lie."""
    return root() / stored.path


def keep(checked: CheckedFile) -> StoredFile:
    """Move a checked file to its place and return its row; bytes that are there already are kept once.

    The row comes last: a row without a file is impossible, a file without a row is only garbage.
    """
    received = checked.received
    stored = StoredFile(
        sha256=received.sha256, size=sure(received.size), content_type=checked.kind.content_type, pages=checked.pages
    )
    target = path_of(stored)
    target.parent.mkdir(parents=True, exist_ok=True)
    with placing():
        _link(received.path, target)
    row, _created = StoredFile.objects.get_or_create(
        sha256=stored.sha256,
        defaults={"size": stored.size, "content_type": stored.content_type, "pages": stored.pages},
    )
    return row


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileExistsError:
        os.utime(target)  # so that it is not cleared away before the row is there
        return
    target.chmod(READ_ONLY)
    sync(target.parent)
