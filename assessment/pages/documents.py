"""What is said of the documents of a year: each that was made or is being made, and those that can be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.parts import Button
from accounts.words import filesize, short_moment
from assessment.dossier.shapes import document_code
from assessment.enums import DocumentState
from assessment.models import Cycle, IssuedDocument

FINAL = "Dokumen FINAL dari hasil yang ditetapkan."
DRAFT = "Hasil belum ditetapkan, sehingga setiap halaman bertanda SEMENTARA."
EMPTY = "Di sini akan tercantum setiap PDF dan Excel yang dibuat."
BEGIN = (
    "Pilih PDF atau Excel. Dokumen dibuat di latar belakang; Anda boleh menutup halaman ini dan diberi tahu saat siap."
)


@dataclass(frozen=True)
class DocumentLine:
    """One document: what it is, how far it is, and what may be done with it."""

    row: IssuedDocument

    @property
    def zone(self) -> str:
        """The zone of the regency."""
        return self.row.cycle.region.zone

    @property
    def title(self) -> str:
        """What it is."""
        return f"{self.row.get_kind_display()} {'FINAL' if self.row.final else 'SEMENTARA'}"

    @property
    def facts(self) -> list[str]:
        """Its code, who asked for it, when, and its size."""
        row = self.row
        size = filesize(row.size) if row.size else ""
        return [f"Kode {self._code}", row.requested_by.name, short_moment(row.requested_at, self.zone), size]

    @property
    def progress(self) -> str:
        """How far it is, in words."""
        row = self.row
        state = "Terhenti di tengah jalan, sedang dicoba lagi" if row.resumed else row.get_state_display()
        return f"{state}, {row.progress} %{f' · {row.stage}' if row.stage else ''}"

    @property
    def failed(self) -> bool:
        """Whether it could not be made."""
        return self.row.state == DocumentState.FAILED

    @property
    def download(self) -> Button | None:
        """Where it is fetched, once it is ready."""
        if self.row.state != DocumentState.READY:
            return None
        url = reverse("document-file", args=[self.row.public_id])
        return Button("Unduh", url, "line btn-sm", "download", hidden=self._which)

    @property
    def again(self) -> Button | None:
        """What queues it again, where it failed or waits for too long."""
        if not (self.failed or self.row.stale()):
            return None
        return Button("Coba lagi", look="line btn-sm", icon="refresh-cw", hidden=self._which)

    @property
    def _code(self) -> str:
        cycle = self.row.cycle
        return document_code(cycle.region.code, cycle.assessment_year, self.row.snapshot.sha256)

    @property
    def _which(self) -> str:
        return f" {self.row.get_kind_display()} {self._code}"


@dataclass(frozen=True)
class DocumentsPage:
    """The documents of a year, and what can be made."""

    cycle: Cycle
    issued: Iterable[IssuedDocument]
    kinds: Sequence[tuple[str, str, str]]  # each format: its word, its button's label and icon
    refused: str  # why none can be made now

    @property
    def up(self) -> tuple[str, str]:
        """The page above."""
        return reverse("board", args=[self.cycle.pk]), str(self.cycle)

    @property
    def rows(self) -> list[DocumentLine]:
        """What was made, newest first."""
        return [DocumentLine(row) for row in self.issued]

    @property
    def nothing(self) -> str:
        """What stands where none was made."""
        return EMPTY if self.refused else BEGIN

    @property
    def about(self) -> str:
        """What a document that is made now would be."""
        return FINAL if self.cycle.fixed else DRAFT

    @property
    def buttons(self) -> list[Button]:
        """One for each format."""
        return [
            Button(label, "", f"{'line' if place else 'next'} btn-block", icon, data={"name": "kind", "value": kind})
            for place, (kind, label, icon) in enumerate(self.kinds)
        ]
