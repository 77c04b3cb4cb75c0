"""What readers decide and send back: rounds, returns with their notes, what waits for a round, reviews."""

from typing import Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import AppendOnly, User
from accounts.roles import Role
from assessment.enums import (
    AGREED_WITH_OTHER_POINTS,
    Outcome,
    Reader,
    note_part_choices,
    outcome_choices,
    reader_choices,
)
from assessment.models.answer import Answer, AnswerContent, Submission
from assessment.models.cycle import FIXED, Cycle


class CorrectionRoundQuerySet(models.QuerySet["CorrectionRound"]):
    """Rounds, counted."""

    def counted(self) -> Self:
        """Add how many answers a round `asked` for and how many came `back` before it closed."""
        sent = Submission.objects.filter(
            answer=OuterRef("returns__answer"),
            submitted_at__gt=OuterRef("returns__returned_at"),
            submitted_at__lt=OuterRef("closes_at"),
        )
        return self.annotate(asked=Count("returns"), back=Count("returns", filter=Exists(sent)))


class CorrectionRound(models.Model):
    """A set of indicators open to the agencies until a fixed hour (putaran perbaikan)."""

    asked: int  # this and the next where `counted` was asked
    back: int

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField("nomor")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("dibuka")
    closes_at = models.DateTimeField("ditutup")
    closing_told_at = models.DateTimeField("penutupan diberitahukan", null=True, editable=False)

    objects = CorrectionRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "putaran perbaikan"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="round_number_once", fields=["cycle", "number"]),
            models.CheckConstraint(name="round_closes_later", condition=Q(closes_at__gt=models.F("opened_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} · putaran {self.number}"


class Return(models.Model):
    """An answer sent back to its agency (pengembalian) with notes, each wanting a reply, until an hour."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="returns")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="returns")
    round = models.ForeignKey(CorrectionRound, models.PROTECT, null=True, related_name="returns")
    reader = models.CharField("oleh", max_length=12, choices=reader_choices)
    returned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    returned_at = models.DateTimeField("dikembalikan", default=timezone.now)
    closes_at = models.DateTimeField("sampai")

    class Meta:
        verbose_name = "pengembalian"
        ordering = ["-returned_at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="return_once_per_round", fields=["round", "answer"]),
            models.CheckConstraint(
                name="return_round_is_the_reviewers",
                condition=Q(reader="reviewer", round__isnull=False) | Q(reader="coordinator", round__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer} · dikembalikan"


class ReturnNoteQuerySet(models.QuerySet["ReturnNote"]):
    """Notes, asked in the words of the office."""

    def of_the_last_return(self, answer: Answer) -> list["ReturnNote"]:
        """Return the notes of an answer's newest return with what they are about, in one query."""
        related = ("document", "evidence", "returned__returned_by", "returned__round")
        rows = self.filter(returned__answer=answer).select_related(*related)
        notes = list(rows.order_by("-returned__returned_at", "-returned", "pk"))
        return [note for note in notes if note.returned_id == notes[0].returned_id]


class ReturnNote(models.Model):
    """What is wrong with one part of an answer, and what the agency replies."""

    returned = models.ForeignKey(Return, models.PROTECT, related_name="notes")
    part = models.CharField("bagian", max_length=10, choices=note_part_choices)
    document = models.ForeignKey("indicators.RequiredDocument", models.PROTECT, null=True, blank=True, related_name="+")
    evidence = models.ForeignKey("assessment.Evidence", models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField("catatan")
    reply = models.TextField("balasan", blank=True)
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField("dibalas", null=True)

    objects = ReturnNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "catatan pengembalian"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="note_reply_has_a_moment",
                condition=Q(reply="", replied_at=None) | (~Q(reply="") & Q(replied_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="note_part_names_its_object",
                condition=(~Q(part="document") | Q(document__isnull=False))
                & (~Q(part="citation") | Q(evidence__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def sent_with_reply(self) -> bool:
        """Whether the answer was sent again since; until then the reply is a draft, which its agency alone reads."""
        last = self.returned.answer.last_submission
        return last is not None and last.submitted_at > self.returned.returned_at

    @property
    def reply_words(self) -> str:
        """The agency's reply, or that there is none."""
        return f"Balasan: {self.reply}" if self.reply else "Belum dibalas"

    @property
    def about(self) -> str:
        """What the note is about, in words: the part, and the document where it names one."""
        named = self.document.text if self.document else self.evidence and self.evidence.title
        return f"{self.get_part_display()}: {named}" if named else self.get_part_display()


class PendingReturn(models.Model):
    """What the reviewer noted about an answer for the next round (catatan yang menunggu putaran); unseen outside."""

    answer = models.OneToOneField(Answer, models.PROTECT, related_name="pending_return")
    notes = models.JSONField("catatan", default=list)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField("dicatat", default=timezone.now)

    class Meta:
        verbose_name = "catatan menunggu putaran"
        ordering = ["answer"]

    def __str__(self) -> str:
        return f"{self.answer} · menunggu putaran"


class ReviewQuerySet(models.QuerySet["Review"]):
    """Decisions, asked in the words of the office."""

    def by_reviewers(self) -> "ReviewQuerySet":
        """Decisions of the verification, without the coordinator's pre-verification."""
        return self.filter(reader=Reader.REVIEWER)

    def visible_to(self, user) -> "ReviewQuerySet":
        """Reviewers' decisions: for reviewers at once, for the regency once the result is fixed.

        docs/aturan.md, "Siapa melihat apa, dan kapan".
        """
        if not user.is_authenticated:
            return self.none()
        seen = self.by_reviewers().filter(Answer.objects.visible_to(user).named_by("answer"))
        return seen.filter(
            Q(answer__cycle__region__in=user.region_ids(Role.REVIEWER)) | Q(answer__cycle__status__in=FIXED)
        )


class Review(AnswerContent, AppendOnly):
    """One decision on one submission, or on the lack of one, by one reader (verifikasi); the newest stands."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="reviews")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="reviews")
    round = models.ForeignKey(CorrectionRound, models.PROTECT, null=True, related_name="+")
    reader = models.CharField("oleh", max_length=12, choices=reader_choices)
    outcome = models.CharField("keputusan", max_length=15, choices=outcome_choices)
    rule_points = models.DecimalField("nilai menurut aturan", max_digits=4, decimal_places=2, null=True)
    points = models.DecimalField("nilai", max_digits=4, decimal_places=2, null=True)
    achievement = models.DecimalField("capaian", max_digits=19, decimal_places=4, null=True)
    own_work = models.BooleanField("diperiksa oleh pengisinya", default=False)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("diputuskan", default=timezone.now)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "verifikasi"
        ordering = ["-decided_at", "-pk"]
        indexes = [models.Index(fields=["answer", "reader", "-id"], name="review_of_answer")]
        constraints = [
            models.CheckConstraint(
                name="review_lack_is_not_filled",
                condition=Q(submission__isnull=False) | Q(outcome="not_filled"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer} · {self.get_outcome_display()}"

    @property
    def deviates(self) -> bool:
        """Whether other points were given than the rule gives."""
        return self.points != self.rule_points

    @property
    def verdict(self) -> str:
        """The decision in words; agreeing with an answer but not with its points is no agreement with the value."""
        if self.outcome == Outcome.CONFIRMED and self.deviates:
            return AGREED_WITH_OTHER_POINTS
        return self.get_outcome_display()
