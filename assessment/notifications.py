"""Of what people are told, and who: the people of agencies, of a region, of an office."""

from collections.abc import Iterable

from accounts import notice_kinds
from accounts.models import Agency, Jurisdiction, Region, User
from accounts.models.membership import Membership
from accounts.roles import AGENCY_ROLES, Role

KINDS = {
    "assignment": "Penugasan",
    "return": "Pengembalian",
    "extension": "Perpanjangan",
    "round": "Putaran perbaikan",
    "package": "Paket",
    "result": "Hasil",
    "problem": "Permasalahan HAM",
    "document": "Dokumen",
}


def connect() -> None:
    """Register the kinds of notices of this app."""
    notice_kinds.register(**KINDS)


def people_of_agencies(agencies: Iterable[Agency]) -> list[User]:
    """Return the operators and heads of agencies."""
    held = Membership.objects.active().filter(agency__in=agencies, role__in=AGENCY_ROLES)
    return _people(held)


def heads_of(agency_id: int) -> list[User]:
    """Return the heads of an agency."""
    return _people(Membership.objects.active().filter(agency=agency_id, role=Role.HEAD))


def coordinators_of(region: Region) -> list[User]:
    """Return the coordinators of a region."""
    return _people(Membership.objects.active().filter(region=region, role=Role.COORDINATOR))


def leaders_of(region: Region) -> list[User]:
    """Return the leaders of a region."""
    return _people(Membership.objects.active().filter(region=region, role=Role.LEADER))


def reviewers_of(region: Region) -> list[User]:
    """Return the reviewers of the office that looks after a region today."""
    offices = Jurisdiction.objects.active().filter(region=region).values("office")
    return _people(Membership.objects.active().filter(office__in=offices, role=Role.REVIEWER))


def _people(memberships) -> list[User]:
    return list(User.objects.filter(pk__in=memberships.values("user"), is_active=True))
