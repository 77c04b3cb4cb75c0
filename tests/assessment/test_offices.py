"""The office's board: what waits first, how far each is, how the years ended."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Role
from assessment.actions import awards, cycles, reviews
from assessment.models import Cycle
from assessment.pages.offices import office_of
from tests.factories.assessment import open_cycle, small_revision
from tests.factories.problems import problem_of
from tests.factories.verification import close, decide_all, fixed, open_round, send, start, submitted
from tests.kept import kept


@kept
def both(people, places):
    """Lebak is filling; Serang has sent its package."""
    revision = small_revision()
    lebak = open_cycle(places.lebak, agency=places.other_health, revision=revision)
    serang = open_cycle(places.serang, agency=places.health, revision=revision)
    submitted(serang, 1, people.operator)
    send(serang, people.coordinator)
    return serang, lebak


def test_start_page_asks_as_much_for_one_verification_as_for_two(client_of, people, places, both):
    client = client_of(people.reviewer)
    serang, lebak = both
    Cycle.objects.filter(pk=serang.pk).update(status="verification")
    client.get("/")
    with CaptureQueriesContext(connection) as one:
        first = client.get("/").text
    Cycle.objects.filter(pk=lebak.pk).update(status="verification", opened_at=timezone.now())
    decide_all(Cycle.objects.get(pk=lebak.pk), people.reviewer)
    with CaptureQueriesContext(connection) as more:
        shown = client.get("/").text

    assert "3 indikator Kabupaten Serang" in first
    assert "dapat diusulkan" in shown
    assert len(more) == len(one)


def test_what_waits_for_the_office_stands_first(people, both):
    office = office_of(people.reviewer)

    assert [row.region.name for row in office.rows] == ["Serang", "Lebak"]
    assert [row.waits for row in office.rows] == [True, False]
    assert (office.rows[0].submitted, office.rows[0].total) == (1, 3)
    assert office.rows[0].active_at is not None


def test_board_shows_the_score_only_once_it_is_fixed(client_of, people, both):
    serang, _lebak = both
    client = client_of(people.reviewer)
    before = client.get(reverse("office-board")).text
    reviews.start(cycle=serang, by=people.reviewer)
    fixed(serang, proposer=people.reviewer, fixer=people.second_reviewer)
    after = client.get(reverse("office-board")).text
    province = client_of(people.observer).get(reverse("office-board")).text

    assert "33,33" not in before
    assert "33,33" in after
    assert "33,33" in province


def test_observer_sees_no_problems(client_of, people, places, both):
    problem_of(places.health, people.coordinator)

    assert "1 terbuka" in client_of(people.reviewer).get(reverse("office-board")).text
    province = client_of(people.observer).get(reverse("office-board")).text
    assert "terbuka" not in province
    assert ">Permasalahan</th>" not in province
    assert "menunggu kantor ini" not in province


def test_each_row_that_waits_names_what_to_do_there(client_of, people, both):
    serang, _lebak = both
    client = client_of(people.reviewer)
    sent = client.get(reverse("office-board"))
    reviews.start(cycle=serang, by=people.reviewer)
    begun = client.get(reverse("office-board"))
    decide_all(serang, people.reviewer)
    decided = client.get(reverse("office-board"))
    observer = client_of(people.observer).get(reverse("office-board")).text

    assert sent.context["next"].url == reverse("review-start", args=[serang.pk])
    assert sent.text.count("Mulai verifikasi") == 2
    assert "Putuskan 3 indikator" in begun.text
    assert decided.context["next"].url == reverse("result-propose", args=[serang.pk])
    assert decided.text.count("Usulkan hasil") == 2
    assert "Usulkan hasil" not in observer


def test_answer_that_nobody_sent_again_stays_decided_on_the_board(client_of, people, both):
    serang, _lebak = both
    reviews.start(cycle=serang, by=people.reviewer)
    decide_all(serang, people.reviewer)
    close(open_round(serang, (1,), people.reviewer))

    board = client_of(people.reviewer).get(reverse("office-board"))

    assert board.context["office"].rows[0].left == 0
    assert "Usulkan hasil" in board.text


def test_board_offers_nothing_to_a_reviewer_who_worked_there(client_of, people, places, both):
    serang, _lebak = both
    Membership.objects.create(
        user=people.reviewer, role=Role.OPERATOR, agency=places.health, started_at=serang.opened_at
    )

    board = client_of(people.reviewer).get(reverse("office-board")).text

    assert reverse("review-start", args=[serang.pk]) not in board


def test_office_sees_its_own_regions_and_no_others(client_of, people, both):
    page = client_of(people.far_reviewer).get(reverse("office-board")).text

    assert "Pidie" in page
    assert "Lebak" not in page


def test_results_of_the_years_stand_side_by_side(client_of, people, places):
    cycle = open_cycle(places.serang, agency=places.health)
    submitted(cycle, 1, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    fixed(cycle, proposer=people.reviewer, fixer=people.second_reviewer)
    awards.announce(cycle=cycle, decree_number="M.HA-7", decree_on=timezone.localdate(), by=people.coordinator)

    office = office_of(people.reviewer)
    cells = {region.name: dict(row) for region, row in office.matrix}

    assert cells["Serang"][cycle.assessment_year].final == cycle.results.get().final
    assert cells["Lebak"][cycle.assessment_year] is None
    assert "belum dicatat" in client_of(people.reviewer).get(reverse("office-board")).text


def test_years_in_between_without_a_record_have_their_column_too(people, places):
    year = timezone.localdate().year
    open_cycle(places.serang, agency=places.health)
    fields = {
        "assessment_year": year - 4, "data_year": year - 5, "revision": Cycle.objects.get().revision, "awarded": False,
        "outcome": "cancelled", "predicate": "", "source": "Surat edaran", "decree_number": "", "decree_on": None,
    }  # fmt: skip
    cycles.record_past_year(region=places.serang, fields=fields, by=people.coordinator)

    assert office_of(people.reviewer).years == [year, year - 1, year - 2, year - 3, year - 4]


def test_board_asks_no_more_for_more_regions(client_of, people, places, both):
    from tests.factories.accounts import AgencyFactory, JurisdictionFactory, RegionFactory

    client, path = client_of(people.observer), reverse("office-board")
    client.get(path)
    with CaptureQueriesContext(connection) as two:
        client.get(path)
    for code in ("36.71", "36.72", "36.73"):
        region = RegionFactory(code=code, name=f"Wilayah {code}", parent=places.banten)
        JurisdictionFactory(office=places.office, region=region)
        open_cycle(region, agency=AgencyFactory(region=region), revision=both[0].revision)
    with CaptureQueriesContext(connection) as five:
        client.get(path)

    assert len(five) == len(two)


def test_answers_are_counted_without_going_through_the_rounds_of_other_offices(people, both):
    with CaptureQueriesContext(connection) as captured:
        office_of(people.reviewer)

    counting = [query["sql"] for query in captured if 'AS "verified"' in query["sql"]]
    assert len(counting) == 1
    assert "assessment_correctionround" not in counting[0]


def test_answer_that_an_open_round_awaits_does_not_count_as_sent_until_it_closes(people, both):
    serang, _lebak = both
    reviews.start(cycle=serang, by=people.reviewer)
    opened = open_round(serang, (1,), people.reviewer)
    awaited = office_of(people.reviewer).rows[0].submitted
    close(opened)

    assert (awaited, office_of(people.reviewer).rows[0].submitted) == (0, 1)
