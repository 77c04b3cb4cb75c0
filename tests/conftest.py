"""What every test shares."""

import gc

import pytest
from _pytest import runner

from accounts.stack import roomy

RUN = roomy(runner.pytest_runtest_protocol)
pytest_plugins = ["tests.database", "tests.kept", "tests.people", "tests.browser", "tests.names"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin the slow files first, so that no process is left with one of them at the end."""
    longest: dict = {}
    for item in items:
        marker = item.get_closest_marker("slow")
        if marker:
            longest[item.path] = max(marker.args[0], longest.get(item.path, 0))
    items.sort(key=lambda item: -longest.get(item.path, 0))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Keep the collector from looking through what was collected, again and again: a tenth of the suite's work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run each test as pytest does, with the room on the stack that a request has on the site."""
    return RUN(item, nextitem)
