"""What a request is after the middleware has read it: the types that views and their helpers are written for."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class AnyRequest(HttpRequest):
    """A request of anybody, with what htmx says of it."""

    htmx: HtmxDetails
    signed_out: bool  # set while a person signs out, so that the answer empties the browser


class Request(AnyRequest):
    """A request of a person who is signed in: all that reach a view, but for those marked `login_not_required`."""

    user: User
