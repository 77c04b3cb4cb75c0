"""Whoever decides on a result or an award reads which problems the regency has not answered."""

import pytest
from django.urls import reverse

from assessment.actions import problems, results
from tests.factories.assessment import open_cycle
from tests.factories.problems import problem_of
from tests.factories.verification import decide_all, fix, start, submitted

UNANSWERED = "permasalahan HAM menunggu tanggapan"


@pytest.fixture
def cycle(people, places, region):
    """A year on which everything is decided, in a regency with an overdue and an answered problem."""
    cycle = open_cycle(region, agency=places.health)
    submitted(cycle, 1, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    decide_all(cycle, people.reviewer)
    answered = problem_of(places.health, people.coordinator)
    problems.respond(problem=answered, text="Sudah ditangani.", by=people.operator)
    return cycle


def test_whoever_proposes_fixes_or_announces_reads_the_unanswered_problems(client_of, people, places, cycle):
    overdue = problem_of(places.health, people.coordinator, days=-1)
    problem_of(places.other_health, people.other_coordinator, days=-1)
    second = client_of(people.second_reviewer)
    proposing = client_of(people.reviewer).get(reverse("result-propose", args=[cycle.pk]))
    result = results.propose(cycle=cycle, by=people.reviewer)
    proposed = second.get(reverse("result-detail", args=[cycle.pk]))
    fixing = second.get(reverse("result-fix", args=[cycle.pk]))
    fix(cycle, result, people.second_reviewer)
    announcing = client_of(people.coordinator).get(reverse("award-announce", args=[cycle.pk]))

    for page in (proposing, proposed, fixing, announcing):
        assert f"1 {UNANSWERED}" in page.text
        assert f"{overdue}</a>, tenggat" in page.text
        assert "lewat tenggat" in page.text
        assert reverse("problem-detail", args=[overdue.pk]) in page.text


def test_nothing_is_said_where_all_is_answered_or_to_those_who_decide_nothing(client_of, people, places, cycle):
    proposing = client_of(people.reviewer).get(reverse("result-propose", args=[cycle.pk])).text
    problem_of(places.health, people.coordinator, days=-1)
    results.propose(cycle=cycle, by=people.reviewer)
    proposer = client_of(people.reviewer).get(reverse("result-detail", args=[cycle.pk]))

    assert proposer.status_code == 200
    assert UNANSWERED not in proposing + proposer.text


def test_page_of_the_result_leads_the_coordinator_to_the_announcement(client_of, people, places, cycle):
    path, link = reverse("result-detail", args=[cycle.pk]), reverse("award-announce", args=[cycle.pk])
    result = results.propose(cycle=cycle, by=people.reviewer)
    fix(cycle, result, people.second_reviewer)

    assert link in client_of(people.coordinator).get(path).text
    assert link not in client_of(people.leader).get(path).text

    overdue = problem_of(places.health, people.coordinator, days=-1)
    problems.mark_grounds(problem=overdue, cycle=cycle, reason="Tidak ditanggapi.", by=people.reviewer)
    threatened = client_of(people.coordinator).get(path).text

    assert "terancam" in threatened
    assert link in threatened
