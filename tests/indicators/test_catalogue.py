"""An instrument's file: every fault named by indicator and key, nothing half-loaded, loaded once."""

from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.urls import reverse

from indicators.catalogue import UnreadableError, check, content_hash, difference, load, read
from indicators.models import Indicator, Instrument, Revision
from tests.factories.assessment import choice_row, number_row, ratio_row, small_document

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
OFFICIAL = FIXTURES / "instrument_permenkumham_22_2021.yaml"


def faults(**changes) -> list[str]:
    return [str(fault) for fault in check(small_document(**changes))]


def with_row(row) -> list[str]:
    rows = [choice_row(), ratio_row(), number_row()]
    rows[row["number"] - 1] = row
    return faults(indicators=rows)


def answer(row, **changes) -> dict:
    return {**row, "answer": {**row["answer"], **changes}}


def test_working_catalogue_has_120_indicators_and_no_fault():
    document = read(OFFICIAL.read_bytes())

    assert check(document) == []
    assert [len(document["rights"]), len(document["indicators"])] == [10, 120]


def test_older_instrument_has_seven_criteria_and_no_indicator(db):
    document = read((FIXTURES / "instrument_permenkumham_34_2016.yaml").read_bytes())

    revision = load(document).revision

    assert check(document) == []
    assert (revision.declared_total, revision.rights.count(), revision.indicators.count()) == (83, 7, 0)
    assert revision.predicates.get().minimum is None


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (choice_row(kind="lain"), "Indikator 1, kind: “lain” tidak dikenal"),
        (choice_row(right="R99"), "Indikator 1, right: hak “R99” tidak ada"),
        (choice_row(agency="tidak-ada"), "Indikator 1, agency: jenis perangkat daerah “tidak-ada” tidak ada"),
        (choice_row(supporting_agencies=["x"]), "Indikator 1, supporting_agencies: jenis perangkat daerah “x”"),
        (choice_row(supporting_agencies=["dinkes"]), "Indikator 1, supporting_agencies: “dinkes” sudah menjadi"),
        (choice_row(text="  "), "Indikator 1, text: masih kosong."),
        (choice_row(text="Rumusan indikator 3."), "Indikator 3, text: rumusannya sama dengan indikator 1."),
        (choice_row(warna="biru"), "Indikator 1, warna: kunci ini tidak dikenal"),
        (choice_row(guidance=5), "Indikator 1, guidance: harus berupa teks"),
        (choice_row(weight=-1), "Indikator 1, weight: bobot harus lebih besar dari 0."),
        (choice_row(evidence=[{"name": "A"}]), "Indikator 1, evidence[1].required: belum ada."),
        (choice_row(evidence=[{"name": "A", "required": True}] * 2), "Indikator 1, evidence: ada dokumen yang"),
        (answer(choice_row(), type="esai"), "Indikator 1, answer.type: “esai” tidak dikenal"),
        (answer(choice_row(), options=[{"label": "A", "points": 1}]), "Indikator 1, answer.options: perlu paling"),
        (
            answer(choice_row(), options=[{"label": "A", "points": 4}, {"label": "B", "points": 8}]),
            "Indikator 1, answer.options: nilai harus menurun",
        ),
        (
            answer(choice_row(), options=[{"label": "A", "points": 11}, {"label": "B", "points": 0}]),
            "Indikator 1, answer.options[1].points: nilai harus 0 sampai 10",
        ),
        (
            answer(choice_row(), options=[{"label": "A", "points": 5}, {"label": "a ", "points": 0}]),
            "Indikator 1, answer.options: ada pilihan yang tertulis dua kali",
        ),
        (answer(ratio_row(), direction="kiri"), "Indikator 2, answer.direction: “kiri” tidak dikenal"),
        (
            answer(ratio_row(), bands=[{"min": 50, "points": 10}, {"min": 80, "points": 5}, {"min": 0, "points": 0}]),
            "Indikator 2, answer.bands[2].min: batas harus lebih kecil dari pita sebelumnya (50), tertulis 80.",
        ),
        (
            answer(ratio_row(), bands=[{"min": 80, "points": 10}, {"min": 10, "points": 0}]),
            "Indikator 2, answer.bands[2].min: pita terakhir harus menutup sisa rentang: 0.",
        ),
        (
            answer(ratio_row(), bands=[{"min": 120, "points": 10}, {"min": 0, "points": 0}]),
            "Indikator 2, answer.bands: batas harus antara 0 dan 100",
        ),
        (
            answer(number_row(), bands=[{"max": 5, "points": 10}, {"max": 20, "points": 0}]),
            "Indikator 3, answer.bands[2].max: pita terakhir harus menutup sisa rentang: tanpa batas (null).",
        ),
        (
            answer(number_row(), bands=[{"max": None, "points": 10}, {"max": 20, "points": 0}]),
            "Indikator 3, answer.bands[1].max: hanya pita terakhir yang boleh tanpa batas.",
        ),
        ("bukan kelompok", "Indikator 1, isi: harus berupa kelompok"),
    ],
)
def test_fault_is_named_by_indicator_and_key(row, fault):
    rows = [row, ratio_row(), number_row()] if isinstance(row, str) else None
    found = faults(indicators=rows) if rows else with_row(row)

    assert any(text.startswith(fault) for text in found), found


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"total_indicators": 4}, "Instrumen, total_indicators: tertulis 4, tetapi ada 3 indikator."),
        ({"text_status": "selesai"}, "Instrumen, text_status: “selesai” tidak dikenal"),
        ({"rights": []}, "Instrumen, rights: belum ada satu hak pun."),
        ({"predicates": [{"code": "a", "name": "A", "min": 60, "working": True}] * 2}, "Instrumen, predicates: kode"),
        ({"regulation": {"number": 1}}, "Instrumen, regulation.year: belum ada."),
        ({"indicators": [choice_row(), ratio_row(), number_row(number=5)]}, "Indikator 5, number: seharusnya 3"),
    ],
)
def test_fault_of_the_instrument_is_named(changes, fault):
    assert any(text.startswith(fault) for text in faults(**changes)), faults(**changes)


