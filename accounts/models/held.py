"""Conditions on rows that hold from one moment to another, and on who hands roles out, for any path to these rows."""

from django.db.models import Q

from accounts.roles import Role


def held(since, until, *, through: str = "") -> Q:
    """Return the condition for memberships that hold at some moment from `since` to `until`, which may be the same.

    `through` leads from the rows that are asked for to the memberships: "memberships__".
    """
    return Q(**{f"{through}started_at__lte": until}) & (
        Q(**{f"{through}ended_at": None}) | Q(**{f"{through}ended_at__gt": since})
    )


def issued_by(user, *, through: str = "") -> Q:
    """Return the condition for roles at places that the person hands out and ends; `through` leads to them.

    One query: the agencies are named one by one, for no index helps with either of two tables.
    """
    regions = user.region_ids(Role.COORDINATOR)
    mine = Q(**{f"{through}agency__in": user.agencies_coordinated()}) | Q(
        **{f"{through}region__in": regions, f"{through}role": Role.LEADER}
    )
    if user.holds(Role.ADMINISTRATOR):
        first = [role for role in Role if role.issued_by == Role.ADMINISTRATOR]
        mine |= Q(**{f"{through}role__in": first})
    return mine
