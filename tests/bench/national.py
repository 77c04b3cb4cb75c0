"""`make bench-national`: each page of a regency and of an office in a database of the whole nation, beside a small one.

514 regencies of three years, 300,000 documents and 3,000,000 rows of the trail, on SQLite and on PostgreSQL. All of it
is bench data: copies of the sample data's regency; documents are rows without bytes. Every third regency is verified,
with a round that is open, the others fill. One office has 38 regencies, the first one 8, the others share the rest.

All databases are served at once and asked in turns, so that other work on the machine weighs on each; a page that
misses its goal is asked again, longer, before it is said to miss. A regency's page stands beside its own time where the
database holds this regency alone. An office's page shows its own regencies, and so it stands beside its own time where
the database holds the eight of this office and no others; what it takes with one regency is told as well, but for the
pages of a running verification, since the only regency still fills.

Statistics are made on both engines before anything is measured. PostgreSQL's autovacuum makes them by itself; on SQLite
it takes an ANALYZE, which the product does not run.

ENGINES=sqlite or ENGINES=postgres measures one engine, REGENCIES=60 a smaller nation.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.bench.engines import Postgres, Sqlite, engine
from tests.bench.measures import ratio
from tests.bench.serving import ROOT, served
from tests.bench.visitor import Visitor

REGENCIES = int(os.environ.get("REGENCIES", "514"))
ENGINES = os.environ.get("ENGINES", "sqlite,postgres").split(",")
SIZES = {"one": 1, "own": 8, "nation": REGENCIES}
BESIDE = {"regency": "one", "office": "own"}
GOAL = 1.2
WARM, TURNS, AGAIN = 3, 15, 61
OK, MOVED = 200, 302
KEY = "bench-" + "x" * 50
Engine = Sqlite | Postgres


def main() -> None:
    """Build, measure and tell, engine after engine."""
    found = {}
    for kind in ENGINES:
        with tempfile.TemporaryDirectory(prefix="peduli-ham-national-") as folder:
            with engine(kind, Path(folder)) as databases:
                found[databases.name] = on(databases, Path(folder))
            tell(databases.name, found[databases.name])
    Path("bench-national.json").write_text(json.dumps(found, indent=2))


def on(databases: Engine, folder: Path) -> dict:
    """Build the three databases of one engine and measure them."""
    environments = {name: _environment(databases.url(name), folder) for name in SIZES}
    built = {}
    for name, count in SIZES.items():
        if name != "one":
            databases.clone("one", name)
        begun = time.perf_counter()
        rows = _alone("building", str(count), environment=environments[name])
        built[name] = {"rows": rows, "seconds": round(time.perf_counter() - begun)}
    pages = {name: _alone("visits", environment=environment) for name, environment in environments.items()}
    accounts = json.loads((folder / "demo-accounts.json").read_text())
    return {"built": built, "pages": measured(environments, pages, accounts)}


def measured(environments: dict, pages: dict[str, list[dict]], accounts: dict) -> list[dict]:
    """Serve every database at once, and ask for each page in turns; for one that misses its goal again and longer."""
    found = []
    with ExitStack() as stack:
        ports = {
            name: stack.enter_context(served("config.wsgi", workers=1, environment=environment))[0]
            for name, environment in environments.items()
        }
        visitors = _Visitors(ports, accounts)
        for page in pages["nation"]:
            key = (page["of"], page["role"], page["name"])
            known = {name: row for name in SIZES for row in pages[name] if _key(row) == key}
            if page["of"] == "regency":
                del known["own"]
            asked = {name: (visitors.of(name, row), row["path"]) for name, row in known.items()}
            row = _row(page, known, _in_turns(asked, TURNS))
            found.append(row if row["ratio"] <= GOAL else _row(page, known, _in_turns(asked, AGAIN)))
    return found


def tell(name: str, found: dict) -> None:
    """Print a page in each line, and whether its goal was missed."""
    write = sys.stdout.write
    write(f"\n{name}\n")
    for size, built in found["built"].items():
        rows = ", ".join(f"{count:,} {table}" for table, count in built["rows"].items())
        write(f"  {size:<7} built in {built['seconds']} s: {rows}\n")
    write(f"  {'page':<38} {'one':>9} {'own 8':>9} {'nation':>9}   ratio   queries   (goal ≤ {GOAL} ×)\n")
    for row in found["pages"]:
        times = "".join(f"{_ms(row['ms'].get(size)):>10}" for size in SIZES)
        counts = " → ".join(str(count) for count in row["queries"].values())
        missed = ("" if row["ratio"] <= GOAL else "   MISSED") + ("" if row["equal"] else "   MORE QUERIES")
        title = f"{row['role']}: {row['name']}"
        write(f"  {title:<38}{times}   {row['ratio']:>4} ×   {counts}{missed}\n")


def _row(page: dict, known: dict, times: dict[str, float]) -> dict:
    beside = BESIDE[page["of"]]
    queries = {name: row["queries"] for name, row in known.items()}
    return {
        "of": page["of"], "role": page["role"], "name": page["name"], "queries": queries,
        "ms": {name: round(seconds * 1000, 1) for name, seconds in times.items()},
        "ratio": ratio(times["nation"], times[beside]), "equal": queries["nation"] == queries[beside],
    }  # fmt: skip


def _in_turns(asked: dict[str, tuple[Visitor, str]], turns: int) -> dict[str, float]:
    """Return the p50 of each."""
    seconds: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(WARM + turns):
        for name, (visitor, path) in asked.items():
            status, _, taken = visitor.ask("GET", path)
            assert status in {OK, MOVED}, (path, status)
            if turn >= WARM:
                seconds[name].append(taken)
    return {name: statistics.median(taken) for name, taken in seconds.items()}


class _Visitors:
    """Who has signed in where: a copied person has the password of the first."""

    def __init__(self, ports: dict[str, int], accounts: dict[str, list[str]]) -> None:
        self._ports, self._accounts = ports, accounts
        self._known: dict[tuple[str, str], Visitor] = {}

    def of(self, database: str, page: dict) -> Visitor:
        """Return the visitor of a page, signed in."""
        key = (database, page["role"])
        if key not in self._known:
            self._known[key] = Visitor(self._ports[database])
            self._known[key].sign_in(page["username"], self._accounts[page["role"]][1])
        return self._known[key]


def _environment(url: str, folder: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": url, "DATA_DIR": str(folder), "SECRET_KEY": KEY, "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "config.settings", "ALLOWED_HOSTS": "127.0.0.1,testserver",
    }  # fmt: skip


def _alone(module: str, *arguments: str, environment: dict[str, str]):
    """Run a module of the bench in a process of its own, on its own database; return what it says."""
    command = [sys.executable, "-m", f"tests.bench.{module}", *arguments]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ | environment
    )
    return json.loads(done.stdout.splitlines()[-1])


def _key(row: dict) -> tuple[str, str, str]:
    return row["of"], row["role"], row["name"]


def _ms(milliseconds: float | None) -> str:
    return "–" if milliseconds is None else f"{milliseconds:.1f} ms"


if __name__ == "__main__":
    main()
