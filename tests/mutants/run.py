"""`make mutants`: break, run, report. ONLY=assessment/clocks.py, SAMPLE=0.2, MINUTES=20, AGAIN=1 (last survivors)."""

import hashlib
import os
import sys
import time

import hypothesis
import pytest

from tests.mutants.catalogue import Mutant, mutants
from tests.mutants.report import Report
from tests.mutants.targets import FOLDERS, LEFT_OUT

LAST = "mutants/survivors"
LIVING = {0: "survived", 3: "not broken"}
ARGUMENTS = ["-n", "0", "-q", "-s", "-m", "not browser and not postgres"]


def main() -> int:
    """Collect the tests once and try every mutant that was asked for."""
    every = list(mutants())
    if "LIST" in os.environ:
        say(*(row.name for row in asked(every)))
        return 0
    # By chance nothing may be noticed: the same examples each time.
    hypothesis.settings.register_profile(
        "mutants", derandomize=True, database=None, deadline=None, suppress_health_check=list(hypothesis.HealthCheck)
    )
    hypothesis.settings.load_profile("mutants")
    from tests.mutants.session import Session

    session, report = Session(), Report()
    session.todo = lambda ready: trying(ready, every, report)
    pytest.main([*ARGUMENTS, *(f"--deselect={path}" for path in LEFT_OUT), *FOLDERS], plugins=[session])
    return 1 if report.open or not report.seen else 0


def asked(every: list[Mutant], last: list[str] | None = None) -> list[Mutant]:
    """Return the mutants that were asked for."""
    only, share = os.environ.get("ONLY", "").split(), os.environ.get("SAMPLE", "1")
    low, high = (float(part or 0) for part in share.rpartition("-")[::2])
    rows = [row for row in every if not only or any(part in row.name for part in only)]
    rows = [row for row in rows if last is None or row.name in last]
    return [row for row in rows if low <= place_of(row.name) < high]


def place_of(name: str) -> float:
    """Where a mutant lies between 0 and 1, always the same: SAMPLE=0.2 takes the first fifth, 0.2-0.4 the second."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) / 16**8


def trying(session, every: list[Mutant], report: Report) -> None:
    """Try each mutant, and print survivors as they come."""
    begun, limit = time.monotonic(), float(os.environ.get("SECONDS", "0"))
    until = begun + 60 * float(os.environ.get("MINUTES", "10000"))
    last = session.config.cache.get(LAST, []) if "AGAIN" in os.environ else None
    rows = asked(every, last)
    say(f"{len(rows)} mutants")
    for place, mutant in enumerate(rows, 1):
        if time.monotonic() > until:
            say(f"no time for the last {len(rows) - place + 1}")
            break
        tests = session.tests_of(mutant.unit)
        code = session.tried(mutant, within(session, mutant, tests, limit))
        kind = report.add(mutant.name, survived=code in LIVING)
        if kind == "survived":
            where = f"{place}/{len(rows)} after {time.monotonic() - begun:.0f} s, {len(tests)} tests"
            say(f"{where}: {LIVING[code]} {mutant.name}")
    session.config.cache.set(LAST, sorted({*report.open, *session.config.cache.get(LAST, [])} - report.noticed))
    say(*report.lines({row.name for row in every}, time.monotonic() - begun))


def say(*lines: str) -> None:
    """Print at once."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def within(session, mutant: Mutant, tests: list, limit: float) -> list:
    """Return the tests that a limit of seconds leaves: the two likeliest modules always, of the rest what fits in."""
    spent, chosen, likeliest = 0.0, [], set(mutant.unit.source.target.tests[:2])
    for item in tests:
        spent += 0 if item.nodeid.partition("::")[0] in likeliest else session.cost([item])
        if limit and spent > limit:
            break
        chosen.append(item)
    return chosen


if __name__ == "__main__":
    sys.exit(main())
