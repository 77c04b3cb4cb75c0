"""The answer to one indicator in one cycle, and the frozen versions of it that are read and scored."""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.query import ModelIterable
from django.utils import timezone

from accounts.models import Agency, AppendOnly, User
from accounts.roles import Role
from assessment.enums import AnswerStatus, answer_form_choices, answer_status_choices
from assessment.models.assignment import Assignment
from assessment.models.cycle import SENT, Cycle, Package, PackageItem
from assessment.scoring import Value
from indicators.remembered import remembered, remembered_option


class AnswerContent(models.Model):
    """What was answered: the form, the value by the indicator's kind, the reason and the note."""

    form = models.CharField("jawaban", max_length=15, choices=answer_form_choices, blank=True)
    option = models.ForeignKey("indicators.AnswerOption", models.PROTECT, null=True, blank=True, related_name="+")
    numerator = models.DecimalField("pembilang", max_digits=17, decimal_places=2, null=True, blank=True)
    denominator = models.DecimalField("penyebut", max_digits=17, decimal_places=2, null=True, blank=True)
    number = models.DecimalField("angka", max_digits=19, decimal_places=4, null=True, blank=True)
    reason = models.TextField("alasan", blank=True)
    note = models.TextField("catatan", blank=True)

    class Meta:
        abstract = True

    @property
    def value(self) -> Value:
        """The value as the rule reads it."""
        return Value(self.form, self.option_id, self.numerator, self.denominator, self.number)


CONTENT_FIELDS = ("form", "option", "numerator", "denominator", "number", "reason", "note")


class RuledAnswers(ModelIterable):
    """Answers whose indicators and options come from memory instead of the database."""

    def __iter__(self) -> Iterator["Answer"]:
        """Hand each answer its indicator, and the option that was chosen."""
        for answer in super().__iter__():
            INDICATOR.set_cached_value(answer, remembered(answer.indicator_id))  # it is what the row says already
            option = remembered_option(answer.option_id) if answer.option_id else None
            if option:
                OPTION.set_cached_value(answer, option)
            yield answer


NOTHING = Q(pk__in=())


def _drafts(user: User) -> Q:
    """The drafts that a person reads; each part is asked only of who holds such a role, since it costs on each page."""
    agencies, regions = user.agency_ids(), user.region_ids(Role.COORDINATOR)
    own = Assignment.objects.filter(cycle=OuterRef("cycle"), indicator=OuterRef("indicator"), agency__in=agencies)
    parts = [Q(Exists(own))] if agencies else []
    parts += [Q(cycle__region__in=regions)] if regions else []
    return reduce(or_, parts, NOTHING)


def _read_at_once(user: User) -> Q:
    led = user.region_ids(Role.LEADER)
    submitted = Q(cycle__region__in=led, last_submission__isnull=False)
    return _drafts(user) | submitted if led else _drafts(user)


def _handed_to(user: User) -> Q:
    offices = user.region_ids(Role.REVIEWER)
    return Q(cycle__region__in=offices, cycle__status__in=SENT) if offices else NOTHING


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers, asked in the words of the office."""

    def visible_to(self, user) -> "AnswerQuerySet":
        """Answers as docs/aturan.md, "Siapa melihat apa, dan kapan", shows them.

        The responsible and the supporting agencies and the coordinator see drafts; the leader sees what was submitted;
        the reviewer too, once the package is sent. An observer sees progress and results, never an answer.
        """
        if not user.is_authenticated:
            return self.none()
        return self.filter(_read_at_once(user) | _handed_to(user))

    def read_at_once_by(self, user) -> "AnswerQuerySet":
        """Answers of the person's own regency, whose submissions are read as soon as they are made."""
        return self.filter(_read_at_once(user)) if user.is_authenticated else self.none()

    def handed_to(self, user) -> "AnswerQuerySet":
        """Answers of which the reviewer reads what was handed over."""
        return self.filter(_handed_to(user)) if user.is_authenticated else self.none()

    def drafts_visible_to(self, user) -> "AnswerQuerySet":
        """Answers whose draft the person sees: of the responsible and supporting agencies, and the coordinator's."""
        return self.filter(_drafts(user)) if user.is_authenticated else self.none()

    def named_by(self, path: str) -> Exists:
        """Return the condition for rows whose `path` leads to one of these answers.

        It is asked of each row that is left; `answer__in` would have the database list the answers of the nation first.
        """
        return Exists(self.filter(pk=OuterRef(path)))

    def of_agencies(self, agency_ids) -> "AnswerQuerySet":
        """Answers that these agencies are responsible for."""
        mine = Assignment.objects.responsible().filter(
            cycle=OuterRef("cycle"), indicator=OuterRef("indicator"), agency__in=agency_ids
        )
        return self.filter(Exists(mine))

    def supported_by(self, agency_ids) -> "AnswerQuerySet":
        """Answers that these agencies support with documents."""
        mine = Assignment.objects.filter(
            cycle=OuterRef("cycle"), indicator=OuterRef("indicator"), agency__in=agency_ids, responsible=False
        )
        return self.filter(Exists(mine))

    def with_owner(self) -> "AnswerQuerySet":
        """Add `owner_id`, the responsible agency's; of a single answer `rules.with_agency` asks for less."""
        owner = Assignment.objects.responsible().filter(cycle=OuterRef("cycle"), indicator=OuterRef("indicator"))
        return self.annotate(owner_id=Subquery(owner.values("agency_id")[:1]))

    def with_indicator(self) -> "AnswerQuerySet":
        """Give each answer its option, and its indicator with rule and documents, as this process remembers them."""
        ruled = self.all()
        ruled._iterable_class = RuledAnswers  # noqa: SLF001 - how Django itself makes values() of rows
        return ruled


