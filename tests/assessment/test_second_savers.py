"""Whoever saves second is told what the first one wrote; nobody decides or sends what was not read."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.kept_forms import owner_mark
from assessment.actions import answers, checks, returns, rounds
from assessment.enums import NotePart
from assessment.facts.returns import Note
from assessment.models import AgencyMapping, Citation, Cycle, Evidence, PendingReturn, ReturnNote
from tests.factories import hostile
from tests.factories.accounts import PASSWORD
from tests.factories.assessment import answer_of, evidence_of, open_cycle
from tests.factories.verification import start, submitted

SAVED_MEANWHILE = "Orang lain baru saja menyimpan ini"


@pytest.fixture
def cycle(people, places, region):
    return open_cycle(region, agency=places.health)


@pytest.fixture
def returned(people, cycle):
    """An answer that the coordinator sent back with one note."""

    submitted(cycle, 1, people.operator)
    note, until = Note(NotePart.VALUE, "Periksa."), timezone.now() + dt.timedelta(days=2)
    checks.send_back(answer=answer_of(cycle, 1), notes=[note], closes_at=until, by=people.coordinator)
    return answer_of(cycle, 1)


def seen_in(response) -> str:
    return response.text.split('name="seen" value="')[1].split('"')[0]


def test_description_of_evidence_is_saved(client_of, people, places):
    evidence = evidence_of(people.operator, places.health, hostile.pdf())
    page = reverse("evidence-detail", args=[evidence.public_id])

    client_of(people.operator).post(page, {"title": "Judul baru", "kind": "sk", "number": "7/2025"})

    evidence = Evidence.objects.get()
    assert (evidence.title, evidence.kind, evidence.number) == ("Judul baru", "sk", "7/2025")


def test_second_description_does_not_overwrite_the_first(client_of, people, places):
    evidence = evidence_of(people.operator, places.health, hostile.pdf())
    page, client = reverse("evidence-detail", args=[evidence.public_id]), client_of(people.operator)
    seen = seen_in(client.get(page))
    client.post(page, {"title": "Yang pertama", "kind": "sk", "seen": seen})

    refused = client.post(page, {"title": "Yang kedua", "kind": "sk", "seen": seen})
    client.post(page, {"title": "Yang kedua", "kind": "sk", "seen": seen_in(refused)})

    assert refused.status_code == 409
    assert SAVED_MEANWHILE in refused.text
    assert "Yang pertama" in refused.text
    assert "Yang kedua" in refused.text
    assert Evidence.objects.get().title == "Yang kedua"


def test_second_reply_does_not_overwrite_the_first(client_of, people, returned):
    page, note = reverse("answer-detail", args=[returned.pk]), ReturnNote.objects.get()
    fields = {"form": returned.form, "reason": returned.reason, "seen_revision": returned.revision}
    fields["seen"] = seen_in(client_of(people.head).get(page))
    client_of(people.operator).post(page, {**fields, f"note-{note.pk}": "Dari operator."})

    refused = client_of(people.head).post(page, {**fields, f"note-{note.pk}": "Dari kepala."})

    note.refresh_from_db()
    assert refused.status_code == 409
    assert note.reply == "Dari operator."
    assert "Dari operator." in refused.text
    assert "Dari kepala." in refused.text


def test_answer_and_reply_are_saved_together_or_not_at_all(client_of, people, returned):
    page, note = reverse("answer-detail", args=[returned.pk]), ReturnNote.objects.get()
    fields = {"form": "none", "reason": "Alasan baru.", "seen_revision": returned.revision, "seen": "bukan-tanda"}

    refused = client_of(people.operator).post(page, {**fields, f"note-{note.pk}": "Balasan."})
    returned.refresh_from_db()
    before = returned.reason
    seen = seen_in(refused)
    client_of(people.operator).post(page, {**fields, "seen": seen, f"note-{note.pk}": "Balasan."})

    note.refresh_from_db()
    returned.refresh_from_db()
    assert refused.status_code == 409
    assert "Alasan baru." in refused.text
    assert before != "Alasan baru."
    assert (note.reply, returned.reason) == ("Balasan.", "Alasan baru.")


@pytest.fixture
def second_to_save(client_of, people, returned):
    """The operator saves what the head has saved, with a reply of the operator's own; then once more, knowingly."""

    def save(own_reply: str):
        page, reply = reverse("answer-detail", args=[returned.pk]), f"note-{ReturnNote.objects.get().pk}"
        fields = {"form": "none", "seen_revision": returned.revision}
        fields |= {"seen": seen_in(client_of(people.head).get(page))}
        client_of(people.head).post(page, {**fields, "reason": "Alasan kepala.", reply: "Balasan kepala."})
        second = {**fields, "reason": "Alasan operator.", reply: own_reply}
        refused = client_of(people.operator).post(page, second)
        returned.refresh_from_db()
        again = {**second, "seen_revision": returned.revision, "seen": seen_in(refused)}
        client_of(people.operator).post(page, again)
        returned.refresh_from_db()
        return refused

    return save


