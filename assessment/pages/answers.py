"""What the page of one answer shows to the person who reads it."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.audit import history
from accounts.models import Agency, AuditEvent, User
from accounts.permissions import membership_for
from accounts.sure import sure
from assessment.enums import AnswerStatus, NotePart
from assessment.facts.clocks import Clocks
from assessment.facts.completeness import Lack, has_value, lacks
from assessment.facts.ladders import Ladder, ladder
from assessment.facts.sent_back import BY_THE_AGENCY, TO_THE_AGENCY
from assessment.facts.verdicts import standing_review
from assessment.forms.answers import AnswerForm, ReplyForm
from assessment.models import Answer, Citation, ReturnNote, Review
from assessment.pages.answer_steps import GOING_UP, AnswerNext, StepButton, next_of, step_buttons
from assessment.pages.required_documents import Slot, slots_of
from assessment.pages.tasks import Neighbours, neighbours_of
from assessment.rules import agency_of, head_endorses, on_behalf
from assessment.scoring import Value
from assessment.trail.changes import changes_of
from assessment.workflow import Situation, available, open_for_agency

HANDED_UP_OR_BACK = ("answer.readied", "answer.handed_back", "answer.submitted", "answer.taken_back")
SETTLED_WORDS: dict[str, str] = {
    AnswerStatus.READY: "Menunggu pengesahan Kepala OPD.",
    AnswerStatus.SUBMITTED: "Sudah diajukan; menunggu diperiksa.",
    AnswerStatus.ACCEPTED: "Lolos pra-verifikasi; tidak ada yang perlu dikerjakan.",
    AnswerStatus.VERIFIED: "Sudah diverifikasi; tidak ada yang perlu dikerjakan.",
}
NOT_SENT_AGAIN = "Tidak sempat dikirim kembali; yang dihitung pengajuan terakhirnya."
NEVER_HANDED_OVER = "Tidak diajukan dalam paket; tidak ada yang perlu dikerjakan."
AT_THE_AGENCY, AT_THE_HEAD = (AnswerStatus.DRAFT, AnswerStatus.RETURNED), (AnswerStatus.READY,)


@dataclass(eq=False)
class AnswerPage:
    """An answer as one person sees it: the draft or the last submission, what may be done, and why not."""

    answer: Answer
    user: User
    form: AnswerForm | None = None
    typed: QueryDict | None = None
    conflict: Answer | None = None

    @cached_property
    def notes(self) -> list[ReturnNote]:
        """What the last return found wrong, for as long as the agency has not sent it again."""
        waiting = self.answer.status in (AnswerStatus.RETURNED, AnswerStatus.READY)
        if not self.sees_draft or not (waiting or self.replied):
            return []
        return ReturnNote.objects.of_the_last_return(self.answer)

    @property
    def asked_until(self) -> dt.datetime | None:
        """By when it was asked back, for as long as it is open for that; a package that left took the hour along."""
        if not self.notes or self.closed:
            return None
        returned = self.notes[0].returned
        return returned.closes_at if returned.round or self.answer.returned_until else None

    @cached_property
    def reply_form(self) -> ReplyForm:
        """A place for a reply to each note, with what was typed there."""
        return ReplyForm(self.typed if self.replied else None, notes=self.notes)

    @property
    def replied(self) -> bool:
        """Whether replies were sent or kept; they are shown again whatever became of the answer."""
        return any(name.startswith("note-") for name in self.typed or ())

    @property
    def replied_notes(self) -> list[tuple]:
        """Each note with its place for a reply."""
        return [(note, self.reply_form[f"note-{note.pk}"]) for note in self.notes]

    @property
    def unreplied(self) -> int:
        """How many notes of the last return have no reply yet."""
        return sum(not note.reply for note in self.notes)

    @property
    def words_on(self) -> dict[str, list[ReturnNote]]:
        """The notes by the part that they are about, so that they can stand beside it."""
        parts: dict[str, list[ReturnNote]] = {part: [] for part in NotePart.values}
        for note in self.notes:
            parts[note.part].append(note)
        return parts

    @cached_property
    def verdict(self) -> Review | None:
        """The reviewer's decision, once the person may know it: the regency when the result is fixed."""
        review = standing_review(self.answer) if self.answer.cycle.sent else None
        return review if review and Review.objects.visible_to(self.user).filter(pk=review.pk).exists() else None

    @cached_property
    def agency(self) -> Agency | None:
        """The responsible agency."""
        return agency_of(self.answer)

    @property
    def up(self) -> tuple[str, str]:
        """The page above: one's own tasks, the board for whoever sees it, else the start page."""
        if self.answer.owner_id in self.user.agency_ids():
            return reverse("task-list"), "Tugas saya"
        if self.user.has_perm("assessment.see_progress", self.answer.cycle):
            return reverse("board", args=[self.answer.cycle_id]), str(self.answer.cycle)
        if self.user.has_perm("assessment.see_tasks"):
            return reverse("task-list"), "Tugas saya"
        return reverse("home"), "Mulai"

    @cached_property
    def steps(self) -> dict[str, str]:
        """The steps that fit, each with the sentence that blocks it."""
        return available(self.answer, to=self.user, clocks=self.clocks)

    @cached_property
    def clocks(self) -> Clocks:
        """The hours that run in the cycle."""
        return Clocks.of(self.answer.cycle)

    @cached_property
    def closed(self) -> str:
        """Why the answer is not open for its agency now; empty where it is."""
        return open_for_agency(Situation(self.answer, self.clocks, timezone.now()))

    @property
    def due_at(self) -> dt.datetime | None:
        """By when it was asked back, else until when it is open; None where nothing is the person's to do."""
        if self.blocked and not self.to_endorse:
            return None
        return self.clocks.due_at(self.answer, self.answer.owner_id, timezone.now())

    @cached_property
    def not_sent_again(self) -> bool:
        """Whether it came back and was not sent again while it could be."""
        return self.clocks.not_sent_again(self.answer, timezone.now())

    @cached_property
    def sees_draft(self) -> bool:
        """Whether the draft is shown, or only what was submitted."""
        return self.user.has_perm("assessment.read_draft", self.answer)

    @cached_property
    def blocked(self) -> str:
        """Why the draft cannot be changed now; empty where it can."""
        if self.not_sent_again:
            return NOT_SENT_AGAIN
        if self.answer.never_handed_over:
            return NEVER_HANDED_OVER
        if not self.user.has_perm("assessment.fill_answer", self.answer):
            return SETTLED_WORDS.get(self.answer.status, "Jawaban ini diisi oleh perangkat daerah pengampunya.")
        if self.answer.status not in (AnswerStatus.DRAFT, AnswerStatus.RETURNED):
            return SETTLED_WORDS[self.answer.status]
        return self.closed

    @cached_property
    def on_behalf(self) -> bool:
        """Whether this person writes here in place of an agency that has nobody."""
        return not self.blocked and on_behalf(membership_for(self.user, "assessment.fill_answer", self.answer))

    @property
    def to_endorse(self) -> bool:
        """Whether the answer waits for this very person's endorsement."""
        return self.answer.status == AnswerStatus.READY and self.steps.get("submit") == ""

    @cached_property
    def handed_back(self) -> str:
        """The head's words, for as long as the answer was not handed up again; empty where it was not handed back."""
        if self.answer.status not in (AnswerStatus.DRAFT, AnswerStatus.RETURNED):
            return ""
        moved = (row for row in self.events if row.verb in HANDED_UP_OR_BACK)
        newest = next(moved, None)
        return newest.payload.data["note"] if newest and newest.verb == "answer.handed_back" else ""

    @cached_property
    def nothing_to_submit(self) -> bool:
        """Whether there is no value yet, so that nothing can go up."""
        return not has_value(self.answer)

    @property
    def editable(self) -> bool:
        """Whether the form is shown for writing; a refused one stays, with what was typed."""
        return not self.blocked or (self.form is not None and self.form.is_bound)

    @cached_property
    def shown(self):
        """What is read: the draft, or the last submission for whoever sees no drafts."""
        return self.answer if self.sees_draft else self.answer.last_submission

    @cached_property
    def ladder(self) -> Ladder | None:
        """What the shown value gives: what was typed, where it is not stored yet."""
        if self.form is not None and self.form.is_bound:
            return ladder(self.answer.indicator, self.form.typed_value)
        return ladder(self.answer.indicator, self.shown.value) if self.shown else None

    @cached_property
    def citations(self) -> list[Citation]:
        """The documents of the draft."""
        related = ("evidence__file", "evidence__superseded_by", "document", "agency")
        return list(self.answer.citations.select_related(*related))

    @cached_property
    def submitted_citations(self) -> list:
        """The documents of the last submission, for whoever sees no drafts."""
        if self.answer.last_submission is None:
            return []
        return list(self.answer.last_submission.citations.select_related("evidence__file", "document"))

    @cached_property
    def slots(self) -> list[Slot]:
        """One place for each document that the indicator asks for, and one for the rest."""
        cited = self.citations if self.sees_draft else self.submitted_citations
        value = self.shown.value if self.shown else Value("")
        return slots_of(self.answer.indicator, value, cited, self.notes)

    @cached_property
    def citing_closed(self) -> str:
        """Why no document can be added or taken off now; empty where it can."""
        if self.answer.status not in AT_THE_AGENCY:
            return f"{SETTLED_WORDS[self.answer.status]} Data dukungnya tidak dapat diubah sekarang."
        return self.closed

    @cached_property
    def may_cite(self) -> bool:
        """Whether the person may add documents now."""
        return not self.citing_closed and self.user.has_perm("assessment.cite_evidence", self.answer)

    @cached_property
    def removable(self) -> set[int]:
        """The citations that the person may take off now: a supporting agency only its own."""
        if not self.may_cite or not self.sees_draft:
            return set()
        every = self.user.has_perm("assessment.fill_answer", self.answer)
        own = self.user.agency_ids() | self.user.agencies_stood_in_for()
        return {row.pk for row in self.citations if every or row.agency_id in own}

    @cached_property
    def renewable(self) -> set[int]:
        """The citations that the person may change to a newer version, which lies in the citing agency's library."""
        own = self.user.agency_ids() | self.user.agencies_stood_in_for()
        return {row.pk for row in self.citations if row.pk in self.removable and row.agency_id in own}

    @cached_property
    def lacks(self) -> list[Lack]:
        """What is missing."""
        return lacks(self.answer, [(row.document_id, row.evidence.kind) for row in self.citations])

    @property
    def text_fields(self) -> list:
        """The two texts beside the value."""
        form = sure(self.form)
        return [form["reason"], form["note"]]

    @property
    def choices(self) -> list:
        """The options of a choice, best first."""
        return list(self.answer.indicator.options.all())

    @cached_property
    def buttons(self) -> dict[str, StepButton]:
        """What may be done with the answer as it is stored, by the names of the steps."""
        return step_buttons(self.answer, self.steps, may_submit=self.may_submit, to_endorse=self.to_endorse)

    @property
    def goes_up(self) -> bool:
        """Whether the answer can be handed up from here once it is saved."""
        return any(name in self.buttons and not self.buttons[name].blocked for name in GOING_UP)

    @property
    def next(self) -> AnswerNext:
        """The one thing to do now."""
        return next_of(self)

    @property
    def unsaved(self) -> bool:
        """Whether what stands in the form is not stored: it was refused, or typed before the session ended."""
        return self.form is not None and self.form.is_bound

    @property
    def complete(self) -> bool:
        """Whether handing up is what to do next: nothing is missing or refused, and nothing came back untouched."""
        moved = next((row.verb for row in self.events if row.verb in (*TO_THE_AGENCY, *BY_THE_AGENCY)), "")
        return not self.unsaved and not self.lacks and moved not in TO_THE_AGENCY

    @cached_property
    def neighbours(self) -> Neighbours:
        """The agency's indicators before and after this one, for whoever fills it."""
        if not self.user.has_perm("assessment.fill_answer", self.answer):
            return Neighbours()
        return neighbours_of(self.answer, AT_THE_HEAD if self.signs else AT_THE_AGENCY)

    @property
    def signs(self) -> bool:
        """Whether the person endorses answers of this agency in this cycle."""
        return self.user.has_perm("assessment.endorse_answer", self.answer) and head_endorses(self.answer)

    @property
    def may_submit(self) -> bool:
        """Whether submitting is the person's to do; otherwise the head is asked."""
        return "submit" in self.steps

    @property
    def submit_permission(self) -> str:
        """The right that the next step asks for."""
        return "assessment.submit_answer" if self.may_submit else "assessment.ready_answer"

    @cached_property
    def events(self) -> list:
        """What happened to the answer, as far as drafts may be known."""
        return list(history(self.answer)[:20]) if self.sees_draft else []

    @cached_property
    def trail(self) -> list[tuple[AuditEvent, list[str]]]:
        """Each event with what it changed."""
        return [(event, changes_of(event, self.answer.indicator)) for event in self.events]


def answer_page(
    answer: Answer, user: User, *, form: AnswerForm | None = None, typed: QueryDict | None = None
) -> AnswerPage:
    """Return the page of an answer for a person; `typed` is what was sent or kept."""
    return AnswerPage(answer, user, form, typed)
