"""Who did it, and by which right: asked by every action before it writes the trail."""

from django.core.exceptions import PermissionDenied

from accounts.audit import Actor
from accounts.models import User
from accounts.permissions import membership_for, refusal


def acting(by: User, permission: str, obj: object = None) -> Actor:
    """Return the person in the role that gives the right to the object.

    Raises PermissionDenied with the right's sentence where none does: it may have ended since the page was shown, and
    the action's transaction then takes back what it wrote.
    """
    membership = membership_for(by, permission, obj)
    if membership is None:
        raise PermissionDenied(refusal(permission))
    return Actor.person(by, membership)
