"""The indicators of a cycle with who answers and who supports them."""

from dataclasses import dataclass, field

from accounts.models import Agency
from assessment.models import Assignment, Cycle
from indicators.models import Indicator


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


def _wanted(row: AssignedRow, agency: str) -> bool:
    if agency == "none":
        return row.responsible is None
    return not agency or (row.responsible is not None and str(row.responsible.agency_id) == agency)
