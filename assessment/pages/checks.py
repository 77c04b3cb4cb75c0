"""What the coordinator sees when checking: the submissions that wait, and one of them beside the one before."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.http import urlencode

from accounts.audit import history
from accounts.models import Agency, User
from accounts.parts import Fact, Said
from accounts.sure import sure
from assessment.enums import AnswerStatus, CycleStatus, Reader
from assessment.forms.checks import BY_AGENCY, BY_RIGHT, CheckFilter
from assessment.models import Answer, Cycle, Return, Review
from assessment.pages import check_words
from assessment.pages.required_documents import Slot
from assessment.pages.submissions import SubmissionPage

STATES = {
    "": ("Menunggu diperiksa", lambda row: row.status == AnswerStatus.SUBMITTED),
    "lengkap": ("Lengkap", lambda row: row.status == AnswerStatus.SUBMITTED and not row.last_submission.missing),
    "kurang": ("Ada yang kurang", lambda row: row.status == AnswerStatus.SUBMITTED and row.last_submission.missing),
    "kembali": ("Sudah diperbaiki", lambda row: row.status == AnswerStatus.SUBMITTED and row.came_back),
    "lolos": ("Sudah lolos", lambda row: row.status == AnswerStatus.ACCEPTED),
}
STATE, ALL_GROUPS = "keadaan", "semua"
EVENTS_SHOWN = 20


@dataclass(frozen=True)
class CheckGroup:
    """The submissions of one agency, or of one right."""

    key: str
    title: str
    rows: list[Answer]


@dataclass(frozen=True)
class CheckList:
    """What was submitted in one cycle, as this coordinator filters and groups it."""

    cycle: Cycle
    user: User
    found: tuple[Answer, ...]
    filter: CheckFilter
    state: str = ""

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The filters that are set."""
        return self.filter.chosen()

    @cached_property
    def narrowed(self) -> list[Answer]:
        """The submissions of the chosen agency and right, whatever their state."""
        agency, right = self.chosen.get("opd"), self.chosen.get("hak")
        return [
            row
            for row in self.found
            if (not agency or _agency_of(row)[0] == agency) and (not right or row.indicator.right.code == right)
        ]

    @cached_property
    def rows(self) -> list[Answer]:
        """The submissions that are shown, in their order."""
        return [row for group in self.groups for row in group.rows]

    @cached_property
    def groups(self) -> list[CheckGroup]:
        """The submissions that are shown, by agency or by right."""
        shown = [row for row in self.narrowed if STATES[self.state][1](row)]
        if self.chosen.get("kelompok", BY_AGENCY) == BY_RIGHT:
            return _grouped(shown, lambda row: (row.indicator.right.code, row.indicator.right.name))
        by_name = sorted(shown, key=lambda row: _agency_of(row)[1])
        return _grouped(by_name, _agency_of)

    @property
    def states(self) -> list[tuple[str, str, int, str]]:
        """Each state with its words, how many there are, and its address."""
        return [
            (key, words, sum(bool(fits(row)) for row in self.narrowed), self._query({STATE: key}))
            for key, (words, fits) in STATES.items()
        ]

    @property
    def tickable(self) -> bool:
        """Whether what is shown can still be let pass."""
        return self.state != "lolos" and not self.over

    @property
    def over(self) -> bool:
        """Whether the check is over, since the package has left or the cycle has ended."""
        return self.cycle.status != CycleStatus.FILLING

    @property
    def query(self) -> str:
        """The filters as they stand in an address."""
        return self._query({STATE: self.state})

    def picked(self, which: str) -> set[int]:
        """Return the ids that stand ticked: the complete ones of all groups or of one."""
        groups = [group for group in self.groups if which in (ALL_GROUPS, group.key)]
        return {row.pk for group in groups for row in group.rows if not sure(row.last_submission).missing}

    def around(self, answer: Answer) -> tuple[Answer | None, Answer | None]:
        """Return the submissions before and after this one; from outside the list one goes on to its first."""
        rows = self.rows
        place = next((place for place, row in enumerate(rows) if row.pk == answer.pk), None)
        if place is None:
            return None, next(iter(rows), None)
        before = rows[place - 1] if place else None
        return before, rows[place + 1] if place + 1 < len(rows) else None

    def after(self, answer: Answer) -> Answer | None:
        """Return the next submission to look at, from the top again at the end; None where no other waits."""
        others = [row for row in self.rows if row.pk != answer.pk]
        return self.around(answer)[1] or next(iter(others), None)

    def place_of(self, answer: Answer) -> int:
        """Return which of the shown ones this is, counted from 1; 0 for one that is not shown."""
        return next((place for place, row in enumerate(self.rows, 1) if row.pk == answer.pk), 0)

    def url_of(self, answer: Answer | None) -> str:
        """Return the address of one submission, or of the list, with the same filters."""
        name, key = ("check-detail", answer.pk) if answer else ("check-list", self.cycle.pk)
        return reverse(name, args=[key]) + (f"?{self.query}" if self.query else "")

    def _query(self, changes: Mapping[str, str]) -> str:
        return urlencode({name: value for name, value in {**self.chosen, **changes}.items() if value})


