"""Every fault of an instrument's manuscript is named by indicator and key, and all of them at once."""

from copy import deepcopy
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.catalogue import check
from tests.factories.assessment import choice_row, number_row, ratio_row, small_manuscript


def faults(**changes) -> list[str]:
    return [str(fault) for fault in check(small_manuscript(**changes))]


def with_row(row) -> list[str]:
    rows = [choice_row(), ratio_row(), number_row()]
    rows[row["number"] - 1] = row
    return faults(indicators=rows)


def answer(row, **changes) -> dict:
    return {**row, "answer": {**row["answer"], **changes}}


def options(*pairs) -> dict:
    return answer(choice_row(), options=[{"label": label, "points": points} for label, points in pairs])


def bands(row, *pairs) -> dict:
    bound = "max" if row["answer"]["direction"] == "lower" else "min"
    return answer(row, bands=[{bound: limit, "points": points} for limit, points in pairs])


def without(row, key) -> dict:
    return {name: value for name, value in row.items() if name != key}


def test_working_catalogue_has_no_fault_and_its_known_counts(working):
    kinds = [row["kind"] for row in working["indicators"]]

    assert check(working) == []
    assert (len(working["rights"]), len(working["agencies"]), len(kinds)) == (10, 29, 120)
    assert [kinds.count(kind) for kind in ("struktur", "proses", "hasil")] == [34, 40, 46]


def test_instrument_without_indicator_text_has_no_fault(older):
    assert check(older) == []
    assert (len(older["rights"]), older["total_indicators"], older["indicators"]) == (7, 83, [])


