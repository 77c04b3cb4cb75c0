"""The part that lives in pytest: collects once, makes the database once, and forks for each mutant."""

import builtins
import gc
import hashlib
import json
import os
import shutil
import signal
import sys
import time
import zlib
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from tests.mutants import breaking
from tests.mutants.catalogue import ROOT, Mutant, Source, Unit
from tests.mutants.targets import TARGETS

NOTICED, SURVIVED, HUNG, NOT_BROKEN = 1, 0, 124, 3
PATIENCE = 8  # times what the tests take by themselves, before a mutant counts as hanging
KEPT = "mutants/reach"


class Session:
    """One collected session in which mutants are tried."""

    def __init__(self) -> None:
        self.items: dict[str, list[pytest.Item]] = {}
        self.reach: dict[str, tuple[float, set[str]]] = {}
        self.noticed_before: dict[str, list[str]] = {}
        self.failed = False
        self.todo = None

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report) -> None:
        """Keep in mind that something was noticed."""
        self.failed = self.failed or report.failed

    @pytest.hookimpl
    def pytest_runtestloop(self, session) -> bool:
        """Try what is to be tried instead of running the tests."""
        self.config = session.config
        for item in session.items:
            self.items.setdefault(item.nodeid.partition("::")[0], []).append(item)
        self.warm_up()
        self.learn()
        self.todo(self)
        return True

    def warm_up(self) -> None:
        """Run a test of every sixth module here, so that every fork finds pages, templates and database ready.

        The last asks for nothing that is kept, so that no transaction stands open in what is forked.
        """
        from tests.kept import WANTED  # it needs Django set up

        every = [row for rows in self.items.values() for row in rows]
        last = next(row for row in every if row.stash.get(WANTED, None) == [])
        first = [*[rows[0] for rows in self.items.values()][::6], last]
        with unheard():
            for item, following in zip(first, [*first[1:], every[-1]], strict=True):
                run(item, following)
        connections.close_all()
        self.kept = Path(f"{settings.DATA_DIR}-kept")
        self.answer = self.kept.with_suffix(".json")
        shutil.copytree(settings.DATA_DIR, self.kept)
        self.sources = list({target.path: Source(target) for target in TARGETS}.values())
        gc.unfreeze()  # what is frozen since the collection is not found among the collector's objects
        self.live = breaking.Live(self.sources)
        gc.freeze()

    def learn(self) -> None:
        """Learn which test reaches which function, and how long it takes; asked anew of changed files only."""
        world = world_of(self.sources)
        known = self.config.cache.get(KEPT, {})
        for file, items in self.items.items():
            stamp = f"{world} {digest(ROOT / file)}"
            heard = known.get(file, {})
            if heard.get("stamp") != stamp or set(heard["tests"]) != {item.nodeid for item in items}:
                tests = self.in_a_fork(lambda items=items: self.recorded(items))
                known[file] = {"stamp": stamp, "tests": tests}
                self.config.cache.set(KEPT, known)
            for name, (seconds, units) in known[file]["tests"].items():
                self.reach[name] = seconds, set(units)

    def recorded(self, items: list[pytest.Item]) -> dict[str, list]:
        """Run tests with probes in every function."""
        reached, shared, found = set(), set(), {}
        builtins.__reached__ = reached.add
        breaking.probe(self.live, self.sources)
        self.config.pluginmanager.register(SharedFixtures(reached, shared))
        for item, following in zip(items, [*items[1:], None], strict=True):
            reached.clear()
            self.failed, begun = False, time.monotonic()
            run(item, following)
            if not self.failed:
                found[item.nodeid] = [round(time.monotonic() - begun, 3), sorted(reached)]
        return {name: [seconds, sorted({*units, *shared})] for name, (seconds, units) in found.items()}

    def in_a_fork(self, work):
        """Return what some work gives that happens in a process of its own."""
        with self.forked(600) as child:
            if child.inside:
                self.answer.write_text(json.dumps(work()))
                child.leave(0)
        found = json.loads(self.answer.read_text())
        self.answer.unlink()
        return found

    def tests_of(self, unit: Unit) -> list[pytest.Item]:
        """Return the tests that may notice: what noticed lately, then by file, in each the fastest first."""
        likely = {path: place for place, path in enumerate(unit.source.target.tests)}
        chosen = defaultdict(list)
        for file, items in self.items.items():
            chosen[file] = [item for item in items if self.reaches(item, unit)]
        reaching = [file for file in chosen if chosen[file]]
        order = sorted(reaching, key=lambda file: (likely.get(file, len(likely)), self.cost(chosen[file])))
        tests = [item for file in order for item in sorted(chosen[file], key=lambda row: self.cost([row]))]
        lately = {name: place for place, name in enumerate(dict.fromkeys(self.noticing(unit)[:12]))}
        first = sorted((item for item in tests if item.nodeid in lately), key=lambda item: lately[item.nodeid])
        return [*first, *(item for item in tests if item.nodeid not in lately)]

    def reaches(self, item: pytest.Item, unit: Unit) -> bool:
        """Whether a test runs the unit; what is run as a module is imported may be noticed by all of its users."""
        units = self.reach.get(item.nodeid, (0, set()))[1]
        if unit.is_function:
            return unit.key in units
        return bool(units)

    def cost(self, items: list[pytest.Item]) -> float:
        """Return how long tests take by themselves."""
        return sum(self.reach.get(item.nodeid, (0, ()))[0] for item in items)

    def tried(self, mutant: Mutant, tests: list[pytest.Item]) -> int:
        """Break one thing in a fork, run tests until one fails, and return what came of it."""
        with self.forked(15 + PATIENCE * self.cost(tests)) as child:
            if child.inside:
                try:
                    self.live.apply(mutant)
                except breaking.NotBrokenError:
                    child.leave(NOT_BROKEN)
                except Exception:  # noqa: BLE001 - a module that cannot be imported any more is noticed by everyone
                    child.leave(NOTICED)
                self.failed = False
                for item, following in zip(tests, [*tests[1:], None], strict=True):
                    run(item, following or item)
                    if self.failed:
                        self.answer.write_text(item.nodeid)
                        child.leave(NOTICED)
                child.leave(SURVIVED)
        if child.code == NOTICED and self.answer.exists():
            self.noticing(mutant.unit).insert(0, self.answer.read_text())
            self.answer.unlink()
        return child.code

    def noticing(self, unit: Unit) -> list[str]:
        """Return the tests that noticed other breaks of the same module, the newest first."""
        return self.noticed_before.setdefault(unit.source.target.path, [])

    @contextmanager
    def forked(self, seconds: float):
        """Fork with the database and the files as they were after the warming up; the parent waits."""
        shutil.rmtree(settings.DATA_DIR)
        shutil.copytree(self.kept, settings.DATA_DIR)
        sys.stdout.flush()
        child = Child(os.fork())
        if child.inside:
            os.setpgid(0, 0)  # a group, so that its own children are stopped with it
            silence()
            try:
                yield child
            finally:
                child.leave(NOTICED)
        yield child
        child.wait(seconds)


