"""What an agency has to do, in the order of what to do next; what it supports: supported_tasks.py."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from django.urls import reverse

from accounts.models import User
from accounts.parts import Said
from accounts.roles import Role
from accounts.sure import sure
from assessment import scoring
from assessment.enums import AnswerStatus, CycleStatus
from assessment.facts.clocks import Clocks
from assessment.facts.completeness import Lack, citations_of, lacks
from assessment.facts.indicator_rules import scoring_rule_of
from assessment.facts.sent_back import HANDED_BACK, untouched
from assessment.facts.verdicts import settle, verdicts_of
from assessment.models import Answer, Assignment, Cycle, Review
from assessment.pages import task_words
from assessment.pages.task_words import ASKED, DONE, ENDORSE, FILL, FIX, MISSED, WAIT, Ready
from indicators.remembered import remembered

TITLES = {
    ENDORSE: "Menunggu pengesahan Anda",
    FIX: "Perlu diperbaiki",
    FILL: "Belum selesai",
    ASKED: "Menunggu pengesahan Kepala OPD",
    WAIT: "Tidak dikirim kembali",
    MISSED: "Tidak diajukan",
    DONE: "Sudah diajukan",
}
GROUPS = list(TITLES)


@dataclass(frozen=True)
class Task:
    """One indicator of the agency: its answer, what it lacks, its points now, and until when it is open."""

    answer: Answer
    lacks: tuple[Lack, ...]
    points: Decimal | None
    open_until: dt.datetime | None
    group: str
    signs: bool = False  # the head signs what was asked for; drafts are the operator's to hand up
    back: str = ""  # by which verb it came back, for as long as nobody touched it since
    due_at: dt.datetime | None = None  # by when it was asked back, else until when it is open

    @property
    def empty(self) -> bool:
        """Whether nothing was answered yet."""
        return self.answer.form == ""

    @property
    def can_go(self) -> bool:
        """Whether it is complete and open, so that it goes along when all complete ones are submitted.

        What came back does not go along as it is.
        """
        groups = (ENDORSE,) if self.signs else (FIX, FILL)
        return self.group in groups and not self.lacks and not self.back and self.open_until is not None

    @property
    def handed_back(self) -> bool:
        """Whether it was the head who gave it back."""
        return self.back == HANDED_BACK

    @property
    def missed(self) -> bool:
        """Whether no package carries it."""
        return self.group == MISSED

    @property
    def stayed(self) -> bool:
        """Whether it came back and was not sent again while it could be."""
        return self.group == WAIT

    @property
    def url(self) -> str:
        """Where it is answered and read."""
        return task_words.url_of(self)

    @property
    def facts(self) -> list[Said]:
        """How far it is, or what it wants."""
        return task_words.facts_of(self)

    @property
    def due(self) -> str:
        """By when it was asked back."""
        return task_words.due_of(self)


@dataclass(frozen=True)
class TaskList:
    """Everything of one cycle that a person's agencies answer."""

    cycle: Cycle
    tasks: tuple[Task, ...]
    user: User

    @property
    def groups(self) -> list[tuple[str, str, list[Task]]]:
        """Key, title and tasks of each group that has any, in the order of what to do next."""
        grouped = ((key, title, [task for task in self.tasks if task.group == key]) for key, title in TITLES.items())
        return [group for group in grouped if group[2]]

    @property
    def answers(self) -> list[Answer]:
        """The answers in the order of their numbers."""
        return sorted((task.answer for task in self.tasks), key=lambda answer: answer.indicator.number)

    @property
    def ready_to_go(self) -> list[Task]:
        """Complete tasks that may be submitted together."""
        return [task for task in self.tasks if task.can_go]

    @cached_property
    def ready(self) -> Ready | None:
        """What is said of them, and the button; None where there are none."""
        tasks = self.ready_to_go
        if not tasks:
            return None
        may_submit = self.user.has_perm("assessment.submit_answer", tasks[0].answer)
        return task_words.ready_of(tasks, reverse("task-submit-all", args=[self.cycle.pk]), may_submit=may_submit)

    @property
    def hints(self) -> bool:
        """Whether it has to be said that complete ones can go up together: there are none yet."""
        return not self.ready_to_go and not self.cycle.sent

    @property
    def next(self) -> Task | None:
        """The one to do now: a head first signs, since others wait for the head; what is complete already waits."""
        waiting = [task for task in self.tasks if task.group in (FIX, ENDORSE, FILL) and task.open_until]
        return next((task for task in waiting if task.group == ENDORSE), None) or next(
            (task for task in waiting if not task.can_go), None
        )

    @property
    def next_words(self) -> str:
        """What to do next, in one sentence."""
        if self.next is None:
            ready = len(self.ready_to_go)
            return f"Kirim {ready} indikator yang sudah lengkap." if ready else ""
        verb = {FIX: "Perbaiki", ENDORSE: "Periksa", FILL: "Isi" if self.next.empty else "Lengkapi"}[self.next.group]
        return f"{verb} indikator {self.next.answer.indicator.number}."

    @property
    def next_url(self) -> str:
        """Where that is done."""
        return reverse("answer-detail", args=[self.next.answer.pk]) if self.next else reverse("task-list") + "#siap"

    @property
    def reader(self) -> str:
        """In whose words the answers' states are told (`answer_badge`)."""
        return task_words.reader_of(self.cycle)

    @property
    def left(self) -> int:
        """How many still want something of the agency."""
        return sum(task.group in (FIX, ENDORSE, FILL) for task in self.tasks)

    @property
    def deadline(self) -> dt.datetime | None:
        """The earliest hour at which anything unfinished closes; what was asked back earlier says so itself."""
        return min((task.open_until for task in self.tasks if task.group != DONE and task.open_until), default=None)


