"""What the page of one answer shows to the person who reads it."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import prefetch_related_objects
from django.http import QueryDict
from django.urls import reverse

from accounts.models import AuditEvent, User
from assessment.enums import EDITABLE, AnswerStatus, NotePart
from assessment.facts.completeness import Lack, lacks
from assessment.facts.ladders import Ladder, ladder
from assessment.facts.sent_back import BY_THE_AGENCY, TO_THE_AGENCY
from assessment.facts.verdicts import standing_review
from assessment.forms.answers import AnswerForm, ReplyForm
from assessment.models import Answer, Citation, ReturnNote, Review
from assessment.pages.answer_places import Place, places_of
from assessment.pages.answer_rights import AnswerRights
from assessment.pages.answer_words import GOING_UP, Act, Next, Saved, acts_of, next_of, saved_of, shown_steps
from assessment.pages.required_documents import Slot, slots_of
from assessment.pages.supported_tasks import NOBODY
from assessment.pages.tasks import Neighbours, neighbours_of
from assessment.pages.verdict_words import Told, told
from assessment.scoring import Value
from assessment.trail.changes import changes_of

AT_THE_HEAD = (AnswerStatus.READY,)


@dataclass(eq=False)
class AnswerPage(AnswerRights):
    """An answer as one person sees it: the draft or the last submission, what may be done, and why not."""

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

    @property
    def editable(self) -> bool:
        """Whether the form is shown for writing; a refused one stays, with what was typed."""
        return not self.blocked or (self.form is not None and self.form.is_bound)

    @property
    def writes(self) -> bool:
        """Whether the page holds the form of the answer."""
        return self.form is not None and self.editable

    @property
    def moves_on(self) -> bool:
        """Whether going on to the next indicator saves this one."""
        return self.form is not None and not self.blocked and not self.conflict

    @property
    def zone(self) -> str:
        """The zone of the region, in which its moments are told."""
        return self.answer.cycle.region.zone

    @property
    def owner(self) -> str:
        """The responsible agency's name, or that there is none."""
        return self.agency.name if self.agency else NOBODY

    @property
    def eyebrow(self) -> str:
        """Which indicator this is, of which kind and right."""
        indicator = self.answer.indicator
        kind, right = indicator.get_kind_display().lower(), indicator.right.name.lower()
        return f"Indikator {indicator.number} · {kind} · {right}"

    @property
    def verdict_told(self) -> Told | None:
        """The reviewer's decision in words."""
        return told(self.verdict) if self.verdict else None

    @property
    def asked_in(self) -> str:
        """In which round it was asked back, as the beginning of a sentence; empty outside a round."""
        returned_in = self.notes[0].returned.round if self.notes else None
        return f"Putaran perbaikan {returned_in.number}. " if returned_in else ""

    @property
    def has_bar(self) -> bool:
        """Whether there is anything to do that the bar would hold."""
        return bool(self.writes or self.open_steps)

    @cached_property
    def next(self) -> Next:
        """The one thing to do now."""
        return next_of(self)

    @property
    def saved(self) -> Saved | None:
        """Whether the form is stored."""
        return saved_of(self) if self.writes else None

    @property
    def acts(self) -> list[Act]:
        """What the bar at the foot offers."""
        return acts_of(self)

    @property
    def places(self) -> list[Place]:
        """The documents' places with their words."""
        return places_of(self)

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
        cited = list(self.answer.citations.select_related("evidence__file", "evidence__superseded_by"))
        lent = [row for row in cited if row.agency_id != self.answer.owner_id]  # only these name their agency
        prefetch_related_objects(lent, "agency")
        return cited

    @cached_property
    def submitted_citations(self) -> list:
        """The documents of the last submission, for whoever sees no drafts."""
        if self.answer.last_submission is None:
            return []
        return list(self.answer.last_submission.citations.select_related("evidence__file"))

    @cached_property
    def slots(self) -> list[Slot]:
        """One place for each document that the indicator asks for, and one for the rest."""
        cited = self.citations if self.sees_draft else self.submitted_citations
        value = self.shown.value if self.shown else Value("")
        return slots_of(self.answer.indicator, value, cited, self.notes)

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
    def choices(self) -> list:
        """The options of a choice, best first."""
        return list(self.answer.indicator.options.all())

    @property
    def open_steps(self) -> dict[str, str]:
        """The steps that the bar shows, each with the sentence that blocks it."""
        return shown_steps(self.steps, may_submit=self.may_submit)

    @property
    def goes_up(self) -> bool:
        """Whether the answer can be handed up from here once it is saved."""
        return any(self.open_steps.get(name) == "" for name in GOING_UP)

    @property
    def went_up(self) -> bool:
        """Whether whoever fills it has nothing to hand up, because it was handed up already."""
        fits = any(name in self.steps for name in GOING_UP)
        return not fits and self.user.has_perm("assessment.fill_answer", self.answer)

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
        return neighbours_of(self.answer, AT_THE_HEAD if self.signs else EDITABLE)

    @cached_property
    def trail(self) -> list[tuple[AuditEvent, list[str]]]:
        """Each event with what it changed."""
        return [(event, changes_of(event, self.answer.indicator)) for event in self.events]


def answer_page(
    answer: Answer, user: User, *, form: AnswerForm | None = None, typed: QueryDict | None = None
) -> AnswerPage:
    """Return the page of an answer for a person; `typed` is what was sent or kept."""
    return AnswerPage(answer, user, form, typed)
