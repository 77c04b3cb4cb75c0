"""How a right hangs on a membership: the one definition that pages, actions and the trail ask."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import rules
from django.contrib.auth.models import AnonymousUser

from accounts.models import Membership, User
from accounts.roles import Role

Covers = Callable[[Membership, Any], bool]  # what is covered is what the right is asked of


@dataclass(frozen=True)
class Right:
    """A right: the roles that have it, how far their place reaches, what else must hold, and the refusal's words."""

    roles: tuple[Role, ...]
    covers: Covers
    when: rules.Predicate
    otherwise: str


RIGHTS: dict[str, Right] = {}


def allow(
    permission: str,
    *roles: Role,
    otherwise: str,
    covers: Covers = lambda _membership, _obj: True,
    when: rules.Predicate = rules.always_true,
) -> None:
    """Give a right to the holders of `roles` whose place covers the object, as long as `when(user, obj)` holds.

    `otherwise` is the Indonesian sentence that a person reads who sees the object but lacks the right.
    """
    RIGHTS[permission] = Right(roles, covers, when, otherwise)
    rules.add_perm(permission, _held(permission))


def membership_for(user: User | AnonymousUser, permission: str, obj: object = None) -> Membership | None:
    """Return the first active membership that gives the right: in the order of the role table, then the oldest."""
    right = RIGHTS[permission]
    if not user.is_authenticated:
        return None
    reaching = (row for row in user.memberships_now() if row.role in right.roles and right.covers(row, obj))
    membership = next(reaching, None)
    return membership if membership and right.when.test(user, obj) else None


def refusal(permission: str) -> str:
    """Return the sentence for a person who sees the object but may not do this with it."""
    return RIGHTS[permission].otherwise


def _held(permission: str) -> rules.Predicate:
    @rules.predicate(name=permission)
    def held(user: User, obj: object = None) -> bool:
        return membership_for(user, permission, obj) is not None

    return held