def test_all_faults_are_named_at_once():
    assert len(faults(indicators=[choice_row(kind="x", right="y"), ratio_row(agency="z"), number_row()])) == 3


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a: 1\na: 2\n", "Baris 2: kunci “a” tertulis dua kali."),
        (b"a: &x [1]\nb: *x\n", r"rujukan \(\*\) tidak dipakai"),
        (b"a: [1\n", "bukan YAML yang benar"),
        (b"a: !!python/object:os.system x\n", "bukan YAML yang benar"),
        ("a: é".encode("latin-1"), "tidak memakai UTF-8"),
        (b"- 1\n", "harus berisi satu instrumen"),
        (b"a: .inf\n", "tidak terbaca sebagai angka|bukan angka"),
        (b"[" * 5000, "terlalu dalam|bukan YAML"),
        (b"x" * 2_000_001, "lebih besar dari 2 MB"),
    ],
)
def test_unreadable_file_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(UnreadableError, match=sentence):
        read(content)


def test_loading_twice_changes_nothing(db):
    first, second = load(small_document()), load(small_document())

    assert (first.created, second.created) == (True, False)
    assert first.revision == second.revision


def test_changed_content_makes_a_new_revision_and_leaves_the_old(db):
    old = load(small_document()).revision
    before = list(Indicator.objects.filter(revision=old).values())

    new = load(small_document(indicators=[choice_row(guidance="Lain."), ratio_row(), number_row()])).revision

    assert new.number == 2
    assert list(Indicator.objects.filter(revision=old).values()) == before


def test_hash_leaves_status_note_and_source_out():
    plain = content_hash(small_document())

    assert content_hash(small_document(text_status="resmi", text_note="Catatan")) == plain
    assert content_hash(small_document(indicators=[choice_row(source="lain"), ratio_row(), number_row()])) == plain
    assert content_hash(small_document(title="Judul lain")) != plain


