"""The dossier: one frozen object that the result's page, the PDF and the Excel file print."""

from assessment.dossier.freezing import draw_up, take_snapshot
from assessment.dossier.parsing import dossier_of, read
from assessment.dossier.shapes import Dossier

__all__ = ["Dossier", "dossier_of", "draw_up", "read", "take_snapshot"]
