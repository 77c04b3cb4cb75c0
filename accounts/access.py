"""The one question that a view asks before it lets a person do something."""

from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.permissions import refusal


def require(user: User, permission: str, obj: object = None) -> None:
    """Raise PermissionDenied with an Indonesian sentence unless the person has the right to the object."""
    if not user.has_perm(permission, obj):
        raise PermissionDenied(refusal(permission))
