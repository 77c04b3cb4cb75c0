"""What the documents of the sample data are: their kind by their name, a number, and how many pages they have."""

from dataclasses import dataclass

from accounts.models import Agency
from assessment.enums import EvidenceKind

KINDS = (
    ("foto", EvidenceKind.PHOTO),
    ("tangkapan layar", EvidenceKind.PHOTO),
    ("perda", EvidenceKind.REGIONAL_REGULATION),
    ("perbup", EvidenceKind.HEAD_REGULATION),
    ("rekap", EvidenceKind.DATA),
    ("sk ", EvidenceKind.DECREE),
    ("salinan keputusan", EvidenceKind.DECREE),
    ("dpa", EvidenceKind.BUDGET),
    ("sop", EvidenceKind.PROCEDURE),
    ("surat keterangan", EvidenceKind.STATEMENT),
    ("laporan", EvidenceKind.REPORT),
    ("berita acara", EvidenceKind.REPORT),
    ("register", EvidenceKind.DATA),
    ("data ", EvidenceKind.DATA),
    ("daftar", EvidenceKind.DATA),
    ("publikasi bps", EvidenceKind.DATA),
)
PAGES = {EvidenceKind.REGIONAL_REGULATION: 4, EvidenceKind.HEAD_REGULATION: 3, EvidenceKind.REPORT: 3,
         EvidenceKind.DECREE: 2, EvidenceKind.PROCEDURE: 2, EvidenceKind.DATA: 2}  # fmt: skip
YEARLY = (EvidenceKind.REGIONAL_REGULATION, EvidenceKind.HEAD_REGULATION)


@dataclass(frozen=True)
class Paper:
    """One document of the sample data: title, kind, number, and pages, of which one is cited."""

    title: str
    kind: EvidenceKind
    number: str
    pages: int
    cited: int


def paper_of(name: str, agency: Agency, which: int, year: int) -> Paper:
    """Return the document that a name such as "Salinan Perda" means, the `which`-th of an agency in a year."""
    title, lowered = f"{name} (contoh)", f"{name.lower()} "
    kind = next((kind for word, kind in KINDS if word in lowered), EvidenceKind.OTHER)
    pages = PAGES.get(kind, 1)
    numbered = f"{which} Tahun {year - which % 6}" if kind in YEARLY else f"{400 + which}/{agency.short_name}/{year}"
    number = "" if kind == EvidenceKind.PHOTO else f"{numbered} (contoh)"
    return Paper(title[:200], kind, number, pages, 1 + which % pages)
