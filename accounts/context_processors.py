"""What the frame of every page needs to know."""

from functools import cached_property

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from accounts import kept_forms, navigation
from accounts.models import Membership, Region

ROOM = 4  # sections that find place in one row on a narrow laptop
DEMO_KEY = "frame.is_demo"
DEMO_SECONDS = 300
MORE_ROOM = 5  # sections that find place in one row on a wide screen without moving closer together


class Frame:
    """The frame of one page; each part is worked out only where a template asks for it."""

    version = settings.VERSION

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def sections(self) -> list[navigation.Entry]:
        """The main menu."""
        return navigation.entries(self._request)

    @cached_property
    def bar_class(self) -> str:
        """How the bar keeps to one row: closer together on wide screens, behind one button on narrow laptops."""
        sections = len(self.sections)
        return "folds close" if sections > MORE_ROOM else "folds" if sections > ROOM else ""

    @cached_property
    def standing(self) -> list[str]:
        """The notices that stand under the bar."""
        return navigation.standing_texts(self._request)

    @cached_property
    def membership(self) -> Membership | None:
        """The membership shown beside the name: the last in the order of the role table."""
        user = getattr(self._request, "user", None)
        return next(reversed(user.memberships_now()), None) if user and user.is_authenticated else None

    @cached_property
    def title(self) -> str:
        """Role and place in words, beside the name."""
        return self.membership.title if self.membership else "Belum punya peran"

    @cached_property
    def place(self) -> str:
        """The place alone; empty for the administrator and for nobody."""
        return str(self.membership.place or "") if self.membership else ""

    @cached_property
    def role(self) -> str:
        """The role alone."""
        return self.membership.get_role_display() if self.membership else "Belum punya peran"

    @cached_property
    def is_demo(self) -> bool:
        """Whether the installation holds sample data; once it is known to be there, not every page asks again."""
        if cache.get(DEMO_KEY):
            return True
        found = Region.objects.filter(is_demo=True).exists()
        if found:
            cache.set(DEMO_KEY, True, DEMO_SECONDS)
        return found

    @cached_property
    def unsaved(self) -> bool:
        """Whether this page shows what was typed before the session ended."""
        user = getattr(self._request, "user", None)
        shown = user and user.is_authenticated and self._request.method != "POST"
        form = kept_forms.kept(self._request) if shown else None
        return form is not None and form.page.partition("?")[0] == self._request.path


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Add `frame` to every page."""
    return {"frame": frame_of(request)}


def frame_of(request: HttpRequest) -> Frame:
    """Return the frame of a request's page: the same one wherever it is asked for."""
    kept = vars(request)
    if "frame" not in kept:
        kept["frame"] = Frame(request)
    return kept["frame"]
