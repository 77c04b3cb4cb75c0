"""What one person may do with an answer now, and why not: the rules behind its page."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from accounts.audit import history
from accounts.models import Agency, User
from accounts.permissions import membership_for
from assessment.enums import EDITABLE, AnswerStatus
from assessment.facts.clocks import Clocks
from assessment.facts.completeness import has_value
from assessment.models import Answer
from assessment.rules import agency_of, head_endorses, on_behalf
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


@dataclass(eq=False)
class AnswerRights:
    """An answer and one person: what is open to them, until when, and what stands in the way."""

    answer: Answer
    user: User

    @cached_property
    def agency(self) -> Agency | None:
        """The responsible agency."""
        return agency_of(self.answer)

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
        if self.answer.status not in EDITABLE:
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
        if self.answer.status not in EDITABLE:
            return ""
        moved = (row for row in self.events if row.verb in HANDED_UP_OR_BACK)
        newest = next(moved, None)
        return newest.payload.data["note"] if newest and newest.verb == "answer.handed_back" else ""

    @cached_property
    def nothing_to_submit(self) -> bool:
        """Whether there is no value yet, so that nothing can go up."""
        return not has_value(self.answer)

    @cached_property
    def citing_closed(self) -> str:
        """Why no document can be added or taken off now; empty where it can."""
        if self.answer.status not in EDITABLE:
            return f"{SETTLED_WORDS[self.answer.status]} Data dukungnya tidak dapat diubah sekarang."
        return self.closed

    @cached_property
    def may_cite(self) -> bool:
        """Whether the person may add documents now."""
        return not self.citing_closed and self.user.has_perm("assessment.cite_evidence", self.answer)

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
