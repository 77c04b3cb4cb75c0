"""The administrator's import: file, preview, confirmation; the same by a command; and what the trail says of it."""

import datetime as dt

import pytest
import time_machine
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from assessment.actions import instruments
from assessment.models import InstrumentDraft
from indicators.models import Indicator, Instrument, Revision
from tests.factories.accounts import MembershipFactory
from tests.factories.assessment import choice_row, number_row, open_cycle, ratio_row, small_manuscript, small_revision
from tests.indicators.conftest import OLDER_FILE, WORKING_FILE

IMPORT = "/instrumen/impor/"


def written(manuscript) -> bytes:
    return manuscript if isinstance(manuscript, bytes) else yaml.safe_dump(manuscript, allow_unicode=True).encode()


def upload(client, manuscript, name="instrumen.yaml", **fields):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, written(manuscript)), **fields})


def previewed(client, manuscript) -> str:
    """Upload a file and return the address of its preview."""
    return upload(client, manuscript)["Location"]


def confirm(client, preview: str, status="draft", **fields):
    newest = client.get(preview).context["newest"]
    data = {"status": status, "compared_with": newest.pk if newest else "", "matched": "1", **fields}
    return client.post(f"{preview}simpan/", data)


def changed(**row) -> dict:
    return small_manuscript(indicators=[choice_row(), ratio_row(**row), number_row()])


@pytest.fixture
def client(client_of, people):
    return client_of(people.administrator)


# --- file


def test_first_instrument_is_previewed_loaded_and_written_to_the_trail(client, people):
    preview = previewed(client, WORKING_FILE.read_bytes())
    page = client.get(preview).text
    assert "120 indikator dalam 10 hak" in page
    assert Instrument.objects.count() == AuditEvent.objects.filter(verb__startswith="instrument").count() == 0

    done = confirm(client, preview)

    revision = Revision.objects.get()
    assert done["Location"] == reverse("catalogue-revision", args=[revision.instrument.code, 1])
    assert (revision.indicators.count(), revision.text_status) == (120, "draft")
    event = AuditEvent.objects.get(verb="instrument.imported")
    assert (event.actor, event.role, event.region) == (people.administrator, "Administrator", None)
    assert event.payload.data["after"] == {"hash": revision.content_hash, "indicators": 120}


def test_faults_are_listed_by_indicator_and_key_and_nothing_is_kept(client):
    bad = small_manuscript(title="", indicators=[choice_row(kind="x"), ratio_row(agency="y"), number_row()])

    response = upload(client, bad)

    assert response.status_code == 422
    for fault in ("Instrumen, title: masih kosong.", "Indikator 1, kind: “x” tidak dikenal", "Indikator 2, agency:"):
        assert fault in response.text
    assert "3 kesalahan, tidak ada yang disimpan" in response.text
    assert InstrumentDraft.objects.count() == Revision.objects.count() == Instrument.objects.count() == 0


def test_very_many_faults_are_counted_and_the_first_are_shown(client):
    rows = [choice_row(number=number, text=f"Rumusan {number}", kind="x", right="y") for number in range(1, 151)]

    page = upload(client, small_manuscript(total_indicators=150, indicators=rows)).text

    assert "302 kesalahan" in page
    assert "Yang ditampilkan 200 kesalahan pertama." in page


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a: [1", "bukan YAML yang benar"),
        (b"a: &a [x]\nb: [*a, *a]", "rujukan (&amp; dan *) tidak dipakai"),
        ("judul: é".encode("latin-1"), "tidak memakai UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "tidak memakai UTF-8"),
        (b"", "Berkas ini kosong."),
        (b"x: '" + b"y" * 1_000_001 + b"'", "Berkas lebih besar dari 1 MB"),
    ],
)
def test_unreadable_file_is_refused_beside_the_field(client, content, sentence):
    response = upload(client, content)

    assert response.status_code == 422
    assert sentence in response.text
    assert InstrumentDraft.objects.count() == 0


def test_form_without_a_file_says_what_to_do(client):
    response = client.post(IMPORT, {})

    assert response.status_code == 422
    assert "Pilih berkas instrumen yang akan diperiksa." in response.text


