"""What happens around every request: private answers, the length of a session, kept forms, and second clicks."""

import time
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django_htmx.http import HttpResponseClientRedirect
from django_structlog.middlewares import RequestMiddleware
from structlog.contextvars import bind_contextvars

from accounts import kept_forms, once
from accounts.once import AlreadyDone
from accounts.request import AnyRequest
from accounts.sessions import SEEN, STARTED, is_over

Respond = Callable[[HttpRequest], HttpResponse]
SEEN_EVERY_SECONDS = 60
REFUSALS = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)


class ClientAddress:
    """Takes the caller's address from the front server that is ours, and from nobody else."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read the hop that our outermost front server wrote; what the caller wrote before it counts for nothing."""
        hops = request.headers.get("X-Forwarded-For", "").split(",")
        if settings.TRUSTED_PROXIES and len(hops) >= settings.TRUSTED_PROXIES:
            with suppress(ValueError):
                request.META["REMOTE_ADDR"] = str(ip_address(hops[-settings.TRUSTED_PROXIES].strip()))
        return self.get_response(request)


class RequestLog(RequestMiddleware):
    """Begins and ends each request in the log."""

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        """Write down the address that `ClientAddress` has settled; what a caller says of itself is not believed."""
        bind_contextvars(ip=request.META.get("REMOTE_ADDR"))


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


class CompressedPages(GZipMiddleware):
    """Pages travel compressed also without a front server; files leave as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress HTML and nothing else; Django pads it, so that its length tells nothing of its secrets."""
        if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)


class SessionLimits:
    """A session ends after half an hour without a request and after ten hours in any case."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End a session that is over; note at most once a minute that it is in use."""
        if request.user.is_authenticated:
            now = int(time.time())
            if is_over(request.session, now):
                logout(request)
                request.user = AnonymousUser()
            elif now - request.session.get(SEEN, 0) >= SEEN_EVERY_SECONDS:
                request.session.setdefault(STARTED, now)
                request.session[SEEN] = now
        return self.get_response(request)


class KeptForms:
    """Keeps what was typed when a POST comes without a session, and leads to the sign-in page."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Drop a kept form once it was sent again with success."""
        sending = request.method == "POST" and request.user.is_authenticated
        before = kept_forms.kept(request) if sending else None
        response = self.get_response(request)
        if before and before.action == request.path and response.status_code < HTTPStatus.BAD_REQUEST:
            kept_forms.forget(request, before)
        return response

    def process_view(self, request: AnyRequest, view, _args, _kwargs) -> HttpResponse | None:
        """Answer a POST without a session, after the check of its origin."""
        public = not getattr(view, "login_required", True)
        if request.method != "POST" or request.user.is_authenticated or public:
            return None
        return kept_forms.to_the_door(request)


class PartsOfPages:
    """A script that asks for a part of a page is told where the whole page should go, instead of being taken there."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say a redirect in a header: followed by the script, it would use up the message that the new page shows."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseRedirect) and getattr(request, "htmx", False):
            response.status_code = HTTPStatus.OK
            response.headers["HX-Redirect"] = response.url
            del response.headers["Location"]
        return response

    def process_view(self, request: AnyRequest, view, _args, _kwargs) -> HttpResponse | None:
        """After the session has ended, lead back to the page that asked by way of the sign-in page."""
        if not request.htmx or request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        page = request.htmx.current_url_abs_path or request.get_full_path()
        return HttpResponseClientRedirect(redirect_to_login(page).url)


class DoneOnce:
    """A second click on the same form sees the page that the first one led to."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look again at a refusal: what the first click did may be the very reason for it."""
        response = self.get_response(request)
        if request.method != "POST" or response.status_code not in REFUSALS:
            return response
        url = once.done_before(request)
        return HttpResponseRedirect(url) if url else response

    def process_exception(self, _request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn AlreadyDone into the first sender's redirect."""
        return HttpResponseRedirect(exception.url) if isinstance(exception, AlreadyDone) else None
