"""What every journey needs: the site open for one person at a time, with what the browser complained of."""

import pytest

from tests.factories.accounts import PASSWORD


@pytest.fixture
def site(live_server, chromium, settings):
    """Opens the site for one person at a time and looks at every page on the way."""
    settings.SITE_URL = live_server.url
    contexts = []

    def open_for(name: str = "", password: str = PASSWORD, width: int = 1280):
        context = chromium.new_context(viewport={"width": width, "height": 850}, locale="id-ID")
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: heard(page, message))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(live_server.url)
        if name:
            page.fill("[name=login]", name)
            page.fill("[name=password]", password)
            page.click("main button[type=submit]")
            page.wait_for_url(lambda url: "/masuk/" not in url)
        return page

    yield open_for
    for context in contexts:
        context.close()


def heard(page, message) -> None:
    """Keep what the browser complains of; a refused form is answered with 422, which is no fault."""
    if message.type == "error" and "status of 422" not in message.text:
        page.complaints.append(message.text)