def test_code_of_another_rule_is_refused(client):
    small_revision()
    other = {**small_manuscript()["regulation"], "number": 9}

    page = upload(client, small_manuscript(regulation=other)).text

    assert "Instrumen, regulation.number: kode ini sudah dipakai" in page


def test_name_of_the_file_is_only_shown(client):
    preview = upload(client, small_manuscript(), name="../../<b>x</b>.yaml")["Location"]

    assert "&lt;b&gt;x&lt;" in client.get(preview).text or "b&gt;.yaml" in client.get(preview).text


# --- preview


def test_preview_shows_indicator_by_indicator_what_would_change(client):
    small_revision()

    preview = previewed(client, changed(text="Rumusan baru.", guidance="Petunjuk baru."))
    page = client.get(preview).text

    assert "1 indikator berubah" in page
    for words in ("Indikator 2", "Rumusan indikator 2.", "Rumusan baru.", "Petunjuk 2.", "Petunjuk baru."):
        assert words in page
    assert "Indikator 3" not in page
    assert (Revision.objects.count(), InstrumentDraft.objects.count()) == (1, 1)


def test_preview_names_changes_outside_of_the_indicators(client):
    small_revision()
    predicates = [{**small_manuscript()["predicates"][0], "min": 80}, small_manuscript()["predicates"][1]]

    page = client.get(previewed(client, small_manuscript(predicates=predicates))).text

    assert "1 bagian instrumen berubah" in page
    assert "Predikat baik" in page


def test_same_content_offers_nothing_to_save(client):
    revision = small_revision()

    page = client.get(previewed(client, small_manuscript(text_status="resmi"))).text

    assert f"Isi berkas sama dengan {revision}" in page
    assert "Simpan sebagai" not in page


def test_content_of_an_older_revision_is_recognised(client):
    first = small_revision()
    small_revision(indicators=[choice_row(), ratio_row(guidance="Lain."), number_row()])

    page = client.get(previewed(client, small_manuscript())).text

    assert f"Isi berkas sama dengan {first}" in page


def test_instrument_without_text_is_not_offered_as_official(client):
    preview = previewed(client, OLDER_FILE.read_bytes())

    assert "naskah resmi" not in client.get(preview).text
    confirm(client, preview, status="official")

    assert Revision.objects.get().text_status == "bare"


# --- confirmation


@pytest.mark.parametrize("status", ["draft", "official"])
@pytest.mark.parametrize("said", ["rancangan", "resmi"])
def test_person_decides_about_the_status_and_not_the_file(client, status, said):
    confirm(client, previewed(client, small_manuscript(text_status=said)), status=status)

    assert Revision.objects.get().text_status == status
    assert AuditEvent.objects.filter(verb="instrument.confirmed").count() == (status == "official")


def test_official_wording_is_not_loaded_before_somebody_says_it_was_compared(client):
    preview = previewed(client, small_manuscript(text_status="resmi"))

    response = confirm(client, preview, status="official", matched="")

    assert Revision.objects.count() == 0
    assert "Belum disimpan." in client.get(response["Location"]).text


def test_new_revision_leaves_the_old_one_and_its_cycle_alone(client, region, places):
    cycle = open_cycle(region, agency=places.health)
    before = list(Indicator.objects.filter(revision=cycle.revision).values())

    confirm(client, previewed(client, changed(guidance="Lain.")), status="official")

    cycle.refresh_from_db()
    assert (cycle.revision.number, cycle.revision.text_status) == (1, "draft")
    assert list(Indicator.objects.filter(revision=cycle.revision).values()) == before
    assert Revision.objects.get(number=2).text_status == "official"


def test_second_click_loads_once(client):
    preview = previewed(client, small_manuscript())

    first = confirm(client, preview, form_token="satu")
    again = client.post(
        f"{preview}simpan/", {"status": "draft", "compared_with": "", "matched": "1", "form_token": "satu"}
    )

    assert first["Location"] == again["Location"] == reverse("catalogue-revision", args=["contoh-kecil", 1])
    assert Revision.objects.count() == 1


def test_second_sending_of_a_file_leads_to_the_same_preview(client):
    first = upload(client, small_manuscript(), form_token="satu")
    second = upload(client, small_manuscript(), form_token="satu")

    assert first["Location"] == second["Location"]
    assert InstrumentDraft.objects.count() == 1


