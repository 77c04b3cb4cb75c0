"""Flushing between tests, although some tables refuse to be emptied."""

import pytest
from django.test import TransactionTestCase

from accounts import append_only


@pytest.fixture(autouse=True, scope="session")
def _flush_append_only_tables():
    """Tests with real transactions empty the tables afterwards; the triggers come off for that and go on again."""
    flush = TransactionTestCase._fixture_teardown

    def without_triggers(self):
        append_only.remove()
        flush(self)
        append_only.install()

    TransactionTestCase._fixture_teardown = without_triggers
    yield
    TransactionTestCase._fixture_teardown = flush
