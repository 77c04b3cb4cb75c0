"""The first days of a year, as each person lives them in a real browser."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from assessment.enums import CycleStatus
from assessment.models import Answer, Cycle, Submission
from tests.factories import hostile
from tests.factories.accounts import PASSWORD
from tests.factories.assessment import small_revision
from tests.journeys.walking import follow, look_at, press

pytestmark = [pytest.mark.slow(27), pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW_PASSWORD = "kalimat panjang yang mudah diingat"


def test_coordinator_opens_the_year_and_the_agency_answers(  # noqa: PLR0915 - a story
    site, people, places, tmp_path
):
    small_revision()
    coordinator = site("coordinator")
    look_at(coordinator)
    coordinator.goto(coordinator.url + reverse("cycle-open", args=[places.serang.pk]).lstrip("/"))
    year = timezone.localdate().year
    coordinator.fill("[name=assessment_year]", str(year))
    coordinator.fill("[name=data_year]", str(year - 1))
    coordinator.fill("[name=filling_deadline]", f"{year + 1}-12-01T15:00")
    look_at(coordinator)
    press(coordinator, "Simpan periode")
    cycle = Cycle.objects.get()

    follow(coordinator.get_by_role("link", name="Pemetaan perangkat daerah"))
    look_at(coordinator)
    press(coordinator, "Simpan pemetaan")
    press(coordinator, "Tugaskan semua menurut pemetaan")
    look_at(coordinator)
    follow(coordinator.locator(".crumbs a"))
    look_at(coordinator)
    follow(coordinator.get_by_role("link", name="Mulai pengisian").first)
    look_at(coordinator)
    press(coordinator, "Ya, mulai pengisian")
    look_at(coordinator)
    cycle.refresh_from_db()
    assert cycle.status == CycleStatus.FILLING

    operator = site("operator", width=390)
    follow(operator.get_by_role("link", name="Buka tugas saya"))
    look_at(operator)
    follow(operator.get_by_role("link", name="Rumusan indikator 2."))
    operator.fill("[name=numerator]", "24")
    operator.fill("[name=denominator]", "31")
    operator.keyboard.press("Tab")
    operator.wait_for_selector("text=1 lagi untuk nilai 10: 25 dari 31 (80 %).")
    look_at(operator)
    press(operator, "Simpan draf")
    follow(operator.get_by_role("link", name="Unggah berkas untuk Laporan 2"))
    look_at(operator)
    proof = tmp_path / "laporan.pdf"
    proof.write_bytes(hostile.pdf(3))
    operator.set_input_files("[name=file]", proof)
    operator.fill("[name=title]", "Laporan puskesmas")
    operator.select_option("[name=kind]", "laporan")
    operator.fill("[name=pages]", "2")
    operator.get_by_role("button", name="Unggah dan tautkan").click()
    operator.wait_for_selector("text=Ditautkan: “Laporan puskesmas”.")
    look_at(operator)
    follow(operator.get_by_role("link", name="hal. 2"))
    operator.wait_for_selector("img[alt^='Halaman 2']")
    look_at(operator)
    operator.go_back()
    press(operator, "Simpan, minta pengesahan")
    look_at(operator)
    press(operator, "Kirim kepada Kepala OPD")

    head = site("head")
    follow(head.get_by_role("link", name="Buka tugas saya"))
    follow(head.get_by_role("link", name="Rumusan indikator 2."))
    look_at(head)
    follow(head.get_by_role("link", name="Sahkan dan ajukan"))
    press(head, "Sahkan dan ajukan")
    look_at(head)

    submission = Submission.objects.get()
    assert (submission.numerator, submission.points, submission.missing) == (24, 5, [])
    assert submission.endorsed
    coordinator.reload()
    assert "1 dari 3" in coordinator.inner_text("main")
    call_command("verify_trail")


def test_invited_person_joins_on_a_phone(site, people, places, live_server):
    coordinator = site("coordinator")
    coordinator.goto(live_server.url + reverse("person-invite"))
    look_at(coordinator)
    coordinator.fill("[name=name]", "Operator Baru")
    coordinator.check("[name=role][value=operator]")
    coordinator.select_option("[name=place]", f"agency-{places.education.pk}")
    press(coordinator, "Buat tautan undangan")
    look_at(coordinator)
    link = coordinator.input_value("#tautan")

    guest = site(width=390)
    guest.goto(link)
    guest.fill("[name=username]", "operator.baru")
    guest.fill("[name=password1]", NEW_PASSWORD)
    guest.get_by_role("button", name="Lihat kata sandi").first.click()
    assert guest.get_attribute("[name=password1]", "type") == "text"
    guest.fill("[name=password2]", NEW_PASSWORD)
    look_at(guest)
    press(guest, "Buat akun dan masuk")
    look_at(guest)

    assert Membership.objects.filter(user__username="operator.baru", agency=places.education).count() == 1


def test_saving_and_submitting_work_without_javascript(site, people, places, chromium, live_server):
    from tests.factories.assessment import answer_of, open_cycle

    cycle = open_cycle(places.serang, agency=places.health)
    answer = answer_of(cycle, 3)
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 850})
    page = context.new_page()
    page.goto(f"{live_server.url}/masuk/")
    page.fill("[name=login]", "operator")
    page.fill("[name=password]", PASSWORD)
    press(page, "Masuk")
    page.goto(live_server.url + reverse("answer-detail", args=[answer.pk]))
    page.fill("[name=number]", "4")
    press(page, "Simpan dan ajukan")
    press(page, "Ajukan")
    context.close()

    assert Answer.objects.get(pk=answer.pk).status == "submitted"
