"""Bringing an instrument in and confirming its wording."""

import datetime as dt
from pathlib import Path

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.acting import acting
from accounts.audit import Actor, record
from accounts.models import User
from accounts.once import Once, claim
from assessment.facts.instruments import checked, newest_revision
from assessment.models import InstrumentDraft
from indicators.catalogue import Loaded, load
from indicators.models import Revision

NAME_LENGTH = 150
PREVIEW_AGE = dt.timedelta(days=7)


class OutdatedPreviewError(Exception):
    """Another revision was loaded after the preview had been shown."""


class NotWaitingError(Exception):
    """The revision's wording does not wait for a confirmation: it has one, or has no text to confirm."""


@transaction.atomic
def preview_instrument(
    *, content: bytes, file_name: str, by: User, at: dt.datetime | None = None, once: Once | None = None
) -> InstrumentDraft:
    """Keep a faultless file until it is confirmed; previews older than a week are dropped."""
    checked(content)
    claim(once)
    at = at or timezone.now()
    InstrumentDraft.objects.filter(created_at__lt=at - PREVIEW_AGE).delete()
    draft = InstrumentDraft.objects.create(
        uploaded_by=by, file_name=Path(file_name).name[:NAME_LENGTH], content=content.decode("utf-8-sig"), created_at=at
    )
    if once:
        once.lead_to(reverse("instrument-preview", args=[draft.pk]))
    return draft


@transaction.atomic
def confirm_preview(
    *, draft: InstrumentDraft, compared_with: int | None, official: bool, by: User, at: dt.datetime | None = None,
    once: Once | None = None,
) -> Loaded:  # fmt: skip
    """Load what was previewed, and confirm its wording where it is the official one.

    The preview goes after its week, so that a second click finds it and is led to what the first one made.
    `compared_with` is the id of the revision that the preview was compared with, None where there was none; raises
    OutdatedPreviewError when that is no longer the newest.
    """
    claim(once)
    manuscript = checked(draft.content.encode())
    newest = newest_revision(manuscript)
    if compared_with != (newest.pk if newest else None):
        raise OutdatedPreviewError
    actor = acting(by, "assessment.import_instrument")
    loaded = import_instrument(manuscript=manuscript, actor=actor, at=at)
    if official and loaded.revision.is_draft:
        confirm_wording(revision=loaded.revision, by=by, at=at)
    if once:
        once.lead_to(reverse("catalogue-revision", args=[loaded.revision.instrument.code, loaded.revision.number]))
    return loaded


@transaction.atomic
def import_instrument(*, manuscript: dict, actor: Actor, at: dt.datetime | None = None) -> Loaded:
    """Load a faultless manuscript and write it to the trail where it made a new revision."""
    loaded = load(manuscript)
    if loaded.created:
        after = {"hash": loaded.revision.content_hash, "indicators": loaded.revision.declared_total}
        record(actor=actor, verb="instrument.imported", target=loaded.revision, region=None, after=after, at=at)
    return loaded


@transaction.atomic
def confirm_wording(*, revision: Revision, by: User, at: dt.datetime | None = None, once: Once | None = None) -> None:
    """Confirm that a revision's wording is the official one; only its status changes. Raises NotWaitingError."""
    claim(once)
    if not Revision.objects.filter(pk=revision.pk).waiting().update(text_status="official"):
        raise NotWaitingError
    actor = acting(by, "assessment.confirm_instrument")
    record(
        actor=actor, verb="instrument.confirmed", target=revision, region=None, before={"text_status": "draft"},
        after={"text_status": "official", "hash": revision.content_hash}, at=at,
    )  # fmt: skip
