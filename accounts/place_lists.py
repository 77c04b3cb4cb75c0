"""What the lists of agencies, regions and offices show, put together from rows."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import Agency, Region, ReviewOffice
from accounts.parts import Button
from accounts.presenters import Listed
from accounts.words import day

NOBODY = "–"
FIRST_AGENCY = (
    "Masukkan satu per satu di sini, atau buka periode lalu ambil semuanya dari katalog di halaman pemetaan. "
    "Setelah itu undang operator dan kepalanya."
)
FIRST_REGION = (
    "Mulailah dengan provinsi, lalu kabupaten/kota, kantor verifikasi, dan wilayah kerjanya. "
    "Setelah itu undang koordinator dan verifikator."
)


@dataclass(frozen=True)
class AgencyRow:
    """An agency with the number of its people; `aside` is what else its name wants."""

    agency: Agency
    aside: str

    @property
    def lacks_people(self) -> bool:
        """Whether nobody is there at all."""
        return not self.agency.operators and not self.agency.heads

    @property
    def lacks_head(self) -> bool:
        """Whether nobody can endorse, and somebody has to."""
        return not self.agency.heads and not self.agency.vertical

    @property
    def operators(self) -> str:
        """How many write; a dash where its head alone is there, nothing where nobody is."""
        return "" if self.lacks_people else str(self.agency.operators or NOBODY)

    @property
    def heads(self) -> str:
        """How many endorse; a dash where nobody has to, nothing where somebody is lacking."""
        return "" if self.lacks_head else str(self.agency.heads or NOBODY)

    @property
    def buttons(self) -> tuple[Button, Button]:
        """What can be done with it."""
        name, invite = self.agency.name, f"{reverse('person-invite')}?tempat=agency-{self.agency.pk}"
        change = reverse("agency-change", args=[self.agency.pk])
        return (
            Button("Undang", invite, "line btn-sm", hidden=f" orang ke {name}"),
            Button("Ubah", change, "plain btn-sm", hidden=f" {name}"),
        )


@dataclass(frozen=True)
class RegionRow:
    """A region with who looks after it; nothing where an office is lacking."""

    region: Region
    offices: str


def adding_buttons(regions: Sequence[Region]) -> list[Button]:
    """Return a button for each region that one may enter agencies of."""
    places = [(_of(region, regions), reverse("agency-add", args=[region.pk])) for region in regions]
    return [Button(f"Tambah perangkat daerah{of}", url, "next", "plus") for of, url in places]


def agency_rows(agencies: Iterable[Agency], regions: Sequence[Region], today: dt.date) -> list[AgencyRow]:
    """Return the agencies that are there, or will be."""
    return [AgencyRow(agency, ", ".join(_aside(agency, regions, today))) for agency in agencies]


def ended_agencies(agencies: Iterable[Agency]) -> list[Listed]:
    """List agencies that are no more, with what took over from them."""
    return [
        Listed(agency.name, tuple(_end_of(agency)), reverse("agency-change", args=[agency.pk])) for agency in agencies
    ]


def region_rows(regions: Iterable[Region], today: dt.date) -> list[RegionRow]:
    """Return regions with their offices, today's first."""
    return [RegionRow(region, _offices(region, today)) for region in regions]


def office_lines(offices: Iterable[ReviewOffice]) -> list[Listed]:
    """List offices with what they verify and how."""
    return [Listed(row.name, _ways_of(row), reverse("office-change", args=[row.pk])) for row in offices]


def _of(region: Region, regions: Sequence[Region]) -> str:
    return f" {region}" if len(regions) > 1 else ""


def _aside(agency: Agency, regions: Sequence[Region], today: dt.date) -> Iterable[str]:
    yield agency.short_name
    if len(regions) > 1:
        yield str(agency.region)
    if agency.valid_from and agency.valid_from > today:
        yield f"mulai {day(agency.valid_from)}"
    if agency.valid_until:
        yield f"sampai {day(agency.valid_until)}"


def _end_of(agency: Agency) -> Iterable[str]:
    if agency.valid_until:
        yield f"sampai {day(agency.valid_until)}"
    for succession in agency.successions_out.all():
        yield f"digantikan {succession.new} sejak {day(succession.on)}"


def _offices(region: Region, today: dt.date) -> str:
    held = region.offices_from_today
    if not held:
        return NOBODY if region.kind == "province" else ""
    starts = [f" mulai {day(row.started_on)}" if row.started_on > today else "" for row in held]
    return "; ".join(f"{row.office}{start}" for row, start in zip(held, starts, strict=True))


def _ways_of(office: ReviewOffice) -> tuple[str, ...]:
    second = "hasil ditetapkan orang kedua" if office.second_person else "tanpa orang kedua"
    return f"{office.region_count} wilayah kerja", f"{office.rounds_allowed} putaran perbaikan", second
