"""Whether an instrument's file can be loaded, and which revision it would follow."""

from typing import Any

from indicators.catalogue import Fault, check, identity_faults, read
from indicators.models import Revision


class FaultyInstrumentError(Exception):
    """The file has faults; nothing of it was loaded."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} kesalahan")
        self.faults = faults


def checked(content: bytes) -> dict[str, Any]:
    """Return the manuscript of a file; raises UnreadableError or FaultyInstrumentError."""
    manuscript = read(content)
    faults = check(manuscript) or identity_faults(manuscript)
    if faults:
        raise FaultyInstrumentError(faults)
    return manuscript


def newest_revision(manuscript: dict[str, Any]) -> Revision | None:
    """Return the revision that a faultless manuscript would follow."""
    revisions = Revision.objects.filter(instrument__code=manuscript["code"]).select_related("instrument")
    return revisions.order_by("-number").first()
