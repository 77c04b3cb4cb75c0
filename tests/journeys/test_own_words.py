"""What the browser would say in its own language is said in Indonesian beside it."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import hostile
from tests.factories.assessment import answer_of, open_cycle
from tests.journeys.walking import look_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_chosen_file_and_picked_day_are_said_in_indonesian(site, people, places):
    answer = answer_of(open_cycle(places.serang, agency=places.health), 1)
    page = site("operator", width=390)
    page.goto(page.url + reverse("citation-upload", args=[answer.pk]).lstrip("/"))
    page.wait_for_selector("text=Belum ada berkas yang dipilih.")
    look_at(page)

    page.set_input_files("[name=file]", {"name": "perda.pdf", "mimeType": "application/pdf", "buffer": hostile.pdf()})
    page.fill("[name=dated_on]", dt.date(2026, 3, 1).isoformat())

    assert page.inner_text(".file-choice [role=status]") == "perda.pdf"
    assert page.inner_text("#div_id_dated_on .day-words") == "Minggu 1 Maret 2026"


def test_scripts_work_on_the_page_that_answers_an_upload_too(site, people, places):
    answer = answer_of(open_cycle(places.serang, agency=places.health), 1)
    page = site("operator")
    page.goto(page.url + reverse("citation-upload", args=[answer.pk]).lstrip("/"))
    page.set_input_files("[name=file]", {"name": "perda.pdf", "mimeType": "application/pdf", "buffer": hostile.pdf()})
    page.fill("[name=title]", "Perda bantuan hukum")
    page.select_option("[name=kind]", "perda")

    page.get_by_role("button", name="Unggah dan tautkan").click()

    page.wait_for_selector("text=Tersimpan dan ditautkan")
    assert page.complaints == []
