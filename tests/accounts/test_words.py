import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.template import Context, Template
from django.test import RequestFactory

from accounts import navigation
from accounts.context_processors import Frame
from accounts.navigation import Section
from accounts.words import filesize, lowered, moment, nip, number, remaining, score, short_moment, weekday_moment

NOON = dt.datetime(2026, 3, 13, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def now():
    with time_machine.travel(NOON, tick=False):
        yield NOON


@pytest.fixture
def menu(monkeypatch):
    """An empty menu that a test fills."""
    sections = []
    monkeypatch.setattr(navigation, "SECTIONS", sections)
    return sections


def request_for(path: str, url_name: str = ""):
    request = RequestFactory().get(path)
    request.resolver_match = type("Match", (), {"url_name": url_name})() if url_name else None
    return request


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("198611262014122002", "19861126 201412 2 002"),
        ("", ""),
        (None, ""),
        ("19861126", "19861126"),
        ("1986112620141220029", "19861126 201412 2 002 9"),
    ],
)
def test_nip_is_grouped_and_no_digit_is_lost(value, words):
    assert nip(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("1234.50"), "1.234,5"),
        (Decimal("24.00"), "24"),
        (1234567, "1.234.567"),
        (0, "0"),
        (Decimal("-0.50"), "−0,5"),
        (Decimal(-1200), "−1.200"),
        (Decimal("-0.00"), "0"),
        (Decimal("1E+3"), "1.000"),
        (None, "–"),
    ],
)
def test_numbers_are_written_the_indonesian_way(value, words):
    assert number(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("88.65"), "88,65"),
        (Decimal(75), "75,00"),
        (Decimal("74.995"), "75,00"),
        (Decimal("74.985"), "74,99"),
        (None, "–"),
    ],
)
def test_scores_are_rounded_half_up_to_two_decimals(value, words):
    assert score(value) == words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 byte"),
        (999, "999 byte"),
        (1000, "1 kB"),
        (69_100, "69,1 kB"),
        (999_970, "1 MB"),
        (12_400_000, "12,4 MB"),
        (2_500_000_000, "2,5 GB"),
    ],
)
def test_sizes_are_written_as_people_read_them(size, words):
    assert filesize(size) == words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("", "13 Maret 2026 pukul 15.00 WIB"),
        ("Asia/Jakarta", "13 Maret 2026 pukul 15.00 WIB"),
        ("Asia/Pontianak", "13 Maret 2026 pukul 15.00 WIB"),
        ("Asia/Makassar", "13 Maret 2026 pukul 16.00 WITA"),
        ("Asia/Jayapura", "13 Maret 2026 pukul 17.00 WIT"),
    ],
)
def test_moment_is_written_in_the_zone_of_the_region(zone, words):
    assert moment(NOON, zone) == words


def test_moment_near_midnight_falls_on_the_day_of_the_region():
    late = dt.datetime(2026, 12, 31, 16, 30, tzinfo=dt.UTC)

    assert short_moment(late, "Asia/Jakarta") == "31 Desember 2026 23.30 WIB"
    assert short_moment(late, "Asia/Jayapura") == "1 Januari 2027 01.30 WIT"


def test_deadline_names_its_weekday():
    assert weekday_moment(NOON) == "Jumat 13 Maret 2026 pukul 15.00 WIB"


def test_missing_moment_is_a_dash():
    assert moment(None) == "–"


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (dt.timedelta(days=12, hours=5), "12 hari lagi"),
        (dt.timedelta(days=4, hours=4), "4 hari 4 jam lagi"),
        (dt.timedelta(days=1), "1 hari lagi"),
        (dt.timedelta(hours=3), "3 jam lagi"),
        (dt.timedelta(hours=2, minutes=30), "2 jam 30 menit lagi"),
        (dt.timedelta(minutes=5), "5 menit lagi"),
        (dt.timedelta(seconds=20), "kurang dari satu menit lagi"),
        (dt.timedelta(0), "kurang dari satu menit lagi"),
        (-dt.timedelta(days=2), "lewat 2 hari"),
        (-dt.timedelta(minutes=1), "lewat 1 menit"),
    ],
)
def test_what_is_left_is_said_in_words(now, after, words):
    assert remaining(now + after) == words


def test_icon_is_silent_and_escapes_what_it_is_given():
    drawn = Template('{% icon name "yes" %}').render(Context({"name": '"><script>'}))

    assert 'aria-hidden="true"' in drawn
    assert "<script>" not in drawn


def test_section_is_current_on_the_pages_below_its_address(menu):
    menu.append(Section("Orang", "person-list", lambda request: True, 1))
    menu.append(Section("Perangkat daerah", "agency-list", lambda request: True, 2))

    entries = navigation.entries(request_for("/orang/undang/", "person-invite"))

    assert [(entry.label, entry.current) for entry in entries] == [("Orang", True), ("Perangkat daerah", False)]


def test_section_is_current_on_the_pages_that_it_names(menu):
    menu.append(Section("Tugas saya", "task-list", lambda request: True, 1, pages=frozenset({"answer-detail"})))

    assert navigation.entries(request_for("/jawaban/7/", "answer-detail"))[0].current
    assert not navigation.entries(request_for("/jawaban/7/"))[0].current


def test_section_is_shown_only_to_whom_it_is_for(menu):
    menu.append(Section("Orang", "person-list", lambda request: False, 1))
    menu.append(Section("Periode", "cycle-list", lambda request: True, 2, count=lambda request: 3))

    entries = navigation.entries(request_for("/"))

    assert [(entry.label, entry.current, entry.count) for entry in entries] == [("Periode", False, 3)]


@pytest.mark.parametrize(("sections", "layout"), [(4, ""), (5, "folds"), (6, "folds close"), (7, "folds close")])
def test_menu_keeps_to_one_row_however_many_sections_there_are(menu, sections, layout):
    menu.extend(Section(f"Bagian {order}", "home", lambda request: True, order) for order in range(sections))

    assert Frame(request_for("/")).bar_class == layout


def test_account_menu_leads_to_own_pages_and_out_by_post(client_of, people):
    page = client_of(people.operator).get("/").content.decode()

    assert '<details class="menu" data-menu>' in page
    assert '<a href="/sesi/">' in page
    assert '<a href="/kata-sandi/">' in page
    assert '<form method="post" action="/keluar/">' in page


def test_stranger_sees_the_mark_and_no_menu(client, db):
    page = client.get("/tidak-ada/").content.decode()

    assert "Halaman tidak ditemukan" in page
    assert "Menu utama" not in page


@pytest.mark.parametrize(("value", "words"), [("Jumlah desa", "jumlah desa"), ("SOP layanan", "SOP layanan"), ("", "")])
def test_words_inside_a_sentence_begin_small_except_abbreviations(value, words):
    assert lowered(value) == words
