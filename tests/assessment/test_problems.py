"""The register of human-rights problems: answered in time, late, or not at all."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEntry
from assessment.actions import problems
from assessment.models import Evidence, Problem
from assessment.refusals import TransitionRefusedError
from tests.factories import hostile
from tests.factories.assessment import open_cycle
from tests.factories.problems import problem_of


def entry(places, **changes):
    today = timezone.localdate()
    return {
        "title": "Dugaan penolakan layanan", "summary": "Uraian.", "public_summary": "Dugaan penolakan layanan.",
        "source": "Yankomas", "happened_on": (today - dt.timedelta(days=9)).isoformat(),
        "received_on": (today - dt.timedelta(days=3)).isoformat(),
        "due_at": (timezone.now() + dt.timedelta(days=7)).strftime("%Y-%m-%dT%H:%M"), "agency": places.health.pk,
        **changes,
    }  # fmt: skip


def test_coordinator_registers_and_the_agency_and_the_office_are_told(client_of, people, places, region):
    response = client_of(people.coordinator).post(reverse("problem-add", args=[region.pk]), entry(places))

    problem = Problem.objects.get()
    assert response["Location"] == reverse("problem-detail", args=[problem.pk])
    assert problem.code == f"{timezone.localdate().year}-01"
    assert people.operator.notices.filter(kind="problem").count() == 1
    assert people.reviewer.notices.filter(kind="problem").count() == 1
    assert people.supporter.notices.filter(kind="problem").count() == 0


def test_numbers_go_on_within_a_year(people, places):
    codes = [problem_of(places.health, people.coordinator).serial for _ in range(3)]

    assert codes == [1, 2, 3]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"happened_on": "2099-01-01"}, "masih di masa depan"),
        ({"received_on": "2001-01-01"}, "tidak mungkin sebelum terjadi"),
        ({"due_at": "2016-01-01T08:00"}, "tidak mungkin sebelum diterima"),
        ({"title": ""}, "tidak boleh kosong"),
        ({"agency": "999999"}, "Masukkan pilihan yang valid"),
    ],
)
def test_impossible_entries_are_refused_with_the_rest_kept(client_of, people, places, region, changes, sentence):
    response = client_of(people.coordinator).post(reverse("problem-add", args=[region.pk]), entry(places, **changes))

    assert response.status_code == 422
    assert sentence in response.text
    assert "Yankomas" in response.text
    assert Problem.objects.count() == 0


def test_agency_of_another_region_cannot_be_named(client_of, people, places, region):
    response = client_of(people.coordinator).post(
        reverse("problem-add", args=[region.pk]), entry(places, agency=places.other_health.pk)
    )

    assert response.status_code == 422


def test_agency_answers_in_time_with_proof_and_the_reviewer_resolves(client_of, people, places):
    problem = problem_of(places.health, people.coordinator)
    path = reverse("problem-detail", args=[problem.pk])
    proof = SimpleUploadedFile("bukti.pdf", hostile.pdf(pages=2), "application/pdf")

    client_of(people.operator).post(path, {"text": "Layanan sudah dibuka.", "proof": proof})
    waiting = client_of(people.reviewer).get("/").text
    evidence = Evidence.objects.get()
    seen = client_of(people.reviewer).get(reverse("evidence-detail", args=[evidence.public_id])).status_code
    client_of(people.reviewer).post(reverse("problem-step", args=[problem.pk, "resolve"]))

    problem.refresh_from_db()
    response = problem.responses.get()
    assert (problem.status, response.late, response.evidence) == ("resolved", False, evidence)
    assert f"{problem} {problem.region} sudah ditanggapi." in waiting
    assert seen == 200
    assert evidence.agency == places.health


def test_late_answer_is_taken_and_marked(client_of, people, places):
    problem = problem_of(places.health, people.coordinator, days=-2)
    client = client_of(people.reviewer)

    assert problem.overdue()
    assert problems.respond(problem=problem, text="Terlambat.", by=people.coordinator).late
    for page in (reverse("problem-list"), reverse("problem-detail", args=[problem.pk])):
        assert "Ditanggapi terlambat, menunggu verifikator" in client.get(page).text


def test_second_answer_to_a_problem_is_told_and_keeps_its_words(client_of, people, places):
    problem = problem_of(places.health, people.coordinator)
    client_of(people.operator).post(reverse("problem-detail", args=[problem.pk]), {"text": "Layanan dibuka kembali."})

    second = client_of(people.coordinator).post(
        reverse("problem-detail", args=[problem.pk]), {"text": "Loket kedua sudah dibuka sejak Senin."}
    )

    assert second.status_code == 422
    assert "Loket kedua sudah dibuka sejak Senin." in second.text
    assert 'role="alert"' in second.text
    assert [row.text for row in problem.responses.all()] == ["Layanan dibuka kembali."]


def test_refused_proof_keeps_the_text_and_answers_nothing(client_of, people, places):
    problem = problem_of(places.health, people.coordinator)
    path = reverse("problem-detail", args=[problem.pk])

    response = client_of(people.operator).post(
        path, {"text": "Sudah ditangani.", "proof": SimpleUploadedFile("virus.exe", b"MZ\x90\x00", "application/pdf")}
    )

    problem.refresh_from_db()
    assert response.status_code == 422
    assert "Sudah ditangani." in response.text
    assert problem.status == "open"


def test_reviewer_opens_again_with_a_reason(client_of, people, places):
    problem = problem_of(places.health, people.coordinator)
    problems.respond(problem=problem, text="Sudah.", by=people.operator)
    client, path = client_of(people.reviewer), reverse("problem-reopen", args=[problem.pk])

    refused = client.post(path, {"reason": ""})
    client.post(path, {"reason": "Bukti belum ada."})

    problem.refresh_from_db()
    assert refused.status_code == 422
    assert problem.status == "open"
    assert people.operator.notices.filter(text__contains="Bukti belum ada.").count() == 1


def test_only_those_concerned_read_a_problem_and_each_opening_is_logged(client_of, people, places):
    problem = problem_of(places.education, people.coordinator)
    path = reverse("problem-detail", args=[problem.pk])

    found = {name: client_of(person).get(path).status_code for name, person in vars(people).items()}

    assert {name for name, status in found.items() if status == 200} == {
        "coordinator", "leader", "supporter", "reviewer", "second_reviewer",
    }  # fmt: skip
    assert AccessEntry.objects.filter(kind="opened", target_type="problem").count() == 5


def test_due_problem_waits_on_the_start_page_of_whoever_answers(client_of, people, places):
    problem = problem_of(places.health, people.reviewer)

    assert f"{problem}: tanggapan ditunggu" in client_of(people.operator).get("/").text
    assert f"{problem}: tanggapan ditunggu" in client_of(people.coordinator).get("/").text
    assert f"{problem}: tanggapan ditunggu" not in client_of(people.supporter).get("/").text


def test_year_without_an_award_cannot_be_named(client_of, people, places, region):
    cycle = open_cycle(region, agency=places.health)
    problem = problem_of(places.health, people.coordinator)

    response = client_of(people.reviewer).post(
        reverse("problem-ground", args=[problem.pk]), {"cycle": cycle.pk, "reason": "x"}
    )

    assert response.status_code == 422
    with pytest.raises(TransitionRefusedError, match="tidak mempunyai penghargaan"):
        problems.mark_grounds(problem=problem, cycle=cycle, reason="x", by=people.reviewer)


def test_register_asks_no_more_for_more_problems(client_of, people, places):
    client, path = client_of(people.leader), reverse("problem-list")
    problem_of(places.health, people.coordinator)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    problem_of(places.health, people.coordinator)
    problem_of(places.education, people.coordinator)
    with CaptureQueriesContext(connection) as three:
        client.get(path)

    assert len(three) == len(one)


def test_reviewer_chooses_the_regency_of_an_entry_in_one_place(client_of, people, places):
    client, path = client_of(people.reviewer), reverse("problem-new")

    listed = client.get(reverse("problem-list")).text
    chosen = client.get(path, {"wilayah": places.lebak.pk})
    nothing = client.get(path, {"wilayah": ""})
    foreign = client.get(path, {"wilayah": places.pidie.pk})

    assert listed.count("Catat permasalahan") == 1
    assert chosen["Location"] == reverse("problem-add", args=[places.lebak.pk])
    assert "Pilih kabupaten/kotanya." in nothing.text
    assert "Pidie" not in foreign.text


def test_coordinator_is_led_straight_to_the_entry(client_of, people, region):
    response = client_of(people.coordinator).get(reverse("problem-new"))

    assert response["Location"] == reverse("problem-add", args=[region.pk])


def test_list_is_filtered_by_state_and_regency_with_counts(client_of, people, places):
    problem_of(places.health, people.coordinator, title="Dekat", days=3)
    problem_of(places.health, people.coordinator, title="Lewat", days=-2)
    answered = problem_of(places.other_health, people.other_coordinator, title="Dijawab")
    done = problem_of(places.other_health, people.other_coordinator, title="Beres")
    for row in (answered, done):
        problems.respond(problem=row, text="Sudah.", by=people.other_coordinator)
    problems.resolve(problem=done, by=people.reviewer)
    client, path = client_of(people.reviewer), reverse("problem-list")

    def shown(**query):
        return [row.title for row in client.get(path, query).context["list"].page.object_list]

    assert shown() == ["Lewat", "Dekat", "Dijawab", "Beres"]
    assert shown(keadaan="terlambat") == ["Lewat"]
    assert shown(keadaan="ditanggapi") == ["Dijawab"]
    assert shown(wilayah=places.lebak.pk) == ["Dijawab", "Beres"]
    assert shown(wilayah=places.serang.pk, keadaan="selesai") == []
    assert shown(wilayah="x" * 40, keadaan="<b>") == shown()
    counts = {row.key: row.count for row in client.get(path).context["list"].filters}
    assert counts == {"semua": 4, "belum": 2, "terlambat": 1, "ditanggapi": 1, "selesai": 1}


def test_list_of_the_other_province_names_no_regency_of_this_one(client_of, people, places):
    problem_of(places.health, people.coordinator)

    assert "Serang" not in client_of(people.far_reviewer).get(reverse("problem-list")).text


def test_settling_is_asked_for_beside_the_answer(client_of, people, places):
    problem = problem_of(places.health, people.coordinator)
    client, path = client_of(people.reviewer), reverse("problem-step", args=[problem.pk, "resolve"])
    early = client.get(path)
    problems.respond(problem=problem, text="Layanan sudah dibuka kembali.", by=people.operator)

    asked = client.get(path).text
    problem.refresh_from_db()

    assert early["Location"] == reverse("problem-detail", args=[problem.pk])
    assert "Layanan sudah dibuka kembali." in asked
    assert "tidak dapat dibuka lagi" in asked
    assert problem.status == "responded"


def test_page_names_what_is_next_to_whoever_it_waits_for(client_of, people, places):
    problem = problem_of(places.health, people.coordinator)
    path = reverse("problem-detail", args=[problem.pk])

    asked = client_of(people.operator).get(path).text
    problems.respond(problem=problem, text="Sudah.", by=people.operator)
    judged = client_of(people.reviewer).get(path).text

    assert 'href="#tanggapi"' in asked
    assert 'href="#nilai"' in judged
    assert 'href="#nilai"' not in client_of(people.operator).get(path).text