def tasks_of(user: User, cycle: Cycle, at: dt.datetime) -> TaskList:
    """Read a person's task list of one cycle, in a fixed number of queries."""
    answers = _own_answers(user, cycle)
    clocks = Clocks.of(cycle)
    heads = {sure(row.agency_id) for row in user.memberships_now() if row.role == Role.HEAD}
    given = verdicts_of(cycle).standing if cycle.fixed else {}  # from here on the regency knows what was given
    settle(answers, given)
    cited = citations_of(answers)
    back = untouched(answers)
    rows = [_task(answer, cited[answer.pk], clocks, at, heads, back.get(answer.pk, "")) for answer in answers]
    if given:
        rows = [_given(row, given.get(row.answer.pk)) for row in rows]
    return TaskList(cycle, tuple(sorted(rows, key=_urgency)), user)


def _own_answers(user: User, cycle: Cycle) -> list[Answer]:
    """The answers that the person's agencies are responsible for, each with its agency and its cycle."""
    given = Assignment.objects.responsible().filter(cycle=cycle, agency__in=user.agency_ids())
    owners = {row.indicator_id: row.agency for row in given.select_related("agency").order_by()}
    rows = Answer.objects.filter(cycle=cycle, indicator__in=owners).with_indicator()
    answers = list(rows.select_related("last_submission").order_by())
    for answer in answers:
        answer.cycle, answer.agency = cycle, owners[answer.indicator_id]
        answer.owner_id = answer.agency.pk
    return answers


def _urgency(task: Task) -> tuple:
    """What to do first: by group, what came back by its hour, then by number."""
    hour = task.due_at if task.group == FIX and task.due_at else dt.datetime.max.replace(tzinfo=dt.UTC)
    return GROUPS.index(task.group), hour, task.answer.indicator.number


def done_words(cycle: Cycle) -> str:
    """Return what became of an answer that was submitted: in a correction round it goes straight to the reviewer."""
    return f"diajukan kepada {'verifikator' if cycle.status == CycleStatus.VERIFICATION else 'koordinator'}"


class Neighbour(NamedTuple):
    """As much of an answer as leads to it."""

    pk: int
    number: int
    status: str


@dataclass(frozen=True)
class Neighbours:
    """The answers of the same agency before and after one, by number; `after` prefers one that is still to be done."""

    before: Neighbour | None = None
    after: Neighbour | None = None
    left: bool = False  # whether `after` still wants something

    @property
    def any(self) -> bool:
        """Whether there is another one."""
        return bool(self.before or self.after)


def neighbours_of(answer: Answer, todo: Collection[str]) -> Neighbours:
    """Return the answers beside one, in a single query; `todo` are the statuses that want this person's work."""
    given = Assignment.objects.responsible().filter(cycle=answer.cycle_id, agency=answer.owner_id)
    rows = Answer.objects.filter(cycle=answer.cycle_id, indicator__in=given.order_by().values("indicator"))
    found = rows.order_by().values_list("pk", "indicator_id", "status")
    numbered = (Neighbour(pk, remembered(indicator_id).number, status) for pk, indicator_id, status in found)
    ordered = sorted(numbered, key=attrgetter("number"))
    place = next((place for place, row in enumerate(ordered) if row.pk == answer.pk), None)
    if place is None:
        return Neighbours()
    later, earlier = ordered[place + 1 :], ordered[:place]
    waiting = next((row for row in (*later, *earlier) if row.status in todo), None)
    before, after = (earlier[-1] if earlier else None), waiting or (later[0] if later else None)
    return Neighbours(before, after, left=waiting is not None)


def _task(answer: Answer, cited: list, clocks: Clocks, at: dt.datetime, heads: set[int], back: str) -> Task:
    rule = scoring_rule_of(answer.indicator)
    missing = lacks(answer, cited)
    answer.closed = clocks.closed(answer, at)
    counted = None if scoring.is_empty(rule, answer.value) else scoring.points(rule, answer.value)
    group = _group(answer, clocks, at, heads)
    if group == MISSED:
        counted = None  # nothing was handed over, whatever the draft would have given
    until = clocks.open_until(answer, answer.owner_id, at)
    signs = clocks.cycle.heads_endorse and answer.owner_id in heads
    due = clocks.due_at(answer, answer.owner_id, at)
    return Task(answer, tuple(missing), counted, until, FIX if back and group == FILL else group, signs, back, due)


def _given(task: Task, review: Review | None) -> Task:
    return replace(task, points=review.points, lacks=()) if review else task


def _group(answer: Answer, clocks: Clocks, at: dt.datetime, heads: set[int]) -> str:
    if answer.settled:
        return DONE if answer.last_submission_id else MISSED
    if clocks.not_sent_again(answer, at):
        return WAIT
    if clocks.cycle.sent and not clocks.awaited(answer, at):
        return MISSED
    if answer.status == AnswerStatus.READY:
        return ENDORSE if answer.owner_id in heads else ASKED
    return FIX if answer.status == AnswerStatus.RETURNED else FILL