def test_difference_names_the_changed_keys(db):
    old = load(small_document()).revision
    changed = small_document(
        indicators=[choice_row(), ratio_row(guidance="Petunjuk baru."), number_row()],
    )

    changes = difference(old, changed)

    assert [(change.number, change.what, [row.key for row in change.fields]) for change in changes] == [
        (2, "changed", ["Petunjuk"])
    ]


def test_difference_of_the_same_content_is_empty(db):
    document = read(OFFICIAL.read_bytes())

    assert difference(load(document).revision, document) == []


def test_command_checks_and_loads_and_repeats_harmlessly(db, capsys):
    call_command("load_instrument", str(OFFICIAL), check=True)
    assert Revision.objects.count() == 0

    call_command("load_instrument", str(OFFICIAL))
    call_command("load_instrument", str(OFFICIAL))

    assert Revision.objects.get().indicators.count() == 120
    assert "sudah ada; tidak ada yang berubah" in capsys.readouterr().out


def test_command_names_faults_and_writes_nothing(db, tmp_path, capsys):
    path = tmp_path / "salah.yaml"
    document = small_document(indicators=[choice_row(kind="x"), ratio_row(), number_row()])
    path.write_text(yaml.safe_dump(document))

    with pytest.raises(CommandError, match="1 kesalahan; tidak ada yang disimpan"):
        call_command("load_instrument", str(path))

    assert "Indikator 1, kind" in capsys.readouterr().err
    assert Instrument.objects.count() == 0


@pytest.fixture
def catalogue(db):
    return load(read(OFFICIAL.read_bytes())).revision


def listed(client, **filters) -> str:
    return client.get(reverse("catalogue-revision", args=["permenkumham-22-2021", 1]), filters).text


def test_everyone_who_is_signed_in_reads_the_catalogue(client_of, people, catalogue):
    for person in (people.operator, people.observer, people.administrator):
        assert "120 indikator" in listed(client_of(person))


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"right": "R06"}, 12),
        ({"kind": "structure"}, 34),
        ({"right": "R06", "kind": "outcome"}, None),
        ({"agency": "dinkes"}, None),
        ({"text": "puskesmas disabilitas"}, None),
        ({"text": "65"}, None),
        ({"right": "tidak-ada"}, 120),
    ],
)
def test_catalogue_is_filtered(client_of, people, catalogue, filters, count):
    page = listed(client_of(people.operator), **filters)

    shown = page.count('class="task-no"')
    assert shown == count if count is not None else 0 < shown < 120


def test_nothing_found_leads_on(client_of, people, catalogue):
    page = listed(client_of(people.operator), text="zzzzzz")

    assert "Tidak ada yang cocok" in page
    assert "Tampilkan semua indikator" in page


def test_indicator_shows_guidance_bands_documents_and_basis(client_of, people, catalogue):
    path = reverse("catalogue-indicator", args=["permenkumham-22-2021", 1, 65])

    page = client_of(people.operator).get(path).text

    for words in ("85 % atau lebih", "jalur landai", "Daftar periksa sarana per puskesmas", "UU 8/2016"):
        assert words in page


def test_list_asks_as_many_questions_for_twelve_as_for_all(client_of, people, catalogue):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(people.operator)
    with CaptureQueriesContext(connection) as few:
        listed(client, right="R06")
    with CaptureQueriesContext(connection) as all_of_them:
        listed(client)

    assert len(few) == len(all_of_them)


def test_partial_list_is_what_the_whole_page_shows(client_of, people, catalogue):
    client = client_of(people.operator)
    path = reverse("catalogue-revision", args=["permenkumham-22-2021", 1])

    part = client.get(path, {"right": "R01"}, headers={"HX-Request": "true"}).text

    assert part.strip() in client.get(path, {"right": "R01"}).text
