"""The dossier: one frozen object that the result's page, the PDF and the Excel file print."""

from assessment.dossier.freezing import Reading, take, take_snapshot
from assessment.dossier.reading import dossier_of, read
from assessment.dossier.shapes import Dossier

__all__ = ["Dossier", "Reading", "dossier_of", "read", "take", "take_snapshot"]
