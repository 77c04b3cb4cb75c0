"""A document that submissions cite changes only by a new version, and drafts move to it knowingly."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from assessment.actions import assignments, checks
from assessment.actions import evidence as actions
from assessment.actions.citations import Reference, cite
from assessment.enums import NotePart
from assessment.facts.evidence import described, is_fixed
from assessment.facts.returns import Note
from assessment.facts.sent_back import untouched
from assessment.models import Citation, Evidence, StoredFile, SubmittedCitation
from tests.factories import hostile
from tests.factories.assessment import answer_of, evidence_of, open_cycle
from tests.factories.problems import problem_of
from tests.factories.verification import submitted
from tests.kept import kept


@kept
def answer(region, places):
    return answer_of(open_cycle(region, agency=places.health), 3)


@kept
def law(people, places):
    return evidence_of(people.operator, places.health, hostile.pdf(3), title="Perda lama", number="1/2020")


def new_version(client, evidence, content: bytes, **fields):
    data = {"title": "Perda baru", "kind": "perda", "number": "7/2026", **fields}
    data["file"] = SimpleUploadedFile("baru.pdf", content)
    return client.post(reverse("evidence-replace", args=[evidence.public_id]), data)


def cited(people, places, answer, evidence, pages="1"):
    reference = Reference(pages=pages)
    return cite(answer=answer, evidence=evidence, agency=places.health, by=people.operator, reference=reference)


DESCRIPTION = {
    "title": "Perda baru", "kind": "perda", "number": "7/2026", "dated_on": dt.date(2026, 1, 2),
    "valid_from": dt.date(2026, 1, 3), "valid_until": dt.date(2031, 1, 2),
}  # fmt: skip


@pytest.mark.parametrize("part", DESCRIPTION)
def test_each_part_of_a_description_is_kept_as_it_comes_and_as_it_is_changed(part, people, places, law):
    added = evidence_of(people.operator, places.health, hostile.pdf(2), **DESCRIPTION)
    before = described(law)
    actions.describe(evidence=law, details={part: DESCRIPTION[part]}, by=people.operator)
    law.refresh_from_db()

    assert described(added) == DESCRIPTION
    assert described(law) == {**before, part: DESCRIPTION[part]} != before


def test_only_the_document_that_a_submission_or_a_response_cites_is_fixed(people, places, answer, law):
    proof, other = (evidence_of(people.operator, places.health, hostile.pdf(pages)) for pages in (1, 2))
    cited(people, places, answer, law)
    submitted(answer.cycle, 3, people.operator)
    problem = problem_of(places.health, people.coordinator)
    problem.responses.create(text="x", evidence=proof, responded_by=people.operator, responded_as="x")

    assert [is_fixed(row) for row in (law, proof, other)] == [True, True, False]


def test_new_version_takes_the_place_in_the_library_and_names_what_it_replaces(client_of, people, law):
    client = client_of(people.operator)

    page = client.get(new_version(client, law, hostile.pdf(2))["Location"])

    library = client.get(reverse("evidence-list")).text
    assert Evidence.objects.get(title="Perda baru").supersedes == law
    assert "Perda lama" in page.text
    assert "Perda baru" in library
    assert "Perda lama" not in library


def test_form_of_a_new_version_knows_the_title_and_the_kind(client_of, people, law):
    form = client_of(people.operator).get(reverse("evidence-replace", args=[law.public_id])).context["form"]

    assert form["title"].value() == "Perda lama"
    assert form["number"].value() == "1/2020"


def test_document_has_one_new_version_and_the_second_person_is_told(client_of, people, law):
    client = client_of(people.operator)
    new_version(client, law, hostile.pdf(2))

    response = new_version(client, law, hostile.pdf(4), title="Perda ketiga")

    assert response.status_code == 422
    assert "sudah mempunyai versi baru: “Perda baru”" in response.text
    assert 'value="Perda ketiga"' in response.text
    assert Evidence.objects.count() == 2


@pytest.mark.parametrize(
    ("pages", "sentence"), [(3, "sama persis dengan yang sudah tersimpan"), (5, "sudah ada di pustaka sebagai “Lain”")]
)
def test_bytes_that_the_library_has_are_no_new_version(client_of, people, places, law, pages, sentence):
    evidence_of(people.operator, places.health, hostile.pdf(5), title="Lain")

    response = new_version(client_of(people.operator), law, hostile.pdf(pages))

    assert sentence in response.text
    assert not Evidence.objects.exclude(supersedes=None).exists()


def test_submission_keeps_the_version_it_cites(client_of, people, places, answer, law):
    cited(people, places, answer, law)
    submitted(answer.cycle, 3, people.operator)

    new_version(client_of(people.operator), law, hostile.pdf(2))

    assert SubmittedCitation.objects.get().evidence == law
    assert client_of(people.coordinator).get(reverse("evidence-detail", args=[law.public_id])).status_code == 200


@pytest.mark.parametrize(("pages", "kept"), [("2", "2"), ("3", "")])
def test_draft_moves_to_the_new_version_with_the_pages_it_has(client_of, people, places, answer, pages, kept):
    law = evidence_of(people.operator, places.health, hostile.pdf(3), title="Perda lama")
    citation, client = cited(people, places, answer, law, pages), client_of(people.operator)
    new_version(client, law, hostile.pdf(2))
    page = reverse("answer-detail", args=[answer.pk])
    assert "Pakai versi baru" in client.get(page).text

    response = client.post(reverse("citation-renew", args=[citation.pk]), follow=True)

    moved = Citation.objects.get()
    assert (moved.evidence.title, moved.pages) == ("Perda baru", kept)
    assert ("Halamannya perlu ditulis lagi" in response.text) is (kept == "")
    assert "Pakai versi baru" not in response.text


def test_newer_version_in_another_agencys_library_stays_there(client_of, people, places, answer):
    """The supporting agency has not cited it yet: to the responsible one it does not exist."""
    assignments.set_supporters(
        cycle=answer.cycle, indicator=answer.indicator, agencies=[places.education], by=people.coordinator
    )
    theirs = evidence_of(people.supporter, places.education, hostile.pdf(3), title="Rekap lama")
    cite(answer=answer, evidence=theirs, agency=places.education, by=people.supporter, reference=Reference())
    new_version(client_of(people.supporter), theirs, hostile.pdf(2), title="Rekap rahasia")
    client = client_of(people.operator)

    page = client.get(reverse("answer-detail", args=[answer.pk])).text
    response = client.post(reverse("citation-renew", args=[Citation.objects.get().pk]), follow=True)

    assert "Pakai versi baru" not in page
    assert "Rekap rahasia" not in response.text
    assert Citation.objects.get().evidence == theirs


def test_moving_to_a_new_version_is_work_on_what_came_back(client_of, people, places, answer, law):
    """A return that asks for the newest version is answered by exactly that."""
    cited(people, places, answer, law)
    submitted(answer.cycle, 3, people.operator)
    notes, closes_at = [Note(NotePart.WHOLE, "Pakai versi terbaru.")], timezone.now() + dt.timedelta(days=1)
    checks.send_back(answer=answer, notes=notes, closes_at=closes_at, by=people.coordinator)
    answer = answer_of(answer.cycle, 3)
    client = client_of(people.operator)
    new_version(client, law, hostile.pdf(2))
    before = untouched([answer])

    client.post(reverse("citation-renew", args=[Citation.objects.get().pk]))

    assert (list(before), list(untouched([answer]))) == ([answer.pk], [])
    trail = client.get(reverse("answer-detail", args=[answer.pk])).text
    assert "“Perda lama”, halaman 1 → “Perda baru”, halaman 1" in trail


def test_second_click_on_a_new_version_leads_to_it(client_of, people, law):
    client = client_of(people.operator)
    first = new_version(client, law, hostile.pdf(2), form_token="satu")

    second = new_version(client, law, hostile.pdf(2), form_token="satu")

    assert second["Location"] == first["Location"]
    assert Evidence.objects.count() == 2


def test_document_that_another_tab_took_away_is_said_to_be_gone(people, law):
    actions.remove(evidence=law, by=people.operator)

    actions.remove(evidence=law, by=people.operator)
    with pytest.raises(actions.VersionRefusedError, match="baru saja dihapus"):
        actions.replace(evidence=law, checked=None, details={}, by=people.operator)


def test_citation_of_the_newest_version_stays(client_of, people, places, answer, law):
    citation = cited(people, places, answer, law)

    response = client_of(people.operator).post(reverse("citation-renew", args=[citation.pk]), follow=True)

    assert "sudah merujuk versi terbaru" in response.text
    assert Citation.objects.get() == citation


def test_document_names_the_drafts_that_cite_it(client_of, people, places, answer, law):
    cited(people, places, answer, law)

    page = client_of(people.operator).get(reverse("evidence-detail", args=[law.public_id])).text

    assert reverse("answer-detail", args=[answer.pk]) in page


def test_version_of_another_agency_is_not_there(client_of, people, law):
    response = new_version(client_of(people.supporter), law, hostile.pdf(2))

    assert response.status_code == 404
    assert StoredFile.objects.count() == 1
