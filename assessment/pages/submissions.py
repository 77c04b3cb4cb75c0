"""What was submitted last, beside the one before: the ground of the coordinator's check and of the reviewer's room."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from accounts.models import User
from accounts.parts import Said
from accounts.sure import sure
from accounts.words import number
from assessment.enums import Reader
from assessment.facts.ladders import Ladder, ladder
from assessment.facts.value_words import value_words
from assessment.models import Answer, Return, ReturnNote, Submission, SubmittedCitation
from assessment.pages.required_documents import Slot, slots_of
from assessment.scoring import Value
from assessment.workflow import available


@dataclass(frozen=True)
class DocumentChange:
    """One document as it was cited before and as it is cited now; None where it was not."""

    before: SubmittedCitation | None
    after: SubmittedCitation | None

    @property
    def title(self) -> str:
        """Its title."""
        return sure(self.after or self.before).evidence.title

    @property
    def pages(self) -> bool:
        """Whether other pages are cited."""
        return sure(self.before).pages != sure(self.after).pages

    @property
    def note(self) -> bool:
        """Whether the words beside it changed."""
        return sure(self.before).note != sure(self.after).note

    @property
    def place(self) -> bool:
        """Whether it proves another required document."""
        return sure(self.before).document_id != sure(self.after).document_id

    @property
    def kind(self) -> Said:
        """What became of it: added, removed, or cited otherwise."""
        if self.before is None:
            after = sure(self.after)
            pages = f", hal. {after.pages}" if after.pages else ""
            return Said(f"{self.title}{pages}", "yes", "plus", "Ditambah")
        if self.after is None:
            return Said(self.title, "no", "trash-2", "Dilepas")
        return Said(self.title, "wait", "pencil-line", "Diubah")

    @property
    def details(self) -> list[tuple[str, str]]:
        """What is cited otherwise: in words, and as it is now."""
        if self.before is None or self.after is None:
            return []
        before, after = self.before, self.after
        place = after.document.text if after.document else "dokumen lain"
        rows = [
            (self.pages, f"Halaman: {before.pages or 'tidak disebut'} menjadi ", after.pages or "tidak disebut"),
            (self.note, f"Keterangan: {before.note or 'kosong'} menjadi ", after.note or "kosong"),
            (self.place, "Kini untuk: ", place),
        ]
        return [(words, now) for changed, words, now in rows if changed]

    @property
    def told(self) -> bool:
        """Whether there is anything to tell."""
        return self.before is None or self.after is None or self.pages or self.note or self.place


@dataclass(frozen=True)
class PartChange:
    """One part of an answer, as it was and as it is."""

    label: str
    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether it stayed."""
        return self.before == self.after


def _by_place(citations: Iterable[SubmittedCitation]) -> dict[tuple, SubmittedCitation]:
    return {(row.evidence_id, row.document_id): row for row in citations}


@dataclass(frozen=True)
class SubmissionPage:
    """One submission as its reader sees it; `reader` tells whose returns are compared."""

    answer: Answer
    user: User
    reader: ClassVar[Reader]

    @property
    def submission(self) -> Submission | None:
        """What is decided on: the last submission, never the draft."""
        return self.answer.last_submission

    @cached_property
    def ladder(self) -> Ladder | None:
        """What the submission gives, under the name of the agency that answered."""
        if self.submission is None:
            return None
        return ladder(self.answer.indicator, self.submission.value, whose=self.submission.agency.short_name)

    @cached_property
    def citations(self) -> list[SubmittedCitation]:
        """The documents of the submission."""
        if self.submission is None:
            return []
        return list(self.submission.citations.select_related("evidence__file", "document"))

    @cached_property
    def slots(self) -> list[Slot]:
        """The documents of the submission, by what they prove."""
        value = self.submission.value if self.submission else Value("")
        return slots_of(self.answer.indicator, value, self.citations)

    @cached_property
    def last_return(self) -> Return | None:
        """The reader's newest return, with what was wrong then."""
        returns = self.answer.returns.filter(reader=self.reader)
        return returns.select_related("submission__option", "round", "returned_by").first()

    @cached_property
    def notes(self) -> list[ReturnNote]:
        """The notes of that return with the agency's replies."""
        return list(self.last_return.notes.select_related("document", "evidence")) if self.last_return else []

    @property
    def changed(self) -> bool:
        """Whether something came back since the last return."""
        return bool(self.last_return and self.submission and self.last_return.submission_id != self.submission.pk)

    @property
    def before(self) -> Submission | None:
        """The submission that was returned; None where the answer was never submitted then."""
        return self.last_return.submission if self.last_return else None

    @property
    def part_changes(self) -> list[PartChange]:
        """The parts of the answer that say anything, as they were and as they are."""
        if self.before is None:
            return []
        was, now = self.before, sure(self.submission)
        rows = [
            PartChange("Jawaban", value_words(was), value_words(now)),
            PartChange("Nilai mandiri", number(was.points), number(now.points)),
            PartChange("Alasan", was.reason, now.reason),
            PartChange("Catatan", was.note, now.note),
        ]
        return [row for row in rows if row.before or row.after]

    @cached_property
    def document_changes(self) -> list["DocumentChange"]:
        """What became of the documents since the return: added, removed, cited otherwise."""
        before = {} if self.before is None else _by_place(self.before.citations.select_related("evidence", "document"))
        now = _by_place(self.citations)
        gone = {key: row for key, row in before.items() if key not in now}
        changes = [DocumentChange(before.get(key) or _moved(gone, row), row) for key, row in now.items()]
        return [*(row for row in changes if row.told), *(DocumentChange(row, None) for row in gone.values())]

    @cached_property
    def steps(self) -> dict[str, str]:
        """The decisions that fit, each with what blocks it."""
        return available(self.answer, to=self.user)


def _moved(gone: dict, row):
    """Take out of what is gone the citation of the same evidence, which now stands at another place."""
    old = next((key for key in gone if key[0] == row.evidence_id), None)
    return gone.pop(old, None)
