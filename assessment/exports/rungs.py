"""The steps of an indicator's rule on paper, with a mark on those that the answer and the decision reached."""

from dataclasses import dataclass
from decimal import Decimal

from assessment.dossier.shapes import Rung, Sheet
from assessment.enums import AnswerKind

HIGHEST = 10  # of the heights that the paper's sheet knows
LETTERS = 54  # that fit below the stairs, side by side


@dataclass(frozen=True)
class PrintedRung:
    """One step from the lowest: points, words, whose value reached it, and how high it is drawn."""

    points: Decimal
    words: str
    marks: tuple[str, ...]
    here: bool
    passed: bool
    rise: int

    @property
    def look(self) -> str:
        """How the step looks among stairs."""
        state = "passed" if self.passed and not self.here else self.row_look
        return f"b{self.rise} {state}".strip()

    @property
    def row_look(self) -> str:
        """How it looks where steps are written one below another: those that were passed look as any other."""
        return "here" if self.here else "marked" if self.marks else ""

    @property
    def reached_by(self) -> str:
        """Whose value reached it, in a row."""
        return " dan ".join(self.marks)


@dataclass(frozen=True)
class PrintedLadder:
    """All steps of an indicator; drawn as stairs where their words are short enough, else written one below another."""

    rows: tuple[PrintedRung, ...]
    drawn: bool
    heading: str


def printed_ladder_of(sheet: Sheet) -> PrintedLadder:
    """Return the steps of an indicator with what was reached.

    Better steps always have more points, so the points that the rule gave tell the step; a value that took another
    form (tidak ada, tidak berlaku) stands on none. Old snapshots hold all that this needs.
    """
    own, verified = _own(sheet), _verified(sheet)
    reached = verified if sheet.decided else own
    top = max(len(sheet.rungs) - 1, 1)
    rows = tuple(
        PrintedRung(
            points=rung.points,
            words=rung.words,
            marks=_marks(rung, own, verified),
            here=rung.points == reached,
            passed=reached is not None and rung.points < reached,
            rise=HIGHEST * place // top,
        )
        for place, rung in enumerate(sheet.rungs)
    )
    longest = max((len(row.words) for row in rows), default=0)
    is_choice = sheet.answer_type == "choice"
    drawn = not is_choice and longest * len(rows) <= LETTERS
    return PrintedLadder(rows, drawn, heading="Pilihan" if is_choice else "Batas")


def _own(sheet: Sheet) -> Decimal | None:
    said = sheet.submitted
    return said.points if said and said.value.form == AnswerKind.VALUE else None


def _verified(sheet: Sheet) -> Decimal | None:
    said = sheet.decided
    return said.rule_points if said and said.value.form == AnswerKind.VALUE else None


def _marks(rung: Rung, own: Decimal | None, verified: Decimal | None) -> tuple[str, ...]:
    reached = (("mandiri", own), ("verifikasi", verified))
    return tuple(word for word, points in reached if points == rung.points)
