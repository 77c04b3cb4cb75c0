"""`make bench`: prints ratios of p50 (p95 beside) and query counts, and writes them to bench.json."""

import io
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.measures import pss, ratio
from tests.bench.serving import ROOT, served

FOLDER = Path(tempfile.mkdtemp(prefix="peduli-ham-bench-"))
os.environ |= {
    "DATA_DIR": str(FOLDER), "FLOOR_DIR": str(FOLDER), "SECRET_KEY": "bench-" + "x" * 50,
    "DJANGO_SETTINGS_MODULE": "config.settings", "ALLOWED_HOSTS": "127.0.0.1,testserver", "LOG_LEVEL": "ERROR",
}  # fmt: skip
TURNS, UPLOADS, PRINTS = 60, 15, 3
GOALS = {"board": 8, "tasks": 5, "indicator": 10, "save": 8, "upload": 3, "pdf": 1.10, "pdf_memory": 1.15,
         "excel": 1.5, "memory_mb": 250, "indicator_queries": 15}  # fmt: skip
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

    if not (FOLDER / "floor.sqlite3").exists():
        code = "from tests.bench.floor import prepare; prepare()"
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    with served("config.wsgi") as (ours, processes), served("tests.bench.floor:application") as (bare, _):
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
        "openpyxl_styled": ("openpyxl_styled", str(FOLDER / "a.xlsx"), str(FOLDER / "c.xlsx")),
    }  # fmt: skip
    runs: dict[str, list[dict]] = {way: [] for way in ways}
    for _turn in range(PRINTS):
        for way, arguments in ways.items():
            runs[way].append(alone(*arguments))
    best = {way: min(rows, key=lambda row: row["seconds"]) for way, rows in runs.items()}
    return {
        "pdf": ratio(best["pdf"]["seconds"], best["weasyprint"]["seconds"]),
        "pdf_memory": ratio(best["pdf"]["peak_mb"], best["weasyprint"]["peak_mb"]),
        "excel": ratio(best["excel"]["seconds"], best["openpyxl"]["seconds"]),
        "excel_styled": ratio(best["excel"]["seconds"], best["openpyxl_styled"]["seconds"]), "runs": best,
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


def tell(found: dict) -> None:
    """Print what was measured, each beside its goal; what has none yet says so."""
    write = sys.stdout.write
    for size in ("1 kabupaten", "38 kabupaten"):
        write(f"\n{size}\n")
        for name, row in found[size].items():
            if isinstance(row, dict) and "p50" in row:
                write(f"  {name:<18} p50 {row['p50']:>6} ×   p95 {row['p95']:>6} ×   {_beside(name, row['p50'])}\n")
        memory, counts = found[size]["memory_mb"], found[size]["queries"]
        write(f"  {'memory':<18} {memory} MB   {_beside('memory_mb', memory, 'MB')}\n")
        for name, count in counts.items():
            goal = f"   {_beside('indicator_queries', count, 'queries')}" if name == "indicator" else ""
            write(f"  {name:<18} {count} queries{goal}\n")
    write("\ndokumen\n")
    for name, value in found["dokumen"].items():
        if name != "runs":
            write(f"  {name:<18} {value} ×   {_beside(name, value)}\n")


def _beside(name: str, value: float, unit: str = "×") -> str:
    if name not in GOALS:
        return "no goal set yet"
    return f"goal ≤ {GOALS[name]} {unit}{'' if value <= GOALS[name] else '   MISSED'}"


if __name__ == "__main__":
    main()
