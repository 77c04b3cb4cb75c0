"""Reads the trail from the beginning and finds the first row that does not fit."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Subquery

from accounts.audit import START, event_hash
from accounts.canonical import digest
from accounts.models import AuditEvent, AuditPayload, Region, TrailHead


@dataclass(frozen=True)
class Fault:
    """The first bad row of a chain, and what is wrong with it, in Indonesian."""

    chain: str
    number: int
    reason: str

    def __str__(self) -> str:
        return f"Rantai {self.chain}, baris {self.number}: {self.reason}"


def verify(head: TrailHead) -> Fault | None:
    """Walk one chain and return its first fault, or None where it is whole.

    Found are a changed field, a changed or removed payload, a removed row, swapped rows, and a tail cut off. Rows that
    are written after `head` was read are walked too; people may work meanwhile.
    """
    chain = str(head.region or "Umum")
    end: tuple[int | None, str | None] = (head.number, head.hash)
    previous, number = START, 0
    for event in _rows_with_end(head.region):
        reason = _reason(event, previous, number)
        if reason:
            return Fault(chain, event.number, reason)
        previous, number, end = event.hash, event.number, (event.end_number, event.end_hash)
    if end == (None, None):
        return Fault(chain, number, "ujung rantai yang tersimpan hilang.")
    if (number, previous) != end:
        return Fault(chain, number + 1, f"ekor rantai hilang; seharusnya berakhir pada baris {end[0]}.")
    return None


def chains() -> list[TrailHead]:
    """Return the heads of all chains, also of those whose head row was removed while events remain."""
    heads = list(TrailHead.objects.select_related("region").order_by("region__code"))
    written = set(AuditEvent.objects.order_by().values_list("region", flat=True).distinct())
    missing = written - {head.region_id for head in heads}
    regions = Region.objects.in_bulk(missing - {None})
    return heads + [TrailHead(region=regions.get(region_id)) for region_id in missing]


def contains(head_hash: str) -> bool:
    """Whether some chain passes through the hash that a package or a dossier printed."""
    return head_hash == START or AuditEvent.objects.filter(hash=head_hash).exists()


def _rows_with_end(region: Region | None) -> Iterator[AuditEvent]:
    """The rows with the end that the chain has in the same moment: one query sees both, whoever writes meanwhile."""
    head = TrailHead.objects.filter(region=region)
    rows = AuditEvent.objects.filter(region=region).select_related("payload").order_by("number")
    rows = rows.annotate(**{f"end_{name}": Subquery(head.values(name)) for name in ("number", "hash")})
    return rows.iterator(chunk_size=2000)


def _reason(event: AuditEvent, previous: str, number: int) -> str:
    if event.number != number + 1:
        return f"nomor tidak berurutan; baris {number + 1} hilang atau tertukar."
    if event.previous_hash != previous:
        return "tidak menyambung ke baris sebelumnya; baris tertukar atau disisipkan."
    if event.hash != event_hash(event):
        return "isi baris berubah setelah ditulis."
    try:
        data = event.payload.data
    except AuditPayload.DoesNotExist:
        return "isi perubahan hilang."
    return "" if digest(data) == event.payload_hash else "isi perubahan diubah setelah ditulis."