class Child:
    """A forked process, seen from both sides."""

    def __init__(self, pid: int) -> None:
        self.pid, self.inside, self.code = pid, pid == 0, None

    def leave(self, code: int) -> None:
        """End at once, without what pytest would do at the end."""
        os._exit(code)

    def wait(self, seconds: float) -> None:
        """Wait for the end; whatever takes too long is stopped."""
        until = time.monotonic() + seconds
        while not (ended := os.waitpid(self.pid, os.WNOHANG))[0]:
            if time.monotonic() > until:
                os.killpg(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                self.code = HUNG
                return
            time.sleep(0.01)
        self.code = os.waitstatus_to_exitcode(ended[1])


class SharedFixtures:
    """What a fixture reaches that many tests share, all of them reach."""

    def __init__(self, reached: set[str], shared: set[str]) -> None:
        self.reached, self.shared = reached, shared

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef):
        before = set(self.reached)
        result = yield
        if fixturedef.scope != "function":
            self.shared |= self.reached - before
        return result


def run(item: pytest.Item, following: pytest.Item | None) -> None:
    """Run one test as pytest does."""
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


def silence() -> None:
    """Say nothing from here on."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


@contextmanager
def unheard():
    """Say nothing for a while."""
    kept = [os.dup(stream) for stream in (0, 1, 2)]
    silence()
    yield
    sys.stdout.flush()
    for stream, copy in enumerate(kept):
        os.dup2(copy, stream)


def world_of(sources: list[Source]) -> str:
    """A short name for all that a test may reach, and for what is asked about it."""
    files = [
        file for folder in ("accounts", "assessment", "config", "indicators") for file in ROOT.glob(f"{folder}/**/*.py")
    ]
    units = " ".join(sorted(unit.key for source in sources for unit in source.units))
    return (
        f"{digest(*files, *ROOT.glob('tests/*.py'), *ROOT.glob('tests/factories/*.py'))}{zlib.crc32(units.encode()):x}"
    )


def digest(*files: Path) -> str:
    """A short name for the content of files."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()[:16]
