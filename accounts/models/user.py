"""A person's account: personal, one per person, named by user name, NIP or e-mail."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import rules
from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Model, Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models.held import issued_by
from accounts.roles import AGENCY_ROLES, Role
from accounts.sure import sure

if TYPE_CHECKING:
    from accounts.models.membership import Membership

USERNAME_RULE = RegexValidator(
    r"^(?!\d{18}$)[a-z0-9][a-z0-9._-]{2,39}$",
    "Pakai 3–40 huruf kecil, angka, titik, garis bawah, atau tanda hubung; bukan NIP dan bukan alamat e-mail.",
)
NIP_GROUPING = re.compile(r"[\s.-]")
NIP_RULE = RegexValidator(r"^\d{18}$", "NIP terdiri dari 18 angka. Spasi boleh, huruf tidak.")


class UserQuerySet(models.QuerySet["User"]):
    """People, as those see them who invite them."""

    def visible_to(self, user) -> "UserQuerySet":
        """People whose roles one hands out: of the coordinator's region, or those the administrator invites."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(issued_by(user, through="memberships__")).distinct()


PeopleManager = models.Manager.from_queryset(UserQuerySet)


class UserManager(BaseUserManager["User"], PeopleManager):
    """Makes accounts and finds them by any of the three names."""

    def create_user(self, username: str, password: str | None = None, **fields) -> "User":
        """Make an account; without a password nobody can sign in to it."""
        user = self.model(username=username.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def named(self, text: str) -> "User | None":
        """Return the person whose user name, e-mail or NIP is `text`, however it was typed; None if nobody."""
        text = text.strip().lower()
        bare = NIP_GROUPING.sub("", text)
        return self.filter(Q(username=text) | Q(email=text) | Q(nip=bare)).first() if text else None


class User(AbstractBaseUser):
    """A person (orang). What the person may do lies in memberships, never in the account itself."""

    expected_roles: tuple[str, ...]  # this and the next while a password is chosen for what an invitation gives
    expected_places: tuple[Model | None, ...]
    _memberships_now: list["Membership"]

    username = models.CharField("nama pengguna", max_length=40, unique=True, validators=[USERNAME_RULE])
    name = models.CharField("nama", max_length=120)
    email = models.EmailField("e-mail", null=True, blank=True)
    nip = models.CharField("NIP", max_length=18, null=True, blank=True, validators=[NIP_RULE])
    is_active = models.BooleanField("aktif", default=True)
    created_at = models.DateTimeField("dibuat", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "orang"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.UniqueConstraint(name="user_nip_once", fields=["nip"]),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """Store empty names as none, so that two people without an e-mail do not collide."""
        self.email = self.email.strip().lower() if self.email else None
        self.nip = self.nip or None
        super().save(*args, **kwargs)

    def has_perm(self, permission: str, obj=None) -> bool:
        """Ask the rules; nobody passes by being a superuser, because there is none."""
        return self.is_active and rules.has_perm(permission, self, obj)

    def memberships_now(self) -> list["Membership"]:
        """Return the active memberships, in the order of the role table, oldest first; asked at most once."""
        if not hasattr(self, "_memberships_now"):
            self.remember(self.memberships.active().with_places() if self.is_active else [])
        return self._memberships_now

    def remember(self, memberships: Iterable["Membership"]) -> None:
        """Keep the active memberships that were fetched, with their places, so that they are not asked for again."""
        order = list(Role)
        self._memberships_now = sorted(
            memberships, key=lambda row: (order.index(Role(row.role)), row.started_at, row.pk)
        )

    def holds(self, *roles: Role) -> bool:
        """Whether any active membership has one of the roles, at whatever place."""
        return any(row.role in roles for row in self.memberships_now())

    def agency_ids(self) -> set[int]:
        """Agencies that the person fills in for."""
        return {sure(row.agency_id) for row in self.memberships_now() if row.role in AGENCY_ROLES}

    def agencies_coordinated(self) -> list[int]:
        """Agencies in the regions that the person coordinates, also those that are no more; one query."""
        regions = self.region_ids(Role.COORDINATOR)
        agencies = apps.get_model("accounts", "Agency").objects.filter(region__in=regions)
        return list(agencies.values_list("pk", flat=True)) if regions else []

    def agencies_stood_in_for(self) -> set[int]:
        """Agencies without people in the regions that the person coordinates, whose part the coordinator takes."""
        regions = self.region_ids(Role.COORDINATOR)
        if not regions:
            return set()
        agencies = apps.get_model("accounts", "Agency").objects.without_people().filter(region__in=regions)
        return set(agencies.values_list("pk", flat=True))

    def region_ids(self, *roles: Role) -> set[int]:
        """Regions that the memberships reach, or only those with the given roles."""
        chosen = [row for row in self.memberships_now() if not roles or row.role in roles]
        return {region_id for row in chosen for region_id in row.region_ids}
