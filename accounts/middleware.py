"""What happens around every request: private answers, the length of a session, kept forms, and second clicks."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from accounts import kept_forms
from accounts.once import AlreadyDone
from accounts.sessions import SEEN, STARTED

Respond = Callable[[HttpRequest], HttpResponse]
SEEN_EVERY_SECONDS = 60


class PrivateResponses:
    """Nothing of a page stays in a cache, whatever its status, unless the page says otherwise."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        if getattr(request, "signed_out", False):
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


class SessionLimits:
    """A session ends after half an hour without a request and after ten hours in any case."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End a session that is over; note at most once a minute that it is in use."""
        if request.user.is_authenticated:
            now = int(time.time())
            started, seen = request.session.get(STARTED, now), request.session.get(SEEN, now)
            if self._over(now, started, seen):
                logout(request)
                request.user = AnonymousUser()
            elif SEEN not in request.session or now - seen >= SEEN_EVERY_SECONDS:
                request.session[STARTED], request.session[SEEN] = started, now
        return self.get_response(request)

    def _over(self, now: int, started: int, seen: int) -> bool:
        idle, absolute = settings.SESSION_IDLE.total_seconds(), settings.SESSION_ABSOLUTE.total_seconds()
        return now - seen > idle or now - started > absolute


class KeptForms:
    """Keeps what was typed when a POST comes without a session, and leads to the sign-in page."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Drop a kept form once its address was sent again with success."""
        response = self.get_response(request)
        sent = request.method == "POST" and request.user.is_authenticated and response.status_code in (302, 303)
        form = kept_forms.kept(request) if sent else None
        if form and form.action == request.path:
            kept_forms.forget(request)
        return response

    def process_view(self, request: HttpRequest, view, _args, _kwargs) -> HttpResponse | None:
        """Answer a POST without a session, after the check of its origin."""
        public = not getattr(view, "login_required", True)
        if request.method != "POST" or request.user.is_authenticated or public:
            return None
        form = kept_forms.keep(request)
        page = form.page if form else request.path
        safe = url_has_allowed_host_and_scheme(page, None) and page.startswith("/")
        target = (
            f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page if safe else '/', 'kept': int(bool(form))})}"
        )
        if getattr(request, "htmx", False) or request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": target})
        return HttpResponseRedirect(target)


class DoneOnce:
    """A second click on the same form sees the page that the first one led to."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, _request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn AlreadyDone into the first sender's redirect."""
        return HttpResponseRedirect(exception.url) if isinstance(exception, AlreadyDone) else None