def check_list_of(cycle: Cycle, user: User, asked: Mapping[str, str]) -> CheckList:
    """Read what was submitted in a cycle, with the filters of an address, in a fixed number of queries."""
    back = Return.objects.filter(answer=OuterRef("pk"), reader=Reader.COORDINATOR)
    rows = Answer.objects.filter(
        cycle=cycle, status__in=(AnswerStatus.SUBMITTED, AnswerStatus.ACCEPTED)
    ).with_indicator()
    rows = rows.select_related("last_submission__agency", "last_submission__option").order_by("indicator__number")
    found = tuple(rows.annotate(came_back=Exists(back), cited=Count("last_submission__citations")))
    agencies = {sure(row.last_submission).agency_id: sure(row.last_submission).agency for row in found}
    rights = {row.indicator.right_id: row.indicator.right for row in found}
    ordered = sorted(agencies.values(), key=lambda agency: agency.short_name)
    chosen = CheckFilter(asked, agencies=ordered, rights=rights.values())
    state = asked.get(STATE, "")
    return CheckList(cycle, user, found, chosen, state if state in STATES else "")


def _agency_of(row: Answer) -> tuple[str, str]:
    agency = sure(row.last_submission).agency
    return str(agency.pk), agency.name


def _grouped(rows: Iterable[Answer], group_of: Callable[[Answer], tuple[str, str]]) -> list[CheckGroup]:
    groups: dict[str, CheckGroup] = {}
    for row in rows:
        key, title = group_of(row)
        groups.setdefault(key, CheckGroup(key, title, [])).rows.append(row)
    return list(groups.values())


@dataclass(frozen=True)
class CheckPage(SubmissionPage):
    """One submission as the coordinator reads it."""

    reader: ClassVar[Reader] = Reader.COORDINATOR

    @property
    def agency(self) -> Agency | None:
        """Whose submission it is; None where none stands."""
        return self.submission.agency if self.submission else None

    @property
    def own_work(self) -> bool:
        """Whether the reader submitted it."""
        return bool(self.submission and self.submission.submitted_by_id == self.user.pk)

    @property
    def eyebrow(self) -> str:
        """Number, kind and right, above the words of the indicator."""
        indicator = self.answer.indicator
        return f"Indikator {indicator.number} · {indicator.get_kind_display().lower()} · {indicator.right.name}"

    @property
    def documents_words(self) -> str:
        """How many of the required documents are there."""
        required = [
            slot for slot in self.slots if slot.needed and slot.required_document and slot.required_document.required
        ]
        if not required:
            return "Tidak ada dokumen yang wajib untuk jawaban ini."
        return f"{sum(bool(slot.citations) for slot in required)} dari {len(required)} dokumen wajib dilampirkan."

    @cached_property
    def accepted(self) -> Review | None:
        """How this submission passed, for as long as it does."""
        if self.submission is None or self.answer.status == AnswerStatus.SUBMITTED:
            return None
        passed = self.answer.reviews.filter(reader=Reader.COORDINATOR, submission=self.submission)
        return passed.select_related("decided_by").order_by("-pk").first()

    @property
    def facts(self) -> list[Fact]:
        """What stands in the submission, and how it passed."""
        return check_words.facts_of(self)

    @property
    def places(self) -> list[tuple[Slot, Said | None]]:
        """The documents of the submission by what they prove, each with whether it is there."""
        return [(slot, check_words.state_of(slot)) for slot in self.slots if slot.read]

    @property
    def has_options(self) -> bool:
        """Whether the answer is one of several options."""
        return self.answer.indicator.answer_type == "choice"

    @cached_property
    def options(self) -> list[tuple[str, object, bool]]:
        """The options of a choice with their points, best first, and whether the agency chose it."""
        chosen = self.submission.option_id if self.submission else None
        return [(row.label, row.points, row.pk == chosen) for row in self.answer.indicator.options.all()]

    @cached_property
    def trail(self) -> list[tuple]:
        """What happened to the answer, newest first."""
        return [(event, ()) for event in history(self.answer)[:EVENTS_SHOWN]]


def check_page(answer: Answer, user: User) -> CheckPage:
    """Return the page of one submission for its reader."""
    return CheckPage(answer, user)
