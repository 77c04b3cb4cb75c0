"""The people of the sample data: roles, never persons, each with a password of five words."""

import datetime as dt
import secrets

from django.utils import timezone

from accounts.models import Agency, Membership, Region, ReviewOffice, User
from accounts.roles import Role
from accounts.sure import sure
from assessment.demo.places import FIXTURES

WORDS = (FIXTURES / "demo_words.txt").read_text().split()
HERE_SINCE = dt.timedelta(days=800)
WITHOUT_PEOPLE = ("dishub",)
Person = tuple[User, str]


def build_people(regions: dict[str, Region], office: ReviewOffice, agencies: dict[str, Agency]) -> dict[str, Person]:
    """Make one person for each role, and an operator and a head for each agency; return those with a log-in."""
    serang, lebak = regions["36.04"], regions["36.02"]
    health = Agency.objects.create(region=lebak, name="Dinas Kesehatan", short_name="Dinkes")
    people = {
        "operator": person("operator.dinkes", "Operator Dinas Kesehatan", Role.OPERATOR, agency=agencies["dinkes"]),
        "head": person("kepala.dinkes", "Kepala Dinas Kesehatan", Role.HEAD, agency=agencies["dinkes"]),
        "coordinator": person("koordinator.serang", "Koordinator Kabupaten Serang", Role.COORDINATOR, region=serang),
        "leader": person("pimpinan.serang", "Pimpinan Kabupaten Serang", Role.LEADER, region=serang),
        "reviewer": person("verifikator.satu", "Verifikator Pertama", Role.REVIEWER, office=office),
        "second_reviewer": person("verifikator.dua", "Verifikator Kedua", Role.REVIEWER, office=office),
        "observer": person("pengamat.banten", "Pengamat Provinsi Banten", Role.OBSERVER, region=serang.parent),
        "administrator": person("administrator", "Administrator", Role.ADMINISTRATOR),
        "other_operator": person("operator.lebak", "Operator Dinkes Lebak", Role.OPERATOR, agency=health),
        "other_coordinator": person("koordinator.lebak", "Koordinator Lebak", Role.COORDINATOR, region=lebak),
    }
    for code, agency in agencies.items():
        if code not in ("dinkes", *WITHOUT_PEOPLE):
            bystander(f"operator.{code}", f"Operator {agency.short_name}", Role.OPERATOR, agency=agency)
            bystander(f"kepala.{code}", f"Kepala {agency.short_name}", Role.HEAD, agency=agency)
    Membership.objects.create(
        user=people["coordinator"][0], role=Role.OPERATOR, agency=agencies["bag-hukum"],
        started_at=timezone.now() - HERE_SINCE,
    )  # fmt: skip
    return people


def person(username: str, name: str, role: Role, **place) -> Person:
    """Make an account with its membership; return it with its password."""
    password = " ".join(secrets.choice(WORDS) for _ in range(5))
    return _member(User.objects.create_user(username, password, name=name), role, place), password


def bystander(username: str, name: str, role: Role, **place) -> User:
    """Make an account that acts in the sample data but that nobody signs in to: hashing a password takes its time."""
    return _member(User.objects.create_user(username, name=name), role, place)


def _member(user: User, role: Role, place: dict) -> User:
    Membership.objects.create(user=user, role=role, started_at=timezone.now() - HERE_SINCE, **place)
    return user


def members(role: Role, *agencies: int) -> dict[int, User]:
    """Return one holder of a role for each agency, by the agency's id."""
    rows = Membership.objects.filter(role=role, agency__in=agencies).select_related("user").order_by("-pk")
    return {sure(row.agency_id): row.user for row in rows}