PAPER = {"name": "Laporan", "required": True}
HIDDEN = "Indikator 1, text: memuat karakter yang tidak tampak (U+0000); ketik ulang bagian itu."
ONE_FAULT = [
    # keys and shapes
    (choice_row(warna="biru"), "Indikator 1, warna: kunci ini tidak dikenal; yang dikenal: number, right, kind,"),
    (without(choice_row(), "text"), "Indikator 1, text: belum ada."),
    (without(choice_row(), "answer"), "Indikator 1, answer: belum ada."),
    (choice_row(text="  "), "Indikator 1, text: masih kosong."),
    (choice_row(text=None), "Indikator 1, text: masih kosong."),
    (choice_row(text="x\x00"), HIDDEN),
    (choice_row(text="x\ud800"), "Indikator 1, text: memuat karakter yang tidak tampak (U+D800)"),
    (choice_row(text="x\u202ey"), "Indikator 1, text: memuat karakter yang tidak tampak (U+202E)"),
    (choice_row(text="x" * 2001), "Indikator 1, text: lebih panjang dari 2000 karakter."),
    (choice_row(basis="x" * 301), "Indikator 1, basis: lebih panjang dari 300 karakter."),
    (choice_row(guidance=5), "Indikator 1, guidance: harus berupa teks, tertulis “5”."),
    (choice_row(guidance=["a"]), "Indikator 1, guidance: harus berupa teks"),
    (choice_row(answer="ya"), "Indikator 1, answer: harus berupa kelompok kunci dan nilai, tertulis “ya”."),
    (choice_row(evidence="Laporan"), "Indikator 1, evidence: harus berupa daftar"),
    # right, kind, weight, agencies
    (choice_row(right="R99"), "Indikator 1, right: hak “R99” tidak ada dalam daftar rights."),
    (choice_row(kind="lain"), "Indikator 1, kind: “lain” tidak dikenal; pakai struktur, proses, hasil."),
    (choice_row(weight=0), "Indikator 1, weight: bobot harus lebih besar dari 0, tertulis 0."),
    (choice_row(weight=1000), "Indikator 1, weight: paling besar 999, tertulis 1000."),
    (choice_row(agency="tidak-ada"), "Indikator 1, agency: jenis perangkat daerah “tidak-ada” tidak ada"),
    (choice_row(supporting_agencies=["x"]), "Indikator 1, supporting_agencies[1]: jenis perangkat daerah “x” tidak"),
    (choice_row(supporting_agencies=["dinkes"]), "Indikator 1, supporting_agencies[1]: “dinkes” sudah menjadi pengamp"),
    (choice_row(supporting_agencies=["dindikbud"] * 2), "Indikator 1, supporting_agencies[2]: “dindikbud” tertulis du"),
    (choice_row(supporting_agencies=[["a"]]), "Indikator 1, supporting_agencies[1]: harus berupa kode"),
    # documents
    (choice_row(evidence=[{"name": "A"}]), "Indikator 1, evidence[1].required: belum ada."),
    (choice_row(evidence=[{"name": "A", "required": "ya"}]), "Indikator 1, evidence[1].required: harus berupa true at"),
    (choice_row(evidence=["A"]), "Indikator 1, evidence[1]: harus berupa kelompok kunci dan nilai."),
    (choice_row(evidence=[PAPER, PAPER]), "Indikator 1, evidence[2].name: “Laporan” sudah tertulis pada urutan 1."),
    # choices
    (answer(choice_row(), type="esai"), "Indikator 1, answer.type: “esai” tidak dikenal; pakai choice, ratio, number."),
    (answer(choice_row(), type=["choice"]), "Indikator 1, answer.type: “['choice']” tidak dikenal"),
    (answer(choice_row(), unit="%"), "Indikator 1, answer.unit: kunci ini tidak dikenal; yang dikenal: type, options."),
    (options(("A", 1)), "Indikator 1, answer.options: perlu paling sedikit dua pilihan."),
    (options(("A", 4), ("B", 8)), "Indikator 1, answer.options[2].points: nilai harus lebih kecil dari sebelumnya (4)"),
    (options(("A", 11), ("B", 0)), "Indikator 1, answer.options[1].points: paling besar 10, tertulis 11."),
    (options(("A", 5), ("B", -1)), "Indikator 1, answer.options[2].points: paling kecil 0, tertulis -1."),
    (options(("A", 0), ("B", 0)), "Indikator 1, answer.options[1].points: nilai terbaik harus lebih besar dari 0."),
    (options(("A", Decimal("7.555")), ("B", 0)), "Indikator 1, answer.options[1].points: paling banyak 2 angka"),
    (options(("A", 5), ("B", "2,5")), "Indikator 1, answer.options[2].points: harus berupa angka, tertulis “2,5”."),
    (options(("A", 5), ("B", True)), "Indikator 1, answer.options[2].points: harus berupa angka, tertulis “true”."),
    (options(("A", 5), ("a ", 0)), "Indikator 1, answer.options[2].label: “a ” sudah tertulis pada urutan 1."),
    (options(("A" * 501, 5), ("B", 0)), "Indikator 1, answer.options[1].label: lebih panjang dari 500 karakter."),
    # bands
    (answer(ratio_row(), direction="kiri"), "Indikator 2, answer.direction: “kiri” tidak dikenal; pakai higher atau"),
    (answer(ratio_row(), unit="persen"), "Indikator 2, answer.unit: rasio memakai satuan “%”"),
    (answer(number_row(), unit="%"), "Indikator 3, answer.unit: rasio memakai satuan “%”"),
    (answer(ratio_row(), max=5), "Indikator 2, answer.max: kunci ini tidak dikenal"),
    (answer(number_row(), max=19), "Indikator 3, answer.max: angka terbesar harus mencapai batas pita (20), tertulis"),
    (bands(ratio_row(), (0, 5)), "Indikator 2, answer.bands: perlu paling sedikit dua pita."),
    (
        bands(ratio_row(), (80, 10), (85, 5), (0, 0)),
        "Indikator 2, answer.bands[2].min: batas harus lebih kecil dari pita sebelumnya (80), tertulis 85.",
    ),
    (
        bands(number_row(), (20, 10), (5, 4), (None, 0)),
        "Indikator 3, answer.bands[2].max: batas harus lebih besar dari pita sebelumnya (20), tertulis 5.",
    ),
    (bands(ratio_row(), (80, 5), (50, 5), (0, 0)), "Indikator 2, answer.bands[2].points: nilai harus lebih kecil dari"),
    (bands(ratio_row(), (80, 10), (10, 0)), "Indikator 2, answer.bands[2].min: pita terakhir harus menutup sisa renta"),
    (bands(ratio_row(), (80, 10), (None, 0)), "Indikator 2, answer.bands[2].min: pita terakhir harus menutup sisa ren"),
    (bands(number_row(), (5, 10), (20, 0)), "Indikator 3, answer.bands[2].max: pita terakhir harus menutup sisa renta"),
    (
        bands(answer(ratio_row(), direction="lower"), (5, 10), (90, 0)),
        "Indikator 2, answer.bands[2].max: pita terakhir harus menutup sisa rentang: 100.",
    ),
    (bands(number_row(), (None, 10), (None, 0)), "Indikator 3, answer.bands[1].max: hanya pita terakhir yang boleh ta"),
    (bands(ratio_row(), (120, 10), (0, 0)), "Indikator 2, answer.bands[1].min: paling besar 100, tertulis 120."),
    (bands(number_row(), (-1, 10), (None, 0)), "Indikator 3, answer.bands[1].max: paling kecil 0, tertulis -1."),
    # numbers and texts among each other
    (number_row(number=5), "Indikator 5, number: seharusnya 3; nomor berurutan dari 1 tanpa ada yang terlewat."),
    (number_row(number=2), "Indikator 2, number: nomor ini sudah dipakai indikator lain."),
    (number_row(number="tiga"), "Indikator 3, number: harus berupa bilangan bulat, tertulis “tiga”."),
    (number_row(number=True), "Indikator 3, number: harus berupa bilangan bulat, tertulis “true”."),
    (number_row(text=" RUMUSAN  indikator 1."), "Indikator 3, text: rumusannya sama dengan indikator 1."),
]  # fmt: skip


