"""Changing one's own password; the first one comes by a one-time link."""

from allauth.account import views as door
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase


def password_change(request: HttpRequest) -> HttpResponseBase:
    """Let a person type another password; without a first one, allauth would lead to a page that is not ours."""
    if request.user.is_authenticated and not request.user.has_usable_password():
        raise PermissionDenied(
            "Akun ini belum punya kata sandi, sehingga belum ada yang dapat diganti. "
            "Minta tautan sekali pakai kepada koordinator atau administrator untuk membuatnya."
        )
    return door.password_change(request)
