"""Numbers are read as people type them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from assessment.forms.numbers import NumberField, as_typed

D = Decimal


def field(**options) -> NumberField:
    return NumberField(**{"whole_digits": 15, "decimals": 4, **options})


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("12,5", "12.5"),
        ("1.234,56", "1234.56"),
        ("0", "0"),
        (" 31 ", "31"),
        ("007", "7"),
        ("0,0001", "0.0001"),
        ("999999999999999", "999999999999999"),
        ("99999999999,9999", "99999999999.9999"),
        ("100000000000000,00", "100000000000000"),
    ],
)
def test_number_is_read_the_indonesian_way(typed, number):
    assert field().clean(typed) == D(number)


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("12.5", "tulis “12,5”"),
        ("12.50", "tulis “12,50”"),
        ("-3", "tidak boleh negatif"),
        ("−3", "tidak boleh negatif"),
        ("3%", "satuannya bukan persen"),
        ("Rp 3.000", "satuannya bukan rupiah"),
        ("tiga", "Tulis angka saja"),
        ("1e5", "Tulis angka saja"),
        ("=1+1", "Tulis angka saja"),
        ("NaN", "Tulis angka saja"),
        ("1.23.456", "Tulis angka saja"),
        ("\u0663", "Tulis angka saja"),
        ("0,00001", "Paling banyak 4 angka"),
        ("1000000000000000", "paling banyak 15 angka"),
        ("1,2,3", "Tulis angka saja"),
        ("999999999999999,99", "paling banyak 15 angka"),
        ("123456789012,3456", "paling banyak 15 angka"),
    ],
)
def test_number_is_refused_with_advice(typed, advice):
    with pytest.raises(ValidationError, match=advice):
        field().clean(typed)


def test_sign_of_the_unit_passes_only_with_its_unit():
    assert field(unit="%").clean("87,5 %") == D("87.5")
    assert field(unit="rupiah per orang").clean("Rp1.500.000") == D(1500000)
    assert field(unit="rupiah").clean("Rp 1.500.000,-") == D(1500000)


def test_more_than_the_largest_possible_is_refused():
    with pytest.raises(ValidationError, match="lebih besar dari yang mungkin"):
        field(largest=D(100)).clean("101")


@pytest.mark.parametrize(("number", "typed"), [("1234.5000", "1234,5"), ("24.00", "24"), ("0.0001", "0,0001")])
def test_stored_number_is_written_as_it_is_typed(number, typed):
    assert as_typed(D(number)) == typed
    assert field().clean(typed) == D(number)
