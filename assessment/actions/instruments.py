"""Bringing an instrument in and confirming its wording."""

from pathlib import Path

from django.db import transaction

from accounts.audit import Actor, record
from accounts.models import User
from accounts.once import Once, claim
from accounts.permissions import membership_for
from assessment.models import InstrumentDraft
from indicators.catalogue import Fault, Loaded, check, load, read
from indicators.models import Revision

NAME_LENGTH = 150


class FaultyInstrumentError(Exception):
    """The file has faults; nothing of it was loaded."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} kesalahan")
        self.faults = faults


class AlreadyOfficialError(Exception):
    """Somebody confirmed this revision before."""


def checked(content: bytes) -> dict:
    """Return the document of a file; raises UnreadableError or FaultyInstrumentError."""
    document = read(content)
    faults = check(document)
    if faults:
        raise FaultyInstrumentError(faults)
    return document


@transaction.atomic
def preview_instrument(*, content: bytes, file_name: str, by: User, once: Once | None = None) -> InstrumentDraft:
    """Keep a faultless file until it is confirmed; what this person previewed before is dropped."""
    checked(content)
    claim(once)
    InstrumentDraft.objects.filter(uploaded_by=by).delete()
    name = Path(file_name).name[:NAME_LENGTH]
    return InstrumentDraft.objects.create(uploaded_by=by, file_name=name, content=content.decode("utf-8-sig"))


@transaction.atomic
def confirm_preview(*, draft: InstrumentDraft, official: bool, by: User, once: Once | None = None) -> Loaded:
    """Load what was previewed, as the official wording or as rancangan, and drop the preview."""
    claim(once)
    actor = Actor.person(by, membership_for(by, "assessment.import_instrument"))
    loaded = import_instrument(document=checked(draft.content.encode()), actor=actor)
    if official and loaded.revision.text_status != "official":
        confirm_wording(revision=loaded.revision, by=by)
    draft.delete()
    return loaded


@transaction.atomic
def import_instrument(*, document: dict, actor: Actor) -> Loaded:
    """Load a checked document and write it to the trail where it made a new revision."""
    loaded = load(document)
    if loaded.created:
        after = {"hash": loaded.revision.content_hash, "indicators": loaded.revision.declared_total}
        record(actor=actor, verb="instrument.imported", target=loaded.revision, region=None, after=after)
    return loaded


@transaction.atomic
def confirm_wording(*, revision: Revision, by: User, once: Once | None = None) -> None:
    """Confirm that a revision's wording is the official one; only its status changes. Raises AlreadyOfficialError."""
    claim(once)
    before = revision.text_status
    if not Revision.objects.filter(pk=revision.pk, text_status="draft").update(text_status="official"):
        raise AlreadyOfficialError
    actor = Actor.person(by, membership_for(by, "assessment.confirm_instrument"))
    record(
        actor=actor, verb="instrument.confirmed", target=revision, region=None, before={"text_status": before},
        after={"text_status": "official"},
    )  # fmt: skip
