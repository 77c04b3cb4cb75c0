"""The reviewer's room in a browser: one decision at a time, by key or by thumb."""

from decimal import Decimal
from urllib.parse import urljoin

import pytest
from django.urls import reverse

from assessment.actions import problems
from assessment.actions.citations import Reference, cite
from assessment.models import Review
from tests.factories import hostile
from tests.factories.assessment import answer_of, evidence_of, open_cycle
from tests.factories.problems import problem_of
from tests.factories.verification import start, submitted
from tests.journeys.walking import follow, look_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_pages_around_the_room_are_sound_on_a_phone(site, people, places, cycle):
    problem = problem_of(places.health, people.coordinator, days=-1)
    problems.respond(problem=problem, text="Sudah dibuka kembali.", by=people.operator)
    page = site("reviewer", width=390)
    for name, *objects in (
        ("office-board",), ("review-list", cycle.pk), ("result-propose", cycle.pk), ("round-open", cycle.pk),
        ("review-not-filled", cycle.pk), ("problem-list",), ("problem-new",), ("problem-detail", problem.pk),
        ("problem-step", problem.pk, "resolve"),
    ):  # fmt: skip
        page.goto(urljoin(page.url, reverse(name, args=objects)))
        look_at(page)


@pytest.fixture
def cycle(people, places):
    """Two answers are submitted; the second cites the pages 2 and 3 of a document of three pages."""
    cycle = open_cycle(places.serang, agency=places.health)
    evidence = evidence_of(people.operator, places.health, hostile.pdf(pages=3))
    cite(
        answer=answer_of(cycle, 2), evidence=evidence, agency=places.health, by=people.operator,
        reference=Reference(pages="2-3"),
    )  # fmt: skip
    for number in (1, 2):
        submitted(cycle, number, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    return cycle


def opened(site, cycle, number, width=1280):
    page = site("reviewer", width=width)
    page.goto(page.url + reverse("review-detail", args=[answer_of(cycle, number).pk]).lstrip("/"))
    return page


def test_one_way_to_decide_is_shown_at_a_time(site, cycle):
    page = opened(site, cycle, 2)
    one, save = page.get_by_role("button", name="Setujui nilai 5"), page.get_by_role("button", name="Simpan keputusan")

    assert (one.is_visible(), save.is_visible()) == (True, False)
    page.click("summary:has-text('Keputusan lain')")
    assert (one.is_visible(), save.is_visible()) == (False, True)
    look_at(page)
    page.fill("[name=points]", "4,5")
    page.fill("#id_reason", "Satu puskesmas belum terbukti.")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    review = Review.objects.by_reviewers().get()
    assert (review.points, review.reason) == (Decimal("4.5"), "Satu puskesmas belum terbukti.")


def test_keys_turn_pages_skip_and_decide_but_not_while_typing(site, cycle):
    page = opened(site, cycle, 2)

    page.keyboard.press("ArrowRight")
    page.wait_for_selector("text=Halaman 3 dari 3")
    page.click("summary:has-text('Kembalikan dalam putaran')")
    page.click(".note-parts summary >> nth=0")
    page.locator(".note-parts textarea").first.focus()
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Shift+ArrowRight")
    assert Review.objects.by_reviewers().count() == 0
    page.keyboard.press("Tab")
    page.evaluate("document.activeElement.blur()")
    with page.expect_navigation():
        page.keyboard.press("Shift+ArrowRight")
    assert "Indikator 1 ·" in page.inner_text(".rv-ask")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    assert Review.objects.by_reviewers().get().answer == answer_of(cycle, 1)
    assert "1 dari 3 diputuskan" in page.inner_text(".rv-head")


def test_pages_are_turned_beside_what_is_being_typed(site, cycle):
    page = opened(site, cycle, 2)
    page.click("summary:has-text('Keputusan lain')")
    page.fill("[name=points]", "4")
    page.fill("#id_reason", "Menurut halaman 3.")

    page.get_by_role("link", name="Halaman berikutnya").click()
    page.wait_for_selector("text=Halaman 3 dari 3")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("text=Halaman 2 dari 3")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    review = Review.objects.by_reviewers().get()
    assert (review.points, review.reason) == (Decimal(4), "Menurut halaman 3.")
    assert page.complaints == []


def test_words_are_not_left_behind_without_a_question(site, cycle):
    page = opened(site, cycle, 1)
    page.click("summary:has-text('Keputusan lain')")
    page.fill("#id_reason", "Sedang ditulis.")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    follow(page.get_by_role("link", name="Lewati"))

    assert asked == ["beforeunload"]


def test_refused_words_are_not_left_behind_without_a_question_either(site, cycle):
    page = opened(site, cycle, 1)
    page.click("summary:has-text('Keputusan lain')")
    page.fill("#id_points", "4")
    with page.expect_navigation():
        page.get_by_role("button", name="Simpan keputusan").click()
    page.wait_for_selector("text=Tulis alasannya")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    follow(page.get_by_role("link", name="Lewati"))

    assert asked == ["beforeunload"]


def test_phone_has_the_decision_in_view_and_the_cited_page_beside_it(site, cycle):
    page = opened(site, cycle, 2, width=390)
    button, height = page.get_by_role("button", name="Setujui nilai 5"), page.viewport_size["height"]

    box = button.bounding_box()
    assert box["y"] + box["height"] <= height
    assert [image.get_attribute("alt")[:9] for image in page.locator("#dokumen img").all() if image.is_visible()] == [
        "Halaman 2"
    ]
    assert page.get_by_role("link", name="Halaman 3", exact=True).is_visible()
    assert page.evaluate("document.documentElement.scrollHeight") < 3 * height
    look_at(page)
    page.get_by_role("link", name="Lainnya").click()
    assert page.get_by_label("Nilai lain dari aturan").is_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Simpan keputusan").click()

    assert Review.objects.by_reviewers().get().points == Decimal(5)