class Answer(AnswerContent):
    """The draft for one indicator of one cycle and its status (jawaban); `revision` guards against two writers."""

    closed = False  # for showing: its agency is not waited for any more (`Clocks.closed`)
    decided_for_good = False  # for showing: the result is fixed and has a decision on it (`verdicts.settle`)
    owner_id: int | None  # the responsible agency's, where it was fetched along or asked for (`rules.owner_id_of`)
    agency: Agency | None  # this and the next are kept once they were worked out (`rules.agency_of`, `head_endorses`)
    head_endorses: bool

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="answers")
    indicator = models.ForeignKey("indicators.Indicator", models.PROTECT, related_name="+")
    status = models.CharField(
        "status", max_length=10, choices=answer_status_choices, default=AnswerStatus.DRAFT, editable=False
    )
    came_from = models.CharField(max_length=10, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    last_submission = models.OneToOneField("assessment.Submission", models.PROTECT, null=True, related_name="+")
    returned_until = models.DateTimeField("terbuka sampai", null=True, editable=False)
    updated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    updated_at = models.DateTimeField("diubah", null=True, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "jawaban"
        ordering = ["indicator__number"]
        indexes = [models.Index(fields=["cycle", "status"], name="answer_of_cycle")]
        constraints = [
            models.UniqueConstraint(name="answer_once", fields=["cycle", "indicator"]),
            models.CheckConstraint(
                name="answer_numerator_within_denominator",
                condition=Q(numerator=None) | Q(denominator=None) | Q(numerator__lte=F("denominator")),
            ),
            models.CheckConstraint(
                name="answer_numbers_not_negative",
                condition=(Q(numerator=None) | Q(numerator__gte=0))
                & (Q(denominator=None) | Q(denominator__gte=0))
                & (Q(number=None) | Q(number__gte=0)),
            ),
            models.CheckConstraint(
                name="answer_submitted_has_a_submission",
                condition=~Q(status__in=["submitted", "accepted"]) | Q(last_submission__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Indikator {self.indicator.number}"

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed: a fact, not a status."""
        return self.form == "" and self.last_submission_id is None

    @property
    def never_handed_over(self) -> bool:
        """Whether it was decided "tidak diisi": nothing of it was verified."""
        decided = self.decided_for_good or self.status == AnswerStatus.VERIFIED
        return decided and self.last_submission_id is None

    @property
    def settled(self) -> bool:
        """Whether the answer no longer belongs to the agency's work."""
        return self.decided_for_good or self.status in (
            AnswerStatus.SUBMITTED,
            AnswerStatus.ACCEPTED,
            AnswerStatus.VERIFIED,
        )


INDICATOR: Any = Answer._meta.get_field("indicator")
OPTION: Any = Answer._meta.get_field("option")


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Submissions, visible with their answers."""

    def visible_to(self, user) -> "SubmissionQuerySet":
        """Every submission of the regency's own answers; of those handed to a reviewer, what was handed over."""
        answers = Answer.objects
        at_once = self.filter(answers.read_at_once_by(user).named_by("answer"))
        return at_once | self.handed_over().filter(answers.handed_to(user).named_by("answer"))

    def handed_over(self) -> Self:
        """What left with a package, or came back in a round after it; what was withdrawn before never leaves."""
        package = Package.objects.filter(cycle=OuterRef("answer__cycle")).order_by("-number")
        came_back = Q(submitted_at__gt=Subquery(package.values("sent_at")[:1]))
        return self.filter(Exists(PackageItem.objects.filter(submission=OuterRef("pk"))) | came_back)


class Submission(AnswerContent, AppendOnly):
    """A frozen version of an answer (pengajuan): what is read, scored and exported; never changed."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="submissions")
    serial = models.PositiveSmallIntegerField("nomor")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="pengampu")
    points = models.DecimalField("nilai mandiri", max_digits=4, decimal_places=2)
    achievement = models.DecimalField("capaian", max_digits=19, decimal_places=4, null=True)
    missing = models.JSONField(default=list)
    endorsed = models.BooleanField("disahkan kepala", default=False)
    on_behalf = models.BooleanField("diisi koordinator", default=False)
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_as = models.CharField("sebagai", max_length=200)
    submitted_at = models.DateTimeField("diajukan", default=timezone.now)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "pengajuan"
        ordering = ["answer", "-serial"]
        constraints = [models.UniqueConstraint(name="submission_serial_once", fields=["answer", "serial"])]

    def __str__(self) -> str:
        return f"{self.answer} · pengajuan {self.serial}"
