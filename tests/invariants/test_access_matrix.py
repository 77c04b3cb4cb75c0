"""Every address × person × target × method gets what the policy says; what is refused writes nothing."""

import re
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from tests.invariants import policy

TABLE = policy.table()
WRITE = re.compile(r'^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)
ALWAYS_WRITTEN = {"accounts_accessentry", "django_session"}  # reading and refusing leave these traces and no others
ONCE = re.compile(r'name="(?:csrfmiddlewaretoken|form_token)" value="[^"]*"')
REFUSED = (403, 404, 405, 410)


def addresses(patterns):
    """Every URL name of the resolver, with its namespaces."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        else:
            yield from addresses(pattern.url_patterns)


@pytest.fixture
def world(people, places):
    """The people, the places, and what the policy modules add."""
    built = SimpleNamespace(people=people, places=places)
    for module in policy.modules():
        if hasattr(module, "build"):
            module.build(built)
    return built


@pytest.fixture
def browsers(people, client_of):
    """One browser for each person, and one of nobody."""
    return {
        **{name: client_of(getattr(people, name)) for name in policy.PERSONAS},
        policy.NOBODY: Client(REMOTE_ADDR="127.0.0.9"),
    }


def send(client, method, url, data):
    """Ask, and take back whatever it did; returns the response and the tables that it wrote to."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            response = getattr(client, method.lower())(url, data)
        transaction.set_rollback(True)
    written = {found[1] for query in queries if (found := WRITE.match(query["sql"]))}
    return response, written - ALWAYS_WRITTEN


def answer(response):
    """The status; LOGIN for the way to the sign-in page."""
    if response.status_code == 302 and response["Location"].startswith("/masuk/?"):
        return policy.LOGIN
    return response.status_code


def cells(world, browsers, name):
    """Yield person, target, address and fields of one URL name."""
    rules = TABLE[name]
    for target, make in rules.targets.items():
        url = reverse(name, kwargs=make(world))
        for persona in browsers:
            yield persona, target, url, rules.data(world, target)


def test_every_address_is_in_the_policy():
    known = set(addresses(get_resolver().url_patterns))

    assert known - set(TABLE) == set()
    assert set(TABLE) - known == set()


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", TABLE)
def test_person_gets_what_the_policy_says(world, browsers, name, method):
    wrong = []
    for persona, target, url, data in cells(world, browsers, name):
        response, written = send(browsers[persona], method, url, data)
        expected = TABLE[name].expected(method, persona, target)
        if answer(response) != expected:
            wrong.append(f"{persona} {method} {target}: {answer(response)} instead of {expected}")
        if written and (method == "GET" or response.status_code in REFUSED):
            wrong.append(f"{persona} {method} {target}: {response.status_code}, yet wrote to {sorted(written)}")

    assert wrong == []


@pytest.mark.parametrize("name", TABLE)
def test_other_methods_are_not_answered(world, browsers, name):
    wrong = []
    for target, make in list(TABLE[name].targets.items())[:1]:
        for method in ("PUT", "PATCH", "DELETE"):
            response, written = send(browsers["administrator"], method, reverse(name, kwargs=make(world)), {})
            if response.status_code not in (403, 404, 405, 410) or written:
                wrong.append(f"{method} {target}: {response.status_code} {sorted(written)}")

    assert wrong == []


@pytest.mark.parametrize("name", [name for name, rules in TABLE.items() if "nothing" in rules.targets])
def test_foreign_object_answers_as_one_that_never_was(world, browsers, name):
    rules, different = TABLE[name], []
    method = "GET" if rules.seen is not None else "POST"
    never = reverse(name, kwargs=rules.targets["nothing"](world))
    absent = {persona: plain(send(client, method, never, {})[0]) for persona, client in browsers.items()}
    for persona, target, url, data in cells(world, browsers, name):
        if rules.expected(method, persona, target) == 404:
            response, _ = send(browsers[persona], method, url, data)
            if plain(response) != absent[persona]:
                different.append(f"{persona} {target}")

    assert different == []


def plain(response):
    """The answer without what differs in every answer: tokens, the request's number, and the address asked for."""
    headers = {name: value for name, value in response.headers.items() if name not in ("X-Request-ID",)}
    return response.status_code, headers, ONCE.sub("", response.text)


@pytest.mark.parametrize("name", TABLE)
def test_somebody_reaches_every_address(name):
    rules = TABLE[name]
    reached = [
        rules.expected(method, persona, target)
        for method in ("GET", "POST")
        for persona in (*policy.PERSONAS, policy.NOBODY)
        for target in rules.targets
    ]

    assert any(status in (200, 204, 302, 422) for status in reached)
