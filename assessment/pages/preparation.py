"""What a coordinator should look at before the filling starts."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Agency, Invitation
from accounts.roles import AGENCY_ROLES, Role
from assessment.facts.assignments import responsible_agencies
from assessment.models import Cycle
from indicators.models import Indicator

NUMBERS_NAMED = 20


@dataclass(frozen=True)
class Gap:
    """One thing to look at before the filling starts: a sentence, in which agencies may be named."""

    icon: str
    tone: str
    before: str
    agencies: tuple = ()
    after: str = ""
    count: str = ""  # stands out at the beginning


@dataclass(frozen=True)
class Preparation:
    """Indicators without an owner, and assigned agencies in which nobody can fill or endorse."""

    total: int
    without_owner: list[Indicator]
    without_people: list[Agency]
    without_head: list[Agency]

    @property
    def complete(self) -> bool:
        """Whether nothing is left to name."""
        return not (self.without_owner or self.without_people or self.without_head)

    @property
    def awaited(self) -> int:
        """How many agencies lack somebody who was invited and has not come yet."""
        return len({agency.pk for agency in (*self.without_people, *self.without_head) if agency.invited})

    @property
    def assigned(self) -> int:
        """How many indicators have an owner."""
        return self.total - len(self.without_owner)

    @property
    def gaps(self) -> list[Gap]:
        """What to look at, in sentences."""
        return list(_gaps(self))


def preparation_of(cycle: Cycle) -> Preparation:
    """Read what is left to prepare, in six queries."""
    indicators = cycle.revision.indicators.order_by("number")
    owned = cycle.assignments.responsible().values("indicator")
    agencies = responsible_agencies(cycle)
    headless = agencies.exclude(kind="vertical").without_head() if cycle.heads_endorse else []
    return Preparation(
        total=cycle.revision.declared_total,
        without_owner=list(indicators.exclude(pk__in=owned)),
        without_people=_with_invited(agencies.without_people(), *AGENCY_ROLES),
        without_head=_with_invited(headless, Role.HEAD),
    )


def _with_invited(agencies: Iterable[Agency], *roles: Role) -> list[Agency]:
    """The agencies, each with whether somebody was `invited` for such a role and has not come yet."""
    found = list(agencies)
    links = Invitation.objects.open().filter(purpose="join", role__in=roles, agency__in=found)
    invited = set(links.values_list("agency_id", flat=True))
    for agency in found:
        agency.invited = agency.pk in invited
    return found


def waiting_without_head(cycle: Cycle) -> list[Agency]:
    """Return the agencies whose answers wait for an endorsement that nobody can give, until they are excepted."""
    if not cycle.heads_endorse:
        return []
    excepted = cycle.endorsement_exceptions.values("agency")
    endorsing = responsible_agencies(cycle).exclude(kind="vertical").exclude(pk__in=excepted)
    return list(endorsing.without_head())


def _gaps(found: Preparation) -> Iterable[Gap]:
    lacking = bool(found.without_owner)
    icon, tone = ("circle-alert", "no") if lacking else ("check", "yes")
    numbers = f"; belum: {_numbers(found.without_owner)}" if lacking else ""
    yield Gap(icon, tone, f" indikator punya pengampu{numbers}", count=f"{found.assigned} dari {found.total}")
    if found.assigned and found.without_people:
        ending = ". Undang operatornya, atau isi atas namanya."
        yield Gap("circle-alert", "no", "Belum ada orang di ", tuple(found.without_people), ending)
    elif found.assigned:
        yield Gap("check", "yes", "Setiap perangkat daerah yang ditugasi punya orang.")
    if found.without_head:
        ending = "; mereka mengajukan tanpa pengesahan bila pengisian dimulai sekarang."
        yield Gap("circle-alert", "wait", "Belum ada kepala di ", tuple(found.without_head), ending)


def _numbers(indicators: list) -> str:
    named = ", ".join(str(row.number) for row in indicators[:NUMBERS_NAMED])
    more = len(indicators) - NUMBERS_NAMED
    return f"{named} dan {more} lainnya" if more > 0 else named
