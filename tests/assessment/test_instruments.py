"""The administrator's import: file, preview, confirmation."""

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEvent
from assessment.models import InstrumentDraft
from indicators.models import Revision
from tests.factories.assessment import choice_row, number_row, ratio_row, small_document, small_revision


def upload(client, document, name="instrumen.yaml"):
    content = document if isinstance(document, bytes) else yaml.safe_dump(document, allow_unicode=True).encode()
    return client.post(reverse("instrument-import"), {"file": SimpleUploadedFile(name, content)})


@pytest.fixture
def client(client_of, people):
    return client_of(people.administrator)


def test_preview_shows_what_would_change_and_stores_nothing(client):
    small_revision()
    changed = small_document(indicators=[choice_row(), ratio_row(text="Rumusan baru."), number_row()])

    upload(client, changed)
    page = client.get(reverse("instrument-preview")).text

    assert "1 indikator berubah" in page
    assert "Rumusan baru." in page
    assert Revision.objects.count() == 1


@pytest.mark.parametrize(("status", "stored"), [("draft", "draft"), ("official", "official")])
def test_confirmed_preview_is_loaded_as_asked(client, status, stored):
    upload(client, small_document())

    client.post(reverse("instrument-confirm"), {"status": status})

    assert Revision.objects.get().text_status == stored
    assert InstrumentDraft.objects.count() == 0


def test_faults_are_listed_and_nothing_is_kept(client):
    response = upload(client, small_document(indicators=[choice_row(kind="x"), ratio_row(), number_row()]))

    assert response.status_code == 422
    assert "Indikator 1, kind: “x” tidak dikenal" in response.text
    assert InstrumentDraft.objects.count() == Revision.objects.count() == 0


def test_unreadable_file_is_refused_beside_the_field(client):
    assert "bukan YAML yang benar" in upload(client, b"a: [1").text


def test_existing_revision_is_confirmed_once_and_only_its_status_changes(client):
    revision = small_revision()
    before = revision.content_hash
    path = reverse("revision-confirm", args=[revision.pk])

    client.post(path)
    again = client.post(path, follow=True)

    revision.refresh_from_db()
    assert (revision.text_status, revision.content_hash) == ("official", before)
    assert "sebelumnya" in again.text
    assert AuditEvent.objects.filter(verb="instrument.confirmed").count() == 1


def test_only_the_administrator_imports(client_of, people):
    for person in (people.coordinator, people.reviewer, people.operator):
        assert client_of(person).get(reverse("instrument-import")).status_code == 403


def test_standing_notice_leaves_the_coordinators_pages_once_confirmed(client_of, people, client):
    revision = small_revision()
    coordinator = client_of(people.coordinator)
    before = coordinator.get("/").text
    client.post(reverse("revision-confirm", args=[revision.pk]))

    assert "belum dicocokkan dengan lampiran resmi" in before
    assert "belum dicocokkan" not in coordinator.get("/").text
    assert "belum dicocokkan" not in client_of(people.operator).get("/").text
