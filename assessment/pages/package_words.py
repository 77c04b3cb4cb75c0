"""What is said before a package goes: what it would leave behind, which hours it would end, and where to look first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.parts import Button
from accounts.words import moment
from assessment.models import Answer, Cycle
from assessment.pages.packages import Readiness

NAMED = 30
DRAFTED = "sudah ditulis tetapi belum diajukan; bernilai 0 bila tidak diajukan"
ASKED = "menunggu pengesahan Kepala OPD; tidak ikut bila belum disahkan"
RETURNED = "dikembalikan dan belum diajukan lagi; yang berangkat pengajuan terakhirnya"
LATE = "Batas pengisian sudah lewat; paket ditandai terlambat."


@dataclass(frozen=True)
class Line:
    """One thing to know before the package goes; `count` stands out at its beginning."""

    icon: str
    tone: str
    text: str
    count: str = ""


@dataclass(frozen=True)
class PackagePage:
    """A package that can be handed over."""

    cycle: Cycle
    readiness: Readiness

    @property
    def up(self) -> tuple[str, str]:
        """The page above."""
        return reverse("board", args=[self.cycle.pk]), str(self.cycle)

    @property
    def heading(self) -> str:
        """Whether anything is left to name."""
        return "Semua sudah lengkap" if self.readiness.complete else "Sebelum diserahkan"

    @property
    def lines(self) -> list[Line]:
        """What is left to name."""
        return [*self._left(), *self._running()]

    @property
    def buttons(self) -> list[Button]:
        """Where to look first."""
        return list(self._buttons())

    def _left(self) -> Iterable[Line]:
        found = self.readiness
        if found.drafted:
            yield _left(found.drafted, DRAFTED)
        if found.empty or not found.drafted:
            yield _left(found.empty, "belum diisi; bernilai 0", "Semua indikator sudah diajukan")
        if found.asked:
            yield _left(found.asked, ASKED)
        yield _left(found.incomplete, "diajukan walau belum lengkap", "Semua pengajuan lengkap")
        yield _left(found.unchecked, "belum diperiksa; berangkat apa adanya", "Semua pengajuan sudah diperiksa")
        yield _left(found.returned, RETURNED, "Tidak ada yang menunggu perbaikan")

    def _running(self) -> Iterable[Line]:
        zone = self.cycle.region.zone
        for row in self.readiness.hours:
            yield _ending(f"Jam perbaikan indikator {row.indicator.number}", moment(row.returned_until, zone))
        for extension in self.readiness.extensions:
            whose = extension.agency.short_name if extension.agency else "untuk semua"
            yield _ending(f"Perpanjangan {whose}", moment(extension.deadline, zone))
        if self.readiness.late:
            yield Line("circle-alert", "no", LATE)

    def _buttons(self) -> Iterable[Button]:
        pk, found = self.cycle.pk, self.readiness
        if found.unchecked:
            yield Button("Periksa dulu", reverse("check-list", args=[pk]), "line btn-sm", "search-check")
        if found.drafted or found.empty:
            url = f"{reverse('board', args=[pk])}#papan"
            yield Button("Lihat papan kelengkapan", url, "line btn-sm", "list-checks")


def _left(rows: Sequence[Answer], words: str, good: str = "") -> Line:
    if not rows:
        return Line("check", "yes", good)
    named = ", ".join(str(row.indicator.number) for row in rows[:NAMED])
    more = f" dan {len(rows) - NAMED} lainnya" if len(rows) > NAMED else ""
    return Line("circle-alert", "no", f" {words}: {named}{more}", f"{len(rows)} indikator")


def _ending(what: str, until: str) -> Line:
    return Line("alarm-clock", "wait", f"{what} masih berjalan sampai {until}; berakhir saat paket diserahkan.")
