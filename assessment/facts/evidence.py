"""How evidence is described, and whether it still may change."""

from dataclasses import dataclass
from typing import Any

from assessment.models import Evidence, SubmittedCitation

DETAILS = ("title", "kind", "number", "dated_on", "valid_from", "valid_until")


@dataclass(frozen=True)
class Added:
    """What adding a file led to: the evidence, and whether the library had these bytes already."""

    evidence: Evidence
    was_there: bool


def described(evidence: Evidence) -> dict[str, Any]:
    """Return the fields that describe evidence."""
    return {name: getattr(evidence, name) for name in DETAILS}


def is_fixed(evidence: Evidence) -> bool:
    """Whether a submission or a response to a problem cites the evidence."""
    return SubmittedCitation.objects.filter(evidence=evidence).exists() or evidence.responses.exists()
