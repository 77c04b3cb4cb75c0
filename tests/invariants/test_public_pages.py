"""Private by default: the pages that answer whoever has no account are these, by name, and no others."""

from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver

PUBLIC = {"account_login", "account_logout", "healthz", "invitation-open", "readyz"}


def patterns(found):
    """Every address of the resolver."""
    for pattern in found:
        yield from [pattern] if isinstance(pattern, URLPattern) else patterns(pattern.url_patterns)


def test_public_pages_are_exactly_these():
    everything = list(patterns(get_resolver().url_patterns))

    public = {pattern.name for pattern in everything if not getattr(pattern.callback, "login_required", True)}

    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE
    assert public == PUBLIC


def test_every_address_has_a_name():
    assert [str(pattern.pattern) for pattern in patterns(get_resolver().url_patterns) if not pattern.name] == []


def test_unknown_address_tells_nobody_what_exists(db):
    assert Client().get("/tidak/ada/").status_code == 404
    assert Client().get("/admin/").status_code == 404
