"""The sections of the main menu and the standing notices: each app names its own, the frame only shows them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Section:
    """One entry of the main menu: who sees it is asked of the request, what waits there is counted by a function.

    Pages below the section's own address belong to it by themselves; `pages` names those that stand elsewhere.
    """

    label: str
    url_name: str
    shown: Callable[[HttpRequest], bool]
    order: int
    count: Callable[[HttpRequest], int] | None = None
    pages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Entry:
    """One entry as this person sees it on this page."""

    label: str
    url: str
    current: bool
    count: int


StandingNotice = Callable[[HttpRequest], str]
SECTIONS: list[Section] = []
STANDING_NOTICES: list[StandingNotice] = []


def register(*sections: Section) -> None:
    """Add sections; each name once, so that connecting twice changes nothing."""
    known = {section.url_name for section in SECTIONS}
    SECTIONS.extend(section for section in sections if section.url_name not in known)
    SECTIONS.sort(key=lambda section: section.order)


def stand(notice: StandingNotice) -> None:
    """Add a notice that stands on every page where its function returns a text."""
    if notice not in STANDING_NOTICES:
        STANDING_NOTICES.append(notice)


def entries(request: HttpRequest) -> list[Entry]:
    """Return the menu of this person, with the section of this page marked."""
    shown = [(section, reverse(section.url_name)) for section in SECTIONS if section.shown(request)]
    page = request.resolver_match.url_name if request.resolver_match else ""
    named = (url for section, url in shown if page in section.pages)
    above = max((url for _, url in shown if request.path.startswith(url)), key=len, default="")
    here = next(named, above)
    return [
        Entry(section.label, url, url == here, section.count(request) if section.count else 0) for section, url in shown
    ]


def standing_texts(request: HttpRequest) -> list[str]:
    """Return the texts of the standing notices that hold for this person and page."""
    return [text for text in (notice(request) for notice in STANDING_NOTICES) if text]
