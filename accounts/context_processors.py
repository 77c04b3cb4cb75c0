"""What the frame of every page needs to know."""

from functools import cached_property

from django.conf import settings
from django.http import HttpRequest

from accounts import kept_forms, navigation
from accounts.models import Membership, Region


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
    def standing(self) -> list[str]:
        """The notices that stand under the bar."""
        return navigation.standing_texts(self._request)

    @cached_property
    def membership(self) -> Membership | None:
        """The person's first membership, shown beside the name."""
        return next(iter(self._request.user.memberships_now()), None)

    @cached_property
    def is_demo(self) -> bool:
        """Whether the installation holds sample data."""
        return Region.objects.filter(is_demo=True).exists()

    @cached_property
    def unsaved(self) -> bool:
        """Whether this page shows what was typed before the session ended."""
        form = kept_forms.kept(self._request) if self._request.user.is_authenticated else None
        return form is not None and form.page.partition("?")[0] == self._request.path


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Add `frame` to every page."""
    return {"frame": Frame(request)}
