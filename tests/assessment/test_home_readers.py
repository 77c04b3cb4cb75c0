"""The start page of those who only read: leaders and observers."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessment.actions import awards, cycles, problems
from tests.factories.accounts import RegionFactory
from tests.factories.assessment import open_cycle, small_revision
from tests.factories.problems import problem_of
from tests.factories.verification import fixed, start, submitted


def test_leader_finds_the_present_year_the_result_and_what_happened(client_of, people, places, region):
    cycle = open_cycle(region, agency=places.health)
    submitted(cycle, 1, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    client = client_of(people.leader)

    before = client.get(reverse("home")).text
    fixed(cycle, proposer=people.reviewer, fixer=people.second_reviewer)
    after = client.get(reverse("home")).text

    assert reverse("board", args=[cycle.pk]) in before
    assert "menyerahkan paket" in before
    assert reverse("result-detail", args=[cycle.pk]) not in before
    assert reverse("result-detail", args=[cycle.pk]) in after
    assert "menetapkan hasil" in after


def test_reader_is_told_on_the_start_page_that_the_award_fell(client_of, people, places, region):
    cycle = open_cycle(region, agency=places.health)
    submitted(cycle, 1, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    fixed(cycle, proposer=people.reviewer, fixer=people.second_reviewer)
    today, problem = timezone.localdate(), problem_of(places.health, people.coordinator, days=-1)
    awards.announce(cycle=cycle, decree_number="M.HA-7", decree_on=today, by=people.coordinator)
    problems.mark_grounds(problem=problem, cycle=cycle, reason="Tidak ditanggapi.", by=people.reviewer)
    awards.revoke(cycle=cycle, problem=problem, decree_number="M.HA-9", decree_on=today, by=people.reviewer)

    for person in (people.leader, people.observer):
        page = client_of(person).get(reverse("home")).text
        assert f"Penghargaan {cycle.assessment_year} dicabut" in page.partition("Yang dapat Anda baca")[2]
        assert "mencatat pencabutan" in page.partition("Yang terjadi")[2]


def test_observer_finds_the_regencies_of_the_province_and_no_reasons(client_of, people, places, region):
    revision = small_revision()
    serang = open_cycle(region, agency=places.health, revision=revision)
    far = open_cycle(places.pidie, agency=places.health, revision=revision)
    hidden = open_cycle(places.lebak, agency=places.other_health, revision=revision, status="preparation")
    cycles.cancel(cycle=serang, reason="Alasan yang bukan urusan provinsi", by=people.coordinator)

    page = client_of(people.observer).get(reverse("home")).text

    assert reverse("board", args=[serang.pk]) in page
    assert "membatalkan" in page
    assert "Alasan yang bukan urusan provinsi" not in page
    assert reverse("board", args=[far.pk]) not in page
    assert reverse("board", args=[hidden.pk]) not in page
    assert reverse("office-board") in page


def test_without_any_year_the_reader_is_told_so(client_of, people):
    page = client_of(people.leader).get(reverse("home")).text

    assert "Belum ada periode penilaian" in page
    assert "Tidak ada yang menunggu Anda" not in page


def test_nobody_else_has_the_readers_part(client_of, people):
    for person in (people.operator, people.coordinator, people.reviewer, people.administrator):
        assert client_of(person).get(reverse("home")).context["reading"] is None


def test_readers_page_asks_no_more_for_more_regencies(client_of, people, places, region):
    revision = small_revision()
    open_cycle(region, agency=places.health, revision=revision)
    client = client_of(people.observer)
    client.get(reverse("home"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("home"))
    for number in range(5, 9):
        other = RegionFactory(code=f"36.0{number}", parent=places.banten)
        open_cycle(other, agency=places.health, revision=revision)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("home"))

    assert len(many) == len(one)
