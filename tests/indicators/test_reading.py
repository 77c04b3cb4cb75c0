"""An instrument's file is read exactly and safely, or refused with a sentence."""

import contextlib
from decimal import Decimal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.catalogue import MAX_BYTES, UnreadableError, read


def bomb() -> bytes:
    """Nine levels of ten references each: a billion texts from a few lines."""
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    return "\n".join(levels).encode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a: 1\na: 2\n", "Baris 2: kunci “a” tertulis dua kali."),
        (b"x:\n  - {b: 1, b: 2}\n", "Baris 2: kunci “b” tertulis dua kali."),
        (b"a: &x [1]\nb: *x\n", "Baris 1: rujukan (& dan *) tidak dipakai dalam berkas instrumen."),
        (b"a: {b: 1}\nc: {<<: *a}\n", "Baris 2: rujukan (& dan *) tidak dipakai dalam berkas instrumen."),
        (bomb(), "Baris 1: rujukan (& dan *) tidak dipakai dalam berkas instrumen."),
        (b"a: !!python/object/apply:os.system [id]\n", "Baris 1: penanda jenis (!) tidak dipakai"),
        (b"a: !!timestamp x\n", "Baris 1: penanda jenis (!) tidak dipakai"),
        (b"a: !!int x\n", "Baris 1: penanda jenis (!) tidak dipakai"),
        (b"a: [1\n", "Baris 2, kolom 1: bukan YAML yang benar."),
        (b"a: b: c\n", "Baris 1, kolom 5: bukan YAML yang benar."),
        (b"a: \x00\n", "Berkas ini bukan YAML yang benar."),
        (b"a: 1\n---\na: 2\n", "bukan YAML yang benar."),
        (b"1: satu\n", "Baris 1: kunci “1” harus berupa teks."),
        (b"[a, b]: satu\n", "harus berupa teks."),
        (b"? {a: 1}\n: satu\n", "harus berupa teks."),
        (b'a\\e[31m: 1\n"b\\e[31m": 1\n"b\\e[31m": 2\n', "Baris 3: kunci “b�[31m” tertulis dua kali."),
        ("a: é".encode("latin-1"), "Berkas tidak memakai UTF-8. Simpan ulang sebagai teks UTF-8."),
        ("a: satu".encode("utf-16"), "Berkas tidak memakai UTF-8."),
        (b"PK\x03\x04\x14\x00\xff\xfe", "Berkas tidak memakai UTF-8."),
        (b"", "Berkas harus berisi satu instrumen"),
        (b"- 1\n", "Berkas harus berisi satu instrumen"),
        (b"teks saja\n", "Berkas harus berisi satu instrumen"),
        (b"[" * 100_000, "Baris 1: bagian ini bersarang terlalu dalam."),
        (b"{a: " * 100_000, "Baris 1: bagian ini bersarang terlalu dalam."),
        (b"- " * 100_000, "Baris 1: bagian ini bersarang terlalu dalam."),
        (b"x" * (MAX_BYTES + 1), "Berkas lebih besar dari 1 MB; instrumen hanya berupa teks."),
    ],
    ids=lambda value: repr(value[:24]),
)
def test_unreadable_file_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(UnreadableError) as refusal:
        read(content)

    assert sentence in str(refusal.value)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("7", 7),
        ("-7", -7),
        ("7.50", Decimal("7.50")),
        ("0.1", Decimal("0.1")),
        ("true", True),
        ("null", None),
        ("", None),
        ("no", "no"),
        ("12:30", "12:30"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1e9", "1e9"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("2021-13-45", "2021-13-45"),
        ("9" * 5000, "9" * 5000),
        ("7,5", "7,5"),
        ("=", "="),
    ],
)
def test_only_plain_numbers_and_words_are_anything_but_text(written, value):
    found = read(f"a: {written}\n".encode())["a"]

    assert (found, type(found)) == (value, type(value))


def test_mark_of_the_encoding_and_windows_line_ends_are_no_hindrance():
    assert read("\ufeffa: satu\r\nb: dua\r\n".encode()) == {"a": "satu", "b": "dua"}


@pytest.mark.parametrize(
    "content",
    [
        b"a: [" + b"1:" * 400_000 + b"1]",
        b"a: " + b"9" * 900_000,
        b"a: '" + b"''" * 400_000 + b"'",
        b"a:\n" + b" - {b: [c, d]}\n" * 10_000,
        b'a: "' + b"\\u2028" * 150_000 + b'"',
    ],
    ids=["sexagesimal", "digits", "quotes", "rows", "escapes"],
)
def test_file_of_full_size_is_read_or_refused(content):
    try:
        found = read(content)
    except UnreadableError as refusal:
        found = {"a": str(refusal)}

    assert found["a"]


@settings(deadline=None, max_examples=150)
@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=200)
    | st.text("{}[]&*!|>%@`'\"#:,-? \n\tab1.~<=", max_size=60)
)
def test_whatever_a_file_holds_it_is_read_or_refused(text):
    with contextlib.suppress(UnreadableError):
        assert isinstance(read(text.encode()), dict)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**14), 10**14) | st.text(st.characters(codec="utf-8"), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcde_", min_size=1), inner, max_size=3),
    max_leaves=12,
)


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(st.text("abcde_", min_size=1, max_size=8), VALUES, min_size=1, max_size=4))
def test_what_was_written_down_is_read_again(manuscript):
    assert read(yaml.safe_dump(manuscript).encode()) == manuscript
