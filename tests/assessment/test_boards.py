"""What the boards count, and what the coordinator reads before and after the package leaves."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from assessment.actions import cycles, packages, prereview, rounds, verification
from assessment.actions.returns import Note
from assessment.boards import Tally, board_of
from assessment.enums import NotePart, Outcome
from assessment.models import Package
from assessment.offices import office_of
from assessment.review_room import room_of
from tests.factories.assessment import answer_of, open_cycle
from tests.factories.verification import decide, send, submitted

D = Decimal
WHOLE = Note(NotePart.WHOLE, "Perbaiki.")


@pytest.fixture
def cycle(region, places):
    return open_cycle(region, agency=places.health)


def soon(days=1):
    return timezone.now() + dt.timedelta(days=days)


@pytest.mark.parametrize(("submitted_of_twelve", "shade"), [(0, 0), (1, 1), (6, 2), (11, 3), (12, 4)])
def test_cell_is_pale_only_where_nothing_was_submitted(submitted_of_twelve, shade):
    assert Tally(total=12, submitted=submitted_of_twelve).shade == shade


def test_score_of_the_package_stays_in_sight_until_the_result_is_fixed(client_of, people, cycle):
    submitted(cycle, 1, people.operator)
    client, path = client_of(people.coordinator), reverse("cycle-detail", args=[cycle.pk])
    before = client.get(path).text
    send(cycle, people.coordinator)
    verification.start(cycle=cycle, by=people.reviewer)
    decide(cycle, 1, people.reviewer, Outcome.CONFIRMED, points=D(0), reason="Salinan.")

    after = client.get(path).text

    assert "Perkiraan nilai" in before
    assert "Nilai mandiri" in after
    assert before.partition("bigscore")[2][:20] == after.partition("bigscore")[2][:20]
    assert "33,33" in after.partition("bigscore")[2][:20]


def test_office_counts_what_the_package_holds_as_the_board_of_the_cycle_does(people, cycle):
    for number in (1, 2):
        submitted(cycle, number, people.operator)
    prereview.send_back(answer=answer_of(cycle, 2), notes=[WHOLE], closes_at=soon(), by=people.coordinator)
    send(cycle, people.coordinator)

    assert Package.objects.get().items.count() == 2
    assert office_of(people.reviewer).rows[0].submitted == board_of(cycle).sum.submitted == 2


def test_office_does_not_count_what_an_open_round_waits_for(people, cycle):
    for number in (1, 2):
        submitted(cycle, number, people.operator)
    send(cycle, people.coordinator)
    verification.start(cycle=cycle, by=people.reviewer)
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
    page, sending = reverse("cycle-detail", args=[cycle.pk]), reverse("package-send", args=[cycle.pk])
    before = (client.get(page).text, client.get(sending).text)
    send(cycle, people.coordinator)
    packages.give_back(cycle=cycle, reason="Pengesahan belum ada.", by=people.reviewer)

    assert "Banjir." in before[0]
    assert "Perpanjangan untuk semua masih berjalan" in before[1]
    assert "Perpanjangan: semua" not in client.get(page).text
    assert "Perpanjangan untuk semua" not in client.get(sending).text


def test_hours_of_returns_that_still_run_are_named_before_sending(client_of, people, cycle):
    submitted(cycle, 2, people.operator)
    prereview.send_back(answer=answer_of(cycle, 2), notes=[WHOLE], closes_at=soon(), by=people.coordinator)

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
    verification.start(cycle=cycle, by=people.reviewer)
    decide(cycle, 1, people.reviewer)
    rounds.note_for_round(answer=answer_of(cycle, 1), notes=[WHOLE], by=people.reviewer)

    room = room_of(cycle, "belum")

    counts = {key: count for key, _words, count in room.filters}
    assert (room.decided, counts["belum"], counts["dicatat"]) == (1, 2, 1)
    assert [item.answer.indicator.number for item in room.shown] == [2, 3]


def test_only_who_answers_something_gets_more_time(client_of, people, places, cycle):
    form = client_of(people.coordinator).get(reverse("cycle-extend", args=[cycle.pk])).context["form"]

    assert list(form.fields["agency"].queryset) == [places.health]
