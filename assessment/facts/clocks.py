"""When an answer is open for its agency: the filling deadline, extensions, hours of returns, and rounds."""

import datetime as dt
from dataclasses import dataclass, field

from assessment.enums import AnswerStatus, CycleStatus
from assessment.models import Answer, CorrectionRound, Cycle, Extension, Return

NOT_HANDED_UP = (AnswerStatus.DRAFT, AnswerStatus.READY)
SENT_BACK = (AnswerStatus.RETURNED, AnswerStatus.READY)  # the agency has it again, asked for once more or with the head


@dataclass(frozen=True)
class Clocks:
    """Every hour that runs in one cycle, read once, so that a list of 120 answers asks no more."""

    cycle: Cycle
    extensions: tuple[Extension, ...] = ()
    round: CorrectionRound | None = None
    named: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def of(cls, cycle: Cycle) -> "Clocks":
        """Read the hours of a cycle: at most two queries."""
        if cycle.status == CycleStatus.FILLING:
            return cls(cycle, tuple(_given_since_the_package(cycle)))
        if cycle.status != CycleStatus.VERIFICATION:
            return cls(cycle)
        last = cycle.rounds.first()
        named = Return.objects.filter(round=last).values_list("answer_id", flat=True) if last else ()
        return cls(cycle, (), last, frozenset(named))

    def running_extensions(self, at: dt.datetime) -> list[Extension]:
        """Return the extensions that still give time at a moment, the latest hour first."""
        return sorted((row for row in self.extensions if row.deadline > at), key=lambda row: row.deadline, reverse=True)

    def filling_until(self, agency_id: int | None) -> dt.datetime | None:
        """Return the end of filling for an agency: the deadline, or the latest extension that fits."""
        fitting = [row.deadline for row in self.extensions if row.agency_id in (None, agency_id)]
        return max([*fitting, *([self.cycle.filling_deadline] if self.cycle.filling_deadline else [])], default=None)

    def open_until(self, answer: Answer, agency_id: int | None, at: dt.datetime) -> dt.datetime | None:
        """Return the moment until which the agency may work on the answer; None when it may not.

        docs/aturan.md, "Terbuka bagi perangkat daerah": in filling before the deadline, an extension or the hour of the
        answer's return; in verification within an open round that names the answer. Never otherwise.
        """
        if self.cycle.status == CycleStatus.FILLING:
            hours = [self.filling_until(agency_id)]
            if answer.status in SENT_BACK:
                hours.append(answer.returned_until)
            return max((hour for hour in hours if hour and hour > at), default=None)
        if self.round and self.round_open(at) and answer.pk in self.named:
            return self.round.closes_at
        return None

    def due_at(self, answer: Answer, agency_id: int | None, at: dt.datetime) -> dt.datetime | None:
        """Return by when an answer was asked back, else until when it is open; None where it is not."""
        until = self.open_until(answer, agency_id, at)
        asked = answer.returned_until if until and answer.status in SENT_BACK else None
        return asked if asked and asked > at else until

    def round_open(self, at: dt.datetime) -> bool:
        """Whether a round runs at a moment; answers that are all back close it too, which `awaited` knows."""
        return self.round is not None and self.round.opened_at <= at < self.round.closes_at

    def awaited(self, answer: Answer, at: dt.datetime) -> bool:
        """Whether an open round still waits for this answer to come back."""
        sent_back = answer.status in SENT_BACK
        return sent_back and self.round_open(at) and answer.pk in self.named

    def not_sent_again(self, answer: Answer, at: dt.datetime) -> bool:
        """Whether a return of this answer has run out without being sent: "Tidak dikirim kembali"."""
        back = answer.status == AnswerStatus.READY and answer.came_from == AnswerStatus.RETURNED
        waiting = back or answer.status == AnswerStatus.RETURNED
        return waiting and self.cycle.status != CycleStatus.FILLING and not self.awaited(answer, at)

    def closed(self, answer: Answer, at: dt.datetime) -> bool:
        """Whether its agency is not waited for any more: it stands as its last submission does, or as empty."""
        left_behind = self.cycle.sent and answer.status in NOT_HANDED_UP and not self.awaited(answer, at)
        return left_behind or self.not_sent_again(answer, at)


def _given_since_the_package(cycle: Cycle) -> list[Extension]:
    """The extensions that hold: a package that left ended those given before it. Most cycles have none to ask about."""
    given = list(cycle.extensions.select_related("agency"))
    sent = cycle.packages.values_list("sent_at", flat=True).first() if given else None
    return [row for row in given if sent is None or row.created_at > sent]


def running_round(cycle: Cycle, at: dt.datetime) -> CorrectionRound | None:
    """Return the round that an agency still owes something: before its hour, and not all answers are back."""
    clocks = Clocks.of(cycle)
    if not clocks.round_open(at):
        return None
    owed = Answer.objects.filter(pk__in=clocks.named, status__in=SENT_BACK)
    return clocks.round if owed.exists() else None
