"""What became of the award of a year: every page of its cycle says so."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.sure import sure
from accounts.words import day
from assessment.enums import AwardEnd, CycleStatus
from assessment.models import Award, AwardEnding, Cycle, ProblemGround, Result
from assessment.models.cycle import FIXED
from indicators.models import Revision

THREATENED, REVOKED, LAPSED, GIVEN = "threatened", "revoked", "lapsed", "given"


@dataclass(frozen=True)
class AwardState:
    """The state of one year's award, in words."""

    kind: str
    title: str
    text: str

    @property
    def fallen(self) -> bool:
        """Whether the award is no more, or may soon be none."""
        return self.kind != GIVEN


def below_award(result: Result | None, revision: Revision) -> str:
    """Return a result's predicate where the instrument knows a higher one, so that no award is expected; else ""."""
    highest = revision.predicates.first()
    return result.predicate if result and highest and result.predicate != highest.name else ""


def award_state(cycle: Cycle) -> AwardState | None:
    """Return the state of a year's award; None where there is nothing to say yet."""
    return award_states([cycle]).get(cycle.pk)


def award_states(cycles: Iterable[Cycle]) -> dict[int, AwardState]:
    """Return the states of the awards of several years by the cycle's id, in two queries.

    Before its result is fixed a year has neither an award nor anything that could fall, so that nothing is asked.
    """
    years = {cycle.pk: cycle.assessment_year for cycle in cycles if cycle.status in FIXED}
    if not years:
        return {}
    awards = Award.objects.filter(cycle__in=years).select_related("ending__problem")
    grounds = ProblemGround.objects.filter(cycle__in=years, lifted_at=None).select_related("problem")
    threats = defaultdict[int, list[str]](list)
    for ground in grounds:
        threats[ground.cycle_id].append(ground.problem.code)
    known = {award.cycle_id: award for award in awards}
    states = {pk: _state(year, known.get(pk), threats[pk]) for pk, year in years.items()}
    return {pk: state for pk, state in states.items() if state}


def may_be_grounded(cycle: Cycle) -> bool:
    """Whether a problem can bring this year's award down: one that was given, or whose result is fixed."""
    award = Award.objects.filter(cycle=cycle).select_related("ending").first()
    if award is None:
        return cycle.status == CycleStatus.FINALISED
    return not hasattr(award, "ending")


def earliest_end(ground: ProblemGround, award: Award | None) -> dt.date:
    """Return the first day on which an award can be taken away: it was given by then, and its cause was known."""
    given = award.decree_on if award and award.decree_on else dt.date(ground.cycle.assessment_year, 1, 1)
    return max(given, ground.problem.received_on)


def _state(year: int, award: Award | None, problems: list[str]) -> AwardState | None:
    ending: AwardEnding | None = getattr(award, "ending", None)
    if ending:
        return _ended(year, ending)
    if problems:
        words = ", ".join(sorted(problems))
        return AwardState(THREATENED, f"Penghargaan {year} terancam dicabut", f"Dasarnya permasalahan HAM {words}.")
    if award:
        given = _given(award)
        return AwardState(GIVEN, f"Penghargaan {year}: {award.predicate}", f"{given[0].upper()}{given[1:]}.")
    return None


def _ended(year: int, ending: AwardEnding) -> AwardState:
    if ending.end == AwardEnd.LAPSED:
        return AwardState(LAPSED, f"Penghargaan {year} gugur sebelum ditetapkan", f"Karena {ending.problem}.")
    decree = f"Keputusan {ending.decree_number} tanggal {day(sure(ending.decree_on))}"
    text = f"{decree}, karena {ending.problem}. Diberikan dengan {_given(ending.award)}."
    return AwardState(REVOKED, f"Penghargaan {year} dicabut", text)


def _given(award: Award) -> str:
    """By what the award was given, as a part of a sentence."""
    if not award.decree_number:
        return "keputusan yang dicatat dari sumber tahun itu"
    return f"keputusan {award.decree_number}{f' tanggal {day(award.decree_on)}' if award.decree_on else ''}"
