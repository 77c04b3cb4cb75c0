"""Who is what, where, and since when; and the one-time links by which people come in."""

from functools import cached_property, reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models.held import held, issued_by
from accounts.models.offices import Jurisdiction, ReviewOffice
from accounts.models.places import Agency, Region
from accounts.models.user import User
from accounts.roles import AGENCY_ROLES, Role, role_choices
from accounts.sure import sure

AT_AGENCY = Q(agency__isnull=False, region__isnull=True, office__isnull=True)
AT_REGION = Q(agency__isnull=True, region__isnull=False, office__isnull=True)
AT_OFFICE = Q(agency__isnull=True, region__isnull=True, office__isnull=False)
NOWHERE = Q(agency__isnull=True, region__isnull=True, office__isnull=True)
PLACE_FITS_ROLE = (
    (Q(role__in=["operator", "head"]) & AT_AGENCY)
    | (Q(role__in=["coordinator", "leader", "observer"]) & AT_REGION)
    | (Q(role="reviewer") & AT_OFFICE)
    | (Q(role="administrator") & NOWHERE)
)


class RoleAtPlace(models.Model):
    """A role and the place that it belongs to: an agency, a region, an office, or none for the administrator."""

    role = models.CharField("peran", max_length=15, choices=role_choices)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name="perangkat daerah"
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name="wilayah"
    )
    office = models.ForeignKey(
        ReviewOffice, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name="kantor"
    )

    class Meta:
        abstract = True

    @property
    def place(self) -> Agency | Region | ReviewOffice | None:
        """The place, whichever kind it is."""
        return self.agency or self.region or self.office

    @property
    def home_region(self) -> Region | None:
        """The region whose trail an act about this role is written to; None for offices and the administrator."""
        return self.region or (self.agency.region if self.agency else None)

    @property
    def title(self) -> str:
        """Role and place in words: Operator OPD · Dinas Kesehatan."""
        label = Role(self.role).label
        return f"{label} · {self.place}" if self.place else label


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, asked by moment."""

    def visible_to(self, user) -> "MembershipQuerySet":
        """Memberships of the people whom one invites, in the places that one invites to."""
        return self.filter(issued_by(user)) if user.is_authenticated else self.none()

    def active(self, at=None) -> "MembershipQuerySet":
        """Memberships that hold at a moment, by default now."""
        at = at or timezone.now()
        return self.filter(held(at, at))

    def ended(self, at=None) -> "MembershipQuerySet":
        """Memberships that are over, the latest end first."""
        return self.filter(ended_at__lte=at or timezone.now()).order_by("-ended_at", "pk")

    def mentioning(self, text: str) -> "MembershipQuerySet":
        """Memberships in which a name of the person or of the place contains `text`; all where it is empty."""
        words = ("user__name", "user__username", "user__nip", "agency__name", "region__name", "office__name")
        return self.filter(reduce(or_, (Q(**{f"{word}__icontains": text}) for word in words))) if text else self

    def between(self, start, end) -> "MembershipQuerySet":
        """Memberships that held at some moment of a span."""
        return self.filter(held(start, end))

    def with_places(self) -> "MembershipQuerySet":
        """Fetch the places along."""
        return self.select_related("agency__region", "region", "office")


class Membership(RoleAtPlace):
    """A person holds a role at a place from a moment to a moment (keanggotaan)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name="orang")
    started_at = models.DateTimeField("mulai", default=timezone.now)
    ended_at = models.DateTimeField("berakhir", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "keanggotaan"
        ordering = ["-started_at", "pk"]
        indexes = [models.Index(fields=["user", "ended_at"], name="membership_of_user")]
        constraints = [
            models.CheckConstraint(name="membership_place_fits_role", condition=PLACE_FITS_ROLE),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("started_at")),
            ),
            models.UniqueConstraint(
                "user",
                "role",
                *(Coalesce(place, 0) for place in ("agency", "region", "office")),
                name="membership_once_at_a_time",
                condition=Q(ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.title}"

    @cached_property
    def region_ids(self) -> frozenset[int]:
        """Regions that this membership reaches today.

        Needs `with_places()`; only a reviewer's and an observer's ask the database, once for each fetched row.
        """
        if self.role in AGENCY_ROLES:
            return frozenset({sure(self.agency).region_id})
        if self.role == Role.REVIEWER:
            looked_after = Jurisdiction.objects.active().filter(office=self.office_id)
            return frozenset(looked_after.values_list("region_id", flat=True))
        if self.role == Role.OBSERVER:
            below = Region.objects.filter(parent=self.region_id).order_by()
            return frozenset({sure(self.region_id), *below.values_list("pk", flat=True)})
        return frozenset({self.region_id} if self.region_id else ())


def purpose_choices() -> list[tuple[str, str]]:
    """What a one-time link is for."""
    return [("join", "Undangan"), ("reset", "Atur ulang kata sandi")]


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """One-time links, asked by whether they still open anything."""

    def visible_to(self, user) -> "InvitationQuerySet":
        """Links for the roles that one hands out."""
        return self.filter(issued_by(user)) if user.is_authenticated else self.none()

    def open(self, at=None) -> "InvitationQuerySet":
        """Links that were neither used nor withdrawn and have not run out."""
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=at or timezone.now())

    def with_places(self) -> "InvitationQuerySet":
        """Fetch the places along."""
        return self.select_related("agency__region", "region", "office")


class Invitation(RoleAtPlace):
    """A one-time link (undangan, or atur ulang kata sandi); only the SHA-256 of its token is kept."""

    purpose = models.CharField("tujuan", max_length=5, choices=purpose_choices)
    token_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField("nama", max_length=120)
    email = models.EmailField("e-mail", null=True, blank=True)
    nip = models.CharField("NIP", max_length=18, null=True, blank=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="invitations")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="invitations_sent")
    created_at = models.DateTimeField("dibuat", default=timezone.now)
    expires_at = models.DateTimeField("berlaku sampai")
    used_at = models.DateTimeField("dipakai", null=True, blank=True)
    withdrawn_at = models.DateTimeField("ditarik", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "tautan sekali pakai"
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(name="invitation_place_fits_role", condition=PLACE_FITS_ROLE | Q(purpose="reset")),
            models.CheckConstraint(
                name="invitation_reset_names_a_person", condition=~Q(purpose="reset") | Q(user__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.name}"
