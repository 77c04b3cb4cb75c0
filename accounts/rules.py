"""Who may manage places and people."""

from accounts.models import Agency, Invitation, Membership, Region, User
from accounts.permissions import allow
from accounts.roles import Role

REGION_PEOPLE = "Perangkat daerah dan orang-orangnya dikelola oleh koordinator kabupaten/kota."
INSTALLATION = "Wilayah, kantor, dan undangan pertama dikelola oleh administrator."
ISSUING = (
    "Undangan, pengaturan ulang, dan pengakhiran akses dilakukan oleh peran yang mengundang, bukan oleh yang setara."
)


def region_of(obj: Region | Agency) -> Region:
    """Return the region that a place lies in."""
    return obj.region if isinstance(obj, Agency) else obj


def covers_region(membership: Membership, obj: Region | Agency) -> bool:
    """Whether the membership's place reaches the region or the agency's region."""
    return region_of(obj).pk in membership.region_ids


def issues(membership: Membership, obj: Membership | Invitation) -> bool:
    """Whether this membership hands out and ends the other's role at the other's place."""
    if Role(obj.role).issued_by != membership.role:
        return False
    if membership.role == Role.ADMINISTRATOR:
        return True
    return (obj.agency.region_id if obj.agency else obj.region_id) in membership.region_ids


def stands_above(membership: Membership, other: Membership) -> bool:
    """Whether this membership hands out the other one, or hands out the role that does."""
    issuer = Role(other.role).issued_by
    return issues(membership, other) or (issuer is not None and issuer.issued_by == membership.role)


def outranks(membership: Membership, person: User) -> bool:
    """Whether this membership stands above every role that the other person holds now.

    So a coordinator who also fills in for an agency gets a new password from the administrator.
    """
    held = person.memberships_now()
    return bool(held) and all(stands_above(membership, row) for row in held)


allow("accounts.manage_places", Role.ADMINISTRATOR, otherwise=INSTALLATION)
allow("accounts.manage_agencies", Role.COORDINATOR, covers=covers_region, otherwise=REGION_PEOPLE)
allow("accounts.list_agencies", Role.COORDINATOR, otherwise=REGION_PEOPLE)
allow("accounts.list_people", Role.COORDINATOR, Role.ADMINISTRATOR, otherwise=REGION_PEOPLE)
allow("accounts.issue_role", Role.COORDINATOR, Role.ADMINISTRATOR, covers=issues, otherwise=ISSUING)
allow("accounts.correct_person", Role.COORDINATOR, Role.ADMINISTRATOR, covers=outranks, otherwise=ISSUING)
allow("accounts.reset_password", Role.COORDINATOR, Role.ADMINISTRATOR, covers=outranks, otherwise=ISSUING)
