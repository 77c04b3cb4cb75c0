"""What an installation still lacks before its regencies can begin, in the order in which it is entered."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import Invitation, Jurisdiction, Membership, Region, ReviewOffice
from accounts.roles import Role

NAMED = 3  # names that a sentence holds
ONE_REVIEWER = "baru punya satu verifikator; hasil ditetapkan orang kedua"
WITH_SECOND = 2  # reviewers that an office needs where a second person fixes the result


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: in words, where it is entered, and what the button says."""

    text: str
    url: str
    label: str


def gaps() -> list[Gap]:
    """Return what is missing, first things first, in a fixed number of queries."""
    regions = list(Region.objects.assessed())
    if not regions:
        return [_no_region()]
    return [*_offices(regions), *_reviewers(), *_coordinators(regions)]


def _no_region() -> Gap:
    province = Region.objects.filter(kind="province").first()
    if province is None:
        return Gap("Belum ada wilayah. Mulailah dengan provinsinya.", reverse("region-add"), "Tambah wilayah")
    return Gap(f"{province} belum punya kabupaten/kota.", reverse("region-add"), "Tambah wilayah")


def _offices(regions: list[Region]) -> list[Gap]:
    if not ReviewOffice.objects.exists():
        words = "Belum ada kantor verifikasi, misalnya kantor wilayah."
        return [Gap(words, reverse("office-add"), "Tambah kantor")]
    held = set(Jurisdiction.objects.not_ended().values_list("region_id", flat=True))
    without = [region for region in regions if region.pk not in held]
    if not without:
        return []
    words = f"{_named(without)} belum punya kantor verifikasi."
    return [Gap(words, reverse("jurisdiction-add"), "Tetapkan wilayah kerja")]


def _reviewers() -> list[Gap]:
    expected = _expected(Role.REVIEWER, "office_id")
    found = []
    for office in ReviewOffice.objects.all():
        count, needed = expected.get(office.pk, 0), WITH_SECOND if office.second_person else 1
        if count < needed:
            words = ONE_REVIEWER if count else "belum punya verifikator"
            found.append(Gap(f"{office} {words}.", _invite("office", office.pk, Role.REVIEWER), "Undang verifikator"))
    return found


def _coordinators(regions: list[Region]) -> list[Gap]:
    expected = _expected(Role.COORDINATOR, "region_id")
    without = [region for region in regions if region.pk not in expected]
    if not without:
        return []
    url = _invite("region", without[0].pk, Role.COORDINATOR)
    return [Gap(f"{_named(without)} belum punya koordinator.", url, f"Undang koordinator {without[0]}")]


def _expected(role: Role, place: str) -> dict[int, int]:
    """How many hold the role at each place now, or were invited and can still come."""
    held = Membership.objects.active().filter(role=role, user__is_active=True)
    invited = Invitation.objects.open().filter(Q(purpose="join"), role=role)
    counts: dict[int, int] = {}
    for rows in (held, invited):
        for key, count in rows.values_list(place).annotate(Count("pk")).order_by():
            counts[key] = counts.get(key, 0) + count
    return counts


def _named(regions: Iterable[Region]) -> str:
    names = [str(region) for region in regions]
    rest = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f", dan {rest} lainnya" if rest > 0 else "")


def _invite(kind: str, key: int, role: Role) -> str:
    return f"{reverse('person-invite')}?{urlencode({'peran': role.value, 'tempat': f'{kind}-{key}'})}"
