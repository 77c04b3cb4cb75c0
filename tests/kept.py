"""What is made once for many tests: layers of rows in the database, each rolled back when nobody asks for it any more.

A fixture marked `@kept` is made in a savepoint of its own, before the transaction of the test begins, and stands for
all tests of its module that ask for it; each test is handed a copy that no other test has touched. Layers lie on each
other: the cycle of a module upon the people, the people upon the places. Tests with real transactions, and tests that
name a fixture only while they run, have it made for themselves, as with an ordinary fixture.
"""

import inspect
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from types import FunctionType
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from indicators import remembered

DATABASE = {"db", "transactional_db", "live_server", "django_db_reset_sequences"}
REAL_TRANSACTIONS = DATABASE - {"db"}
FIRST = ("places", "people")  # the layers of everyone lie lowest, in this order
WANTED = pytest.StashKey[list]()
MAKERS: dict[Callable, Callable] = {}  # what hands a kept thing out, and what makes it


def kept(make: FunctionType):
    """Turn a function into a fixture that is made once per module; its arguments are kept or plain fixtures."""

    def hand_out(standing: dict, **asked):
        return standing[make.__name__] if make.__name__ in standing else make(**asked)

    own = inspect.Parameter("standing", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    hand_out.__name__, hand_out.__doc__, hand_out.__module__ = make.__name__, make.__doc__, make.__module__
    hand_out.__signature__ = inspect.Signature([own, *inspect.signature(make).parameters.values()])
    MAKERS[hand_out] = make
    return pytest.fixture(hand_out)


def nothing_remembered() -> None:
    """Forget limits of signing in and what the process remembers, which would leak from one test into the next."""
    cache.clear()
    remembered.forget()


@dataclass
class Layer:
    """Something that stands: its maker, its savepoint, and everything made up to and with it, as a pickle."""

    maker: Callable
    savepoint: transaction.Atomic
    made: bytes = b""


@dataclass
class Layers:
    """The stack of what stands now."""

    stack: list[Layer] = field(default_factory=list)

    def stand(self, item: pytest.Item) -> dict[str, Any]:
        """Make what a test asks for unless it stands, take down the rest, and return a copy of what was made."""
        wanted = item.stash.get(WANTED, [])
        common = 0
        while common < min(len(wanted), len(self.stack)) and self.stack[common].maker is wanted[common][1]:
            common += 1
        self.drop_to(common)
        for name, maker in wanted[common:]:
            self.add(item, name, maker)
        return self.copies()

    def copies(self) -> dict[str, Any]:
        """Return everything that stands, as nobody has touched it."""
        return pickle.loads(self.stack[-1].made) if self.stack else {}

    def add(self, item: pytest.Item, name: str, maker: Callable) -> None:
        """Make one thing upon the others."""
        made = self.copies()
        nothing_remembered()
        layer = Layer(maker, transaction.atomic())
        layer.savepoint.__enter__()
        self.stack.append(layer)
        try:
            made[name] = value_of(item, name, made)
            connection.check_constraints()
            layer.made = pickle.dumps(made)
        except BaseException:
            self.drop_to(len(self.stack) - 1)
            raise

    def drop_to(self, height: int) -> None:
        """Roll back the layers above a height."""
        while len(self.stack) > height:
            transaction.set_rollback(True)
            self.stack.pop().savepoint.__exit__(None, None, None)


def value_of(item: pytest.Item, name: str, made: dict[str, Any]):
    """Return what was made, or call a fixture as pytest would."""
    if name in made or name == "db":
        return made.get(name)
    function = function_of(item, name)
    function = MAKERS.get(function, function)
    return function(**{part: value_of(item, part, made) for part in inspect.signature(function).parameters})


def function_of(item: pytest.Item, name: str) -> Callable | None:
    """Return the function behind a fixture as this test sees it."""
    found = item._fixtureinfo.name2fixturedefs.get(name, ())
    return found[-1].func if found else None


def uses_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db")) or not DATABASE.isdisjoint(item.fixturenames)


def has_real_transactions(item: pytest.Item) -> bool:
    """Whether the rows of a test are really stored, so that nothing may stand around it; such tests come last."""
    marker = item.get_closest_marker("django_db")
    asked = marker is not None and (marker.kwargs.get("transaction") or bool(marker.args and marker.args[0]))
    return bool(asked) or not REAL_TRANSACTIONS.isdisjoint(item.fixturenames)


def layers_of(item: pytest.Item) -> list[tuple[str, Callable]]:
    """Return the kept things that a test asks for, each after those that it is made of."""
    if has_real_transactions(item):
        return []
    ordered: dict[str, Callable] = {}
    known = {"standing"}

    def climb(name: str) -> None:
        function = function_of(item, name)
        if function is None or name in known:
            return
        known.add(name)
        maker = MAKERS.get(function)
        for part in inspect.signature(maker or function).parameters:
            climb(part)
        if maker:
            ordered[name] = maker

    for name in (*FIRST, *sorted(item.fixturenames)):
        if name in item.fixturenames:
            climb(name)
    return list(ordered.items())


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    nothing_remembered()


@pytest.fixture(scope="session")
def _layers(django_db_setup, django_db_blocker) -> Iterator[Layers]:
    layers = Layers()
    yield layers
    with django_db_blocker.unblock():
        layers.drop_to(0)


@pytest.fixture
def standing(request, _layers, django_db_blocker) -> dict[str, Any]:
    """Copies of what stands for this test, by name; asked for before the transaction of the test begins."""
    with django_db_blocker.unblock():
        return _layers.stand(request.node)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the layers of a test stand before its transaction begins, and tests that ask for the same come together."""
    for item in items:
        if isinstance(item, pytest.Function) and uses_database(item):
            item.fixturenames[:] = ["standing", *(name for name in item.fixturenames if name != "standing")]
            item.stash[WANTED] = layers_of(item)
    by_module = [list(group) for _path, group in groupby(items, key=lambda item: item.path)]
    for group in by_module:
        group.sort(
            key=lambda item: (has_real_transactions(item), [name for name, _maker in item.stash.get(WANTED, [])])
        )
    items[:] = [item for group in by_module for item in group]
