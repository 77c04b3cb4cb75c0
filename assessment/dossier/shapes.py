"""What a dossier consists of: frozen data, as it lies in the snapshot and as the printers read it.

Format 1. A new field gets a default, so that old snapshots stay readable; a changed meaning gets a new format number.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from assessment.enums import AGREED_WITH_OTHER_POINTS

FORMAT = 1
AGREED, CHANGED, OFFICIAL = "confirmed", "changed", "official"
CODES = {
    "Nilai disetujui": AGREED,
    "Nilai ditetapkan lain": CHANGED,
    "Resmi": OFFICIAL,
}  # of the first snapshots, which had the words alone


@dataclass(frozen=True)
class Value:
    """What counts as answered: the form, the words of an option or of the form, the numbers, the achievement."""

    form: str
    label: str
    numerator: Decimal | None
    denominator: Decimal | None
    achievement: Decimal | None


@dataclass(frozen=True)
class Submitted:
    """The last submission: what was said, by whom, and the points that the rule gives for it."""

    value: Value
    points: Decimal
    reason: str
    note: str
    agency: str
    by: str
    at: dt.datetime
    serial: int
    endorsed: bool
    on_behalf: bool
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """The coordinator's newest acceptance, with the points of the submission that was accepted."""

    points: Decimal
    by: str
    at: dt.datetime
    own_work: bool


@dataclass(frozen=True)
class Decided:
    """The reviewer's decision that stands."""

    outcome: str
    value: Value
    rule_points: Decimal | None
    points: Decimal | None
    reason: str
    note: str
    by: str
    at: dt.datetime
    round: int | None
    code: str = ""

    @property
    def changed(self) -> bool:
        """Whether the reviewer set another value than the agency's."""
        return (self.code or CODES.get(self.outcome)) == CHANGED

    @property
    def agreed(self) -> bool:
        """Whether the reviewer confirmed the agency's value."""
        return (self.code or CODES.get(self.outcome)) == AGREED

    @property
    def deviates(self) -> bool:
        """Whether the points are others than the rule gives for the value."""
        return self.rule_points is not None and self.rule_points != self.points

    @property
    def verdict(self) -> str:
        """The decision in words; agreeing with an answer but not with its points is no agreement with the value."""
        return AGREED_WITH_OTHER_POINTS if self.agreed and self.deviates else self.outcome


@dataclass(frozen=True)
class Cited:
    """One document as the submission cites it."""

    title: str
    kind: str
    number: str
    dated_on: dt.date | None
    pages: str
    document: str
    note: str
    owner: str
    file_name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Remark:
    """One note of a return, and the agency's reply."""

    reader: str
    round: int | None
    part: str
    text: str
    reply: str
    at: dt.datetime


@dataclass(frozen=True)
class Rung:
    """One step of the indicator's rule, from the lowest: its points, and the words of its bound or option."""

    points: Decimal
    words: str


@dataclass(frozen=True)
class Sheet:
    """One indicator: the question, what was submitted, checked and decided, and its documents."""

    number: int
    right: str
    kind: str
    text: str
    agency: str
    status: str
    answer_type: str
    unit: str
    numerator: str
    denominator: str
    maximum: Decimal
    basis: str
    rungs: tuple[Rung, ...]
    counted: bool
    submitted: Submitted | None
    checked: Checked | None
    decided: Decided | None
    documents: tuple[Cited, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class RightRow:
    """One right: how many indicators it has, how many count, and its two scores."""

    code: str
    name: str
    short_name: str
    indicators: int
    counted: int
    self_score: Decimal | None
    verified_score: Decimal | None


@dataclass(frozen=True)
class Totals:
    """The sums over all rights, the bonus, and what they come to; the verified ones only where they may be seen."""

    indicators: int
    counted: int
    self_score: Decimal | None
    verified_score: Decimal | None
    bonus: Decimal | None
    bonus_source: str
    final: Decimal | None
    predicate: str
    predicate_working: bool
    threshold: Decimal | None


@dataclass(frozen=True)
class Regulation:
    """The instrument's revision that the cycle was opened with."""

    regulation: str
    title: str
    revision: int
    content_hash: str
    text_status: str
    text_note: str
    text_code: str = ""

    @property
    def official(self) -> bool:
        """Whether the wording is that of the official annex."""
        return (self.text_code or CODES.get(self.text_status)) == OFFICIAL


@dataclass(frozen=True)
class Sent:
    """The package that left the regency."""

    number: int
    at: dt.datetime
    late: bool
    endorsed_by: str
    endorsed_on: dt.date | None
    trail_head: str


@dataclass(frozen=True)
class Dossier:
    """Everything about one cycle at one moment, as far as `reader` may see it."""

    format: int
    reader: str
    taken_at: dt.datetime
    region: str
    region_code: str
    province: str
    zone: str
    office: str
    demo: bool
    assessment_year: int
    data_year: int
    rule: Regulation
    package: Sent | None
    trail_head: str
    rights: tuple[RightRow, ...]
    totals: Totals
    sheets: tuple[Sheet, ...]

    def code(self, sha256: str) -> str:
        """Return the code of a document that prints this dossier."""
        return document_code(self.region_code, self.assessment_year, sha256)

    @property
    def citations(self) -> int:
        """How many citations all sheets have."""
        return sum(len(sheet.documents) for sheet in self.sheets)

    @property
    def outcomes(self) -> list[tuple[str, int]]:
        """The kinds of decision with how often each was taken, the most frequent first."""
        return Counter(sheet.decided.verdict for sheet in self.sheets if sheet.decided).most_common()

    @property
    def altered(self) -> list[Sheet]:
        """Sheets whose decision is another than simply agreeing with what was submitted."""
        judged = [(sheet, sheet.submitted, sheet.decided) for sheet in self.sheets]
        return [
            sheet
            for sheet, submitted, decided in judged
            if submitted and decided and (not decided.agreed or decided.points != submitted.points)
        ]

    def sheets_of(self, right: str) -> tuple[Sheet, ...]:
        """Return the sheets of one right."""
        return tuple(sheet for sheet in self.sheets if sheet.right == right)


def document_code(region_code: str, year: int, sha256: str) -> str:
    """Return the code of a document: region, assessment year, and the beginning of the snapshot's hash."""
    return f"PH-{region_code}-{year}-{sha256[:8].upper()}"
