"""What was typed is saved: by the Enter key, which replaces nobody's words, and on the way to the documents."""

from decimal import Decimal

import pytest
from django.urls import reverse

from assessment.actions import answers
from tests.factories.assessment import answer_of, open_cycle
from tests.journeys.walking import look_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ratio(places, people):
    return answer_of(open_cycle(places.serang, agency=places.health), 2)


@pytest.fixture
def page(site, ratio):
    page = site("operator", width=390)
    page.goto(page.url + reverse("answer-detail", args=[ratio.pk]).lstrip("/"))
    page.fill("[name=numerator]", "24")
    page.fill("[name=denominator]", "31")
    return page


def enter(page) -> None:
    with page.expect_navigation():
        page.press("[name=denominator]", "Enter")


def test_enter_saves_and_stays_on_the_indicator(page, ratio):
    enter(page)
    look_at(page)

    ratio.refresh_from_db()
    assert (ratio.numerator, ratio.denominator) == (Decimal(24), Decimal(31))
    assert page.url.endswith(reverse("answer-detail", args=[ratio.pk]))


def test_enter_in_a_conflict_replaces_nothing(page, ratio, people):
    content = {"form": "value", "numerator": Decimal(20), "denominator": Decimal(31)}
    answers.save_draft(answer=ratio, content=content, seen_revision=ratio.revision, by=people.operator)

    for _ in range(2):
        enter(page)
        assert "Jawaban ini berubah sejak Anda membukanya" in page.inner_text("main")

    ratio.refresh_from_db()
    assert ratio.numerator == Decimal(20)
    assert page.input_value("[name=numerator]") == "24"


def test_what_was_typed_is_saved_on_the_way_to_the_documents(page, ratio):
    with page.expect_navigation():
        page.get_by_role("link", name="Unggah berkas").first.click()
    look_at(page)

    ratio.refresh_from_db()
    assert "/unggah/" in page.url
    assert (ratio.numerator, ratio.denominator) == (Decimal(24), Decimal(31))