@pytest.mark.parametrize(("row", "fault"), ONE_FAULT, ids=[fault[:60] for _row, fault in ONE_FAULT])
def test_fault_is_named_by_indicator_and_key(row, fault):
    place = row["number"] - 1 if row["number"] in (1, 2) and row.get("right") != "R02" else 2
    rows = [choice_row(), ratio_row(), number_row()]
    rows[place] = row

    found = faults(indicators=rows)

    assert len(found) == 1
    assert found[0].startswith(fault)


REGULATION = small_manuscript()["regulation"]
RIGHTS = small_manuscript()["rights"]
BEST = {"code": "a", "name": "A", "min": 60, "working": True}
INSTRUMENT_FAULTS = [
    ({"total_indicators": 4}, "Instrumen, total_indicators: tertulis 4, tetapi ada 3 indikator."),
    ({"total_indicators": "tiga"}, "Instrumen, total_indicators: harus berupa bilangan bulat"),
    ({"text_status": "selesai"}, "Instrumen, text_status: “selesai” tidak dikenal; pakai rancangan, resmi, tanpa_indi"),
    ({"text_status": "tanpa_indikator"}, "Instrumen, indicators: instrumen tanpa naskah tidak memuat indikator."),
    ({"code": "permen 22/2021"}, "Instrumen, code: “permen 22/2021” hanya boleh memuat huruf, angka"),
    ({"warna": 1}, "Instrumen, warna: kunci ini tidak dikenal; yang dikenal: code, title,"),
    ({"title": None}, "Instrumen, title: masih kosong."),
    ({"title": "x" * 201}, "Instrumen, title: lebih panjang dari 200 karakter."),
    ({"scale": {"max": 80}}, "Instrumen, scale.max: nilai akhir dihitung sampai 100, tertulis 80."),
    ({"scale": {}}, "Instrumen, scale.max: belum ada."),
    ({"regulation": {**REGULATION, "year": 1821}}, "Instrumen, regulation.year: paling kecil 1945, tertulis 1821."),
    ({"regulation": without(REGULATION, "year")}, "Instrumen, regulation.year: belum ada."),
    ({"conventions": {"a b": "x"}}, "Instrumen, conventions.a b: nama hanya boleh memuat huruf"),
    ({"conventions": {"bands": 5}}, "Instrumen, conventions.bands: harus berupa teks, tertulis “5”."),
    ({"rights": []}, "Instrumen, rights: belum ada satu hak pun."),
    ({"rights": [*RIGHTS, {**RIGHTS[0], "name": "Lain"}]}, "Instrumen, rights[3].code: “R01” sudah tertulis pada urut"),
    ({"rights": [*RIGHTS, {**RIGHTS[0], "code": "R03"}]}, "Instrumen, rights[3].name: “Hak pertama” sudah tertulis"),
    ({"rights": [*RIGHTS, {"code": "R03", "name": "C", "short_name": "C"}]}, "Instrumen, rights[3]: hak “R03” belum p"),
    ({"rights": [*RIGHTS, "R03"]}, "Instrumen, rights[3]: harus berupa kelompok kunci dan nilai."),
    ({"predicates": [BEST, {**BEST, "name": "B", "min": 40}]}, "Instrumen, predicates[2].code: “a” sudah tertulis"),
    ({"predicates": [BEST, {**BEST, "code": "b", "name": "B"}]}, "Instrumen, predicates[2].min: batas harus lebih kec"),
    ({"predicates": [{**BEST, "min": 101}]}, "Instrumen, predicates[1].min: paling besar 100, tertulis 101."),
    ({"predicates": [{**BEST, "working": 1}]}, "Instrumen, predicates[1].working: harus berupa true atau false"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "fault"), INSTRUMENT_FAULTS, ids=[fault[:60] for _row, fault in INSTRUMENT_FAULTS])
