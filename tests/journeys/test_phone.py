"""The frame and the answer on a phone, with and without scripts."""

import pytest
from django.urls import reverse

from accounts.models import Agency, Membership
from accounts.roles import Role
from tests.factories import hostile
from tests.factories.accounts import PASSWORD
from tests.factories.assessment import answer_of, open_cycle
from tests.journeys.walking import follow, look_at, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ONE_ROW = 72  # pixels


@pytest.fixture
def plain(chromium, live_server):
    """A browser without scripts in which a person signs in, as narrow as asked."""
    contexts = []

    def open_for(name: str, width: int):
        context = chromium.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{live_server.url}/masuk/")
        page.fill("[name=login]", name)
        page.fill("[name=password]", PASSWORD)
        press(page, "Masuk")
        return page

    yield open_for
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [360, 390])
def test_one_row_holds_the_menu_which_opens_without_scripts(plain, people, places, width):
    Agency.objects.filter(pk=places.health.pk).update(name="Dinas Kesehatan, Pengendalian Penduduk, dan Keluarga")
    page = plain("operator", width)

    assert page.locator("header.bar").bounding_box()["height"] <= ONE_ROW
    page.click("summary")
    box = page.locator(".menu-box").bounding_box()
    assert 0 <= box["x"] <= box["x"] + box["width"] <= width
    follow(page.locator(".menu-nav").get_by_role("link", name="Data dukung"))

    assert page.url.endswith("/data-dukung/")


def test_bar_of_whoever_sees_every_section_is_one_row(site, people, places):
    Membership.objects.create(user=people.coordinator, role=Role.OPERATOR, agency=places.legal)
    page = site("coordinator", width=1280)

    assert page.locator(".bar-nav a").count() > 5
    assert page.locator("header.bar").bounding_box()["height"] <= ONE_ROW
    assert page.locator(".bar-nav").bounding_box()["height"] <= ONE_ROW
    look_at(page)


def test_value_goes_out_of_sight_where_nothing_of_the_kind_is_answered(plain, people, places, live_server):
    answer = answer_of(open_cycle(places.serang, agency=places.health), 2)
    page = plain("operator", 390)
    page.goto(live_server.url + reverse("answer-detail", args=[answer.pk]))
    shown = page.is_visible("[name=numerator]")

    page.check("[name=form][value=none]")

    assert shown
    assert not page.is_visible("[name=numerator]")
    page.fill("[name=reason]", "Tidak dihimpun.")
    press(page, "Simpan, lanjut ke indikator 3")
    answer.refresh_from_db()
    assert (answer.form, answer.reason) == ("none", "Tidak dihimpun.")
    assert page.url.endswith(reverse("answer-detail", args=[answer_of(answer.cycle, 3).pk]))


def test_page_says_what_is_wrong_while_a_number_is_typed(site, people, places, live_server):
    answer = answer_of(open_cycle(places.serang, agency=places.health), 3)
    page = site("operator", width=390)
    page.goto(live_server.url + reverse("answer-detail", args=[answer.pk]))

    page.type("[name=number]", "12.5")
    page.wait_for_selector("text=tulis “12,5”, bukan “12.5”")
    look_at(page)
    page.fill("[name=number]", "12,5")
    page.keyboard.press("Tab")

    page.wait_for_selector("text=Nilai mandiri 4 dari 10")
    assert page.locator("#salah-number").inner_text() == ""


def test_upload_that_could_only_be_refused_is_not_sent_first(site, people, places, live_server, tmp_path):
    answer = answer_of(open_cycle(places.serang, agency=places.health), 1)
    page, proof = site("operator", width=390), tmp_path / "laporan_spm-2025.pdf"
    proof.write_bytes(hostile.pdf(2))
    page.goto(live_server.url + reverse("citation-upload", args=[answer.pk]))
    page.set_input_files("[name=file]", proof)
    offered = page.input_value("[name=title]")

    page.get_by_role("button", name="Unggah dan tautkan").click()
    page.wait_for_selector("text=Isi dahulu; berkas belum dikirim.")
    look_at(page)
    page.select_option("[name=kind]", "laporan")
    page.get_by_role("button", name="Unggah dan tautkan").click()

    page.wait_for_selector("text=Tersimpan dan ditautkan: “laporan spm 2025”.")
    assert offered == "laporan spm 2025"


def test_file_that_is_too_large_is_not_sent_first(site, people, places, live_server, tmp_path, settings):
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    answer = answer_of(open_cycle(places.serang, agency=places.health), 1)
    page, proof = site("operator", width=390), tmp_path / "besar.pdf"
    proof.write_bytes(b"%PDF" + b"0" * 1024 * 1024)
    page.goto(live_server.url + reverse("citation-upload", args=[answer.pk]))
    page.set_input_files("[name=file]", proof)
    page.select_option("[name=kind]", "laporan")

    page.get_by_role("button", name="Unggah dan tautkan").click()

    page.wait_for_selector("text=Berkas ini lebih besar dari 1 MB dan belum dikirim")


def test_too_large_file_is_named_also_after_a_refusal(site, people, places, live_server, tmp_path, settings):
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    answer = answer_of(open_cycle(places.serang, agency=places.health), 1)
    page, broken, large = site("operator", width=390), tmp_path / "rusak.pdf", tmp_path / "besar.pdf"
    broken.write_bytes(b"bukan pdf")
    large.write_bytes(b"%PDF" + b"0" * 1024 * 1024)
    page.goto(live_server.url + reverse("citation-upload", args=[answer.pk]))
    page.set_input_files("[name=file]", broken)
    page.select_option("[name=kind]", "laporan")
    page.get_by_role("button", name="Unggah dan tautkan").click()
    page.wait_for_selector("#id_file.is-invalid")

    page.set_input_files("[name=file]", large)
    for _ in range(2):
        page.get_by_role("button", name="Unggah dan tautkan").click()
        page.wait_for_selector("text=Berkas ini lebih besar dari 1 MB dan belum dikirim")

    assert page.locator("[data-said]").count() == 1
