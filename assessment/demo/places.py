"""The province of the sample data, its regencies and cities, their office, and the agencies of one of them."""

import datetime as dt
from pathlib import Path

from django.conf import settings

from accounts.models import Agency, Jurisdiction, Region, ReviewOffice, TrailHead
from indicators.models import AgencyType, Revision

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
REGIONS = (
    ("36.01", "regency", "Pandeglang"),
    ("36.02", "regency", "Lebak"),
    ("36.03", "regency", "Tangerang"),
    ("36.04", "regency", "Serang"),
    ("36.71", "city", "Tangerang"),
    ("36.72", "city", "Cilegon"),
    ("36.73", "city", "Serang"),
    ("36.74", "city", "Tangerang Selatan"),
)
DIVISION = "Bagian"


def build_places() -> tuple[dict[str, Region], ReviewOffice]:
    """Make the province, its eight regencies and cities by their codes, and the office that looks after them."""
    province = Region.objects.create(kind="province", code="36", name="Banten", is_demo=True)
    office = ReviewOffice.objects.create(name="Kantor Wilayah Banten (contoh)", short_name="Kanwil Banten")
    regions = {}
    for code, kind, name in REGIONS:
        region = Region.objects.create(kind=kind, code=code, name=name, parent=province, is_demo=True)
        Jurisdiction.objects.create(office=office, region=region, started_on=dt.date(2020, 1, 1))
        regions[code] = region
    TrailHead.objects.bulk_create(TrailHead(region=region) for region in (province, *regions.values()))
    return regions, office


def build_agencies(region: Region) -> dict[str, Agency]:
    """Make an agency of each type that the catalogue names, by the type's code."""
    return {
        kind.code: Agency.objects.create(
            region=region, name=kind.name, short_name=kind.short_name,
            kind="division" if kind.name.startswith(DIVISION) else ("hospital" if kind.code == "rsud" else "office"),
        )
        for kind in AgencyType.objects.filter(revision=revision())
    }  # fmt: skip


def revision() -> Revision:
    """Return the revision of the present instrument."""
    return Revision.objects.get(instrument__code="permenkumham-22-2021")
