"""What the boards count, and what the coordinator reads before and after the package leaves."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.words import moment
from assessment.actions import answers, assignments, checks, cycles, packages, results, reviews, rounds
from assessment.actions.citations import Reference, cite
from assessment.enums import NotePart, Outcome
from assessment.facts.returns import Note
from assessment.models import CorrectionRound, Package
from assessment.pages.board import Tally, board_of
from assessment.pages.offices import office_of
from assessment.pages.review_list import room_of
from tests.factories import hostile
from tests.factories.assessment import answer_of, evidence_of, open_cycle
from tests.factories.verification import decide, decide_all, send, submitted
from tests.html import flat

D = Decimal
WHOLE = Note(NotePart.WHOLE, "Perbaiki.")


def soon(days=1):
    return timezone.now() + dt.timedelta(days=days)


@pytest.mark.parametrize(("submitted_of_twelve", "shade"), [(0, 0), (1, 1), (6, 2), (11, 3), (12, 4)])
def test_cell_is_pale_only_where_nothing_was_submitted(submitted_of_twelve, shade):
    assert Tally(total=12, submitted=submitted_of_twelve).shade == shade


def test_score_of_the_package_stays_in_sight_until_the_result_is_fixed(client_of, people, cycle):
    submitted(cycle, 1, people.operator)
    client, path = client_of(people.coordinator), reverse("board", args=[cycle.pk])
    before = client.get(path).text
    send(cycle, people.coordinator)
    reviews.start(cycle=cycle, by=people.reviewer)
    decide(cycle, 1, people.reviewer, Outcome.CONFIRMED, points=D(0), reason="Salinan.")

    after = client.get(path).text

    assert "Perkiraan nilai" in before
    assert "Nilai mandiri" in after
    assert before.partition("bigscore")[2][:20] == after.partition("bigscore")[2][:20]
    assert "33,33" in after.partition("bigscore")[2][:20]


def test_office_counts_what_the_package_holds_as_the_board_of_the_cycle_does(people, cycle):
    for number in (1, 2):
        submitted(cycle, number, people.operator)
    checks.send_back(answer=answer_of(cycle, 2), notes=[WHOLE], closes_at=soon(), by=people.coordinator)
    send(cycle, people.coordinator)

    assert Package.objects.get().items.count() == 2
    assert office_of(people.reviewer).rows[0].submitted == board_of(cycle).sum.submitted == 2


def test_office_does_not_count_what_an_open_round_waits_for(people, cycle):
    for number in (1, 2):
        submitted(cycle, number, people.operator)
    send(cycle, people.coordinator)
    reviews.start(cycle=cycle, by=people.reviewer)
    rounds.note_for_round(answer=answer_of(cycle, 2), notes=[WHOLE], by=people.reviewer)
    rounds.open_round(cycle=cycle, closes_at=soon(), by=people.reviewer)
    cycle.refresh_from_db()

    assert office_of(people.reviewer).rows[0].submitted == board_of(cycle).sum.submitted == 1


def test_extensions_end_with_the_package_also_where_it_comes_back(client_of, people, cycle):
    cycles.extend(
        cycle=cycle, agency=None, deadline=cycle.filling_deadline + dt.timedelta(days=2), reason="Banjir.",
        by=people.coordinator,
    )  # fmt: skip
    client = client_of(people.coordinator)
    page, sending = reverse("board", args=[cycle.pk]), reverse("package-send", args=[cycle.pk])
    before = (client.get(page).text, client.get(sending).text)
    send(cycle, people.coordinator)
    packages.give_back(cycle=cycle, reason="Pengesahan belum ada.", by=people.reviewer)

    assert "Banjir." in before[0]
    assert "Perpanjangan untuk semua masih berjalan" in before[1]
    returned = client.get(page).text
    assert "Perpanjangan: semua" not in returned
    assert (
        "Pengesahan belum ada."
        in returned.partition("Paket dikembalikan kantor verifikasi")[2].partition("Semua hak")[0]
    )
    send(cycle, people.coordinator)
    assert "Paket dikembalikan kantor verifikasi" not in client.get(page).text
    packages.give_back(cycle=cycle, reason="Sekali lagi.", by=people.reviewer)
    assert "Perpanjangan untuk semua" not in client.get(sending).text


def test_hours_of_returns_that_still_run_are_named_before_sending(client_of, people, cycle):
    submitted(cycle, 2, people.operator)
    checks.send_back(answer=answer_of(cycle, 2), notes=[WHOLE], closes_at=soon(), by=people.coordinator)

    shown = client_of(people.coordinator).get(reverse("package-send", args=[cycle.pk])).text

    assert "Jam perbaikan indikator 2 masih berjalan sampai" in shown


def test_day_of_endorsement_lies_within_the_year_that_was_opened(client_of, people, cycle):
    fields = {"endorsed_by": "Sekretaris Daerah", "endorsed_on": "2019-12-20"}

    refused = client_of(people.coordinator).post(reverse("package-send", args=[cycle.pk]), fields)

    assert refused.status_code == 422
    assert "tidak boleh sebelum periode ini dibuka" in refused.text
    assert "Sekretaris Daerah" in refused.text


def test_decided_indicator_that_is_noted_for_a_round_is_not_counted_as_undecided(people, cycle):
    submitted(cycle, 1, people.operator)
    send(cycle, people.coordinator)
    reviews.start(cycle=cycle, by=people.reviewer)
    decide(cycle, 1, people.reviewer)
    rounds.note_for_round(answer=answer_of(cycle, 1), notes=[WHOLE], by=people.reviewer)

    room = room_of(cycle, "belum")

    counts = {key: count for key, _words, count in room.filters}
    assert (room.decided, counts["belum"], counts["dicatat"]) == (1, 2, 1)
    assert [item.answer.indicator.number for item in room.shown] == [2, 3]


def test_only_who_answers_something_gets_more_time(client_of, people, places, cycle):
    form = client_of(people.coordinator).get(reverse("cycle-extend", args=[cycle.pk])).context["form"]

    assert list(form.fields["agency"].queryset) == [places.health]


def in_a_round(cycle, people):
    """Two indicators handed over, the third never; all decided, and one of the two asked for again."""
    for number in (1, 2):
        submitted(cycle, number, people.operator)
    answers.save_draft(
        answer=answer_of(cycle, 3), content={"form": "value", "number": D(12)}, seen_revision=0, by=people.operator
    )
    send(cycle, people.coordinator)
    reviews.start(cycle=cycle, by=people.reviewer)
    decide_all(cycle, people.reviewer)
    rounds.note_for_round(answer=answer_of(cycle, 2), notes=[WHOLE], by=people.reviewer)
    rounds.open_round(cycle=cycle, closes_at=soon(), by=people.reviewer)
    cycle.refresh_from_db()


def test_tiles_tell_what_the_package_holds_and_how_many_are_decided(client_of, people, cycle):
    in_a_round(cycle, people)

    shown = flat(client_of(people.coordinator).get(reverse("board", args=[cycle.pk])).text)

    tiles = [part.partition("</p>")[0] for part in shown.partition('class="decide"')[2].split("<li")[1:4]]
    assert ">2<" in tiles[0]
    assert "diajukan kepada verifikator" in tiles[0]
    assert ">3<" in tiles[1]
    assert "sudah diputuskan verifikator" in tiles[1]
    assert ">1<" in tiles[2]


def test_what_no_package_carried_is_not_called_submitted_or_verified(client_of, people, cycle):
    in_a_round(cycle, people)

    page = client_of(people.operator).get(reverse("task-list")).text

    missed = page.partition("Tidak diajukan</h2>")[2].partition("Sudah diajukan</h2>")[0]
    assert "Rumusan indikator 3." in missed
    assert "Tidak ikut dalam paket" in missed
    assert "Terverifikasi" not in missed
    assert " dari 10" not in missed


def test_each_agency_reads_which_indicators_a_round_asks_of_it(client_of, people, cycle):
    in_a_round(cycle, people)

    asked = people.operator.notices.get(kind="round").text
    shown = client_of(people.operator).get(reverse("answer-detail", args=[answer_of(cycle, 2).pk])).text

    assert asked.endswith("untuk indikator 2.")
    assert people.coordinator.notices.get(kind="round").text.endswith("untuk 1 indikator.")
    assert "Putaran perbaikan 1. Diminta kembali paling lambat" in shown


def test_answer_of_a_round_goes_straight_to_the_reviewer(client_of, people, cycle):
    in_a_round(cycle, people)
    client, answer = client_of(people.operator), answer_of(cycle, 2)
    client.post(reverse("answer-detail", args=[answer.pk]), {
        "form": "value", "numerator": "25", "denominator": "31", "seen_revision": answer.revision, "seen": "",
    })  # fmt: skip

    done = client.post(
        reverse("answer-submit", args=[answer.pk]), {"seen_revision": answer_of(cycle, 2).revision}, follow=True
    )

    assert "Indikator 2 diajukan kepada verifikator." in done.text


def test_trail_of_the_year_says_for_whom_and_until_when(client_of, people, places, cycle):
    until = cycle.filling_deadline + dt.timedelta(days=2)
    given = {"deadline": until, "reason": "Banjir.", "by": people.coordinator}
    cycles.extend(cycle=cycle, agency=places.health, **given)
    assignments.assign(
        cycle=cycle, indicators=[answer_of(cycle, 2).indicator], agency=places.education, by=people.coordinator
    )
    submitted(cycle, 1, people.operator)
    send(cycle, people.coordinator)
    reviews.start(cycle=cycle, by=people.reviewer)
    rounds.note_for_round(answer=answer_of(cycle, 1), notes=[WHOLE], by=people.reviewer)
    rounds.open_round(cycle=cycle, closes_at=soon(), by=people.reviewer)

    shown = client_of(people.coordinator).get(reverse("board", args=[cycle.pk])).text

    assert f"Untuk Dinas Kesehatan, sampai {moment(until, cycle.region.zone)}" in shown
    assert "Dinas Pendidikan dan Kebudayaan: indikator 2" in shown
    assert "Indikator 1, sampai " in shown


def test_what_was_decided_as_not_filled_is_no_verified_petal(client_of, people, cycle):
    in_a_round(cycle, people)

    shown = client_of(people.coordinator).get(reverse("board", args=[cycle.pk])).text

    assert 'class="petal p-verified"' in shown
    assert shown.count("petal p-verified") == 2  # one indicator and the line of the legend
    assert "<b>1</b> tidak diajukan" in " ".join(shown.partition("p-empty")[2].split())


def test_answers_are_filtered_by_what_state_they_are_in(client_of, people, cycle):
    submitted(cycle, 1, people.operator)
    client, path = client_of(people.coordinator), reverse("answer-list", args=[cycle.pk])

    page = client.get(path)
    empty = client.get(path, {"keadaan": "empty"}).text
    nonsense = client.get(path, {"keadaan": "x"})

    assert [(key, count) for key, _words, count in page.context["listed"].states] == [("empty", 2), ("submitted", 1)]
    assert "Rumusan indikator 2." in empty
    assert "Rumusan indikator 1." not in empty
    assert len(nonsense.context["listed"].rows) == 3


def test_list_of_a_package_that_was_sent_asks_nobody_to_check(client_of, people, cycle):
    in_a_round(cycle, people)
    listed = reverse("answer-list", args=[cycle.pk])
    running = client_of(people.leader).get(listed).text
    CorrectionRound.objects.update(closes_at=timezone.now())

    over = client_of(people.leader).get(listed)

    assert "Dikembalikan untuk diperbaiki" in running
    assert [(key, count) for key, _words, count in over.context["listed"].states] == [("submitted", 1), ("verified", 1)]
    for words in ("Perlu diperiksa", "Dikembalikan", "Belum diisi"):
        assert words not in over.text


def test_statement_that_is_cited_under_another_document_is_not_called_missing(client_of, people, places, cycle):
    answer = answer_of(cycle, 1)
    evidence = evidence_of(people.operator, places.health, hostile.pdf(), kind="keterangan")
    under = Reference(answer.indicator.documents.all()[0].pk)
    cite(answer=answer, evidence=evidence, agency=places.health, reference=under, by=people.operator)
    content = {"form": "not_applicable", "reason": "Tidak ada pesisir."}
    answers.save_draft(answer=answer_of(cycle, 1), content=content, seen_revision=0, by=people.operator)

    shown = client_of(people.operator).get(reverse("answer-detail", args=[answer.pk])).text

    assert "Belum ada</span>" not in shown


def test_year_that_is_over_asks_for_nothing(client_of, people, cycle):
    in_a_round(cycle, people)
    CorrectionRound.objects.update(closes_at=timezone.now())
    result = results.propose(cycle=cycle, by=people.reviewer)
    results.fix(
        cycle=cycle, result=result, minutes_number="1", minutes_on=timezone.localdate(), by=people.second_reviewer
    )
    tasks = client_of(people.operator).get(reverse("task-list")).text
    listed = client_of(people.coordinator).get(reverse("answer-list", args=[cycle.pk])).text

    states = client_of(people.coordinator).get(reverse("answer-list", args=[cycle.pk])).context["listed"].states

    assert [(key, count) for key, _words, count in states] == [("unsent", 1), ("verified", 2)]
    for page in (tasks, listed):
        assert "Perlu diperbaiki" not in page
        assert "Dikembalikan" not in page
        assert "Kurang: " not in page


def test_hour_that_has_ended_is_not_asked_for(client_of, people, cycle):
    submitted(cycle, 2, people.operator)
    checks.send_back(answer=answer_of(cycle, 2), notes=[WHOLE], closes_at=soon(), by=people.coordinator)
    client, page = client_of(people.operator), reverse("answer-detail", args=[answer_of(cycle, 2).pk])
    before = client.get(page).text
    send(cycle, people.coordinator)

    assert "Diminta kembali paling lambat" in before
    assert "Diminta kembali paling lambat" not in client.get(page).text


def test_what_was_asked_of_the_head_again_leaves_as_it_was_submitted_before(client_of, people, region, places):
    cycle = open_cycle(region, agency=places.health, heads_endorse=True)
    content = {"form": "value", "numerator": D(24), "denominator": D(31)}
    answers.save_draft(answer=answer_of(cycle, 2), content=content, seen_revision=0, by=people.operator)
    answers.submit(answer=answer_of(cycle, 2), by=people.head)
    checks.send_back(answer=answer_of(cycle, 2), notes=[WHOLE], closes_at=soon(), by=people.coordinator)
    answers.make_ready(answer=answer_of(cycle, 2), by=people.operator)

    shown = client_of(people.coordinator).get(reverse("package-send", args=[cycle.pk])).text

    assert "menunggu pengesahan Kepala OPD" not in shown
    assert "yang berangkat pengajuan terakhirnya: 2" in shown
