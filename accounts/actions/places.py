"""Entering regions, offices and agencies."""

import datetime as dt
from collections.abc import Iterable
from typing import cast

from django.db import IntegrityError, transaction
from django.db.models import Field
from django.forms.models import model_to_dict
from django.utils import timezone

from accounts.acting import acting
from accounts.audit import record
from accounts.models import Agency, Jurisdiction, Region, ReviewOffice, Succession, TrailHead, User
from accounts.once import Once, claim
from accounts.versions import refuse_if_stale, version_of

PLACES = "accounts.manage_places"


class ChangedMeanwhileError(Exception):
    """What the form had found possible is so no longer; carries the sentence for the person."""


@transaction.atomic
def save_region(*, region: Region, by: User, seen: str | None = None, once: Once | None = None) -> Region:
    """Enter or change a region; a new one gets the head of its trail. Raises StaleError as `version_of_row` says."""
    claim(once)
    before = _seen(region, seen)
    region.save()
    TrailHead.objects.get_or_create(region=region)
    _record(by, PLACES, "region.saved", region, region, before)
    return region


@transaction.atomic
def save_office(*, office: ReviewOffice, by: User, seen: str | None = None, once: Once | None = None) -> ReviewOffice:
    """Enter or change a review office and its habits. Raises StaleError as `version_of_row` says."""
    claim(once)
    before = _seen(office, seen)
    office.save()
    _record(by, PLACES, "office.saved", office, None, before)
    return office


@transaction.atomic
def look_after(
    *, office: ReviewOffice, regions: Iterable[Region], started_on: dt.date, by: User, once: Once | None = None
) -> list[Jurisdiction]:
    """Put regions under an office from a day on; the office that had one until then ends the day before.

    All or none: raises ChangedMeanwhileError where a region came under another office in the meantime.
    """
    claim(once)
    return [_take_over(office, region, started_on, by) for region in regions]


def _take_over(office: ReviewOffice, region: Region, started_on: dt.date, by: User) -> Jurisdiction:
    ended = Jurisdiction.objects.filter(region=region, ended_on=None)
    try:
        with transaction.atomic():
            ended.update(ended_on=started_on - dt.timedelta(days=1))
            jurisdiction = Jurisdiction.objects.create(office=office, region=region, started_on=started_on)
    except IntegrityError as error:
        raise ChangedMeanwhileError(
            f"Wilayah kerja {region} baru saja ditetapkan orang lain. Periksa daftar wilayah, lalu ulangi bila perlu."
        ) from error
    _record(by, PLACES, "jurisdiction.begun", jurisdiction, region, {})
    return jurisdiction


@transaction.atomic
def save_agency(*, agency: Agency, by: User, seen: str | None = None, once: Once | None = None) -> Agency:
    """Enter or change an agency of the coordinator's region. Raises StaleError as `version_of_row` says."""
    claim(once)
    before = _seen(agency, seen)
    agency.save()
    _record(by, "accounts.manage_agencies", "agency.saved", agency, agency.region, before)
    return agency


@transaction.atomic
def record_succession(*, old: Agency, new: Agency, on: dt.date, by: User, once: Once | None = None) -> Succession:
    """Record that `new` took over from `old` on a day: a merger, a split or a renaming; `old` ends the day before.

    Raises ChangedMeanwhileError where somebody else recorded it, or moved the beginning of `old`, in the meantime.
    """
    claim(once)
    try:
        with transaction.atomic():
            succession = Succession.objects.create(old=old, new=new, on=on)
            Agency.objects.filter(pk=old.pk, valid_until=None).update(valid_until=on - dt.timedelta(days=1))
    except IntegrityError as error:
        raise ChangedMeanwhileError(
            f"Peralihan {old} baru saja dicatat atau diubah orang lain. Periksa daftar perangkat daerah."
        ) from error
    actor = acting(by, "accounts.manage_agencies", new)
    record(actor=actor, verb="agency.succeeded", target=new, region=new.region, after={"old": str(old), "on": on})
    return succession


def version_of_row(row: Region | ReviewOffice | Agency) -> str:
    """Return a mark of what is stored of a row, for the form that changes it; saving with an older one is refused."""
    return version_of(model_to_dict(row)) if row.pk else ""


def _seen(row: Region | ReviewOffice | Agency, seen: str | None) -> dict:
    """What is stored, locked; raises StaleError where that is not what was seen."""
    saved = type(row).objects.select_for_update(of=("self",), no_key=True).filter(pk=row.pk).first() if row.pk else None
    if saved is None:
        return {}
    stored = model_to_dict(saved)
    refuse_if_stale(seen, stored, _words(saved, stored))
    return stored


def _words(row: Region | ReviewOffice | Agency, names: Iterable[str]) -> str:
    shown: dict[str, object] = {}
    for name in names:
        field = cast("Field", row._meta.get_field(name))
        value = getattr(row, f"get_{name}_display")() if field.choices else getattr(row, name)
        shown[str(field.verbose_name)] = "ya" if value is True else "tidak" if value is False else value
    return "; ".join(f"{label} {value}" for label, value in shown.items() if value not in (None, ""))


def _record(by: User, permission: str, verb: str, row, region: Region | None, before: dict) -> None:
    after = model_to_dict(row)
    changed = [name for name in after if before.get(name) != after[name]]
    actor = acting(by, permission, row)
    record(
        actor=actor, verb=verb, target=row, region=region, at=timezone.now(),
        before={name: before[name] for name in changed if name in before},
        after={name: after[name] for name in changed},
    )  # fmt: skip
