"""Components are drawn as a template draws them, without a page around them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory


@pytest.fixture
def drawn():
    """Draw a piece of a template; lines and spaces between tags do not count."""

    def draw(source: str, **context) -> str:
        request = RequestFactory().get("/")
        request.user, request.htmx, request.session = AnonymousUser(), False, {}
        html = engines["django"].from_string(source).render(context, request)
        return " ".join(html.split()).replace("> <", "><")

    return draw
