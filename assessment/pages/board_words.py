"""What the board of a cycle says and offers: what to prepare, how far it is, what may be done with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from accounts.models import User
from accounts.parts import Button
from accounts.sure import sure
from accounts.words import score, short_moment
from assessment.enums import CycleStatus
from assessment.facts.documents import offered
from assessment.models import Cycle, Result
from assessment.pages.board import Board
from assessment.pages.preparation import Gap, Preparation
from assessment.scoring import Scorecard

FILLING = (
    ("check-list", "Pra-verifikasi", "search-check"),
    ("assignment-list", "Penugasan", "list-checks"),
    ("cycle-extend", "Perpanjang batas", "alarm-clock"),
    ("package-send", "Serahkan paket", "send"),
)
PREPARING = (
    ("assignment-mapping", "Pemetaan perangkat daerah", "building-2"),
    ("assignment-list", "Penugasan", "list-checks"),
    ("cycle-change", "Ubah tanggal", "pencil-line"),
)
AFTERWARDS = (
    ("announce", "award-announce", "Catat pengumuman", "award"),
    ("reject", "package-give-back", "Kembalikan paket", "undo-2"),
)
OF_THE_PACKAGE = (
    "Nilai mandiri",
    "Dari paket yang diserahkan, sebelum diverifikasi; yang tidak diajukan dihitung 0.",
)
OF_THE_DRAFTS = ("Perkiraan nilai", "Dari jawaban yang ada sekarang; yang kosong dihitung 0.")


@dataclass(frozen=True)
class Figure:
    """A sum that somebody can act on: so many, of so many, and of what."""

    count: int
    words: str
    of: int | None = None
    alarm: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a year came to, in words."""

    score: str
    predicate: str


@dataclass(frozen=True)
class BoardPage:
    """A cycle as one person sees it."""

    cycle: Cycle
    user: User
    steps: dict[str, str]
    board: Board | None = None
    preparation: Preparation | None = None
    result: Result | None = None
    extensions: Iterable = ()
    headless: Iterable = ()
    scorecard: Scorecard | None = None
    undecided: int = 0

    @property
    def _board(self) -> Board:
        """The board, on a page that shows one."""
        return sure(self.board)

    @property
    def _preparation(self) -> Preparation:
        """What is prepared, on a page of a year that has not begun."""
        return sure(self.preparation)

    @property
    def _scorecard(self) -> Scorecard:
        """The score, on a page that shows one."""
        return sure(self.scorecard)

    @cached_property
    def manages(self) -> bool:
        """Whether the person leads this year, so that drafts are known too."""
        return self.user.has_perm("assessment.manage_cycle", self.cycle)

    @cached_property
    def sees_board(self) -> bool:
        """Whether the person sees the board, agency by agency."""
        return self.user.has_perm("assessment.see_board", self.cycle)

    @property
    def up(self) -> tuple[str, str]:
        """The page above."""
        return reverse("cycle-list"), "Periode"

    @property
    def outcome(self) -> Outcome | None:
        """The final score and the predicate, once they are fixed."""
        if not (self.result and self.cycle.fixed):
            return None
        return Outcome(score(self.result.final), str(self.result.predicate or "predikat belum ditetapkan"))

    @property
    def gaps(self) -> list[Gap]:
        """What is left before the filling starts."""
        return self._preparation.gaps

    @property
    def preparing(self) -> list[Button]:
        """What the coordinator does before the filling."""
        if not self.manages:
            return []
        buttons = [self._button(name, label, icon) for name, label, icon in PREPARING]
        if not self.steps.get("start_filling"):
            look = "line" if self._preparation.without_owner else "primary"
            buttons.append(self._button("cycle-start", "Mulai pengisian", "send", look))
        return buttons

    @property
    def acts(self) -> list[Button]:
        """What this person may do with the cycle now."""
        return list(self._acts())

    @property
    def figures(self) -> list[Figure]:
        """How far it is."""
        return [self._handed_up, self._checked, self._returned]

    @property
    def without_owner(self) -> str:
        """The numbers of the indicators that nobody answers for."""
        return ", ".join(str(answer.indicator.number) for answer in self._board.without_owner)

    @property
    def more_time(self) -> str:
        """Who has more time, until when and why."""
        return "; ".join(
            f"{row.agency.short_name if row.agency else 'semua'} sampai "
            f"{short_moment(row.deadline, self.cycle.region.zone)} ({row.reason})"
            for row in self.extensions
        )

    @property
    def excepting(self) -> list[Button]:
        """A button for each agency that may be let off its endorsement."""
        return [
            Button(f"Kecualikan {agency.short_name}", self._at("cycle-except", agency.pk), "line btn-sm")
            for agency in self.headless
        ]

    @property
    def score_about(self) -> tuple[str, str]:
        """What the score is called, and what it was worked out from."""
        return OF_THE_PACKAGE if self._board.sent else OF_THE_DRAFTS

    @property
    def predicate(self) -> str:
        """The predicate that the score would give."""
        if not self._scorecard.predicate:
            return "predikat belum ditetapkan"
        return f"{self._scorecard.predicate.name}{' (batas belum pasti)' if self._scorecard.working else ''}"

    @property
    def right_scores(self) -> list[tuple[str, int, str]]:
        """Each right by its short name, how many of its indicators count, and its score."""
        names = {right.code: right.short_name for right in self._board.rights}
        return [(names.get(row.right, row.right), row.indicators, score(row.score)) for row in self._scorecard.rights]

    def _acts(self) -> Iterable[Button]:
        if "send" in self.steps:
            yield from (self._button(name, label, icon) for name, label, icon in FILLING)
        if self._in_review and self.user.has_perm("assessment.review_cycle", self.cycle):
            yield self._button("review-list", "Verifikasi", "search-check")
        if offered(self.user, self.cycle):
            yield self._button("document-list", "Dokumen penilaian", "printer")
        if self.result:
            yield self._button("result-detail", "Hasil penilaian", "file-check")
        for step, name, label, icon in AFTERWARDS:
            if step in self.steps:
                yield self._button(name, label, icon)
        if "cancel" in self.steps:
            yield self._button("cycle-cancel", "Batalkan periode", "", "plain")

    @property
    def _in_review(self) -> bool:
        return self.cycle.sent and self.cycle.status != CycleStatus.SUBMITTED and not self.cycle.recorded

    @property
    def _handed_up(self) -> Figure:
        total = self._board.sum.total
        if self._board.sent:
            return Figure(self._board.handed_over, "indikator diajukan kepada verifikator", total)
        words = f"indikator sudah diajukan, {self._board.sum.filled} sudah terisi lengkap"
        return Figure(self._board.sum.submitted, words, total)

    @property
    def _checked(self) -> Figure:
        if self._board.sent and self.cycle.status != CycleStatus.SUBMITTED:
            words = "sudah diputuskan verifikator, termasuk yang tidak diajukan"
            return Figure(self._board.decided, words, self._board.sum.total)
        return Figure(self._board.sum.accepted, "lolos pra-verifikasi")

    @property
    def _returned(self) -> Figure:
        returned = self._board.sum.returned
        return Figure(returned, "dikembalikan dan menunggu perbaikan", alarm=bool(returned))

    def _button(self, name: str, label: str, icon: str, look: str = "line") -> Button:
        return Button(label, self._at(name), look, icon)

    def _at(self, name: str, *more: int) -> str:
        return reverse(name, args=[self.cycle.pk, *more])
