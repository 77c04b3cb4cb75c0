"""The indicators of a cycle with who answers and who supports them."""

from collections.abc import Collection
from dataclasses import dataclass, field

from accounts.models import Agency
from assessment.models import Assignment, Cycle
from indicators.models import Indicator, Right


@dataclass
class AssignedRow:
    """One indicator with its responsible assignment, if it has one, and the supporting agencies."""

    indicator: Indicator
    responsible: Assignment | None = None
    supporting: list[Agency] = field(default_factory=list)


def assigned_rows(cycle: Cycle, *, right: str = "", agency: str = "") -> list[AssignedRow]:
    """Return the rows in the order of the numbers, of one right, of one agency, or of none; two queries."""
    indicators = cycle.revision.indicators.select_related("right").order_by("number")
    rows = {row.pk: AssignedRow(row) for row in (indicators.filter(right__code=right) if right else indicators)}
    given = Assignment.objects.filter(cycle=cycle, indicator__in=rows).select_related("agency").order_by("agency__name")
    for assignment in given:
        row = rows[assignment.indicator_id]
        if assignment.responsible:
            row.responsible = assignment
        else:
            row.supporting.append(assignment.agency)
    return [row for row in rows.values() if _wanted(row, agency)]


@dataclass
class AssignedGroup:
    """The rows of one right; `opened` where they are shown at once."""

    right: Right
    rows: list[AssignedRow] = field(default_factory=list)
    opened: bool = False

    @property
    def free(self) -> int:
        """How many have no owner."""
        return sum(row.responsible is None for row in self.rows)


def grouped_by_right(rows: list[AssignedRow], *, opened: bool, ticked: Collection[str] = ()) -> list[AssignedGroup]:
    """Group rows by right; all are open after a filter, else those without an owner or with a tick, or the first."""
    groups: dict[int, AssignedGroup] = {}
    for row in rows:
        groups.setdefault(row.indicator.right_id, AssignedGroup(row.indicator.right)).rows.append(row)
    found = list(groups.values())
    for group in found:
        group.opened = opened or bool(group.free) or any(str(row.indicator.pk) in ticked for row in group.rows)
    if found and not any(group.opened for group in found):
        found[0].opened = True
    return found


def without_owner(cycle: Cycle) -> int:
    """Return how many indicators of a cycle have no owner."""
    owned = cycle.assignments.responsible().values("indicator")
    return cycle.revision.indicators.exclude(pk__in=owned).count()


def _wanted(row: AssignedRow, agency: str) -> bool:
    if agency == "none":
        return row.responsible is None
    return not agency or (row.responsible is not None and str(row.responsible.agency_id) == agency)
