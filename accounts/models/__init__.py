"""The tables of people, places and the trail."""

from accounts.models.append_only import AppendOnly
from accounts.models.audit import AccessEntry, AuditEvent, AuditPayload, TrailHead
from accounts.models.membership import Invitation, Membership
from accounts.models.notice import Notice
from accounts.models.offices import Jurisdiction, ReviewOffice
from accounts.models.once import FormToken
from accounts.models.places import Agency, Region, Succession
from accounts.models.user import User

__all__ = [
    "AccessEntry",
    "Agency",
    "AppendOnly",
    "AuditEvent",
    "AuditPayload",
    "FormToken",
    "Invitation",
    "Jurisdiction",
    "Membership",
    "Notice",
    "Region",
    "ReviewOffice",
    "Succession",
    "TrailHead",
    "User",
]
