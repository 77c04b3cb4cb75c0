"""What every test shares."""

import pytest
from django.core.cache import cache

from indicators import remembered

pytest_plugins = ["tests.database", "tests.people", "tests.browser"]


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """Limits of signing in, and what a process remembers, would leak from one test into the next."""
    cache.clear()
    remembered.forget()
