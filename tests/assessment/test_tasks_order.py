"""The task list leads to what is due first, and says when."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from accounts.words import short_moment, weekday_moment
from assessment.models import Answer, Return
from tests.factories.verification import send_back, submitted


def test_what_was_asked_back_earlier_stands_first_with_its_hour(client_of, people, region, cycle):
    hours = {1: 72, 2: 24, 3: 48}
    asked = {
        number: send_back(submitted(cycle, number, people.operator), people.coordinator, hours=left)
        for number, left in hours.items()
    }

    page = client_of(people.operator).get(reverse("task-list")).text

    said = [f"paling lambat <b>{short_moment(asked[number].closes_at, region.zone)}" for number in (2, 3, 1)]
    places = [page.index(words) for words in said]
    assert places == sorted(places)
    assert "Perbaiki indikator 2." in page


def test_hour_that_has_passed_is_no_longer_named_while_the_year_is_filled(client_of, people, region, cycle):
    late = send_back(submitted(cycle, 1, people.operator), people.coordinator)
    passed = timezone.now() - dt.timedelta(hours=1)
    Answer.objects.filter(pk=late.answer_id).update(returned_until=passed)
    Return.objects.filter(pk=late.pk).update(closes_at=passed)
    client = client_of(people.operator)

    tasks = client.get(reverse("task-list")).text
    answer = client.get(reverse("answer-detail", args=[late.answer_id])).text

    assert f"paling lambat <b>{short_moment(cycle.filling_deadline, region.zone)}" in tasks
    assert f"</b>, {weekday_moment(cycle.filling_deadline, region.zone)}</span>" in answer


def test_numbers_are_read_with_their_unit_where_the_coordinator_checks(client_of, people, cycle):
    submitted(cycle, 3, people.operator)

    page = client_of(people.coordinator).get(reverse("check-list", args=[cycle.pk])).text

    assert "<b>12 kejadian</b>" in page
