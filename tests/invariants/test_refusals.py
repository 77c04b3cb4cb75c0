"""What is refused changes nothing, and no address answers a method that it does not know."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.invariants.policy import FORBIDDEN, MISSING, NOT_ALLOWED, POLICY, Row
from tests.invariants.test_access_matrix import objects  # noqa: F401 - a fixture

# What is asked for here is reached by tests of its own; there it is measured.
pytestmark = pytest.mark.no_cover

WRITE = re.compile(r'^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)
TRACES = {"accounts_accessentry", "django_session"}
REFUSALS = (FORBIDDEN, MISSING, NOT_ALLOWED)
ADDRESSES = {(row.name, row.objects): row for row in POLICY if row.state == "filling"}.values()
READS_PUT_AS_POST = ("account_login", "account_change_password")  # allauth's: the same form, the same answer


def send(client, method: str, row: Row, known: dict) -> tuple[int, set[str]]:
    """Send, take back whatever it did, and return the status with the tables that it wrote to."""
    path = reverse(row.name, args=[known[name] for name in row.objects])
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            response = client.generic(method, path, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return response.status_code, {found[1] for query in queries if (found := WRITE.match(query["sql"]))} - TRACES


@pytest.mark.parametrize("name", ["operator", "coordinator", "leader", "reviewer", "other_coordinator", "former"])
def test_refused_post_writes_nothing(name, objects, browsers):  # noqa: F811
    client = getattr(browsers, name)

    answers = {(row.name, row.objects): send(client, "POST", row, objects) for row in ADDRESSES}

    assert {place: wrote for place, (status, wrote) in answers.items() if status in REFUSALS and wrote} == {}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_unknown_method_is_not_answered(method, objects, browsers):  # noqa: F811
    client = browsers.coordinator
    known = [row for row in ADDRESSES if row.name not in READS_PUT_AS_POST]

    answers = {(row.name, row.objects): send(client, method, row, objects) for row in known}

    assert {place: answer for place, answer in answers.items() if answer[0] not in (*REFUSALS, 410) or answer[1]} == {}
