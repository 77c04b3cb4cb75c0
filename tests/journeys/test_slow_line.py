"""What a slow line and a long pause do to a page: words before the scripts, and a session that is over."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from tests.factories.accounts import PASSWORD
from tests.factories.assessment import answer_of, open_cycle
from tests.journeys.walking import press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_numbers_typed_before_the_scripts_came_are_shown_their_points(site, people, places):
    cycle = open_cycle(places.serang, agency=places.health)
    page, held = site("operator", width=390), []
    page.route("**/*.js", lambda request: held.append(request))  # noqa: PLW0108 - Playwright writes on it
    page.goto(page.url + reverse("answer-detail", args=[answer_of(cycle, 2).pk]).lstrip("/"), wait_until="commit")

    page.fill("[name=numerator]", "24")
    page.fill("[name=denominator]", "31")
    assert held
    for request in held:
        request.continue_()

    page.wait_for_selector("text=1 lagi untuk nilai 10: 25 dari 31 (80 %).")
    leaving = []
    page.on("dialog", lambda dialog: (leaving.append(dialog.type), dialog.accept()))
    page.close(run_before_unload=True)
    page.wait_for_event("close")
    assert leaving == ["beforeunload"]


def test_whoever_types_when_the_session_is_over_stays_and_loses_nothing(site, people, places):
    answer = answer_of(open_cycle(places.serang, agency=places.health), 2)
    page = site("operator", width=390)
    page.goto(page.url + reverse("answer-detail", args=[answer.pk]).lstrip("/"))
    Session.objects.all().delete()

    page.fill("[name=note]", "Catatan panjang")
    page.fill("[name=numerator]", "24")
    page.keyboard.press("Tab")
    page.wait_for_selector("text=Sesi Anda sudah berakhir.")
    assert page.input_value("[name=note]") == "Catatan panjang"
    press(page, "Simpan draf")
    page.fill("[name=login]", "operator")
    page.fill("[name=password]", PASSWORD)
    press(page, "Masuk")

    assert page.url.endswith(reverse("answer-detail", args=[answer.pk]))
    assert (page.input_value("[name=note]"), page.input_value("[name=numerator]")) == ("Catatan panjang", "24")
