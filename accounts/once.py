"""A write form is carried out once, however often it is sent."""

import secrets
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest

from accounts.models import FormToken, User

FIELD = "form_token"
MAX_LENGTH = 43


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

    def lead_to(self, url: str) -> None:
        """Change where a second sending is led, once the address of what was made is known."""
        FormToken.objects.filter(user=self.user, token=self.token).update(result_url=url)


def new_token() -> str:
    """Return a random token for a write form."""
    return secrets.token_urlsafe(16)


def sent_once(request: HttpRequest, result_url: str) -> Once:
    """Return the sending that this POST is; a form without a token gets one of its own and is not protected."""
    token = request.POST.get(FIELD, "")[:MAX_LENGTH] or new_token()
    return Once(request.user, token, result_url)


def done_before(request: HttpRequest) -> str | None:
    """Return where the form of this POST led when it was carried out before; None where it was not."""
    token = request.POST.get(FIELD, "")[:MAX_LENGTH]
    if not token or not request.user.is_authenticated:
        return None
    return FormToken.objects.filter(user=request.user, token=token).values_list("result_url", flat=True).first()


def claim(once: Once | None) -> None:
    """Claim the sending where there is one; commands and imports have none."""
    if once is not None:
        once.claim()
