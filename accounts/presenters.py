"""What pages about people show, put together from rows."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency, Invitation, Membership, Region, ReviewOffice
from accounts.roles import Role
from accounts.sessions import SEEN, is_over
from accounts.words import remaining, short_moment

NONE_LACKING = (
    "Setiap perangkat daerah sudah punya atau menunggu operator dan kepalanya. Orang tambahan diundang satu per satu."
)
LISTS = {"person-list": "Orang", "agency-list": "Perangkat daerah", "place-list": "Wilayah dan kantor"}


@dataclass(frozen=True)
class Listed:
    """A row of a list: what it is about, what else is known of it, and the address that it or its button leads to."""

    title: str
    facts: tuple[str, ...]
    url: str = ""


@dataclass(frozen=True)
class OneTimeLink:
    """A link to hand over, shown once."""

    invitation: Invitation
    url: str

    @property
    def line(self) -> str:
        """The link in a list of many: who, as what, and the address."""
        return f"{self.invitation.name}; {self.invitation.title}; {self.url}"

    @property
    def text(self) -> str:
        """What to send along with the link."""
        return (
            f"Yth. {self.invitation.name}, ini tautan sekali pakai untuk masuk ke Peduli HAM sebagai "
            f"{self.invitation.title}: {self.url}"
        )

    @property
    def mail(self) -> str:
        """A letter to this person, ready to be sent."""
        return f"mailto:{self.invitation.email or ''}?subject=Undangan%20Peduli%20HAM&body={quote(self.text)}"

    @property
    def invites(self) -> bool:
        """Whether the link brings somebody in, and does not set a password anew."""
        return self.invitation.purpose != "reset"


@dataclass(frozen=True)
class OwnSession:
    """A session of the person who asks: on which device, when it was last in use, and whether it is this one."""

    row: UserSession
    device: str
    seen_at: dt.datetime
    current: bool

    @property
    def facts(self) -> tuple[str, ...]:
        """From where, since when, and when last."""
        since, seen = short_moment(self.row.created_at), short_moment(self.seen_at)
        return str(self.row.ip), f"masuk {since}", f"terakhir dipakai {seen}"


@dataclass(frozen=True)
class PlacePeople:
    """A place and the memberships that hold there now."""

    place: Agency | Region | ReviewOffice | None
    memberships: list[Membership]
    has_namesake: bool = False

    @property
    def heading(self) -> str:
        """The place's name, with its region where agencies of two regions have the same."""
        if self.has_namesake and isinstance(self.place, Agency):
            return f"{self.place} · {self.place.region}"
        return str(self.place or Role.ADMINISTRATOR.label)


def up_to(view: str) -> tuple[str, str]:
    """Return the address and the name of the list that a page stands under."""
    return reverse(view), LISTS[view]


def waiting_links(links: Iterable[Invitation]) -> list[Listed]:
    """List links that nobody has opened yet; the address is the one that withdraws a link."""
    return [
        Listed(
            link.name,
            (link.get_purpose_display(), link.title, f"berlaku {remaining(link.expires_at)}"),
            reverse("invitation-withdraw", args=[link.pk]),
        )
        for link in links
    ]


def ended_people(memberships: Iterable[Membership]) -> list[Listed]:
    """List people whose access has ended, as what and since when."""
    return [
        Listed(row.user.name, (row.title, _ended(row)), reverse("person-detail", args=[row.user_id]))
        for row in memberships
    ]


def roles_held(memberships: Iterable[Membership]) -> list[Listed]:
    """List the roles of one person; the address ends the role, where that has not happened."""
    return [
        Listed(
            row.title,
            (f"sejak {short_moment(row.started_at)}", _ended(row)),
            "" if row.ended_at else reverse("membership-end", args=[row.pk]),
        )
        for row in memberships
    ]


def one_time_link(invitation: Invitation, token: str) -> OneTimeLink:
    """Return the link with its whole address."""
    return OneTimeLink(invitation, settings.SITE_URL + reverse("invitation-open", args=[token]))


def people_by_place(memberships: Iterable[Membership]) -> list[PlacePeople]:
    """Group memberships by place, places and people in the order of their names."""
    grouped: dict[Agency | Region | ReviewOffice | None, list[Membership]] = {}
    for row in sorted(memberships, key=lambda row: (str(row.place), row.user.name)):
        grouped.setdefault(row.place, []).append(row)
    names = Counter(str(place) for place in grouped if isinstance(place, Agency))
    return [
        PlacePeople(place, rows, has_namesake=isinstance(place, Agency) and names[str(place)] > 1)
        for place, rows in grouped.items()
    ]


BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def device_name(user_agent: str) -> str:
    """Say in words what a browser says of itself: Chrome di Windows."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    browser = browser or ("Safari" if "Safari" in user_agent else "Peramban lain")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "perangkat lain")
    return f"{browser} di {system}"


def own_sessions(request: HttpRequest) -> list[OwnSession]:
    """Return the sessions of the person that are not over, newest first; two queries, none of which writes."""
    rows = UserSession.objects.filter(user=request.user).order_by("-created_at")
    stored = Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now())
    data, current = {row.session_key: row.get_decoded() for row in stored}, request.session.session_key
    return [
        OwnSession(row, device_name(row.user_agent), _seen(data[row.session_key]), row.session_key == current)
        for row in rows
        if row.session_key in data and not is_over(data[row.session_key])
    ]


def _ended(row: Membership) -> str:
    return f"berakhir {short_moment(row.ended_at)}" if row.ended_at else ""


def _seen(data: dict) -> dt.datetime:
    return dt.datetime.fromtimestamp(data.get(SEEN, 0), dt.UTC)
