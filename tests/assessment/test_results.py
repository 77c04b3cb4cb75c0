"""The result: bonus, proposal with everything frozen, second person with the password, giving back."""

import datetime as dt
import json
from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.audit import head_of
from accounts.models import ReviewOffice
from accounts.verification import chains, verify
from assessment.actions import awards, problems, results
from assessment.dossier import dossier_of, read
from assessment.enums import Outcome
from assessment.models import Cycle, Result, ResultDecision, Snapshot
from assessment.refusals import TransitionRefusedError
from tests.factories.assessment import answer_of, open_cycle
from tests.factories.problems import problem_of
from tests.factories.verification import decide, decide_all, fixed, proposed, start, submitted
from tests.kept import kept

D = Decimal
PASSWORD = "kata sandi verifikator kedua"


@kept
def cycle(people, places, region):
    cycle = open_cycle(region, agency=places.health)
    for number in (1, 2):
        submitted(cycle, number, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    return cycle


def minutes(**fields):
    return {"minutes_number": "W.11-HA.01-7", "minutes_on": timezone.localdate().isoformat(), **fields}


@pytest.fixture
def second(people, client_of):
    """The second reviewer's browser, with a known password."""
    people.second_reviewer.set_password(PASSWORD)
    people.second_reviewer.save()
    return client_of(people.second_reviewer)


def test_bonus_is_entered_with_its_source_and_the_newest_stands(client_of, people, cycle):
    client, path = client_of(people.reviewer), reverse("result-bonus", args=[cycle.pk])

    without = client.post(path, {"points": "2", "source": ""})
    client.post(path, {"points": "2", "source": "Surat pelaporan B08"})
    client.post(path, {"points": "2,5", "source": "Surat pelaporan B12"})
    decide_all(cycle, people.reviewer)
    result = results.propose(cycle=cycle, by=people.reviewer)

    assert without.status_code == 422
    assert [row.points for row in cycle.bonuses.all()] == [D("2.50"), D(2)]
    assert (result.total, result.bonus, result.final) == (D("50.00"), D("2.50"), D("52.50"))


def test_second_to_enter_a_bonus_sees_the_first(client_of, people, cycle):
    client, path = client_of(people.reviewer), reverse("result-bonus", args=[cycle.pk])
    seen = client.get(path).context["form"]["seen"].value()
    client_of(people.second_reviewer).post(path, {"points": "2", "source": "Surat yang pertama", "seen": seen})

    second = client.post(path, {"points": "3", "source": "Surat yang kedua", "seen": seen})
    client.post(path, {"points": "3", "source": "Surat kedua", "seen": second.context["form"]["seen"].value()})

    assert second.status_code == 409
    assert "2,00 (Surat yang pertama)" in second.text
    assert "Surat yang kedua" in second.text
    assert [row.points for row in cycle.bonuses.all()] == [D(3), D(2)]


@pytest.mark.parametrize(("points", "sentence"), [("101", "lebih besar"), ("-1", "negatif"), ("2.5", "tulis “2,5”")])
def test_impossible_bonus_is_refused(client_of, people, cycle, points, sentence):
    response = client_of(people.reviewer).post(
        reverse("result-bonus", args=[cycle.pk]), {"points": points, "source": "Surat"}
    )

    assert response.status_code == 422
    assert sentence in response.text
    assert cycle.bonuses.count() == 0


def test_final_score_never_exceeds_hundred(people, places, region):
    cycle = open_cycle(region, agency=places.health)
    for number, content in ((1, {}), (2, {"form": "value", "numerator": D(31), "denominator": D(31)}),
                            (3, {"form": "value", "number": D(1)})):  # fmt: skip
        submitted(cycle, number, people.operator, **content)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    results.enter_bonus(cycle=cycle, points=D(3), source="Surat", by=people.reviewer)

    result = proposed(cycle, people.reviewer)

    assert (result.total, result.final, result.predicate) == (D("100.00"), D("100.00"), "Peduli HAM")


def test_undecided_indicators_keep_the_result_from_being_proposed(client_of, people, cycle):
    decide(cycle, 1, people.reviewer)

    response = client_of(people.reviewer).post(reverse("result-propose", args=[cycle.pk]), follow=True)

    assert "Masih 2 indikator belum diputuskan." in response.text
    assert Result.objects.count() == 0


def test_proposal_freezes_the_dossier_and_locks_the_scores(people, cycle):
    before = head_of(cycle.region)
    decide_all(cycle, people.reviewer)
    head = head_of(cycle.region)

    result = results.propose(cycle=cycle, by=people.reviewer)
    frozen = dossier_of(result.snapshot)

    assert (result.number, result.trail_head) == (1, head)
    assert before != head
    assert frozen.trail_head != head
    assert (frozen.totals.verified_score, frozen.totals.self_score) == (D("50.00"), D("50.00"))
    assert [sheet.decided.points for sheet in frozen.sheets] == [D(10), D(5), D(0)]
    with pytest.raises(TransitionRefusedError):
        decide(cycle, 1, people.reviewer, points=D(1), reason="x")


def test_snapshot_reads_back_as_it_was_frozen(people, cycle):
    result = proposed(cycle, people.reviewer)

    frozen = read(result.snapshot.body)

    assert json.loads(result.snapshot.body)["format"] == 1
    assert frozen.sheets[1].submitted.value.achievement == D("77.42")
    assert frozen.sheets[1].submitted.at == answer_of(cycle, 2).last_submission.submitted_at
    assert frozen.package.endorsed_by == "Sekretaris Daerah"


def test_snapshot_of_a_newer_format_is_refused():
    with pytest.raises(ValueError, match="newer"):
        read('{"format": 999}')


@pytest.mark.django_db
def test_frozen_rows_cannot_be_changed(people, cycle):
    result = proposed(cycle, people.reviewer)

    for rows, change in ((Snapshot.objects, {"body": "{}"}), (Result.objects, {"final": D(99)})):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.filter(pk__gt=0).update(**change)
    assert Result.objects.get().final == result.final


def test_second_reviewer_fixes_with_the_password_and_the_regency_is_told(people, cycle, second):
    proposed(cycle, people.reviewer)

    response = second.post(reverse("result-fix", args=[cycle.pk]), minutes(password=PASSWORD))

    cycle.refresh_from_db()
    decision = ResultDecision.objects.get()
    assert response["Location"] == reverse("result-detail", args=[cycle.pk])
    assert cycle.status == "finalised"
    assert (decision.decided_by, decision.minutes_number, decision.alone) == (
        people.second_reviewer, "W.11-HA.01-7", False,
    )  # fmt: skip
    for name in ("coordinator", "leader", "operator"):
        assert getattr(people, name).notices.filter(kind="result").count() == 1


def test_wrong_password_fixes_nothing_and_keeps_the_rest(people, cycle, second):
    proposed(cycle, people.reviewer)

    response = second.post(reverse("result-fix", args=[cycle.pk]), minutes(password="bukan kata sandinya"))

    cycle.refresh_from_db()
    assert response.status_code == 422
    assert "Kata sandi belum cocok" in response.text
    assert "W.11-HA.01-7" in response.text
    assert "bukan kata sandinya" not in response.text
    assert cycle.status == "proposed"


def test_guessing_the_password_is_stopped(people, cycle, second):
    proposed(cycle, people.reviewer)
    path = reverse("result-fix", args=[cycle.pk])

    answers = [second.post(path, minutes(password=f"tebakan {turn}")).status_code for turn in range(6)]
    right = second.post(path, minutes(password=PASSWORD))

    cycle.refresh_from_db()
    assert answers[0] == 422
    assert right.status_code != 302 or cycle.status == "proposed"
    assert cycle.status == "proposed"


def test_lock_of_whoever_guesses_the_password_grows_as_at_the_door(people, cycle, second):
    proposed(cycle, people.reviewer)
    path = reverse("result-fix", args=[cycle.pk])
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(2):
            for _ in range(5):
                second.post(path, minutes(password="tebakan"))
            clock.shift(dt.timedelta(minutes=6))

        locked = second.post(path, minutes(password=PASSWORD))

    cycle.refresh_from_db()
    assert (locked.status_code, cycle.status) == (429, "proposed")


def test_proposer_does_not_fix_the_own_proposal(client_of, people, cycle):
    result = proposed(cycle, people.reviewer)

    page = client_of(people.reviewer).get(reverse("result-detail", args=[cycle.pk])).text

    assert "Tetapkan hasil" not in page
    with pytest.raises(TransitionRefusedError, match="verifikator lain"):
        results.fix(cycle=cycle, result=result, minutes_number="1", minutes_on=timezone.localdate(), by=people.reviewer)


def test_office_may_switch_the_second_person_off_and_the_result_says_so(client_of, people, places, cycle):
    ReviewOffice.objects.filter(pk=places.office.pk).update(second_person=False)
    result = proposed(cycle, people.reviewer)

    decision = results.fix(
        cycle=cycle, result=result, minutes_number="1", minutes_on=timezone.localdate(), by=people.reviewer
    )

    assert decision.alone
    assert "tanpa orang kedua" in client_of(people.coordinator).get(reverse("result-detail", args=[cycle.pk])).text


def test_minutes_in_the_future_are_refused(people, cycle, second):
    proposed(cycle, people.reviewer)

    response = second.post(reverse("result-fix", args=[cycle.pk]), minutes(minutes_on="2099-01-01", password=PASSWORD))

    assert "tidak boleh di masa depan" in response.text


def test_given_back_result_stays_marked_and_the_next_one_is_revision_two(client_of, people, cycle, second):
    first = proposed(cycle, people.reviewer)

    refused = second.post(reverse("result-give-back", args=[cycle.pk]), {"reason": ""})
    second.post(reverse("result-give-back", args=[cycle.pk]), {"reason": "Indikator 2 belum dibaca."})
    cycle.refresh_from_db()
    back = cycle.status
    decide(cycle, 2, people.reviewer, points=D(1), reason="Dibaca ulang.")
    again = results.propose(cycle=cycle, by=people.reviewer)

    assert refused.status_code == 422
    assert back == "verification"
    assert first.decision.reason == "Indikator 2 belum dibaca."
    assert (again.number, list(Result.objects.standing())) == (2, [again])
    assert people.reviewer.notices.filter(text__contains="belum dibaca").count() == 1


def test_reason_of_giving_back_stands_where_the_next_proposal_is_made(client_of, people, cycle, second):
    proposed(cycle, people.reviewer)
    second.post(reverse("result-give-back", args=[cycle.pk]), {"reason": "Indikator 2 belum dibaca."})
    client = client_of(people.reviewer)

    old_address = client.get(reverse("result-detail", args=[cycle.pk]), follow=True)
    stale = second.post(reverse("result-fix", args=[cycle.pk]), minutes(password=PASSWORD), follow=True)

    for page in (old_address, stale, client.get(reverse("result-propose", args=[cycle.pk]))):
        assert page.status_code == 200
        assert "Indikator 2 belum dibaca." in page.text
    assert client_of(people.coordinator).get(reverse("result-detail", args=[cycle.pk])).status_code == 404


def test_page_before_proposing_shows_the_numbers_and_what_follows(client_of, people, cycle):
    client, path = client_of(people.reviewer), reverse("result-propose", args=[cycle.pk])
    early = client.get(path).text
    decide_all(cycle, people.reviewer)
    ready = client.get(path).text
    client.post(path)
    late = client.get(path)

    assert "Masih 3 indikator belum diputuskan." in early
    assert "Ya, usulkan hasil" not in early
    assert "50,00" in ready
    assert "belum dicatat, dihitung 0" in ready
    assert "dibekukan" in ready
    assert late["Location"] == reverse("review-list", args=[cycle.pk])


def test_whoever_proposes_or_fixes_reads_what_was_not_simply_confirmed(client_of, people, cycle):
    decide(cycle, 1, people.reviewer)
    decide(cycle, 2, people.reviewer, points=D("3.5"), reason="Dokumen tidak bertanda tangan.")
    decide(cycle, 3, people.reviewer, Outcome.NOT_FILLED)
    before = client_of(people.reviewer).get(reverse("result-propose", args=[cycle.pk]))
    result = results.propose(cycle=cycle, by=people.reviewer)
    path = reverse("result-detail", args=[cycle.pk])
    proposed_page = client_of(people.second_reviewer).get(path)
    results.fix(cycle=cycle, result=result, minutes_number="1", minutes_on=timezone.localdate(),
                by=people.second_reviewer)  # fmt: skip
    observer = client_of(people.observer).get(path).text

    for page in (before, proposed_page):
        assert [(row.number, row.url) for row in page.context["altered"]] == [
            (2, reverse("review-detail", args=[answer_of(cycle, 2).pk]))
        ]
        assert "Dokumen tidak bertanda tangan." in page.text
        assert "<b>1</b> nilai disetujui" in page.text
        assert "<b>1</b> jawaban disetujui dengan nilai lain" in page.text
    assert "Dokumen tidak bertanda tangan." not in observer


def test_result_page_says_what_became_of_the_award_beside_the_verdict(client_of, people, places, cycle):
    fixed(cycle, proposer=people.reviewer, fixer=people.second_reviewer)
    client, path = client_of(people.leader), reverse("result-detail", args=[cycle.pk])

    def beside_the_verdict():
        page = client.get(path).text
        return page[page.index('class="verdict"') : page.index("Nilai per hak")]

    before = beside_the_verdict()
    awards.announce(cycle=cycle, decree_number="M.HA-7", decree_on=timezone.localdate(), by=people.coordinator)
    given = beside_the_verdict()
    problem = problem_of(places.health, people.coordinator, days=-1)
    problems.mark_grounds(problem=problem, cycle=cycle, reason="Tidak ditanggapi.", by=people.reviewer)
    threatened = beside_the_verdict()
    awards.revoke(
        cycle=cycle, problem=problem, decree_number="M.HA-9", decree_on=timezone.localdate(), by=people.reviewer
    )
    revoked = beside_the_verdict()

    assert "Belum diumumkan" in before
    assert "M.HA-7" in given
    assert "terancam dicabut" in threatened
    assert "M.HA-9" in revoked


def test_result_page_says_where_it_is_written_that_there_is_no_award(client_of, people, cycle):
    fixed(cycle, proposer=people.reviewer, fixer=people.second_reviewer)
    awards.announce_without(cycle=cycle, source="Pengumuman menteri", by=people.coordinator)

    page = client_of(people.leader).get(reverse("result-detail", args=[cycle.pk])).text

    assert "Tanpa penghargaan" in page
    assert "Pengumuman menteri" in page


def test_reason_of_giving_back_stays_in_the_office(client_of, people, cycle, second):
    proposed(cycle, people.reviewer)
    second.post(reverse("result-give-back", args=[cycle.pk]), {"reason": "Nilai 41 terlalu tinggi."})

    page = client_of(people.coordinator).get(reverse("board", args=[cycle.pk])).text

    assert "mengembalikan usulan hasil" in page
    assert "terlalu tinggi" not in page


def test_result_page_shows_the_snapshot_and_not_the_present(client_of, people, cycle):
    fixed(cycle, proposer=people.reviewer, fixer=people.second_reviewer)
    cycle.region.name = "Serang Baru"
    cycle.region.save()

    page = client_of(people.leader).get(reverse("result-detail", args=[cycle.pk])).text

    assert "50,00" in page
    assert "Belum ditetapkan" not in page
    assert Result.objects.get().snapshot.sha256 in page


def test_regency_reads_decisions_once_the_result_is_fixed(client_of, people, cycle):
    decide(cycle, 2, people.reviewer, points=D("3.5"), reason="Dokumen tidak bertanda tangan.")
    decide(cycle, 1, people.reviewer)
    decide(cycle, 3, people.reviewer, Outcome.NOT_FILLED)
    result = results.propose(cycle=cycle, by=people.reviewer)
    path = reverse("answer-detail", args=[answer_of(cycle, 2).pk])
    hidden = client_of(people.operator).get(path).text

    results.fix(cycle=cycle, result=result, minutes_number="1", minutes_on=timezone.localdate(),
                by=people.second_reviewer)  # fmt: skip
    shown = client_of(people.operator).get(path).text

    assert "Dokumen tidak bertanda tangan." not in hidden
    assert "Dokumen tidak bertanda tangan." in shown
    assert "nilai 3,5" in shown


def test_trail_is_whole_after_a_year(people, cycle):
    fixed(cycle, proposer=people.reviewer, fixer=people.second_reviewer)

    assert [verify(head) for head in chains()] == [None] * len(chains())


def test_cancelled_cycle_shows_no_result_as_final(client_of, people, cycle):
    proposed(cycle, people.reviewer)
    Cycle.objects.filter(pk=cycle.pk).update(status="cancelled")

    assert client_of(people.coordinator).get(reverse("result-detail", args=[cycle.pk])).status_code == 404


def test_indicator_decided_as_not_filled_counts_as_never_submitted(client_of, people, places, region):
    from assessment.pages.board import board_of

    cycle = open_cycle(region, agency=places.health)
    submitted(cycle, 1, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    decide(cycle, 2, people.reviewer, Outcome.NOT_FILLED)

    board = board_of(Cycle.objects.get(pk=cycle.pk))
    tasks = client_of(people.operator).get(reverse("task-list"))

    assert (board.sum.submitted, board.sum.accepted) == (1, 0)
    assert tasks.status_code == 200
    assert "Tidak ikut dalam paket" in tasks.text


def test_minutes_are_not_older_than_the_package(people, cycle, second):
    decide_all(cycle, people.reviewer)
    results.propose(cycle=cycle, by=people.reviewer)
    fields = minutes(minutes_on="2020-01-01", password=PASSWORD)

    refused = second.post(reverse("result-fix", args=[cycle.pk]), fields)

    assert refused.status_code == 422
    assert "tidak boleh sebelum paketnya diserahkan" in refused.text
    assert ResultDecision.objects.count() == 0


def test_bonus_is_changed_from_what_was_entered(client_of, people, cycle):
    results.enter_bonus(cycle=cycle, points=D("1.25"), source="Surat 7", by=people.reviewer)

    page = client_of(people.reviewer).get(reverse("result-bonus", args=[cycle.pk])).text

    assert 'value="1,25"' in page
    assert 'value="Surat 7"' in page


def test_regency_reads_what_was_changed_and_why_once_it_is_fixed(client_of, people, cycle):
    decide_all(cycle, people.reviewer)
    decide(cycle, 1, people.reviewer, Outcome.CONFIRMED, points=D(4), reason="Hanya salinan.")
    result = results.propose(cycle=cycle, by=people.reviewer)
    results.fix(
        cycle=cycle, result=result, minutes_number="1", minutes_on=timezone.localdate(), by=people.second_reviewer
    )
    coordinator, operator = client_of(people.coordinator), client_of(people.operator)

    page = coordinator.get(reverse("result-detail", args=[cycle.pk])).text
    listed = coordinator.get(reverse("answer-list", args=[cycle.pk])).text

    assert "Hanya salinan." in page
    assert reverse("answer-detail", args=[answer_of(cycle, 1).pk]) in page
    assert "nilai mandiri 10" in listed
    assert "<b>4</b>" in listed
    assert "<b>4</b>" in operator.get(reverse("task-list")).text
    assert "Hanya salinan." not in operator.get(reverse("result-detail", args=[cycle.pk])).text


def test_agency_goes_on_reading_a_year_that_is_over(client_of, people, cycle):
    decide_all(cycle, people.reviewer)
    fixed(cycle, proposer=people.reviewer, fixer=people.second_reviewer)
    awards.announce(cycle=cycle, decree_number="M.HA-7", decree_on=timezone.localdate(), by=people.coordinator)
    client = client_of(people.operator)

    tasks = client.get(reverse("task-list")).text
    over = client.get(reverse("task-list"), {"periode": cycle.pk}).text

    assert f"?periode={cycle.pk}" in tasks
    assert "Rumusan indikator 1." not in tasks
    assert "Rumusan indikator 1." in over
    assert "Hasil verifikasi" in client.get(reverse("answer-detail", args=[answer_of(cycle, 1).pk])).text
