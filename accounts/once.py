"""A write form is carried out once, however often it is sent; with other words in it, it is another one."""

import base64
import hashlib
import secrets
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest

from accounts.models import FormToken, User
from accounts.request import Request

FIELD = "form_token"
CSRF = "csrfmiddlewaretoken"
TOKEN_LENGTH, CONTENT_BYTES = 22, 15


class AlreadyDone(Exception):  # noqa: N818 - not an error: the work was done by an earlier click
    """The form was carried out before; `url` is where its first sender was led."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


@dataclass(frozen=True)
class Once:
    """One sending of a write form: by whom, its token, and where its sender is led afterwards."""

    user: User
    token: str
    result_url: str

    def claim(self) -> None:
        """Mark the form as carried out, inside the action's transaction; raises AlreadyDone for a second sending."""
        if not connection.in_atomic_block:
            raise RuntimeError("A form's token is claimed inside the transaction of its action.")
        mine = {"user": self.user, "token": self.token}
        try:
            with transaction.atomic():
                FormToken.objects.create(**mine, result_url=self.result_url)
        except IntegrityError as taken:
            raise AlreadyDone(FormToken.objects.get(**mine).result_url) from taken

    def part(self, name: str) -> "Once":
        """Return the sending of one thing among those that the form makes at once, with a token of its own."""
        digest = hashlib.sha256(f"{self.token} {name}".encode()).digest()
        return Once(self.user, base64.urlsafe_b64encode(digest).decode().rstrip("="), self.result_url)

    def lead_to(self, url: str) -> None:
        """Change where a second sending is led, once the address of what was made is known."""
        FormToken.objects.filter(user=self.user, token=self.token).update(result_url=url)


def new_token() -> str:
    """Return a random token for a write form."""
    return secrets.token_urlsafe(16)


def sent_once(request: Request, result_url: str) -> Once:
    """Return the sending that this POST is; a form without a token gets one of its own and is not protected."""
    return Once(request.user, _token_of(request) or new_token(), result_url)


def done_before(request: HttpRequest) -> str | None:
    """Return where the form of this POST led when it was carried out before; None where it was not."""
    token = _token_of(request)
    if not token or not request.user.is_authenticated:
        return None
    return FormToken.objects.filter(user=request.user, token=token).values_list("result_url", flat=True).first()


def _token_of(request: HttpRequest) -> str:
    """The form's token together with what is in the form, so that what is typed after a click is not taken for it.

    A second click sends the same; whoever typed on, or went back and changed something, sends another form.
    """
    token = request.POST.get(FIELD, "")[:TOKEN_LENGTH]
    if not token:
        return ""
    fields = [(name, values) for name, values in sorted(request.POST.lists()) if name not in (FIELD, CSRF)]
    files = [(name, [(file.name, file.size) for file in sent]) for name, sent in sorted(request.FILES.lists())]
    content = hashlib.blake2b(repr((fields, files)).encode("utf-8", "replace"), digest_size=CONTENT_BYTES).digest()
    return f"{token}.{base64.urlsafe_b64encode(content).decode()}"


def claim(once: Once | None) -> None:
    """Claim the sending where there is one; commands and imports have none."""
    if once is not None:
        once.claim()