def test_second_saver_of_answer_and_reply_sees_both_at_once(returned, second_to_save):
    refused = second_to_save("Balasan operator.")

    assert refused.status_code == 409
    for words in ("Alasan kepala.", "Balasan kepala.", "Alasan operator.", "Balasan operator."):
        assert words in refused.text
    assert (ReturnNote.objects.get().reply, returned.reason) == ("Balasan operator.", "Alasan operator.")


def test_second_saver_who_wrote_no_reply_leaves_that_of_the_first(returned, second_to_save):
    second_to_save("")

    assert (ReturnNote.objects.get().reply, returned.reason) == ("Balasan kepala.", "Alasan operator.")


def test_reply_stays_that_of_whoever_wrote_it_when_another_one_is_added(people, cycle):
    submitted(cycle, 1, people.operator)
    notes, until = [Note(NotePart.VALUE, "Satu."), Note(NotePart.WHOLE, "Dua.")], timezone.now() + dt.timedelta(days=2)
    checks.send_back(answer=answer_of(cycle, 1), notes=notes, closes_at=until, by=people.coordinator)
    one, two = ReturnNote.objects.order_by("pk")
    returns.reply(answer=answer_of(cycle, 1), replies={one.pk: "Pertama.", two.pk: ""}, by=people.operator)

    returns.reply(answer=answer_of(cycle, 1), replies={one.pk: "Pertama.", two.pk: "Kedua."}, by=people.head)

    assert [note.replied_by for note in ReturnNote.objects.order_by("pk")] == [people.operator, people.head]


def test_reply_typed_when_the_session_had_ended_comes_back_with_the_answer(people, returned):
    page, note = reverse("answer-detail", args=[returned.pk]), ReturnNote.objects.get()
    fields = {"form": "none", "reason": "Alasan ketikan.", "seen_revision": returned.revision}
    fields |= {f"note-{note.pk}": "Balasan ketikan."}
    fields |= {"form_owner": owner_mark(people.operator), "form_page": page}
    client = Client()
    client.post(page, fields)
    client.post("/masuk/", {"login": "operator", "password": PASSWORD})

    shown = client.get(page).text

    assert "Belum tersimpan" in shown
    assert "Alasan ketikan." in shown
    assert "Balasan ketikan." in shown


def test_reply_that_nobody_touched_is_no_reply(client_of, people, returned):
    page, note = reverse("answer-detail", args=[returned.pk]), ReturnNote.objects.get()
    fields = {"form": "none", "reason": "Alasan baru.", "seen_revision": returned.revision}
    seen = seen_in(client_of(people.head).get(page))
    ReturnNote.objects.update(reply="Dari kepala.", replied_by=people.head, replied_at=timezone.now())

    client_of(people.operator).post(page, {**fields, "seen": seen, f"note-{note.pk}": ""})

    note.refresh_from_db()
    returned.refresh_from_db()
    assert (note.reply, returned.reason) == ("Dari kepala.", "Alasan baru.")


