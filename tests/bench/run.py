"""`make bench`: prints ratios of p50 (p95 beside) and query counts, and writes them to bench.json."""

import io
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from tests.bench.measures import pss, ratio

FOLDER = Path(tempfile.mkdtemp(prefix="peduli-ham-bench-"))
os.environ |= {
    "DATA_DIR": str(FOLDER), "FLOOR_DIR": str(FOLDER), "SECRET_KEY": "bench-" + "x" * 50,
    "DJANGO_SETTINGS_MODULE": "config.settings", "ALLOWED_HOSTS": "127.0.0.1,testserver", "LOG_LEVEL": "ERROR",
}  # fmt: skip
ROOT = Path(__file__).parent.parent.parent
TURNS, UPLOADS, PRINTS = 60, 15, 3
GOALS = {"board": 10, "tasks": 10, "indicator": 12, "save": 8, "upload": 3, "pdf": 1.15, "pdf_memory": 1.15,
         "excel": 1.25, "memory_mb": 250, "indicator_queries": 15}  # fmt: skip
SCAN = (1240, 1754)
PAGES = 10


def main() -> None:
    """Measure with one regency and with thirty-eight."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_demo", verbosity=0, stdout=io.StringIO())
    call_command("collectstatic", verbosity=0, interactive=False)
    found = {"1 kabupaten": measured(), "dokumen": printing()}
    from tests.bench.data import add_regencies

    add_regencies()
    found["38 kabupaten"] = measured()
    Path("bench.json").write_text(json.dumps(found, indent=2))
    tell(found)


def measured() -> dict:
    """Serve both, ask in turns, and count queries."""
    from tests.bench import pages

    with served("config.wsgi") as (ours, processes), served("tests.bench.floor:application", prepare=True) as (bare, _):
        rows = pages.compared(ours, bare, FOLDER, turns=TURNS, uploads=UPLOADS, scan=scan)
        memory = round(sum(pss(pid) for pid in processes()) / 1024)
    return {**rows, "memory_mb": memory, "queries": pages.queries()}


def printing() -> dict:
    """The dossier of the finished year: our printers beside the bare libraries, in turns."""
    from assessment.exports.pdf import html_of
    from assessment.exports.printed import printed
    from assessment.models import Result

    result = Result.objects.select_related("snapshot", "cycle__region").first()
    html, sha = FOLDER / "dossier.html", result.snapshot.sha256
    from django.utils import timezone

    html.write_text(html_of(printed(
        result.snapshot, result.cycle, None, made_at=timezone.now(), version="bench", final=False
    )))  # fmt: skip
    ways = {
        "pdf": ("ours", "pdf", sha, str(FOLDER / "a.pdf")),
        "weasyprint": ("weasyprint", str(html), str(FOLDER / "b.pdf")),
        "excel": ("ours", "xlsx", sha, str(FOLDER / "a.xlsx")),
        "openpyxl": ("openpyxl", str(FOLDER / "a.xlsx"), str(FOLDER / "b.xlsx")),
    }  # fmt: skip
    runs: dict[str, list[dict]] = {way: [] for way in ways}
    for _turn in range(PRINTS):
        for way, arguments in ways.items():
            runs[way].append(alone(*arguments))
    best = {way: min(rows, key=lambda row: row["seconds"]) for way, rows in runs.items()}
    return {
        "pdf": ratio(best["pdf"]["seconds"], best["weasyprint"]["seconds"]),
        "pdf_memory": ratio(best["pdf"]["peak_mb"], best["weasyprint"]["peak_mb"]),
        "excel": ratio(best["excel"]["seconds"], best["openpyxl"]["seconds"]), "runs": best,
    }  # fmt: skip


def alone(*arguments: str) -> dict:
    """Run one way of printing in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.printing", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    return json.loads(done.stdout.splitlines()[-1])


def scan() -> bytes:
    """A PDF of ten scanned pages, about one megabyte, other bytes each time."""
    from PIL import Image

    dice = random.Random()
    pages = []
    for _page in range(PAGES):
        noise = Image.frombytes("L", (310, 438), dice.randbytes(310 * 438)).resize(SCAN)
        pages.append(noise.convert("RGB"))
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=150, quality=38)
    return out.getvalue()


@contextmanager
def served(application: str, *, prepare: bool = False):
    """Serve an application with gunicorn, two sync workers, on the loopback."""
    if prepare and not (FOLDER / "floor.sqlite3").exists():
        code = "from tests.bench.floor import prepare; prepare()"
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        application,
        "-b",
        f"127.0.0.1:{port}",
        "-w",
        "2",
        "--log-level",
        "error",
    ]
    server = subprocess.Popen(command, cwd=ROOT)
    try:
        _wait(port)
        yield port, lambda: [server.pid, *_children(server.pid)]
    finally:
        server.terminate()
        server.wait()


def tell(found: dict) -> None:
    """Print what was measured, each beside its goal."""
    write = sys.stdout.write
    for size in ("1 kabupaten", "38 kabupaten"):
        write(f"\n{size}\n")
        for name, row in found[size].items():
            if isinstance(row, dict) and "p50" in row:
                write(f"  {name:<12} p50 {row['p50']:>6} ×   p95 {row['p95']:>6} ×   goal ≤ {GOALS[name]} ×"
                      f"{'' if row['p50'] <= GOALS[name] else '   MISSED'}\n")  # fmt: skip
        write(f"  memory       {found[size]['memory_mb']} MB   goal ≤ {GOALS['memory_mb']} MB\n")
        write(f"  queries      {found[size]['queries']}\n")
    write("\ndokumen\n")
    for name in ("pdf", "pdf_memory", "excel"):
        value = found["dokumen"][name]
        write(f"  {name:<12} {value} ×   goal ≤ {GOALS[name]} ×{'' if value <= GOALS[name] else '   MISSED'}\n")


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _wait(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)


if __name__ == "__main__":
    main()
