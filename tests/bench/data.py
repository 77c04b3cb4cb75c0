"""The data of the bench: the sample data, and thirty-seven more regencies as rows."""

import datetime as dt

from django.utils import timezone

from accounts.models import Agency, Jurisdiction, Region, ReviewOffice, TrailHead
from assessment.models import Answer, Assignment, Cycle
from indicators.models import AgencyType, Revision

MORE = 37


def add_regencies(count: int = MORE) -> None:
    """Add regencies with agencies, a cycle in filling, and 120 answers each."""
    revision = Revision.objects.get(instrument__code="permenkumham-22-2021")
    province, office, year = Region.objects.get(kind="province"), ReviewOffice.objects.get(), timezone.localdate().year
    indicators, kinds = list(revision.indicators.all()), list(AgencyType.objects.filter(revision=revision))
    for number in range(count):
        region = Region.objects.create(
            kind="regency", code=f"37.{number + 1:02d}", name=f"Bangku {number}", parent=province, is_demo=True
        )
        TrailHead.objects.create(region=region)
        Jurisdiction.objects.create(office=office, region=region, started_on=dt.date(2020, 1, 1))
        agencies = Agency.objects.bulk_create(
            Agency(region=region, name=kind.name, short_name=kind.short_name, kind="office") for kind in kinds
        )
        owners = {kind.pk: agency for kind, agency in zip(kinds, agencies, strict=True)}
        cycle = Cycle.objects.create(
            region=region, revision=revision, assessment_year=year, data_year=year - 1, status="filling",
            filling_deadline=timezone.now() + dt.timedelta(days=9),
        )  # fmt: skip
        Assignment.objects.bulk_create(
            Assignment(cycle=cycle, indicator=row, agency=owners[row.agency_id], responsible=True) for row in indicators
        )
        Answer.objects.bulk_create(
            Answer(cycle=cycle, indicator=row, form="none", reason="Contoh.") for row in indicators
        )
