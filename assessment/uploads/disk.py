"""What has to reach the disk before anybody is told of it."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Have the file, or the entries of the folder, at the path reach the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
