"""The page of one answer: one clear act at each moment, the way to the next one, and what is said while typing."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.words import weekday_moment
from assessment.actions import answers, checks
from assessment.actions.citations import Reference, cite
from assessment.enums import NotePart
from assessment.facts.returns import Note
from assessment.models import Assignment
from indicators import remembered
from indicators.models import Indicator
from tests.factories import hostile
from tests.factories.assessment import answer_of, evidence_of, open_cycle
from tests.factories.verification import send, submitted
from tests.html import flat
from tests.kept import kept

D = Decimal


@kept
def endorsed_cycle(region, places):
    return open_cycle(region, agency=places.health, heads_endorse=True)


def page(answer) -> str:
    return reverse("answer-detail", args=[answer.pk])


def post(client, answer, **fields):
    data = {"form": "value", "reason": "", "note": "", "seen_revision": answer.revision, **fields}
    return client.post(page(answer), data)


def preview(client, answer, **fields) -> str:
    data = {"form": "value", "reason": "", "note": "", "seen_revision": 0, **fields}
    return client.post(reverse("answer-preview", args=[answer.pk]), data).text


def none_at_all(answer, by) -> None:
    content = {"form": "none", "reason": "Belum ada."}
    answers.save_draft(answer=answer, content=content, seen_revision=answer.revision, by=by)


def test_saving_stands_out_until_nothing_is_missing_then_submitting_does(client_of, people, cycle):
    answer, client = answer_of(cycle, 1), client_of(people.operator)
    fresh = client.get(page(answer)).text
    none_at_all(answer, people.operator)

    complete = client.get(page(answer)).text

    assert '<button class="btn btn-next" form="jawaban" type="submit">Simpan draf</button>' in fresh
    assert '<button class="btn btn-line" form="jawaban" type="submit">Simpan draf</button>' in complete
    assert 'class="btn btn-next" form="jawaban" name="then" type="submit" value="submit"' in complete
    assert fresh.count("btn-next") == complete.count("btn-next") == 1


def test_saving_leads_on_to_the_next_indicator_that_is_to_be_done(client_of, people, cycle):
    client, first, third = client_of(people.operator), answer_of(cycle, 1), answer_of(cycle, 3)
    none_at_all(answer_of(cycle, 2), people.operator)
    answers.submit(answer=answer_of(cycle, 2), by=people.operator)

    on, round_again = post(client, first, note="Catatan", then="next"), post(client, third, number="4", then="next")

    first.refresh_from_db()
    assert first.note == "Catatan"
    assert on["Location"] == page(third)
    assert round_again["Location"] == page(first)
    assert "Isian indikator 1 tersimpan." in client.get(page(third)).text


def test_refused_answer_does_not_lead_on(client_of, people, cycle):
    response = post(client_of(people.operator), answer_of(cycle, 1), form="none", then="next")

    assert response.status_code == 422


def test_submitted_answer_leads_to_the_next_one(client_of, people, cycle):
    answer = answer_of(cycle, 1)
    none_at_all(answer, people.operator)
    answers.submit(answer=answer, by=people.operator)

    shown = client_of(people.operator).get(page(answer)).text

    assert "Lanjut ke indikator 2" in shown
    assert "Tarik kembali pengajuan" in shown


def test_indicators_of_other_agencies_are_no_neighbours(client_of, people, places, cycle):
    Assignment.objects.filter(cycle=cycle, indicator__number=2).update(agency=places.education)

    shown = client_of(people.operator).get(page(answer_of(cycle, 1))).text

    assert "lanjut ke indikator 3" in shown
    assert "indikator 2 " not in shown


def test_answer_that_nobody_answers_for_says_so(client_of, people, cycle):
    Assignment.objects.filter(cycle=cycle).delete()

    shown = client_of(people.coordinator).get(page(answer_of(cycle, 1))).text

    assert "Belum ada pengampu</b>· Kabupaten Serang" in flat(shown)


def test_head_is_offered_signing_and_handing_back_only(client_of, people, endorsed_cycle):
    answer = answer_of(endorsed_cycle, 1)
    none_at_all(answer, people.operator)
    answers.make_ready(answer=answer, by=people.operator)

    shown = client_of(people.head).get(page(answer)).text

    assert shown.count("Sahkan dan ajukan") == 1
    assert "Kembalikan<span" in shown
    assert "Tarik dari pengesahan" not in shown
    assert "Tarik dari pengesahan" in client_of(people.operator).get(page(answer)).text


def test_missing_document_leads_to_the_place_where_it_is_uploaded(client_of, people, cycle):
    answer, client = answer_of(cycle, 2), client_of(people.operator)
    post(client, answer, numerator="24", denominator="31")

    shown = client.get(page(answer)).text

    document = answer.indicator.documents.all()[0]
    assert f'<a href="{reverse("citation-upload", args=[answer.pk])}?dokumen={document.pk}">Laporan 2</a>' in shown


def test_fresh_answer_offers_a_value_and_an_empty_one_stays_unanswered(client_of, people, cycle):
    answer, client = answer_of(cycle, 2), client_of(people.operator)

    shown = client.get(page(answer)).text
    post(client, answer, numerator=" ", denominator="", note="Menunggu data")

    answer.refresh_from_db()
    assert '<input type="radio" name="form" value="value" checked>' in shown
    assert (answer.form, answer.note) == ("", "Menunggu data")


def said_below(shown, name):
    """What stands below one field of the value."""
    return shown.partition(f'id="salah-{name}"')[2].partition("</div>")[0]


def test_refused_answer_is_measured_by_what_was_typed(client_of, people, cycle):
    answer, client = answer_of(cycle, 2), client_of(people.operator)
    post(client, answer, numerator="24", denominator="31")
    answer.refresh_from_db()

    typed = post(client, answer, numerator="31", denominator="31", note="x" * 5001).text
    impossible = post(client, answer, numerator="34", denominator="31").text

    assert "Nilai mandiri 10 dari 10" in typed
    assert "Nilai mandiri belum ada" in impossible


@pytest.mark.parametrize(
    ("numerator", "denominator", "wrong", "sentence"),
    [
        ("12.5", "31", "numerator", "tulis “12,5”, bukan “12.5”"),
        ("34", "31", "numerator", "34 lebih besar dari 31"),
        ("3", "dua", "denominator", "Tulis angka saja, misalnya 1.234 atau 12,5."),
    ],
)
def test_preview_says_what_is_wrong_beside_the_field(  # noqa: PLR0913, PLR0917 - a table
    client_of, people, cycle, numerator, denominator, wrong, sentence
):
    shown = preview(client_of(people.operator), answer_of(cycle, 2), numerator=numerator, denominator=denominator)

    assert sentence in said_below(shown, wrong)


def test_preview_clears_what_it_said_and_is_silent_about_the_reason(client_of, people, cycle):
    client, answer = client_of(people.operator), answer_of(cycle, 2)

    good = preview(client, answer, numerator="24", denominator="31")
    none = preview(client, answer, form="none", numerator="12.5")

    assert "invalid-feedback" not in good + none
    for name in ("numerator", "denominator"):
        assert f'id="salah-{name}" class="value-errors" hx-swap-oob="innerHTML"' in flat(good)


def test_rupiah_may_be_typed_where_the_catalogue_asks_for_rupiah(client_of, people, cycle):
    client, answer = client_of(people.operator), answer_of(cycle, 2)
    Indicator.objects.filter(pk=answer.indicator_id).update(numerator="Realisasi belanja (rupiah)")
    remembered.forget()

    shown = preview(client, answer, numerator="Rp 24.000", denominator="Rp 31.000")

    assert "satuannya bukan rupiah" not in said_below(shown, "numerator")
    assert "satuannya bukan rupiah" in said_below(shown, "denominator")


def test_unreadable_number_that_is_not_asked_any_more_is_no_fault(client_of, people, cycle):
    answer = answer_of(cycle, 2)

    post(client_of(people.operator), answer, form="none", reason="Tidak dihimpun.", numerator="12.5")

    answer.refresh_from_db()
    assert (answer.form, answer.numerator) == ("none", None)


def test_choice_says_which_option_gives_more(client_of, people, cycle):
    answer, client = answer_of(cycle, 1), client_of(people.operator)
    best, draft = answer.indicator.options.all()

    assert "Untuk nilai 10: “Ada dan berlaku”." in preview(client, answer, option=draft.pk)
    assert "Untuk nilai" not in preview(client, answer, option=best.pk)


def test_trail_says_what_was_changed_from_what_to_what(client_of, people, cycle):
    ratio, choice, client = answer_of(cycle, 2), answer_of(cycle, 1), client_of(people.operator)
    post(client, ratio, numerator="20", denominator="1.031,5", reason="Menurut laporan.")
    post(client, ratio, numerator="24", denominator="1.031,5", reason="Menurut laporan akhir.", seen_revision=1)
    post(client, ratio, form="none", reason="Tidak dihimpun.", seen_revision=2)
    post(client, choice, option=choice.indicator.options.all()[1].pk)

    shown, chosen = client.get(page(ratio)).text, client.get(page(choice)).text

    assert "Pembilang: 20 → 24" in shown
    assert "Penyebut: 1.031,5<" in shown
    assert "Alasan: “Menurut laporan.” → “Menurut laporan akhir.”" in shown
    assert "Bentuk: Ada jawabannya → Tidak ada" in shown
    assert "Pilihan: “Masih rancangan”" in chosen


def test_trail_names_the_document_that_was_added(client_of, people, places, cycle):
    answer, document = answer_of(cycle, 2), evidence_of(people.operator, places.health, hostile.pdf(3))
    cite(answer=answer, evidence=document, agency=places.health, reference=Reference(pages="2-3"), by=people.operator)

    assert "“Laporan”, halaman 2-3" in client_of(people.operator).get(page(answer)).text


def test_head_reads_what_is_endorsed_before_endorsing(client_of, people, places, endorsed_cycle):
    answer = answer_of(endorsed_cycle, 2)
    content = {"form": "value", "numerator": D(24), "denominator": D(31), "reason": "Menurut laporan akhir.",
               "note": "Dua puskesmas baru."}  # fmt: skip
    answers.save_draft(answer=answer, content=content, seen_revision=0, by=people.operator)
    document = evidence_of(people.operator, places.health, hostile.pdf(3), title="Laporan puskesmas")
    reference = Reference(document_id=answer.indicator.documents.all()[0].pk, pages="2")
    cite(answer=answer, evidence=document, agency=places.health, reference=reference, by=people.operator)
    answers.make_ready(answer=answer, by=people.operator)

    shown = client_of(people.head).get(reverse("answer-submit", args=[answer.pk])).text

    for words in ("Yang Anda sahkan", "24 dari 31", "Menurut laporan akhir.", "Dua puskesmas baru.",
                  "Laporan puskesmas", "hal. 2"):  # fmt: skip
        assert words in shown
    assert "Lepas" not in shown


def test_list_of_tasks_names_what_is_not_complete_and_then_what_is_to_be_handed_up(client_of, people, cycle):
    client = client_of(people.operator)
    none_at_all(answer_of(cycle, 1), people.operator)
    first = client.get(reverse("task-list")).text
    for number in (2, 3):
        none_at_all(answer_of(cycle, number), people.operator)

    then = client.get(reverse("task-list")).text

    assert "Isi indikator 2." in first
    assert "Kirim 3 indikator yang sudah lengkap." in then
    assert 'href="/tugas/#siap"' in then


def test_answer_that_came_back_does_not_go_up_again_untouched(client_of, people, endorsed_cycle):
    client, submit_all = client_of(people.operator), reverse("task-submit-all", args=[endorsed_cycle.pk])
    for number in (1, 2):
        none_at_all(answer_of(endorsed_cycle, number), people.operator)
    answers.make_ready(answer=answer_of(endorsed_cycle, 1), by=people.operator)
    answers.hand_back(answer=answer_of(endorsed_cycle, 1), note="Sebutkan sumbernya.", by=people.head)

    shown, saving = client.get(reverse("task-list")).text, client.get(page(answer_of(endorsed_cycle, 1))).text
    client.post(submit_all)
    untouched = [answer_of(endorsed_cycle, number).status for number in (1, 2)]
    post(client, answer_of(endorsed_cycle, 1), form="none", reason="Menurut laporan kinerja.")
    client.post(submit_all)

    assert '<button class="btn btn-next" form="jawaban" type="submit">Simpan draf</button>' in saving
    assert "Dikembalikan Kepala OPD, belum diubah" in shown
    assert "Perbaiki indikator 1." in shown
    assert untouched == ["draft", "ready"]
    assert answer_of(endorsed_cycle, 1).status == "ready"


def test_head_finds_what_waits_for_a_signature_above_what_is_to_be_mended(client_of, people, endorsed_cycle):
    for number in (1, 2):
        none_at_all(answer_of(endorsed_cycle, number), people.operator)
        answers.make_ready(answer=answer_of(endorsed_cycle, number), by=people.operator)
    answers.hand_back(answer=answer_of(endorsed_cycle, 1), note="Sebutkan sumbernya.", by=people.head)

    shown = client_of(people.head).get(reverse("task-list")).text

    assert "Periksa indikator 2." in shown
    assert shown.index("Menunggu pengesahan Anda") < shown.index("Perlu diperbaiki")


def test_answer_tells_until_when_it_is_open_to_whoever_fills_it(client_of, people, cycle):
    shown = {
        person: client_of(getattr(people, person)).get(page(answer_of(cycle, 1))).text
        for person in ("operator", "leader")
    }

    assert "Batas: <b>" in shown["operator"]
    assert "Batas: <b>" not in shown["leader"]


def test_start_page_leads_straight_to_what_is_to_be_done(client_of, people, cycle):
    shown = client_of(people.operator).get("/").text

    assert f'<a class="btn btn-next" href="{page(answer_of(cycle, 1))}">' in shown
    assert "Isi indikator 1, Kabupaten Serang" in shown
    assert "3 indikator Kabupaten Serang" in shown


def test_supporting_agency_sees_how_far_the_answer_is_and_what_it_gave(client_of, people, places, cycle):
    answer, client = answer_of(cycle, 2), client_of(people.supporter)
    for number in (1, 2):
        indicator = answer_of(cycle, number).indicator
        Assignment.objects.create(cycle=cycle, indicator=indicator, agency=places.education, responsible=False)
    document = evidence_of(people.supporter, places.education, hostile.pdf(3))
    cite(answer=answer, evidence=document, agency=places.education, reference=Reference(), by=people.supporter)
    none_at_all(answer_of(cycle, 2), people.operator)
    answers.submit(answer=answer, by=people.operator)

    shown = client.get(reverse("task-list")).text

    assert "Anda dukung" in shown
    assert shown.count("Dinas Kesehatan") == 2
    assert "1 dokumen dari Anda" in shown
    assert "Belum ada dokumen dari Anda" in shown
    assert "Diajukan" in shown


def test_supporting_agency_is_led_to_its_part_and_takes_only_its_own_off(client_of, people, places, cycle):
    answer, client = answer_of(cycle, 2), client_of(people.supporter)
    Assignment.objects.create(cycle=cycle, indicator=answer.indicator, agency=places.education, responsible=False)
    for person, agency, pages in ((people.operator, places.health, 2), (people.supporter, places.education, 3)):
        document = evidence_of(person, agency, hostile.pdf(pages), title=f"Milik {agency.short_name}")
        cite(answer=answer, evidence=document, agency=agency, reference=Reference(), by=person)

    shown = client.get(page(answer)).text

    assert 'href="#data-dukung"' in shown
    assert "dari Dindikbud" in shown
    assert "Milik Dinkes" in shown
    assert shown.count("Lepas<span") == 1
    assert "Tugas saya</a></li><li>Pertama" in flat(shown)
    assert client_of(people.operator).get(page(answer)).text.count("Lepas<span") == 2


def test_list_of_supported_indicators_asks_no_more_for_more(client_of, people, places, cycle):
    client = client_of(people.supporter)
    counts = []
    for number in (1, 2, 3):
        indicator = answer_of(cycle, number).indicator
        Assignment.objects.create(cycle=cycle, indicator=indicator, agency=places.education, responsible=False)
        client.get(reverse("task-list"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("task-list"))
        counts.append(len(asked))

    assert len(set(counts)) == 1


def test_page_of_an_answer_asks_a_fixed_number_of_questions(client_of, people, cycle):
    client, answer = client_of(people.operator), answer_of(cycle, 1)
    client.get(page(answer))
    with CaptureQueriesContext(connection) as asked:
        client.get(page(answer))

    assert len(asked) <= 20


def test_summary_of_faults_calls_a_number_a_number(client_of, people, cycle):
    shown = post(client_of(people.operator), answer_of(cycle, 3), number="banyak").text

    assert '<a href="#id_number">Angka (kejadian)</a>' in shown


def test_exception_asks_for_its_statement_and_for_no_other_document(client_of, people, places, cycle):
    client, answer = client_of(people.operator), answer_of(cycle, 1)
    post(client, answer, form="not_applicable", reason="Tidak ada pesisir.")

    asked = client.get(page(answer)).text
    evidence = evidence_of(people.operator, places.health, hostile.pdf(), kind="keterangan")
    cited = {"evidence": evidence, "agency": places.health, "reference": Reference(), "by": people.operator}
    cite(answer=answer_of(cycle, 1), **cited)
    given = client.get(page(answer)).text

    assert "tidak perlu untuk jawaban ini" in asked
    assert asked.index("Surat keterangan kepala perangkat daerah") < asked.index("tidak perlu untuk jawaban ini")
    assert "?jenis=keterangan" in asked
    assert (asked.count("Belum ada</span>"), given.count("Belum ada</span>")) == (1, 0)


def test_head_is_told_what_is_missing_before_signing(client_of, people, endorsed_cycle):
    answer = answer_of(endorsed_cycle, 1)
    post(client_of(people.operator), answer, form="not_applicable", reason="Tidak ada pesisir.")
    answers.make_ready(answer=answer_of(endorsed_cycle, 1), by=people.operator)

    shown = client_of(people.head).get(page(answer)).text

    assert "Masih kurang: surat keterangan kepala perangkat daerah" in shown
    assert shown.count("Surat keterangan kepala perangkat daerah <span") == 1


def test_duty_that_was_not_met_needs_no_document_to_be_submitted(client_of, people, cycle):
    client, answer = client_of(people.operator), answer_of(cycle, 1)
    post(client, answer, form="none", reason="Belum disusun.")

    shown = client.get(reverse("answer-submit", args=[answer.pk])).text

    assert "(wajib)" not in shown
    assert "Belum lengkap" not in shown


def test_coordinator_reads_for_whom_the_answer_is_written_and_the_trail_says_so(client_of, people, region, places):
    answer = answer_of(open_cycle(region, agency=places.vertical), 1)
    client = client_of(people.coordinator)

    before = client.get(page(answer)).text
    post(client, answer, form="none", reason="Belum disusun.")
    client.post(reverse("answer-submit", args=[answer.pk]), {"seen_revision": "1"})
    after = client.get(page(answer)).text

    assert "Anda mengisi untuk Kantor Pertanahan" in before
    assert "diisi koordinator untuk Kantor Pertanahan" in before
    assert after.count("Diisi koordinator untuk Kantor Pertanahan.") == 2


def test_hour_of_a_return_is_told_and_stands_above_the_notes(client_of, people, cycle):
    until = timezone.now() + dt.timedelta(days=2)
    notes = [Note(NotePart.VALUE, "Angka belum cocok."), Note(NotePart.REASON, "Jelaskan.")]
    checks.send_back(answer=submitted(cycle, 2, people.operator), notes=notes, closes_at=until, by=people.coordinator)
    hour = weekday_moment(until, cycle.region.zone)

    told = people.operator.notices.get(kind="return").text
    shown = client_of(people.operator).get(page(answer_of(cycle, 2))).text

    assert f"diminta kembali paling lambat {hour}. Angka belum cocok. (dan 1 catatan lain)" in told
    assert f"Diminta kembali paling lambat <b>{hour}</b>." in shown


def test_nothing_is_led_on_to_once_the_package_has_left(client_of, people, cycle):
    submitted(cycle, 2, people.operator)
    client = client_of(people.operator)
    before = client.get(page(answer_of(cycle, 2))).text
    send(cycle, people.coordinator)

    assert "Lanjut ke indikator" in before.partition("Langkah berikut")[2].partition("</div>")[0]
    after = client.get(page(answer_of(cycle, 2))).text
    assert "Lanjut ke indikator" not in after.partition("Langkah berikut")[2].partition("</div>")[0]
    assert "yang belum diajukan tidak ikut" in people.operator.notices.get(kind="package").text


def test_a_revision_that_never_was_is_a_conflict_with_an_answer_that_was_never_saved(client_of, people, cycle):
    refused = post(client_of(people.operator), answer_of(cycle, 1), form="none", reason="Tidak ada.", seen_revision=7)

    assert refused.status_code == 409
    assert "Yang tersimpan sekarang:" in refused.text
    assert "Tidak ada." in refused.text