def test_revision_loaded_meanwhile_asks_for_another_look(client):
    small_revision()
    preview = previewed(client, changed(guidance="Lain."))
    shown = client.get(preview).context["newest"]
    small_revision(indicators=[choice_row(guidance="Dari orang lain."), ratio_row(), number_row()])

    response = client.post(f"{preview}simpan/", {"status": "draft", "compared_with": shown.pk}, follow=True)

    assert "Sementara itu revisi lain dimuat" in response.text
    assert "Dari orang lain." in response.text
    assert (Revision.objects.count(), InstrumentDraft.objects.count()) == (2, 1)


@pytest.mark.parametrize("data", [{}, {"status": "x"}, {"status": "draft", "compared_with": "satu"}])
def test_confirmation_that_no_page_sends_loads_nothing(client, data):
    preview = previewed(client, small_manuscript())

    assert client.post(f"{preview}simpan/", data)["Location"] == preview
    assert Revision.objects.count() == 0


def test_each_tab_saves_what_it_shows(client):
    first, second = (
        previewed(client, small_manuscript(title="Pertama")),
        previewed(client, small_manuscript(title="Kedua")),
    )

    confirm(client, first)

    assert Revision.objects.get().title == "Pertama"
    assert client.get(second).status_code == 200


def test_preview_is_dropped_after_a_week(client):
    with time_machine.travel(timezone.now() - dt.timedelta(days=8), tick=False):
        InstrumentDraft.objects.create(
            uploaded_by=MembershipFactory(role="administrator").user, file_name="lama.yaml", content="a: 1"
        )

    previewed(client, small_manuscript())

    assert InstrumentDraft.objects.get().file_name == "instrumen.yaml"


def test_preview_that_no_longer_passes_leads_back(client, people):
    draft = InstrumentDraft.objects.create(uploaded_by=people.administrator, file_name="x.yaml", content="a: 1")

    response = client.get(reverse("instrument-preview", args=[draft.pk]), follow=True)

    assert "Pratinjau ini tidak dapat dipakai lagi" in response.text


# --- whose


@pytest.mark.parametrize("name", ["operator", "coordinator", "leader", "reviewer", "observer"])
def test_only_the_administrator_imports(client_of, people, client, name):
    revision, preview = small_revision(), previewed(client, small_manuscript(title="Lain"))
    other = client_of(getattr(people, name))

    assert other.get(IMPORT).status_code == upload(other, small_manuscript()).status_code == 403
    assert other.get(preview).status_code == other.post(f"{preview}simpan/").status_code == 404
    status = reverse("instrument-official", args=[revision.pk])
    assert other.get(status).status_code == other.post(status).status_code == 403
    assert "Instrumen dikelola oleh administrator." in other.get(IMPORT).text
    revision.refresh_from_db()
    assert (revision.text_status, Revision.objects.count()) == ("draft", 1)


def test_preview_belongs_to_who_uploaded_it(client, client_of):
    preview = previewed(client, small_manuscript())
    colleague = client_of(MembershipFactory(role="administrator").user)

    assert colleague.get(preview).status_code == colleague.post(f"{preview}simpan/").status_code == 404


# --- status of the text


def test_existing_revision_is_confirmed_once_and_only_its_status_changes(client):
    revision = small_revision()
    before = Revision.objects.values().get()
    path = reverse("instrument-official", args=[revision.pk])
    assert "Penetapan ini tidak dapat dibatalkan." in client.get(path).text

    unsure = client.post(path, follow=True).text
    assert Revision.objects.values().get() == before
    client.post(path, {"matched": "1"})
    again = client.post(path, {"matched": "1"}, follow=True)

    assert "Belum ditetapkan. Centang dahulu" in unsure

    assert Revision.objects.values().get() == {**before, "text_status": "official"}
    assert "tidak sedang menunggu penetapan" in again.text
    assert "sudah ditetapkan sebagai naskah resmi" in again.text
    event = AuditEvent.objects.get(verb="instrument.confirmed")
    assert (event.payload.data["before"], event.payload.data["after"]["text_status"]) == (
        {"text_status": "draft"}, "official"
    )  # fmt: skip


def test_trail_of_a_revision_is_read_as_sentences(client):
    confirm(client, previewed(client, small_manuscript()), status="official")

    page = client.get(reverse("instrument-official", args=[Revision.objects.get().pk])).text

    assert "memuat instrumen" in page
    assert "menetapkan naskah resmi" in page


