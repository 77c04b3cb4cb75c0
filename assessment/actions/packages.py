"""The package: the list of last submissions that leaves the regency, and its way back before it is opened."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.audit import head_of
from accounts.models import Agency, User
from accounts.notices import tell
from accounts.once import Once, claim
from accounts.sure import sure
from assessment import workflow
from assessment.models import Answer, Cycle, Package, PackageItem
from assessment.notifications import coordinators_of, people_of_agencies, reviewers_of
from assessment.workflow import CYCLE_STEPS


@transaction.atomic
def send(
    *, cycle: Cycle, endorsed_by: str, endorsed_on: dt.date, by: User, at: dt.datetime | None = None,
    once: Once | None = None,
) -> Package:  # fmt: skip
    """Hand the package over; extensions and hours of returns end with it. Late is a fact, not a bar."""
    claim(once)
    at = at or timezone.now()
    locked = workflow.lock(cycle.pk)
    head = head_of(locked.region)
    workflow.perform(cycle, CYCLE_STEPS["send"], by=by, at=at)
    package = Package.objects.create(
        cycle=cycle, number=cycle.packages.count() + 1, sent_at=at, sent_by=by, late=at > sure(locked.filling_deadline),
        endorsed_by=endorsed_by, endorsed_on=endorsed_on, trail_head=head,
    )  # fmt: skip
    last = Answer.objects.filter(cycle=cycle).exclude(last_submission=None).values_list("last_submission", flat=True)
    PackageItem.objects.bulk_create(PackageItem(package=package, submission_id=pk) for pk in last)
    Answer.objects.filter(cycle=cycle).update(returned_until=None)
    text = f"Paket {cycle} diserahkan: {len(last)} dari {cycle.revision.declared_total} indikator diajukan."
    tell(reviewers_of(locked.region), kind="package", text=text, url=reverse("board", args=[cycle.pk]), at=at)
    agencies = Agency.objects.filter(assignments__cycle=cycle).distinct()
    text = f"Paket {cycle} sudah diserahkan. Pengisian berakhir dan jawaban terkunci; yang belum diajukan tidak ikut."
    tell(people_of_agencies(agencies), kind="package", text=text, url=reverse("task-list"), at=at)
    return package


@transaction.atomic
def give_back(*, cycle: Cycle, reason: str, by: User, at: dt.datetime | None = None, once: Once | None = None) -> None:
    """The reviewer gives a package back before opening it, with a reason; the filling goes on."""
    claim(once)
    workflow.perform(cycle, CYCLE_STEPS["reject"], by=by, at=at, note=reason)
    agencies = Agency.objects.filter(assignments__cycle=cycle).distinct()
    told = [*coordinators_of(cycle.region), *people_of_agencies(agencies)]
    text = f"Paket {cycle} dikembalikan oleh kantor verifikasi. {reason}"
    tell(told, kind="package", text=text, url=reverse("home"), at=at)
