"""Where a script is told to go: another place of the same page is loaded anew, so that what was done is seen."""

import pytest
from django.urls import reverse

from tests.factories.assessment import open_cycle

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def leads(page, method: str, target: str) -> None:
    """Answer the next request of a script as the server does where it leads to a page."""

    def answer(route) -> None:
        asked = route.request
        if asked.method == method and "hx-request" in asked.headers:
            route.fulfill(status=200, headers={"HX-Redirect": target}, body="")
        else:
            route.continue_()

    page.route("**/*", answer)


def open_page(page, path: str) -> None:
    page.goto(page.url + path.lstrip("/"))
    page.evaluate("document.documentElement.dataset.old = true")


def assert_loaded_anew(page, path: str) -> None:
    page.wait_for_selector("html:not([data-old])", state="attached")
    page.wait_for_load_state()
    assert page.url.endswith(path)
    assert page.complaints == []


@pytest.fixture
def address(places):
    revision = open_cycle(places.serang, agency=places.health).revision
    return reverse("catalogue-revision", args=[revision.instrument.code, revision.number])


@pytest.mark.parametrize("anchor", ["", "#isi", "#daftar"])
def test_part_of_a_page_leads_to_the_same_page(site, people, address, anchor):
    page = site("operator")
    open_page(page, address)
    leads(page, "GET", address + anchor)

    page.select_option("[name=right]", index=1)

    assert_loaded_anew(page, address + anchor)


def test_part_of_a_page_leads_to_another_page(site, people, address):
    page = site("operator")
    open_page(page, address)
    leads(page, "GET", reverse("session-list") + "#isi")

    page.select_option("[name=right]", index=1)

    assert_loaded_anew(page, reverse("session-list") + "#isi")


def test_upload_leads_to_another_place_of_the_same_page(site, people, places):
    address = reverse("evidence-add", args=[places.health.pk])
    page = site("operator")
    open_page(page, address)
    leads(page, "POST", address + "#isi")

    page.set_input_files("[name=file]", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"})
    for field in page.locator("[data-upload] select[required]").all():
        field.select_option(index=1)
    page.locator("[data-upload] button[type=submit]").click()

    assert_loaded_anew(page, address + "#isi")
