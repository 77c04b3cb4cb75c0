"""Runs in a process of its own, with limits: decodes one large picture and says whether it could."""

import json
import resource
import sys
from pathlib import Path

from assessment.uploads.images import decodes

MEGABYTE = 1024 * 1024


def limit(memory_mb: int = 1024, seconds: int = 10) -> None:
    """Bound this process's memory and time, so that a picture cannot take the server down."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MEGABYTE, memory_mb * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


if __name__ == "__main__":
    limit()
    sys.stdout.write(json.dumps({"decodes": decodes(Path(sys.argv[1]))}))
