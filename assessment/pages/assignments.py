"""The indicators of a cycle with who answers and who supports them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format

from accounts.models import Agency
from accounts.parts import Button, Said
from assessment.models import Assignment, Cycle
from indicators.models import Indicator, Right

PROPOSED = (
    "Belum tersimpan. Periksa pilihannya di bawah, lalu tekan Simpan pemetaan; organisasi yang belum tercatat "
    "ditambahkan saat itu juga."
)
CHOOSE = (
    "Pilih organisasi yang menangani urusannya di daerah Anda, walau namanya lain. Yang memang belum tercatat dapat "
    "ditambahkan dari sini dengan nama menurut katalog."
)
SUPPORTERS = "Pendukung membaca jawabannya dan menambahkan dokumen dari pustakanya; nilai tetap milik pengampu."


@dataclass
class AssignedRow:
    """One indicator with its responsible assignment, if it has one, and the supporting agencies."""

    indicator: Indicator
    responsible: Assignment | None = None
    supporting: list[Agency] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Its id as a form sends it."""
        return str(self.indicator.pk)

    @property
    def owner_key(self) -> str:
        """The id of its owner as a form sends it; nothing where there is none."""
        return str(self.responsible.agency_id) if self.responsible else ""

    @property
    def facts(self) -> list[Said]:
        """When the owner is to be ready, and who supports it."""
        due_on = self.responsible.due_on if self.responsible else None
        names = ", ".join(agency.short_name for agency in self.supporting)
        due = [Said(f"target {date_format(due_on)}")] if due_on else []
        return [*due, *([Said(f"pendukung: {names}")] if names else [])]


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

    @property
    def free_words(self) -> str:
        """The same in words."""
        return f"{self.free} tanpa pengampu"


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


@dataclass(frozen=True)
class Unmapped:
    """That some types have no organisation: what is said of it, and what can be done."""

    title: str
    text: str
    button: Button


def unmapped(cycle: Cycle, form: Any) -> Unmapped | None:
    """Return what is said of types without an organisation; nothing once something was typed."""
    if not form.missing or form.is_bound:
        return None
    url = reverse("assignment-mapping", args=[cycle.pk])
    if form.adds_missing:
        button = Button("Batalkan isian ini", url, "line btn-sm")
        return Unmapped(f"{form.missing} jenis diisi dengan nama menurut katalog", PROPOSED, button)
    button = Button("Isi dengan nama menurut katalog", f"{url}?baru=semua", "line btn-sm", icon="plus")
    return Unmapped(f"{form.missing} jenis belum punya organisasi", CHOOSE, button)


def state_words(free: int, closed: bool) -> str:
    """Return how far assigning is."""
    if closed:
        return "Penugasan tidak dapat diubah lagi setelah paket diserahkan."
    if free:
        return f"{free} indikator belum punya pengampu; yang sudah ditugaskan tidak diubah."
    return "Semua indikator sudah punya pengampu."


def supporters_words(owner: Agency | None) -> str:
    """Return what supporters do, and for whom."""
    return f"Pengampunya {owner.name}. {SUPPORTERS}" if owner else SUPPORTERS


def without_owner(cycle: Cycle) -> int:
    """Return how many indicators of a cycle have no owner."""
    owned = cycle.assignments.responsible().values("indicator")
    return cycle.revision.indicators.exclude(pk__in=owned).count()


def _wanted(row: AssignedRow, agency: str) -> bool:
    if agency == "none":
        return row.responsible is None
    return not agency or (row.responsible is not None and str(row.responsible.agency_id) == agency)
