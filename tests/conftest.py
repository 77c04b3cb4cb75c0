"""What every test shares."""

import pytest
from django.core.cache import cache

pytest_plugins = ["tests.database", "tests.people", "tests.browser"]


@pytest.fixture(autouse=True)
def _empty_cache():
    """Limits of signing in would leak from one test into the next."""
    cache.clear()
