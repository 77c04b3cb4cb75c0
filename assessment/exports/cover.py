"""The cloth on the cover: one petal for each indicator, a column for each right, darker with more points."""

from dataclasses import dataclass
from decimal import Decimal

from assessment.dossier import Dossier
from assessment.dossier.shapes import Sheet

FLOWER = (
    "M11.4 11.4C6 11.4 1.8 8 1.8 1.8C8 1.8 11.4 6 11.4 11.4Z",
    "M12.6 11.4C12.6 6 16 1.8 22.2 1.8C22.2 8 18 11.4 12.6 11.4Z",
    "M12.6 12.6C18 12.6 22.2 16 22.2 22.2C16 22.2 12.6 18 12.6 12.6Z",
    "M11.4 12.6C11.4 18 8 22.2 1.8 22.2C1.8 16 6 12.6 11.4 12.6Z",
)
SIDE = 24
SHADES = ((Decimal("0.8"), "#07363c"), (Decimal("0.5"), "#0d5a62"), (Decimal("0.3"), "#559fa3"))
LOW, NOTHING = "#e9a52b", "#e9e1d3"


@dataclass(frozen=True)
class Petal:
    """One indicator on the cover: its shape, its shade, and where its flower stands."""

    path: str
    shade: str
    x: int
    y: int


@dataclass(frozen=True)
class Cloth:
    """The whole cloth with its size."""

    petals: tuple[Petal, ...]
    width: int
    height: int


def cloth_of(dossier: Dossier) -> Cloth:
    """Return the cloth of a dossier: shaded by verified points, or by the self points where those are not seen."""
    verified = dossier.totals.verified_score is not None
    columns = [dossier.sheets_of(right.code) for right in dossier.rights]
    petals = [
        Petal(FLOWER[row % len(FLOWER)], _shade(sheet, verified), SIDE * place, SIDE * (row // len(FLOWER)))
        for place, column in enumerate(columns)
        for row, sheet in enumerate(column)
    ]
    tallest = max((len(column) for column in columns), default=0)
    return Cloth(tuple(petals), SIDE * len(columns), SIDE * -(-tallest // len(FLOWER)))


def _shade(sheet: Sheet, verified: bool) -> str:
    said = sheet.decided if verified else sheet.submitted
    if said is None or said.points is None or not sheet.maximum:
        return NOTHING
    share = said.points / sheet.maximum
    return next((shade for least, shade in SHADES if share >= least), LOW)