def test_text_that_is_not_there_is_not_confirmed(client):
    call_command("load_instrument", str(OLDER_FILE))
    revision = Revision.objects.get()

    client.post(reverse("instrument-official", args=[revision.pk]), {"matched": "1"})

    revision.refresh_from_db()
    assert revision.text_status == "bare"
    with pytest.raises(instruments.NotWaitingError):
        instruments.confirm_wording(revision=revision, by=None)


def test_standing_notice_leaves_the_coordinators_pages_once_confirmed(client_of, people, client):
    revision = small_revision()
    coordinator = client_of(people.coordinator)
    before = coordinator.get("/").text

    client.post(reverse("instrument-official", args=[revision.pk]), {"matched": "1"})

    assert "belum dicocokkan dengan lampiran resmi" in before
    assert "belum dicocokkan" not in coordinator.get("/").text
    assert "belum dicocokkan" not in client_of(people.operator).get("/").text


def test_list_of_revisions_asks_as_much_for_one_as_for_three(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    small_revision()
    client.get(IMPORT)
    with CaptureQueriesContext(connection) as one:
        client.get(IMPORT)
    small_revision(title="Kedua")
    small_revision(code="lain")

    with django_assert_num_queries(len(one)):
        client.get(IMPORT)


# --- command


def test_command_checks_loads_and_repeats_harmlessly(db, capsys):
    call_command("load_instrument", str(WORKING_FILE), check=True)
    assert Revision.objects.count() == Instrument.objects.count() == 0

    call_command("load_instrument", str(WORKING_FILE))
    rows = list(Revision.objects.values())
    call_command("load_instrument", str(WORKING_FILE))

    said = capsys.readouterr().out.splitlines()
    assert said == [
        "Tidak ada kesalahan: 10 hak, 120 indikator.",
        "Tidak ada kesalahan: 10 hak, 120 indikator.",
        "Permenkumham 22/2021 revisi 1 dimuat: 10 hak, 120 indikator.",
        "Tidak ada kesalahan: 10 hak, 120 indikator.",
        "Permenkumham 22/2021 revisi 1 sudah berisi naskah yang sama; tidak ada yang berubah.",
    ]
    assert list(Revision.objects.values()) == rows
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.role) == ("instrument.imported", None, "sistem (load_instrument)")


def test_command_says_what_a_changed_file_changes(db, tmp_path, capsys):
    small_revision()
    path = tmp_path / "baru.yaml"
    path.write_bytes(written({**changed(guidance="Lain."), "title": "Judul lain", "text_status": "resmi"}))

    call_command("load_instrument", str(path))

    said = capsys.readouterr().out
    assert "  Instrumen: berubah (Judul)\n  Indikator 2: berubah (Petunjuk)\n" in said
    assert "Peraturan 1/2026 revisi 2 dimuat: 2 hak, 3 indikator." in said
    assert "dimuat sebagai rancangan" in said
    assert Revision.objects.get(number=2).text_status == "draft"


def test_command_names_every_fault_and_writes_nothing(db, tmp_path, capsys):
    path = tmp_path / "salah.yaml"
    path.write_bytes(written(small_manuscript(indicators=[choice_row(kind="x"), ratio_row(right="y"), number_row()])))

    with pytest.raises(CommandError, match="2 kesalahan; tidak ada yang disimpan") as stop:
        call_command("load_instrument", str(path))

    assert stop.value.returncode == 1
    said = capsys.readouterr().err
    assert "Indikator 1, kind: “x” tidak dikenal" in said
    assert "Indikator 2, right: hak “y” tidak ada dalam daftar rights." in said
    assert Instrument.objects.count() == AuditEvent.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"a: [1", "bukan YAML yang benar"), (b"x" * 3_000_000, "lebih besar dari 1 MB"), (None, "tidak dapat dibuka")],
)
def test_command_refuses_what_it_cannot_read(db, tmp_path, content, sentence):
    path = tmp_path / "berkas.yaml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=sentence):
        call_command("load_instrument", str(path))


def test_command_refuses_a_folder(db, tmp_path):
    with pytest.raises(CommandError, match="tidak dapat dibuka"):
        call_command("load_instrument", str(tmp_path))
