"""Awards: announced, threatened by grounds, revoked, fallen before they were given."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Role
from assessment.actions import awards, cycles, problems
from assessment.facts.awards import award_state
from assessment.models import AwardEnding, Cycle, ProblemGround
from assessment.refusals import TransitionRefusedError
from tests.factories.assessment import open_cycle, small_revision
from tests.factories.problems import problem_of
from tests.factories.verification import fixed, start, submitted
from tests.kept import kept


@kept
def cycle(people, places, region):
    """A year whose result is fixed."""
    cycle = open_cycle(region, agency=places.health)
    submitted(cycle, 1, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    fixed(cycle, proposer=people.reviewer, fixer=people.second_reviewer)
    return cycle


@kept
def awarded(people, cycle):
    """The same year with its award."""
    awards.announce(cycle=cycle, decree_number="M.HA-7", decree_on=timezone.localdate(), by=people.coordinator)
    cycle.refresh_from_db()
    return cycle


def test_grounds_are_marked_only_by_reviewers_who_did_not_work_in_the_year(client_of, people, places, awarded):
    problem = problem_of(places.health, people.coordinator, days=-1)
    Membership.objects.create(
        user=people.reviewer, role=Role.OPERATOR, agency=places.health, started_at=awarded.opened_at,
        ended_at=awarded.opened_at + dt.timedelta(days=1),
    )  # fmt: skip

    with pytest.raises(TransitionRefusedError, match="tidak bertugas di kabupaten/kota ini"):
        problems.mark_grounds(problem=problem, cycle=awarded, reason="Tidak dijawab.", by=people.reviewer)

    problems.mark_grounds(problem=problem, cycle=awarded, reason="Tidak dijawab.", by=people.second_reviewer)
    assert ProblemGround.objects.count() == 1


def test_grounds_threaten_the_award_on_every_page_of_its_year(client_of, people, places, awarded):
    problem = problem_of(places.health, people.coordinator, days=-1)

    client_of(people.reviewer).post(
        reverse("problem-ground", args=[problem.pk]), {"cycle": awarded.pk, "reason": "Tidak ditanggapi."}
    )

    title = f"Penghargaan {awarded.assessment_year} terancam dicabut"
    coordinator = client_of(people.coordinator)
    answer = awarded.answers.first()
    for path in (
        reverse("board", args=[awarded.pk]), reverse("result-detail", args=[awarded.pk]),
        reverse("document-list", args=[awarded.pk]), reverse("answer-detail", args=[answer.pk]),
    ):  # fmt: skip
        assert title in coordinator.get(path).text
    assert title in client_of(people.reviewer).get(reverse("office-board")).text
    assert people.coordinator.notices.filter(text__contains="terancam dicabut").count() == 1


@kept
def old(people, region):
    """A year of before that was recorded with its award, without a decree."""
    fields = {
        "assessment_year": 2020, "data_year": 2019, "revision": small_revision(), "outcome": "announced",
        "predicate": "Peduli HAM", "source": "Arsip", "awarded": True, "decree_number": "", "decree_on": None,
    }  # fmt: skip
    return cycles.record_past_year(region=region, fields=fields, by=people.coordinator)


def test_older_award_can_be_named_too(people, places, old):
    problem = problem_of(places.health, people.coordinator, days=-1)

    problems.mark_grounds(problem=problem, cycle=old, reason="x", by=people.reviewer)

    assert award_state(old).kind == "threatened"


def test_problem_whose_answer_is_not_due_yet_brings_nothing_down(people, places, awarded):
    problem = problem_of(places.health, people.coordinator, days=4)

    with pytest.raises(TransitionRefusedError, match="belum lewat"):
        problems.mark_grounds(problem=problem, cycle=awarded, reason="x", by=people.reviewer)


def test_award_of_a_recorded_year_is_not_revoked_before_its_cause_was_known(client_of, people, places, old):
    problem = problem_of(places.health, people.coordinator, days=-1)
    ground = problems.mark_grounds(problem=problem, cycle=old, reason="x", by=people.reviewer)
    early = problem.received_on - dt.timedelta(days=1)

    response = client_of(people.reviewer).post(
        reverse("award-revoke", args=[ground.pk]), {"decree_number": "x", "decree_on": early.isoformat()}
    )

    assert response.status_code == 422
    assert "permasalahannya diterima" in response.text


def test_award_is_not_revoked_before_it_was_given(client_of, people, places, awarded):
    problem = problem_of(places.health, people.coordinator, days=-1)
    ground = problems.mark_grounds(problem=problem, cycle=awarded, reason="x", by=people.reviewer)
    early = awarded.award.decree_on - dt.timedelta(days=1)

    response = client_of(people.reviewer).post(
        reverse("award-revoke", args=[ground.pk]), {"decree_number": "x", "decree_on": early.isoformat()}
    )

    assert response.status_code == 422
    assert "sebelum penghargaannya diberikan" in response.text
    assert not AwardEnding.objects.exists()


def test_award_of_another_region_cannot_be_named(people, places, awarded):
    elsewhere = problem_of(places.other_health, people.other_coordinator)

    with pytest.raises(TransitionRefusedError):
        problems.mark_grounds(problem=elsewhere, cycle=awarded, reason="x", by=people.reviewer)


def test_revocation_is_recorded_with_its_decree_and_every_page_says_so(client_of, people, places, awarded):
    problem = problem_of(places.health, people.coordinator, days=-1)
    ground = problems.mark_grounds(problem=problem, cycle=awarded, reason="Tidak ditanggapi.", by=people.reviewer)
    client, path = client_of(people.reviewer), reverse("award-revoke", args=[ground.pk])

    future = client.post(path, {"decree_number": "M.HA-9", "decree_on": "2099-01-01"})
    client.post(path, {"decree_number": "M.HA-9", "decree_on": timezone.localdate().isoformat()})

    page = client_of(people.leader).get(reverse("result-detail", args=[awarded.pk])).text
    assert future.status_code == 422
    assert AwardEnding.objects.get().end == "revoked"
    assert f"Penghargaan {awarded.assessment_year} dicabut" in page
    assert "M.HA-9" in page
    assert "Diberikan dengan keputusan M.HA-7" in page
    read = client.get(reverse("problem-detail", args=[problem.pk])).text
    assert f"Penghargaan {awarded.assessment_year} berakhir karena permasalahan ini" in read
    told = read.partition("Riwayat")[2]
    assert f"Penghargaan {awarded}" in told
    assert "mencatat pencabutan penghargaan" in told
    assert "Keputusan M.HA-9 tanggal" in told
    year = client_of(people.coordinator).get(reverse("board", args=[awarded.pk])).text.partition("Riwayat")[2]
    assert f"Dasarnya permasalahan {problem.code}" in year
    assert "Keputusan M.HA-9 tanggal" in year
    with pytest.raises(TransitionRefusedError, match="tidak mempunyai penghargaan"):
        awards.revoke(
            cycle=awarded, problem=problem, decree_number="x", decree_on=timezone.localdate(), by=people.reviewer
        )


def test_award_is_not_revoked_without_grounds(people, places, awarded):
    problem = problem_of(places.health, people.coordinator)

    with pytest.raises(TransitionRefusedError, match="Tandai dahulu"):
        awards.revoke(
            cycle=awarded, problem=problem, decree_number="x", decree_on=timezone.localdate(), by=people.reviewer
        )


def test_award_may_fall_before_it_is_given_and_then_none_is_announced(client_of, people, places, cycle):
    problem = problem_of(places.health, people.coordinator, days=-1)
    ground = problems.mark_grounds(problem=problem, cycle=cycle, reason="x", by=people.reviewer)

    client_of(people.reviewer).post(reverse("award-lapse", args=[ground.pk]))
    refused = client_of(people.coordinator).post(
        reverse("award-announce", args=[cycle.pk]),
        {"outcome": "award", "despite": "on", "decree_number": "M.HA-1", "decree_on": timezone.localdate().isoformat()},
    )
    client_of(people.coordinator).post(
        reverse("award-announce", args=[cycle.pk]), {"outcome": "none", "source": "Surat menteri"}
    )

    cycle.refresh_from_db()
    assert award_state(cycle).kind == "lapsed"
    assert "sudah gugur" in refused.text
    assert (cycle.status, cycle.source) == ("announced", "Surat menteri")


def test_mark_can_be_lifted_with_a_reason_until_the_award_has_ended(client_of, people, places, awarded):
    problem = problem_of(places.health, people.coordinator, days=-1)
    ground = problems.mark_grounds(problem=problem, cycle=awarded, reason="x", by=people.reviewer)

    client_of(people.reviewer).post(reverse("problem-ground-lift", args=[ground.pk]), {"reason": "Salah tahun."})
    lifted = award_state(awarded).kind
    again = problems.mark_grounds(problem=problem, cycle=awarded, reason="x", by=people.reviewer)
    awards.revoke(cycle=awarded, problem=problem, decree_number="x", decree_on=timezone.localdate(), by=people.reviewer)

    assert lifted == "given"
    with pytest.raises(TransitionRefusedError, match="sudah berakhir"):
        problems.lift_grounds(ground=again, reason="x", by=people.reviewer)
    assert ProblemGround.objects.filter(lifted_at=None).count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"outcome": "award"}, "Wajib diisi untuk penghargaan."),
        ({"outcome": "award", "decree_number": "1", "decree_on": "2099-01-01"}, "masih di masa depan"),
        ({"outcome": "award", "decree_number": "1", "decree_on": "2020-01-01"}, "sebelum berita acara hasilnya"),
        ({"outcome": "none"}, "Tulis sumbernya"),
        ({}, "tidak boleh kosong"),
    ],
)
def test_announcement_without_its_proof_is_refused(client_of, people, cycle, fields, sentence):
    response = client_of(people.coordinator).post(reverse("award-announce", args=[cycle.pk]), fields)

    cycle.refresh_from_db()
    assert response.status_code == 422
    assert sentence in response.text
    assert cycle.status == "finalised"


def test_announcement_is_offered_only_where_it_can_be_made(client_of, people, awarded):
    shown = client_of(people.coordinator).get(reverse("award-announce", args=[awarded.pk]))

    assert shown["Location"] == reverse("board", args=[awarded.pk])


def test_award_below_the_highest_predicate_is_recorded_only_knowingly(client_of, people, cycle):
    client, path = client_of(people.coordinator), reverse("award-announce", args=[cycle.pk])
    decree = {"outcome": "award", "decree_number": "M.HA-7", "decree_on": timezone.localdate().isoformat()}
    predicate = cycle.results.get().predicate

    refused = client.post(path, decree)
    client.post(path, {**decree, "despite": "on"})

    cycle.refresh_from_db()
    assert refused.status_code == 422
    assert f"Hasilnya {predicate}" in refused.text
    assert "M.HA-7" in refused.text
    assert cycle.status == "announced"


def test_award_is_recorded_with_the_predicate_of_the_result(client_of, people, cycle):
    cycle.revision.predicates.exclude(name=cycle.results.get().predicate).delete()

    client_of(people.coordinator).post(
        reverse("award-announce", args=[cycle.pk]),
        {"outcome": "award", "decree_number": "M.HA-7", "decree_on": timezone.localdate().isoformat()},
    )

    cycle.refresh_from_db()
    assert cycle.status == "announced"
    assert cycle.award.predicate == cycle.results.get().predicate
    assert people.leader.notices.filter(text__contains="M.HA-7").count() == 1


def test_dossier_carries_problems_in_their_public_form_only(people, places, awarded):
    from assessment.actions.documents import freeze
    from assessment.enums import Audience
    from assessment.exports.pdf import html_of
    from assessment.exports.printed import printed

    problem_of(places.health, people.coordinator, days=-1)
    snapshot, result = freeze(Cycle.objects.get(pk=awarded.pk), Audience.REGENCY)
    html = html_of(printed(snapshot, awarded, result, made_at=timezone.now(), version="0", final=True))

    assert "Dugaan penolakan layanan kependudukan." in html
    assert "Tidak ditanggapi, lewat tenggat" in html
    assert "Uraian yang peka." not in html
    assert "M.HA-7" in html


def test_award_that_falls_before_its_decree_is_asked_for(client_of, people, places, cycle):
    problem = problem_of(places.health, people.coordinator, days=-1)
    ground = problems.mark_grounds(problem=problem, cycle=cycle, reason="Tidak ditanggapi.", by=people.reviewer)

    asked = client_of(people.reviewer).get(reverse("award-lapse", args=[ground.pk])).text

    assert f"Penghargaan tahun {cycle.assessment_year} gugur" in asked
    assert AwardEnding.objects.count() == 0


def test_page_says_why_a_problem_cannot_be_grounds_yet(client_of, people, places, awarded):
    early = problem_of(places.health, people.coordinator, days=2)
    late = problem_of(places.health, people.coordinator, days=-2)
    client = client_of(people.reviewer)

    page = client.get(reverse("problem-detail", args=[early.pk])).text
    other = client.get(reverse("problem-detail", args=[late.pk])).text

    assert "Tenggat tanggapannya belum lewat." in page
    assert "Tandai sebagai dasar pencabutan" not in page
    assert "Tandai sebagai dasar pencabutan" in other


def test_only_what_can_be_done_with_a_marked_year_is_offered(client_of, people, places, cycle):
    problem = problem_of(places.health, people.coordinator, days=-1)
    ground = problems.mark_grounds(problem=problem, cycle=cycle, reason="Tidak ditanggapi.", by=people.reviewer)
    client, path = client_of(people.reviewer), reverse("problem-detail", args=[problem.pk])
    revoking, lapsing = (reverse(name, args=[ground.pk]) for name in ("award-revoke", "award-lapse"))

    before = client.get(path).text
    awards.announce(cycle=cycle, decree_number="M.HA-7", decree_on=timezone.localdate(), by=people.coordinator)
    after = client.get(path).text

    assert (revoking in before, lapsing in before) == (False, True)
    assert (revoking in after, lapsing in after) == (True, False)
    assert "Tidak ada penghargaan lain" in after
