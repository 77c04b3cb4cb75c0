"""What a file would change is said indicator by indicator, in the words of the page."""

import pytest

from indicators.catalogue import difference, load
from tests.factories.assessment import choice_row, number_row, ratio_row, small_manuscript


def rows(*changed) -> dict:
    found = {row["number"]: row for row in (choice_row(), ratio_row(), number_row(), *changed)}
    return {"indicators": list(found.values())}


def changed(row, **changes) -> dict:
    return {**row, "answer": {**row["answer"], **changes}}


@pytest.fixture
def revision(db):
    return load(small_manuscript()).revision


def test_same_content_changes_nothing(catalogue, working):
    assert not difference(catalogue, working)


def test_against_nothing_every_indicator_is_new():
    found = difference(None, small_manuscript())

    assert [(change.name, change.what) for change in found.indicators] == [
        ("Indikator 1", "added"), ("Indikator 2", "added"), ("Indikator 3", "added")
    ]  # fmt: skip
    assert found.general == ()


def test_changed_keys_are_named_with_before_and_after(revision):
    found = difference(
        revision,
        small_manuscript(**rows(ratio_row(guidance="Petunjuk baru.", agency="dindikbud", supporting_agencies=[]))),
    )

    (change,) = found.indicators
    assert (change.name, change.what, change.text) == ("Indikator 2", "changed", "Rumusan indikator 2.")
    assert [(field.name, field.before, field.after) for field in change.fields] == [
        ("Petunjuk", "Petunjuk 2.", "Petunjuk baru."),
        ("Pengampu", "Dinas Kesehatan", "Dinas Pendidikan dan Kebudayaan"),
        ("Pendukung", "Dinas Pendidikan dan Kebudayaan", "–"),
    ]


def test_bands_are_read_as_people_say_them(revision):
    bands = [{"min": 82.5, "points": 10}, {"min": 50, "points": 5}, {"min": 0, "points": 0}]
    found = difference(revision, small_manuscript(**rows(changed(ratio_row(), bands=bands))))

    (field,) = found.indicators[0].fields
    assert field.name == "Nilai"
    assert field.before == "80 % atau lebih → 10\n50 % atau lebih → 5\nkurang dari 50 % → 0"
    assert field.after.startswith("82,5 % atau lebih → 10\n")


def test_limits_of_less_is_better_are_read_as_they_stand(revision):
    bands = [{"max": 5, "points": 10}, {"max": 25, "points": 4}, {"max": None, "points": 0}]
    found = difference(revision, small_manuscript(**rows(changed(number_row(), bands=bands))))

    (field,) = found.indicators[0].fields
    assert field.after == "5 kejadian atau kurang → 10\n25 kejadian atau kurang → 4\nlebih dari 25 kejadian → 0"


def test_added_and_removed_indicators_are_told_apart(revision):
    fourth = {**choice_row(), "number": 4, "text": "Rumusan keempat."}
    longer = small_manuscript(total_indicators=4, **rows(fourth))
    shorter = small_manuscript(total_indicators=2, indicators=[choice_row(), ratio_row()])

    more, fewer = difference(revision, longer), difference(revision, shorter)

    assert [(change.name, change.what, change.text) for change in more.indicators] == [
        ("Indikator 4", "added", "Rumusan keempat.")
    ]
    assert [(change.name, change.what) for change in fewer.indicators] == [("Indikator 3", "removed")]
    assert (more.added, fewer.removed, fewer.changed) == (1, 1, 0)


RIGHTS, AGENCIES, PREDICATES = (small_manuscript()[name] for name in ("rights", "agencies", "predicates"))


@pytest.mark.parametrize(
    ("changes", "name", "field"),
    [
        ({"title": "Judul lain"}, "Instrumen", "Judul"),
        ({"conventions": {"ratio": "Pembilang adalah bagian penyebut."}}, "Ketentuan “Rasio”", None),
        ({"rights": RIGHTS[::-1]}, "Urutan hak", "Urutan"),
        ({"rights": [{**row, "group": "sipol"} for row in RIGHTS]}, "Hak R01", "Kelompok"),
        ({"agencies": [{**row, "short_name": "X"} for row in AGENCIES]}, "Perangkat daerah dindikbud", "Nama singkat"),
        ({"predicates": PREDICATES[:1]}, "Predikat kurang", None),
        ({"predicates": [{**PREDICATES[0], "min": 80}, PREDICATES[1]]}, "Predikat baik", "Batas"),
    ],
)  # fmt: skip
def test_changes_of_the_instrument_itself_are_named_too(revision, changes, name, field):
    found = difference(revision, small_manuscript(**changes))

    change = next(change for change in found.general if change.name == name)
    assert [row.name for row in change.fields] == ([field] if field else [])


def test_comparing_asks_a_fixed_number_of_questions(catalogue, working, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        difference(catalogue, working)
