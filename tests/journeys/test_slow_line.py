"""What a slow line does to a page: the words are there before the scripts are."""

import pytest
from django.urls import reverse

from tests.factories.assessment import answer_of, open_cycle

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
