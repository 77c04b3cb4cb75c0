"""Serves an application with gunicorn on the loopback, as it is served in use."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 30  # seconds until a server that does not answer has failed


@contextmanager
def served(
    application: str, *, workers: int = 2, environment: dict[str, str] | None = None
) -> Iterator[tuple[int, Callable[[], list[int]]]]:
    """Serve with sync workers; yield the port, and what returns the processes. `environment` adds to one's own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["-b", f"127.0.0.1:{port}", "-w", str(workers), "--timeout", "300", "--log-level", "error"]
    command = [sys.executable, "-m", "gunicorn", application, *options]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | (environment or {}))
    try:
        _wait(port)
        yield port, lambda: [server.pid, *_children(server.pid)]
    finally:
        server.terminate()
        server.wait()


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _wait(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)
