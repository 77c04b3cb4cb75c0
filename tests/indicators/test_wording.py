"""Bands, numbers and conventions as people read them."""

from decimal import Decimal

import pytest

from indicators.catalogue import load
from indicators.models import Instrument, Revision
from indicators.wording import band_words, conventions, number_words, scale
from tests.factories.assessment import small_manuscript

D = Decimal


@pytest.mark.parametrize(
    ("bounds", "direction", "unit", "words"),
    [
        ([D(80), D("62.5"), D(0)], "higher", "%", ["80 % atau lebih", "62,5 % atau lebih", "kurang dari 62,5 %"]),
        ([D(0), D(5), D(100)], "lower", "%", ["0 % atau kurang", "5 % atau kurang", "lebih dari 5 %"]),
        ([D(1500), D(0)], "higher", "kegiatan", ["1.500 kegiatan atau lebih", "kurang dari 1.500 kegiatan"]),
        ([D("5.0000"), None], "lower", "", ["5 atau kurang", "lebih dari 5"]),
    ],
)
def test_bands_are_written_as_people_say_them(bounds, direction, unit, words):
    assert band_words(bounds, direction, unit) == words


@pytest.mark.parametrize(
    ("value", "words"), [(D("10.00"), "10"), (D("7.5"), "7,5"), (D("1234567.25"), "1.234.567,25"), (D(0), "0")]
)
def test_numbers_are_written_without_idle_zeros(value, words):
    assert number_words(value) == words


def test_scale_pairs_words_with_points(db):
    rows = load(small_manuscript()).revision.indicators.with_rules()

    assert [scale(row) for row in rows] == [
        [("Ada dan berlaku", 10), ("Masih rancangan", 4)],
        [("80 % atau lebih", 10), ("50 % atau lebih", 5), ("kurang dari 50 %", 0)],
        [("5 kejadian atau kurang", 10), ("20 kejadian atau kurang", 4), ("lebih dari 20 kejadian", 0)],
    ]


def test_conventions_leave_out_what_only_a_file_s_author_needs():
    revision = Revision(conventions={"bands": "min dan max", "empty_cases": "Pada arah lower.", "lain_lagi": "Teks"})

    assert conventions(revision) == [
        ("Tidak ada dan tidak berlaku", "Pada arah makin kecil makin baik."),
        ("Lain lagi", "Teks"),
    ]


@pytest.mark.parametrize(
    ("issuer", "name"),
    [
        ("Menteri Hukum dan Hak Asasi Manusia Republik Indonesia", "Permenkumham 22/2021"),
        ("Bupati Contoh", "Peraturan 22/2021"),
    ],
)
def test_rule_is_called_as_people_call_it(issuer, name):
    assert Instrument(regulation_number=22, regulation_year=2021, regulation_issuer=issuer).regulation == name
