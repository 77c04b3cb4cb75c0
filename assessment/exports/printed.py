"""What is printed: the frozen dossier, and beside it what may change later, as of a day."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from accounts.words import short_moment
from assessment.dossier import Dossier, dossier_of
from assessment.models import IssuedDocument, Result, Snapshot


@dataclass(frozen=True)
class Print:
    """A dossier with its hash, whether it is final, and when and by which version it was made."""

    dossier: Dossier
    sha256: str
    final: bool
    made_at: dt.datetime
    version: str
    fate: tuple[tuple[str, str], ...] = ()

    @property
    def code(self) -> str:
        """The document's code."""
        return self.dossier.code(self.sha256)

    @property
    def nature(self) -> str:
        """FINAL, or SEMENTARA before the result is fixed."""
        return "FINAL" if self.final else "SEMENTARA"

    def local(self, at: dt.datetime) -> dt.datetime:
        """Return a moment in the region's zone."""
        return at.astimezone(ZoneInfo(self.dossier.zone))


def print_of(document: IssuedDocument) -> Print:
    """Return what an issued document prints."""
    return printed(document.snapshot, document.result, document.final, document.requested_at, document.version)


def printed(snapshot: Snapshot, result: Result | None, final: bool, made_at: dt.datetime, version: str) -> Print:
    """Return what is printed of a snapshot; `result` brings what stands outside the hash."""
    fate = _fate(result) if result and final else ()
    return Print(dossier_of(snapshot), snapshot.sha256, final, made_at, version, fate)


def _fate(result: Result) -> tuple[tuple[str, str], ...]:
    zone, decision = result.cycle.region.zone, result.decision
    alone = " (tanpa orang kedua)" if decision.alone else ""
    return (
        ("Diusulkan oleh", f"{result.proposed_by.name}, {short_moment(result.proposed_at, zone)}"),
        ("Ditetapkan oleh", f"{decision.decided_by.name}, {short_moment(decision.decided_at, zone)}{alone}"),
        ("Berita acara", f"{decision.minutes_number}, {decision.minutes_on:%d-%m-%Y}"),
        ("Revisi hasil", str(result.number)),
    )
