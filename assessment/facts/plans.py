"""What is planned of a year before it begins."""

from typing import Any

from accounts.sure import sure
from accounts.words import weekday_moment
from assessment.models import Cycle

PLAN = (
    "assessment_year", "data_year", "revision_id", "filling_starts_on", "filling_deadline", "verification_ends_on",
    "heads_endorse",
)  # fmt: skip

YEAR_TAKEN = "Tahun {} sudah ada. Buka periode itu, atau batalkan lebih dulu."

NO_DEADLINE = "Tahun yang hanya dicatat tidak mempunyai batas pengisian."
NOT_LATER = "Perpanjangan harus setelah batas yang sekarang berlaku, {}."


def plan_of(cycle: Cycle) -> dict[str, Any]:
    """Return what is planned of a cycle: its years, revision, dates, and whether heads endorse."""
    return {name: getattr(cycle, name) for name in PLAN}


def plan_words(cycle: Cycle) -> str:
    zone = cycle.region.zone
    return f"tahun penilaian {cycle.assessment_year}, ditutup {weekday_moment(sure(cycle.filling_deadline), zone)}"
