"""What the preview of an instrument says: what saving the file would change, and how it can be saved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.parts import Button, Said
from indicators.catalogue.differences import Change, Difference
from indicators.models import Revision

OFFICIAL, BARE = "resmi", "tanpa_indikator"  # as a file calls its own wording
KINDS = {"added": Said("Baru", "good", "plus"), "removed": Said("Dihapus", "returned", "x")}
OTHERWISE = Said("Berubah", "ready", "pencil-line")


@dataclass(frozen=True)
class Summary:
    """What saving the previewed file would do."""

    title: str
    counts: tuple[Said, ...]
    text: str


@dataclass(frozen=True)
class Saving:
    """How the previewed file can be saved: as a draft, or, where it holds a wording, as the official one."""

    button: Button
    official: bool  # whether it can be saved as official
    said_official: bool  # whether the file calls itself so


def summary_of(newest: Revision | None, manuscript: Mapping[str, Any], changes: Difference) -> Summary:
    """Return what saving a file would do to the newest revision, or that it is a new instrument."""
    if newest is None:
        words = f"{manuscript['total_indicators']} indikator dalam {len(manuscript['rights'])} hak."
        return Summary("Instrumen baru", (), f"{words} Menyimpan membuat revisi 1.")
    then = f"Menyimpan membuat revisi {newest.number + 1}. {newest} dan periode yang memakainya tidak tersentuh."
    return Summary(f"Dibandingkan dengan {newest}", tuple(_counts(changes)), then)


def saving_of(manuscript: Mapping[str, Any]) -> Saving:
    """Return how a file can be saved."""
    bare = manuscript["text_status"] == BARE
    data = {"name": "status", "value": "draft"}
    button = Button("Simpan" if bare else "Simpan sebagai rancangan", look="next", data=data)
    return Saving(button, not bare, manuscript["text_status"] == OFFICIAL)


def changes_of(changes: Iterable[Change]) -> list[tuple[Change, Said]]:
    """Return changes, each with what kind it is; the pair of colours is its tone."""
    return [(change, KINDS.get(change.what, OTHERWISE)) for change in changes]


def _counts(changes: Difference) -> Iterable[Said]:
    rows = (
        (len(changes.general), "bagian instrumen berubah", "pencil-line"),
        (changes.added, "indikator baru", "plus"),
        (changes.changed, "indikator berubah", "pencil-line"),
        (changes.removed, "indikator dihapus", "x"),
    )
    return (Said(f"{count} {words}", icon=icon) for count, words, icon in rows if count)
