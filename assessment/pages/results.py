"""What the pages of a result say: what it came to, who fixed it, what was decided otherwise, and what may be done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from accounts.parts import Button, Fact, Said
from accounts.sure import sure
from accounts.words import day, number, score, short_moment
from assessment.dossier import Dossier
from assessment.dossier.shapes import Sheet
from assessment.enums import CycleStatus
from assessment.facts.awards import AwardState
from assessment.models import Bonus, Cycle, Result, Snapshot

READY = (
    "Semua indikator sudah diputuskan. Setelah diusulkan, nilai terkunci sampai verifikator lain menetapkannya atau "
    "mengembalikannya."
)
NOTHING_TO_SEE: dict[str, str] = {
    CycleStatus.SUBMITTED: "Verifikasi belum dimulai.",
    CycleStatus.CANCELLED: "Periode ini dibatalkan.",
}
SECOND_PERSON = "Verifikator lain menetapkannya atau mengembalikannya dengan alasan."
NO_SECOND_PERSON = "Kantor ini tidak meminta orang kedua: Anda sendiri boleh menetapkannya."


@dataclass(frozen=True)
class Altered:
    """One decision that did not simply agree: the indicator, both points, and the words of the decision."""

    number: int
    text: str
    url: str
    own: str
    points: str
    verdict: str
    reason: str
    by: str


@dataclass(frozen=True)
class Honour:
    """What the year was awarded, or that it was not; with an icon where there is an award."""

    title: str
    text: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Proposing:
    """What became of the proposal, and where to go on."""

    said: Said
    button: Button | None = None


@dataclass(frozen=True)
class Recorded:
    """The bonus: its points, its source, who entered it; and where it is entered or changed."""

    points: str
    source: str
    by: str
    button: Button | None


@dataclass(frozen=True)
class ResultPage:
    """A result as one person sees it."""

    cycle: Cycle
    result: Result
    dossier: Dossier
    snapshot: Snapshot
    user: User
    steps: Mapping[str, str]
    award: AwardState | None
    given_back: Sequence[Result]
    reviews_it: bool
    reads_all: bool

    @property
    def up(self) -> tuple[str, str]:
        """The page above."""
        return reverse("board", args=[self.cycle.pk]), str(self.cycle)

    @property
    def zone(self) -> str:
        """The zone of the regency."""
        return self.cycle.region.zone

    @property
    def award_said(self) -> bool:
        """Whether the page itself says what became of the award."""
        return self.result.fixed and self.award is not None and not self.award.fallen

    @property
    def proposed(self) -> str:
        """Who proposed it, and when."""
        return f"{self.result.proposed_by.name}, {short_moment(self.result.proposed_at, self.zone)}"

    @property
    def fixing(self) -> list[Button]:
        """What the second person may do with the proposal."""
        if "fix" not in self.steps:
            return []
        return [
            Button("Tetapkan hasil", reverse("result-fix", args=[self.cycle.pk]), "next"),
            Button("Kembalikan usulan", reverse("result-give-back", args=[self.cycle.pk])),
        ]

    @property
    def predicate(self) -> str:
        """The predicate in words."""
        return self.result.predicate or "Belum ditetapkan"

    @property
    def sums(self) -> list[Fact]:
        """What the final score came from."""
        totals = self.dossier.totals
        source = f" ({totals.bonus_source})" if totals.bonus_source else ""
        return [
            Fact("Nilai verifikasi", score(self.result.total)),
            Fact("Bonus Aksi HAM", f"{score(self.result.bonus)}{source}"),
            Fact("Nilai mandiri", score(totals.self_score)),
            Fact("Dihitung", f"{totals.counted} dari {totals.indicators} indikator"),
        ]

    @property
    def fixed_title(self) -> str:
        """The minutes, or that there are none yet."""
        return f"Berita acara {self.result.decision.minutes_number}" if self.result.fixed else "Menunggu penetapan"

    @property
    def fixed_facts(self) -> list[Fact]:
        """How the result was fixed."""
        revision = Fact("Revisi hasil", str(self.result.number))
        if not self.result.fixed:
            return [revision]
        made = self.result.decision
        alone = " (tanpa orang kedua)" if made.alone else ""
        return [
            Fact("Tanggal", day(sure(made.minutes_on))),
            Fact("Ditetapkan oleh", f"{made.decided_by.name}, {short_moment(made.decided_at, self.zone)}{alone}"),
            Fact("Diusulkan oleh", self.proposed),
            revision,
        ]

    @property
    def prize(self) -> Honour:
        """What the year was awarded."""
        if self.award:
            return Honour(self.award.title, self.award.text, "octagon-alert" if self.award.fallen else "award")
        if self.cycle.status == CycleStatus.ANNOUNCED:
            return Honour("Tanpa penghargaan", self.cycle.source)
        return Honour("Belum diumumkan")

    @property
    def announcing(self) -> list[Button]:
        """Where the announcement is recorded."""
        url = reverse("award-announce", args=[self.cycle.pk])
        return [Button("Catat pengumuman", url, "next")] if "announce" in self.steps else []

    @property
    def leads(self) -> list[Button]:
        """Where more of it can be read."""
        return list(self._leads())

    def _leads(self) -> Iterable[Button]:
        pk = self.cycle.pk
        if self.reviews_it:
            yield Button("Keputusan per indikator", reverse("review-list", args=[pk]), icon="search-check")
        if self.user.has_perm("assessment.export_dossier", self.cycle):
            label = "Dokumen penilaian (PDF dan Excel)"
            yield Button(label, reverse("document-list", args=[pk]), icon="file-text")


def altered_of(sheet: Sheet, url: str) -> Altered:
    """Return what a second person reads of a decision that did not simply agree."""
    made, own = sheet.decided, sheet.submitted
    rule = f"; menurut aturan {number(made.rule_points)}" if made and made.deviates else ""
    return Altered(
        number=sheet.number,
        text=sheet.text,
        url=url,
        own=number(own.points) if own else "",
        points=number(made.points) if made else "",
        verdict=f"{made.verdict}{rule}" if made else "",
        reason=made.reason if made else "",
        by=made.by if made else "",
    )


def proposing_of(cycle: Cycle, steps: Mapping[str, str]) -> Proposing:
    """Return what became of the proposal of a cycle, for a reviewer with these steps."""
    if "propose" in steps:
        if steps["propose"]:
            return Proposing(Said(steps["propose"], "muted"))
        url = reverse("result-propose", args=[cycle.pk])
        return Proposing(Said(READY), Button("Usulkan hasil", url, "next", "file-clock"))
    if cycle.status in NOTHING_TO_SEE:
        return Proposing(Said(NOTHING_TO_SEE[cycle.status], "muted"))
    waits = cycle.status == CycleStatus.PROPOSED
    said = Said("Sudah diusulkan, menunggu ditetapkan." if waits else "Sudah ditetapkan.")
    return Proposing(said, Button("Lihat hasil", reverse("result-detail", args=[cycle.pk]), icon="file-check"))


def recorded_of(bonus: Bonus | None, cycle: Cycle) -> Recorded:
    """Return the bonus of a cycle, and where it is entered or changed while it can be."""
    button = None
    if cycle.status == CycleStatus.VERIFICATION:
        label = "Ubah bonus" if bonus else "Catat bonus"
        button = Button(label, reverse("result-bonus", args=[cycle.pk]), "line btn-sm")
    if bonus is None:
        return Recorded("", "", "", button)
    by = f"{bonus.entered_by.name}, {short_moment(bonus.entered_at, cycle.region.zone)}"
    return Recorded(score(bonus.points), bonus.source, by, button)


def second_person_words(*, asked: bool) -> str:
    """Say who fixes what is proposed."""
    return SECOND_PERSON if asked else NO_SECOND_PERSON