def test_fault_of_the_instrument_is_named(changes, fault):
    assert any(text.startswith(fault) for text in faults(**changes)), faults(**changes)


@pytest.mark.parametrize(
    "key", ["code", "title", "regulation", "scale", "predicates", "rights", "agencies", "indicators"]
)
def test_missing_part_is_named_alone(key):
    found = [str(fault) for fault in check(without(small_manuscript(), key))]

    assert found == [f"Instrumen, {key}: belum ada."]


def test_minimum_of_a_predicate_may_be_unset():
    assert faults(predicates=[BEST, {**BEST, "code": "b", "name": "B", "min": None}]) == []


def test_options_may_be_worth_the_same():
    assert with_row(options(("A", 8), ("B", 4), ("C", 4), ("D", 0))) == []


def test_right_may_have_any_number_of_indicators():
    assert faults(indicators=[choice_row(right="R02"), ratio_row(), number_row()]) == []


def test_all_faults_are_named_at_once_and_in_order():
    found = faults(
        title="",
        rights=[*RIGHTS, {"code": "R03"}],
        indicators=[
            choice_row(kind="x", right="y", text=None),
            answer(bands(ratio_row(), (80, 10), (90, "x"), (5, 11)), unit="persen", warna=1),
            "bukan indikator",
        ],
    )

    assert [fault.partition(": ")[0] for fault in found] == [
        "Instrumen, title",
        "Instrumen, rights[3].name",
        "Instrumen, rights[3].short_name",
        "Instrumen, rights[2]",
        "Instrumen, rights[3]",
        "Indikator 1, text",
        "Indikator 1, right",
        "Indikator 1, kind",
        "Indikator 2, answer.warna",
        "Indikator 2, answer.unit",
        "Indikator 2, answer.bands[2].points",
        "Indikator 2, answer.bands[3].points",
        "Indikator 2, answer.bands[2].min",
        "Indikator 2, answer.bands[3].min",
        "Indikator 3, isi",
    ]


JUNK = st.sampled_from(
    [None, True, -1, 0, 10**14, "", "x", "\x00", "x" * 6000, [], [None], [[]], {}, {"x": 1}, ["a", 1]]
)


def places(value, path=()):
    """Every place in a manuscript, as the path to it."""
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in children:
        yield from places(child, (*path, name))


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_stands_in_a_document_is_named_and_breaks_nothing(data):
    manuscript = small_manuscript()
    path = data.draw(st.sampled_from([place for place in places(manuscript) if place]))
    junk = data.draw(JUNK)
    changed = deepcopy(manuscript)
    parent = changed
    for name in path[:-1]:
        parent = parent[name]
    parent[path[-1]] = junk

    for fault in check(changed):
        assert fault.key
        assert fault.reason.endswith(".")
        assert str(fault).isprintable()


@settings(deadline=None, max_examples=200)
@given(
    limits=st.lists(st.integers(1, 99), min_size=1, max_size=6, unique=True),
    direction=st.sampled_from(["higher", "lower"]),
    kind=st.sampled_from(["ratio", "number"]),
    value=st.integers(0, 100),
)
def test_accepted_bands_leave_no_value_without_points(limits, direction, kind, value):
    if direction == "higher":
        bounds = [*sorted(limits, reverse=True), 0]
    else:
        bounds = [*sorted(limits), 100 if kind == "ratio" else None]
    row = answer(ratio_row() if kind == "ratio" else number_row(), direction=direction)

    row = bands(row, *((bound, 10 - place) for place, bound in enumerate(bounds)))

    assert with_row(row) == []
    reached = [limit is None or (value >= limit if direction == "higher" else value <= limit) for limit in bounds]
    assert any(reached)
