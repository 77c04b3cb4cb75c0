"""Correction rounds: noted, opened until an hour, moved, closed; what comes back and what does not."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.audit import history
from accounts.models import ReviewOffice
from assessment.actions import answers, results, returns, rounds
from assessment.actions.citations import Reference, cite, remove_citation
from assessment.dossier.freezing import draw_up
from assessment.enums import AnswerStatus, Audience, Outcome
from assessment.facts.verdicts import verdicts_of
from assessment.jobs import close_due_rounds
from assessment.models import CorrectionRound, PendingReturn, Return, Review
from assessment.pages.board import board_of
from assessment.pages.tasks import tasks_of
from assessment.refusals import TransitionRefusedError
from tests.factories import hostile
from tests.factories.assessment import answer_of, evidence_of, open_cycle
from tests.factories.verification import close, decide, decide_all, open_round, start, submitted

D = Decimal


@pytest.fixture
def cycle(people, places, region):
    """Two of three indicators submitted, and the verification begun."""
    cycle = open_cycle(region, agency=places.health)
    submitted(cycle, 1, people.operator)
    submitted(cycle, 2, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    return cycle


def in_two_days() -> str:
    return (timezone.now() + dt.timedelta(days=2)).astimezone().strftime("%Y-%m-%dT%H:%M")


def correct(cycle, which, by, **content):
    """Save and submit again."""
    answer = answer_of(cycle, which)
    answers.save_draft(answer=answer, content=content, seen_revision=answer.revision, by=by)
    answers.submit(answer=answer, by=by)


def test_notes_wait_unseen_until_the_round_is_opened(client_of, people, cycle):
    client, answer = client_of(people.reviewer), answer_of(cycle, 2)

    client.post(reverse("review-note", args=[answer.pk]), {"catatan-value": "Hitung ulang penyebutnya."})
    hidden = client_of(people.operator).get(reverse("answer-detail", args=[answer.pk])).text
    client.post(reverse("round-open", args=[cycle.pk]), {"closes_at": in_two_days()})
    shown = client_of(people.operator).get(reverse("answer-detail", args=[answer.pk])).text

    assert "Hitung ulang penyebutnya." not in hidden
    assert "Hitung ulang penyebutnya." in shown
    assert "Verifikator ·" in shown
    assert answer_of(cycle, 2).status == AnswerStatus.RETURNED
    assert people.operator.notices.filter(kind="round").count() == 1
    assert people.coordinator.notices.filter(kind="round").count() == 1
    assert people.supporter.notices.filter(kind="round").count() == 0


def test_note_for_a_round_names_a_citation(client_of, people, places, region):
    cycle = open_cycle(region, agency=places.health)
    law = evidence_of(people.operator, places.health, hostile.pdf(), title="Perda bantuan hukum")
    cite(answer=answer_of(cycle, 1), evidence=law, agency=places.health, by=people.operator, reference=Reference())
    submitted(cycle, 1, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    client, answer = client_of(people.reviewer), answer_of(cycle, 1)

    client.post(
        reverse("review-note", args=[answer.pk]), {f"catatan-citation-{law.pk}": "Unggah yang bertanda tangan."}
    )
    noted = client.get(reverse("review-detail", args=[answer.pk])).context["noting"]
    client.post(reverse("round-open", args=[cycle.pk]), {"closes_at": in_two_days()})

    assert noted[f"citation-{law.pk}"].value() == "Unggah yang bertanda tangan."
    assert (
        "Data dukung: Perda bantuan hukum"
        in client_of(people.operator).get(reverse("answer-detail", args=[answer.pk])).text
    )


def test_note_without_words_is_refused(client_of, people, cycle):
    response = client_of(people.reviewer).post(reverse("review-note", args=[answer_of(cycle, 2).pk]), {})

    assert response.status_code == 422
    assert "Tulis paling sedikit satu catatan" in response.text


def test_note_can_be_changed_and_dropped(client_of, people, cycle):
    client, answer = client_of(people.reviewer), answer_of(cycle, 2)
    client.post(reverse("review-note", args=[answer.pk]), {"catatan-value": "Pertama."})
    client.post(reverse("review-note", args=[answer.pk]), {"catatan-whole": "Kedua."})
    notes = PendingReturn.objects.get().notes

    client.post(reverse("review-note-drop", args=[answer.pk]))

    assert [note["text"] for note in notes] == ["Kedua."]
    assert PendingReturn.objects.count() == 0


def test_decision_takes_the_place_of_a_note(people, cycle):
    from assessment.enums import NotePart
    from assessment.facts.returns import Note

    rounds.note_for_round(answer=answer_of(cycle, 1), notes=[Note(NotePart.WHOLE, "x")], by=people.reviewer)
    decide(cycle, 1, people.reviewer)

    assert PendingReturn.objects.count() == 0


def test_round_without_notes_or_with_an_impossible_hour_is_not_opened(client_of, people, cycle):
    client, path = client_of(people.reviewer), reverse("round-open", args=[cycle.pk])

    with pytest.raises(TransitionRefusedError, match="Belum ada catatan"):
        rounds.open_round(cycle=cycle, closes_at=timezone.now() + dt.timedelta(days=1), by=people.reviewer)
    client.post(reverse("review-note", args=[answer_of(cycle, 2).pk]), {"catatan-value": "Hitung ulang."})
    past = client.post(path, {"closes_at": "2020-01-01T08:00"})

    assert "Pilih waktu yang akan datang" in past.text
    assert CorrectionRound.objects.count() == 0


def test_one_round_at_a_time(people, cycle):
    open_round(cycle, (1,), people.reviewer)

    with pytest.raises(TransitionRefusedError, match="Masih ada putaran"):
        open_round(cycle, (2,), people.reviewer)


def test_office_limits_the_rounds(people, cycle, places):
    ReviewOffice.objects.filter(pk=places.office.pk).update(rounds_allowed=1)
    close(open_round(cycle, (1,), people.reviewer))

    with pytest.raises(TransitionRefusedError, match="sampai 1 kali"):
        open_round(cycle, (2,), people.reviewer)


def test_office_may_allow_no_round_at_all(people, cycle, places):
    ReviewOffice.objects.filter(pk=places.office.pk).update(rounds_allowed=0)

    with pytest.raises(TransitionRefusedError, match="sampai 0 kali"):
        open_round(cycle, (1,), people.reviewer)


def test_only_what_the_round_names_is_open_for_the_agency(people, cycle):
    open_round(cycle, (2,), people.reviewer)

    correct(cycle, 2, people.operator, numerator=D(31))

    assert answer_of(cycle, 2).last_submission.points == D(10)
    with pytest.raises(TransitionRefusedError):
        answers.withdraw(answer=answer_of(cycle, 1), by=people.operator)


def test_what_was_never_submitted_can_be_asked_for(people, cycle):
    open_round(cycle, (3,), people.reviewer)

    correct(cycle, 3, people.operator, form="value", number=D(4))

    assert answer_of(cycle, 3).last_submission.points == D(10)


def test_what_comes_back_is_shown_beside_what_was_sent_before(client_of, people, cycle):
    opened = open_round(cycle, (2,), people.reviewer)
    note = Return.objects.get(round=opened).notes.get()
    returns.reply(answer=answer_of(cycle, 2), replies={note.pk: "Sudah dihitung."}, by=people.operator)
    correct(cycle, 2, people.operator, numerator=D(31))

    page = client_of(people.reviewer).get(reverse("review-detail", args=[answer_of(cycle, 2).pk])).text

    assert "24 dari 31" in page
    assert "31 dari 31" in page
    assert "Balasan: Sudah dihitung." in page
    assert "Sudah diperbaiki (1)" in page


def test_what_comes_back_is_told_part_by_part(client_of, people, places, cycle):
    files = [evidence_of(people.operator, places.health, hostile.pdf(pages=count), title=title)
             for count, title in ((1, "Surat lama"), (2, "Rekapitulasi"), (3, "Surat baru"))]  # fmt: skip
    old, kept, new = files
    open_round(cycle, (2,), people.reviewer)
    citations = [_cited(cycle, people, old, "1"), _cited(cycle, people, kept, "1")]
    correct(cycle, 2, people.operator, numerator=D(24), reason="Menurut laporan.")
    close(CorrectionRound.objects.get())
    open_round(cycle, (2,), people.reviewer)
    for citation in citations:
        remove_citation(citation=citation, by=people.operator)
    _cited(cycle, people, kept, "2")
    _cited(cycle, people, new, "3")
    correct(cycle, 2, people.operator, numerator=D(31), reason="Menurut rekapitulasi.")

    page = " ".join(
        client_of(people.reviewer).get(reverse("review-detail", args=[answer_of(cycle, 2).pk])).text.split()
    )
    told = re.sub(r"<[^>]+>|\s+", " ", page[page.index("Sejak dikembalikan") :])
    told = " ".join(told.split())

    assert "Jawaban Sebelum 24 dari 31 Sesudah 31 dari 31" in told
    assert "Nilai mandiri Sebelum 5 Sesudah 10" in told
    assert "Alasan Sebelum Menurut laporan. Sesudah Menurut rekapitulasi." in told
    assert "Ditambah Surat baru, hal. 3" in told
    assert "Dilepas Surat lama" in told
    assert "Diubah Rekapitulasi Halaman: 1 menjadi 2" in told


def test_what_was_never_submitted_before_comes_back_as_new(client_of, people, cycle):
    open_round(cycle, (3,), people.reviewer)
    correct(cycle, 3, people.operator, form="value", number=D(4))

    response = client_of(people.reviewer).get(reverse("review-detail", args=[answer_of(cycle, 3).pk]))

    assert response.status_code == 200
    assert "belum pernah diajukan" in response.text


def test_what_did_not_come_back_is_told_with_what_was_asked(client_of, people, cycle):
    close(open_round(cycle, (2, 3), people.reviewer))

    for number in (2, 3):
        page = client_of(people.reviewer).get(reverse("review-detail", args=[answer_of(cycle, number).pk])).text
        assert "Tidak dikirim kembali" in page
        assert f"Perbaiki indikator {number}." in page


def _cited(cycle, people, evidence, pages):
    reference = Reference(pages=pages)
    return cite(
        answer=answer_of(cycle, 2), evidence=evidence, agency=evidence.agency, by=people.operator, reference=reference
    )


def test_reviewer_waits_for_what_the_round_awaits(client_of, people, cycle):
    open_round(cycle, (2,), people.reviewer)

    page = client_of(people.reviewer).get(reverse("review-detail", args=[answer_of(cycle, 2).pk])).text

    assert "sedang ditunggu dari perangkat daerah" in page
    assert "Sedang diperbaiki" in page
    assert "Perbaiki indikator 2." in page
    with pytest.raises(TransitionRefusedError):
        decide(cycle, 2, people.reviewer)
    assert decide(cycle, 1, people.reviewer).points == D(10)


def test_reply_is_the_agencys_draft_until_it_sends_again(client_of, people, cycle):
    open_round(cycle, (2,), people.reviewer)
    answer = answer_of(cycle, 2)
    note = answer.returns.first().notes.get()
    returns.reply(answer=answer, replies={note.pk: "Masih kami bahas."}, by=people.operator)
    client, page = client_of(people.reviewer), reverse("review-detail", args=[answer.pk])

    before = client.get(page).text, str(draw_up(cycle, Audience.REVIEWER))
    correct(cycle, 2, people.operator, reason="Diperbaiki.")
    after = client.get(page).text, str(draw_up(cycle, Audience.REVIEWER))

    assert ["Masih kami bahas." in text for text in before] == [False, False]
    assert ["Masih kami bahas." in text for text in after] == [True, True]


def test_start_page_offers_no_proposal_while_a_round_runs(client_of, people, cycle):
    decide_all(cycle, people.reviewer)
    open_round(cycle, (2,), people.reviewer)

    page = client_of(people.reviewer).get("/").text

    assert "perbaikannya belum selesai" in page
    assert "dapat diusulkan" not in page


def test_new_submission_has_to_be_decided_anew_and_one_not_sent_again_stays_decided(people, cycle):
    for number in (1, 2):
        decide(cycle, number, people.reviewer)
    opened = open_round(cycle, (1, 2), people.reviewer)
    correct(cycle, 2, people.operator, numerator=D(31))
    close(opened)

    undecided = {row.indicator.number for row in verdicts_of(cycle).undecided}

    assert undecided == {2, 3}


def test_after_the_hour_nothing_is_sent_and_the_text_stays(client_of, people, cycle):
    close(open_round(cycle, (2,), people.reviewer))
    answer = answer_of(cycle, 2)

    response = client_of(people.operator).post(
        reverse("answer-detail", args=[answer.pk]),
        {
            "form": "value",
            "numerator": "30",
            "denominator": "31",
            "note": "Terlambat.",
            "seen_revision": answer.revision,
        },
    )

    assert response.status_code == 422
    assert "Terlambat." in response.text
    assert "tidak tersimpan</b> dan masih ada di bawah. Salin" in response.text
    for words in ("Perlu diperbaiki", "Periksa, lalu simpan", "Simpan draf", "Simpan dan ajukan", "Simpan, lanjut"):
        assert words not in response.text
    assert answer_of(cycle, 2).numerator == D(24)


def test_what_was_not_sent_again_asks_for_no_more_and_counts_by_its_last_submission(client_of, people, cycle):
    close(open_round(cycle, (2, 3), people.reviewer))
    at = timezone.now()

    tasks = {task.answer.indicator.number: task.group for task in tasks_of(people.operator, cycle, at).tasks}
    board = board_of(cycle)
    page = client_of(people.operator).get(reverse("task-list")).text

    assert tasks == {1: "done", 2: "wait", 3: "wait"}
    assert (board.sum.submitted, board.sum.returned) == (2, 0)
    assert "Tidak dikirim kembali" in page
    assert "Perlu diperbaiki" not in page
    assert "siap diajukan" not in page
    assert "perlu diperbaiki" not in page
    assert tasks_of(people.operator, cycle, at).left == 0


def test_hour_is_moved_later_with_a_reason_and_everyone_is_told(client_of, people, cycle):
    opened = open_round(cycle, (2,), people.reviewer, hours=2)
    path = reverse("round-move", args=[cycle.pk, 1])
    client = client_of(people.reviewer)

    without = client.post(path, {"closes_at": in_two_days(), "reason": ""})
    client.post(path, {"closes_at": in_two_days(), "reason": "Listrik padam dua hari."})

    before = opened.closes_at
    opened.refresh_from_db()
    assert without.status_code == 422
    assert opened.closes_at > before
    assert Return.objects.get(round=opened).closes_at == opened.closes_at
    assert people.operator.notices.filter(text__contains="Listrik padam").count() == 1
    assert history(opened).first().payload.data["note"] == "Listrik padam dua hari."


def test_hour_is_never_moved_earlier_nor_after_the_end(people, cycle):
    opened = open_round(cycle, (2,), people.reviewer)
    soon = timezone.now() + dt.timedelta(hours=1)

    with pytest.raises(TransitionRefusedError, match="lebih lambat"):
        rounds.move_hour(correction_round=opened, closes_at=soon, reason="x", by=people.reviewer)
    close(opened)
    with pytest.raises(TransitionRefusedError, match="sudah ditutup"):
        rounds.move_hour(correction_round=opened, closes_at=soon, reason="x", by=people.reviewer)


def test_round_closes_when_all_are_back(people, cycle):
    open_round(cycle, (2,), people.reviewer)
    correct(cycle, 2, people.operator, numerator=D(31))

    assert open_round(cycle, (1,), people.reviewer).number == 2


def test_closed_round_is_told_to_the_reviewers_once(people, cycle):
    opened = open_round(cycle, (1, 2), people.reviewer)
    correct(cycle, 2, people.operator, numerator=D(31))
    early = close_due_rounds()
    CorrectionRound.objects.filter(pk=opened.pk).update(closes_at=timezone.now())

    counts = (early, close_due_rounds(), close_due_rounds())

    assert counts == (0, 1, 0)
    assert people.reviewer.notices.filter(text__contains="1 dari 2 indikator dikirim kembali").count() == 1


def test_round_is_closed_with_what_came_back_within_it(people, cycle):
    close(open_round(cycle, (2, 3), people.reviewer))
    open_round(cycle, (2, 3), people.reviewer)
    correct(cycle, 2, people.operator, numerator=D(31))

    close_due_rounds()

    assert people.reviewer.notices.filter(text__contains="putaran 1 ditutup; 0 dari 2 indikator").count() == 1


def test_nothing_is_proposed_while_a_round_runs_or_notes_wait(people, cycle):
    from assessment.enums import NotePart
    from assessment.facts.returns import Note

    decide_all(cycle, people.reviewer)
    rounds.note_for_round(answer=answer_of(cycle, 1), notes=[Note(NotePart.WHOLE, "x")], by=people.reviewer)
    with pytest.raises(TransitionRefusedError, match="1 catatan menunggu"):
        results.propose(cycle=cycle, by=people.reviewer)
    open_round(cycle, (1,), people.reviewer)
    with pytest.raises(TransitionRefusedError, match="putaran perbaikan yang berjalan"):
        results.propose(cycle=cycle, by=people.reviewer)


def test_review_after_a_round_names_it(people, cycle):
    opened = open_round(cycle, (2,), people.reviewer)
    correct(cycle, 2, people.operator, numerator=D(31))

    review = decide(cycle, 2, people.reviewer, Outcome.CONFIRMED)

    assert review.round == opened
    assert Review.objects.filter(round=None).count() == 0