def test_reply_is_closed_once_the_answer_was_sent_again(client_of, people, returned):
    note = ReturnNote.objects.get()
    answers.submit(answer=returned, by=people.head)

    page = reverse("answer-detail", args=[returned.pk])
    refused = client_of(people.operator).post(page, {"seen_revision": 0, f"note-{note.pk}": "Terlambat."})

    note.refresh_from_db()
    assert "Terlambat." in refused.text
    assert note.reply == ""


def test_second_note_for_the_round_does_not_overwrite_the_first(client_of, people, cycle):
    submitted(cycle, 1, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    answer = answer_of(cycle, 1)
    page, client = reverse("review-note", args=[answer.pk]), client_of(people.second_reviewer)
    text = client.get(reverse("review-detail", args=[answer.pk])).text
    seen = text.split('name="catatan-seen" value="')[1].split('"')[0]
    rounds.note_for_round(answer=answer, notes=[Note(NotePart.VALUE, "Pertama.")], by=people.reviewer)

    refused = client.post(page, {"catatan-value": "Kedua.", "catatan-seen": seen})

    assert refused.status_code == 409
    assert PendingReturn.objects.get().notes[0]["text"] == "Pertama."
    assert "“Pertama.”" in refused.text


def test_second_change_of_a_cycle_does_not_overwrite_the_first(client_of, people, places, region):
    cycle = open_cycle(region, agency=places.health, status="preparation")
    page, client = reverse("cycle-change", args=[cycle.pk]), client_of(people.coordinator)
    form = {
        "assessment_year": cycle.assessment_year, "data_year": cycle.data_year, "revision": cycle.revision_id,
        "filling_deadline": (timezone.now() + dt.timedelta(days=30)).strftime("%Y-%m-%dT%H:%M"),
        "seen": seen_in(client.get(page)),
    }  # fmt: skip
    client.post(page, {**form, "heads_endorse": "on"})

    refused = client.post(page, form)

    assert refused.status_code == 409
    assert SAVED_MEANWHILE in refused.text
    assert Cycle.objects.get().heads_endorse


def test_coordinator_passes_only_the_submission_that_was_read(client_of, people, cycle):
    submitted(cycle, 1, people.operator)
    answer = answer_of(cycle, 1)
    read = answer.last_submission_id
    answers.withdraw(answer=answer, by=people.operator)
    submitted(cycle, 1, people.operator)

    for name in ("check-accept", "check-return"):
        client_of(people.coordinator).post(reverse(name, args=[answer.pk]), {"read": read, "whole": "x"})

    assert answer_of(cycle, 1).status == "submitted"


def test_only_the_draft_that_was_read_is_submitted(client_of, people, cycle):
    answer = answer_of(cycle, 3)
    content = {"form": "none", "reason": "Pertama."}
    answers.save_draft(answer=answer, content=content, seen_revision=0, by=people.operator)
    client = client_of(people.head)
    page = reverse("answer-submit", args=[answer.pk])
    read = answer_of(cycle, 3).revision
    answers.save_draft(answer=answer, content={"reason": "Kedua."}, seen_revision=read, by=people.operator)

    response = client.post(page, {"seen_revision": read}, follow=True)

    assert "baru saja diubah orang lain" in response.text
    assert answer_of(cycle, 3).status == "draft"


def test_supporting_agency_takes_only_its_own_citations_away(client_of, people, places, cycle):
    from assessment.actions import assignments
    from assessment.actions.citations import Reference, cite

    answer = answer_of(cycle, 1)
    assignments.set_supporters(
        cycle=cycle, indicator=answer.indicator, agencies=[places.education], by=people.coordinator
    )
    theirs = evidence_of(people.operator, places.health, hostile.pdf(pages=2))
    cite(answer=answer, evidence=theirs, agency=places.health, by=people.operator, reference=Reference())

    client_of(people.supporter).post(reverse("citation-remove", args=[Citation.objects.get().pk]))

    assert Citation.objects.count() == 1


def test_second_to_assign_an_indicator_sees_whose_it_is_now(client_of, people, places, cycle):
    path, client = reverse("assignment-list", args=[cycle.pk]), client_of(people.coordinator)
    chosen = cycle.revision.indicators.get(number=2).pk
    seen = {f"owner-{chosen}": str(places.health.pk)}
    shown = client.get(path).text
    client.post(path, {"indicators": [chosen], "agency": places.education.pk, **seen})

    refused = client.post(path, {"indicators": [chosen], "agency": places.legal.pk, **seen})
    kept = cycle.assignments.responsible().get(indicator=chosen).agency
    again = {f"owner-{chosen}": str(places.education.pk)}
    client.post(path, {"indicators": [chosen], "agency": places.legal.pk, **again})

    assert f'name="owner-{chosen}" value="{places.health.pk}"' in shown
    assert refused.status_code == 409
    assert f"{SAVED_MEANWHILE}: indikator 2 {places.education}" in refused.text
    assert f'name="owner-{chosen}" value="{places.education.pk}"' in refused.text
    assert kept == places.education
    assert cycle.assignments.responsible().get(indicator=chosen).agency == places.legal


def test_second_to_name_supporters_sees_the_first(client_of, people, places, cycle):
    indicator, client = cycle.revision.indicators.get(number=2), client_of(people.coordinator)
    path = reverse("assignment-supporters", args=[cycle.pk, indicator.pk])
    seen = seen_in(client.get(path))
    client.post(path, {"agencies": [places.education.pk], "seen": seen})

    refused = client.post(path, {"agencies": [places.legal.pk], "seen": seen})
    client.post(path, {"agencies": [places.legal.pk], "seen": seen_in(refused)})

    supporting = cycle.assignments.filter(indicator=indicator, responsible=False)
    assert refused.status_code == 409
    assert f"{SAVED_MEANWHILE}: {places.education}" in refused.text
    assert [row.agency for row in supporting] == [places.legal]


def test_second_to_map_the_agencies_sees_the_first(client_of, people, places, cycle):
    path, client = reverse("assignment-mapping", args=[cycle.pk]), client_of(people.coordinator)
    page = client.get(path)
    name = next(field for field in page.context["form"].fields if field.startswith("type-"))
    client.post(path, {name: places.education.pk, "seen": seen_in(page)})

    refused = client.post(path, {name: places.legal.pk, "seen": seen_in(page)})
    client.post(path, {name: places.legal.pk, "seen": seen_in(refused)})

    assert refused.status_code == 409
    assert f"{SAVED_MEANWHILE}: {places.education}" in refused.text
    assert list(AgencyMapping.objects.values_list("agency", flat=True)) == [places.legal.pk]


def test_answer_that_was_passed_meanwhile_is_not_returned_unseen(client_of, people, cycle):
    submitted(cycle, 1, people.operator)
    answer = answer_of(cycle, 1)
    page = client_of(people.coordinator).get(reverse("check-detail", args=[answer.pk])).text
    checks.accept(answer=answer, by=people.coordinator)
    note = {"whole": "Tanda tangan belum ada.", "read": answer.last_submission_id}
    until = timezone.localtime(timezone.now() + dt.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")

    path, client = reverse("check-return", args=[answer.pk]), client_of(people.coordinator)
    refused = client.post(path, {**note, "closes_at": until, "waiting": "1"})
    status = answer_of(cycle, 1).status
    client.post(path, {**note, "closes_at": until})

    assert 'name="waiting" value="1"' in page
    assert "baru saja diloloskan" in refused.text
    assert "Tanda tangan belum ada." in refused.text
    assert 'name="waiting"' not in refused.text
    assert (status, answer_of(cycle, 1).status) == ("accepted", "returned")
