"""The next step of a verification is named in every state, and leads to where it is done."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assessment.actions import results, reviews, rounds
from assessment.enums import NotePart, Outcome
from assessment.facts.returns import Note
from assessment.models import CorrectionRound
from tests.factories.assessment import answer_of, open_cycle
from tests.factories.verification import close, decide, open_round, send, start, submitted
from tests.kept import kept


@kept
def cycle(people, places, region):
    """Two of three indicators submitted; the package is not handed over yet."""
    cycle = open_cycle(region, agency=places.health)
    submitted(cycle, 1, people.operator)
    submitted(cycle, 2, people.operator)
    return cycle


@kept
def begun(people, cycle):
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    return cycle


@pytest.fixture
def next_of(client_of, people):
    """The sentence and the address that the overview names as next, for a reviewer."""

    def asked(cycle, name="reviewer"):
        step = client_of(getattr(people, name)).get(reverse("review-list", args=[cycle.pk])).context["page"].following
        return (step.text, step.url) if step else None

    return asked


def note(cycle, number, people):
    notes = [Note(NotePart.WHOLE, "Lengkapi.")]
    rounds.note_for_round(answer=answer_of(cycle, number), notes=notes, by=people.reviewer)


def test_package_is_opened_after_a_page_that_says_what_follows(client_of, people, cycle):
    send(cycle, people.coordinator)
    client, path = client_of(people.reviewer), reverse("review-start", args=[cycle.pk])

    page = client.get(path).text
    client.post(path)
    again = client.get(path)

    assert "2 dari 3 indikator" in page
    assert "tidak dapat dibatalkan" in page
    assert reverse("package-give-back", args=[cycle.pk]) in page
    assert again["Location"] == reverse("review-list", args=[cycle.pk])


def test_next_is_opening_then_reading_then_the_empty_ones_then_proposing(people, cycle, next_of):
    send(cycle, people.coordinator)
    assert next_of(cycle) == ("Paket menunggu dibuka.", reverse("review-start", args=[cycle.pk]))

    reviews.start(cycle=cycle, by=people.reviewer)
    first = reverse("review-detail", args=[answer_of(cycle, 1).pk])
    assert next_of(cycle) == ("Putuskan 2 indikator yang tersisa. 1 lagi tidak pernah diajukan.", first)

    decide(cycle, 1, people.reviewer)
    decide(cycle, 2, people.reviewer)
    empty = reverse("review-not-filled", args=[cycle.pk])
    assert next_of(cycle) == ("Putuskan 1 indikator yang tidak pernah diajukan.", empty)

    decide(cycle, 3, people.reviewer, Outcome.NOT_FILLED)
    assert next_of(cycle) == ("Semua indikator sudah diputuskan.", reverse("result-propose", args=[cycle.pk]))

    result = results.propose(cycle=cycle, by=people.reviewer)
    page = reverse("result-detail", args=[cycle.pk])
    assert next_of(cycle) == ("Usulan menunggu ditetapkan oleh verifikator lain.", page)
    assert next_of(cycle, "second_reviewer") == ("Periksa usulan, lalu tetapkan atau kembalikan.", page)

    results.give_back(cycle=cycle, result=result, reason="Baca lagi.", by=people.second_reviewer)
    assert next_of(cycle)[0] == "Usulan dikembalikan. Tanggapi alasannya, lalu usulkan lagi."


def test_next_is_the_round_and_then_waiting_for_it(people, begun, next_of):
    decide(begun, 1, people.reviewer)
    decide(begun, 3, people.reviewer, Outcome.NOT_FILLED)
    note(begun, 2, people)
    assert next_of(begun) == ("1 indikator dicatat untuk diperbaiki.", reverse("round-open", args=[begun.pk]))

    open_round(begun, (2,), people.reviewer)
    words, address = next_of(begun)
    assert (words.startswith("Menunggu perbaikan 1 indikator sampai"), address) == (True, "")

    close(CorrectionRound.objects.get())
    assert next_of(begun)[0] == "Putuskan 1 indikator yang tersisa."


def test_what_was_noted_is_passed_over_by_the_way_on(client_of, people, begun):
    note(begun, 2, people)

    response = client_of(people.reviewer).get(reverse("review-detail", args=[answer_of(begun, 1).pk]))

    assert response.context["page"].following.answer == answer_of(begun, 3)


def test_each_right_leads_to_what_waits_in_it(client_of, people, begun):
    decide(begun, 1, people.reviewer)

    room = client_of(people.reviewer).get(reverse("review-list", args=[begun.pk])).context["page"].room

    assert [item.answer.indicator.number for _right, _decided, _total, item in room.entries] == [2, 3]


def test_decision_says_beforehand_that_it_drops_the_note(client_of, people, begun):
    note(begun, 2, people)

    page = client_of(people.reviewer).get(reverse("review-detail", args=[answer_of(begun, 2).pk])).text

    assert "Setujui nilai 5, hapus catatan" in page


def test_rounds_say_how_they_ended(client_of, people, begun):
    client, path = client_of(people.reviewer), reverse("review-list", args=[begun.pk])
    opened = open_round(begun, (1, 2), people.reviewer)
    running = client.get(path).text
    submitted(begun, 1, people.operator, note="Sudah dilengkapi.")
    CorrectionRound.objects.filter(pk=opened.pk).update(closes_at=timezone.now())
    half = client.get(path).text
    open_round(begun, (2,), people.reviewer)
    submitted(begun, 2, people.operator, numerator=25, denominator=31)
    whole = client.get(path).text

    assert "Berjalan: 0 dari 2 kembali" in running
    assert "Sudah ditutup: 1 dari 2 kembali" in half
    assert "Selesai: semua 1 kembali" in whole


def test_score_is_called_provisional_only_while_it_is(client_of, people, begun):
    client, path = client_of(people.reviewer), reverse("review-list", args=[begun.pk])
    before = client.get(path).text
    decide(begun, 1, people.reviewer)
    decide(begun, 2, people.reviewer)
    decide(begun, 3, people.reviewer, Outcome.NOT_FILLED)
    result = results.propose(cycle=begun, by=people.reviewer)
    proposed = client.get(path).text
    results.fix(
        cycle=begun, result=result, minutes_number="1", minutes_on=result.proposed_at.date(), by=people.second_reviewer
    )
    fixed = client.get(path).text

    assert "Nilai sementara" in before
    assert "Nilai yang diusulkan" in proposed
    assert "Nilai yang ditetapkan" in fixed
