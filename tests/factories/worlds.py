"""The world of whoever tests that nothing leaks: regencies that fill the same indicators in the same year.

Whatever one regency has, its neighbour has too, on the same rows of the catalogue, so that a missing condition shows.
"""

from decimal import Decimal
from types import SimpleNamespace

from accounts.actions.invitations import Invitee, invite
from accounts.models import Agency, Notice, Region, User
from accounts.roles import Role
from assessment.actions import answers, packages, rounds
from assessment.actions.citations import Reference, cite
from assessment.models import Assignment, Cycle, ProblemGround
from indicators.models import Revision
from tests.factories import hostile
from tests.factories.accounts import AgencyFactory, MembershipFactory
from tests.factories.assessment import (
    answer_of,
    choice_row,
    evidence_of,
    number_row,
    open_cycle,
    ratio_row,
    small_revision,
)
from tests.factories.problems import problem_of
from tests.factories.verification import open_round, send, send_back, start, submitted

DRAFT, SUBMITTED, EMPTY, RETURNED, WITHDRAWN, ORPHANED = range(1, 7)  # the numbers of the indicators
REASON = {"form": "none", "reason": "Belum ada."}


def wide_revision() -> Revision:
    """The small instrument with an indicator for each state that an answer can be in."""
    rows = [choice_row(), ratio_row(), number_row()]
    rows += [number_row(number=n, text=f"Rumusan indikator {n}.") for n in (RETURNED, WITHDRAWN, ORPHANED)]
    return small_revision(indicators=rows, total_indicators=len(rows))


def regency(
    region: Region, agency: Agency, *, revision: Revision, operator: User, coordinator: User
) -> SimpleNamespace:
    """A year in filling with an answer in each state, and the things that hang on it.

    `orphan` is an agency without people: it is responsible for one indicator and supports another, and so does
    `supporting`, which has somebody.
    """
    orphan = AgencyFactory(region=region, name=f"Bagian Tanpa Orang {region.name}", short_name=f"Kosong {region.name}")
    supporting = AgencyFactory(region=region, name=f"Dinas Pendukung {region.name}", short_name=f"Dukung {region.name}")
    MembershipFactory(role=Role.OPERATOR, place=supporting, user__username=f"pendukung-{region.name.lower()}")
    cycle = open_cycle(region, agency=agency, revision=revision)
    rows = cycle.assignments.all()
    rows.filter(indicator__number=ORPHANED).update(agency=orphan)
    empty = revision.indicators.get(number=EMPTY)
    for helper in (orphan, supporting):
        Assignment.objects.create(cycle=cycle, indicator=empty, agency=helper, responsible=False)
    submitted(cycle, SUBMITTED, operator)
    submitted(cycle, RETURNED, operator, **REASON)
    send_back(answer_of(cycle, RETURNED), coordinator)
    submitted(cycle, WITHDRAWN, operator, form="value", number=Decimal(3))
    answers.withdraw(answer=answer_of(cycle, WITHDRAWN), by=operator)
    evidence = evidence_of(operator, agency, hostile.pdf(), title=f"Laporan {region.name}")
    draft = answer_of(cycle, DRAFT)
    return SimpleNamespace(
        region=region, agency=agency, orphan=orphan, supporting=supporting, cycle=cycle, evidence=evidence,
        citation=cite(answer=draft, evidence=evidence, agency=agency, reference=Reference(), by=operator),
        invitation=invite(invitee=Invitee(f"Baru {region.name}"), role=Role.OPERATOR, place=agency, by=coordinator)[0],
        problem=problem_of(agency, coordinator, title=f"Perkara {region.name}"),
        notice=Notice.objects.create(recipient=operator, kind="account", text=f"Halo {region.name}", url="/"),
        operator=operator, coordinator=coordinator,
    )  # fmt: skip


def given_back(cycle: Cycle, *, coordinator: User, reviewer: User) -> None:
    """The package was handed over once, and the office gave it back unopened."""
    send(cycle, coordinator)
    packages.give_back(cycle=cycle, reason="Surat pengantar belum ditandatangani.", by=reviewer)
    cycle.refresh_from_db()


def round_that_came_back(cycle: Cycle, *, operator: User, reviewer: User) -> None:
    """In verification the office asked for a correction, and the agency sent it before the hour."""
    opened = open_round(cycle, (SUBMITTED,), reviewer)
    submitted(cycle, SUBMITTED, operator, form="value", numerator=Decimal(20), denominator=Decimal(31))
    rounds.tell_closed(cycle=cycle, at=opened.closes_at)


def make_world(people: SimpleNamespace, places: SimpleNamespace) -> SimpleNamespace:
    """Serang and Lebak with the same year on the same revision, under one office, and Pidie elsewhere.

    Serang and Lebak are still filling, a package of Serang was given back; Pidie is in verification, where a round
    came back.
    """
    revision = wide_revision()
    pidie_agency = AgencyFactory(region=places.pidie, name="Dinas Kesehatan", short_name="Dinkes")
    far_operator = MembershipFactory(role=Role.OPERATOR, place=pidie_agency, user__username="far-operator").user
    by_region = {
        "serang": (places.serang, places.health, people.operator, people.coordinator),
        "lebak": (places.lebak, places.other_health, people.other_operator, people.other_coordinator),
        "pidie": (places.pidie, pidie_agency, far_operator, people.far_coordinator),
    }
    world = SimpleNamespace(revision=revision, far_operator=far_operator)
    for name, (region, agency, operator, coordinator) in by_region.items():
        made = regency(region, agency, revision=revision, operator=operator, coordinator=coordinator)
        setattr(world, name, made)
    given_back(world.serang.cycle, coordinator=people.coordinator, reviewer=people.second_reviewer)
    start(world.pidie.cycle, coordinator=people.far_coordinator, reviewer=people.far_reviewer)
    round_that_came_back(world.pidie.cycle, operator=far_operator, reviewer=people.far_reviewer)
    for made, reviewer in ((world.serang, people.reviewer), (world.lebak, people.reviewer)):
        made.ground = ProblemGround.objects.create(
            problem=made.problem, cycle=made.cycle, reason="x", marked_by=reviewer
        )
    return world
