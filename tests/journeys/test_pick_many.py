"""Ticking many rows and changing them at once, by keyboard and on a phone."""

import pytest
from django.urls import reverse

from assessment.models import Assignment
from tests.factories.assessment import open_cycle
from tests.journeys.walking import look_at, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 360])
def test_all_of_a_right_are_given_away_by_keyboard_alone(site, people, places, width):
    cycle = open_cycle(places.serang, agency=places.health)
    page = site("coordinator", width=width)
    page.goto(page.url + reverse("assignment-list", args=[cycle.pk]).lstrip("/"))
    look_at(page)

    page.get_by_role("link", name="Pilih semua dari Hak pertama").focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Pilih indikator 2.").focus()
    page.keyboard.press("Space")
    assert page.inner_text("[data-picked]") == "1 dipilih"
    page.keyboard.press("Space")
    assert page.inner_text("[data-picked]") == "2 dipilih"
    page.select_option("#assign_agency", str(places.education.pk))
    press(page, "Tugaskan")
    look_at(page)

    assert set(Assignment.objects.responsible().filter(agency=places.education).values_list(
        "indicator__number", flat=True
    )) == {1, 2}  # fmt: skip


def test_what_is_missing_is_said_beside_the_button_that_was_pressed(site, people, places):
    cycle = open_cycle(places.serang, agency=places.health)
    page = site("coordinator")
    page.goto(page.url + reverse("assignment-list", args=[cycle.pk]).lstrip("/"))

    press(page, "Tugaskan")

    look_at(page)
    assert page.locator(".bulk-errors").is_visible()
    assert page.locator(".bulk-errors p").all_inner_texts() == [
        "Pilih paling sedikit satu indikator.", "Pilih perangkat daerahnya.",
    ]  # fmt: skip
