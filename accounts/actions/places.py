"""Entering regions, offices and agencies."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from accounts.audit import Actor, record
from accounts.models import Agency, Jurisdiction, Region, ReviewOffice, Succession, TrailHead, User
from accounts.once import Once, claim
from accounts.permissions import membership_for

PLACES = "accounts.manage_places"


@transaction.atomic
def save_region(*, region: Region, by: User, once: Once | None = None) -> Region:
    """Enter or change a region; a new one gets the head of its trail."""
    claim(once)
    before = _stored(region)
    region.save()
    TrailHead.objects.get_or_create(region=region)
    _record(by, PLACES, "region.saved", region, region, before)
    return region


@transaction.atomic
def save_office(*, office: ReviewOffice, by: User, once: Once | None = None) -> ReviewOffice:
    """Enter or change a review office and its habits."""
    claim(once)
    before = _stored(office)
    office.save()
    _record(by, PLACES, "office.saved", office, None, before)
    return office


@transaction.atomic
def look_after(
    *, office: ReviewOffice, regions: Iterable[Region], started_on: dt.date, by: User, once: Once | None = None
) -> list[Jurisdiction]:
    """Put regions under an office from a day on; the office that had one until then ends the day before."""
    claim(once)
    return [_take_over(office, region, started_on, by) for region in regions]


def _take_over(office: ReviewOffice, region: Region, started_on: dt.date, by: User) -> Jurisdiction:
    ended = Jurisdiction.objects.filter(region=region, ended_on=None)
    ended.update(ended_on=started_on - dt.timedelta(days=1))
    jurisdiction = Jurisdiction.objects.create(office=office, region=region, started_on=started_on)
    _record(by, PLACES, "jurisdiction.begun", jurisdiction, region, {})
    return jurisdiction


@transaction.atomic
def save_agency(*, agency: Agency, by: User, once: Once | None = None) -> Agency:
    """Enter or change an agency of the coordinator's region."""
    claim(once)
    before = _stored(agency)
    agency.save()
    _record(by, "accounts.manage_agencies", "agency.saved", agency, agency.region, before)
    return agency


@transaction.atomic
def record_succession(*, old: Agency, new: Agency, on: dt.date, by: User, once: Once | None = None) -> Succession:
    """Record that `new` took over from `old` on a day: a merger, a split or a renaming; `old` ends the day before."""
    claim(once)
    succession = Succession.objects.create(old=old, new=new, on=on)
    Agency.objects.filter(pk=old.pk, valid_until=None).update(valid_until=on - dt.timedelta(days=1))
    actor = Actor.person(by, membership_for(by, "accounts.manage_agencies", new))
    record(actor=actor, verb="agency.succeeded", target=new, region=new.region, after={"old": str(old), "on": on})
    return succession


def _stored(row) -> dict:
    saved = type(row).objects.filter(pk=row.pk).first() if row.pk else None
    return model_to_dict(saved) if saved else {}


def _record(by: User, permission: str, verb: str, row, region: Region | None, before: dict) -> None:
    after = model_to_dict(row)
    changed = [name for name in after if before.get(name) != after[name]]
    actor = Actor.person(by, membership_for(by, permission, row))
    record(
        actor=actor, verb=verb, target=row, region=region, at=timezone.now(),
        before={name: before[name] for name in changed if name in before},
        after={name: after[name] for name in changed},
    )  # fmt: skip
