"""Who gets what of people, places, notices, sessions and the door (design.md section 3)."""

from accounts.actions.invitations import Invitee, invite, token_hash
from accounts.models import Invitation, Notice
from accounts.roles import Role
from tests.invariants.policy import NOBODY, NOWHERE, Policy, everyone, only

COORDINATORS = ("coordinator", "other_coordinator", "far_coordinator")
OPEN_LINK = "tautan-yang-masih-terbuka"
SEES_SERANG = ("operator", "head", "supporter", "leader", "reviewer", "second_reviewer", "observer")


def build(world):
    """Add an open invitation in each regency, one for a coordinator, one with a known token, and a notice."""
    people, places = world.people, world.places
    issued = {
        "serang": (Role.OPERATOR, places.health, people.coordinator),
        "lebak": (Role.OPERATOR, places.other_health, people.other_coordinator),
        "above": (Role.COORDINATOR, places.serang, people.administrator),
    }
    world.links = {
        name: invite(invitee=Invitee("Orang Baru"), role=role, place=place, by=by)[0]
        for name, (role, place, by) in issued.items()
    }
    Invitation.objects.filter(pk=world.links["serang"].pk).update(token_hash=token_hash(OPEN_LINK))
    world.notice = Notice.objects.create(recipient=people.operator, kind="account", text="Contoh", url="/")


def memberships(world, name):
    """Return the id of a person's membership."""
    return {"pk": getattr(world.people, name).memberships.first().pk}


def person(name):
    """Return a target: one person."""
    return lambda world: {"pk": getattr(world.people, name).pk}


PEOPLE = {
    "serang": person("operator"),
    "lebak": person("other_operator"),
    "above": person("reviewer"),
    "equal": person("coordinator"),
    "nothing": lambda _world: {"pk": NOWHERE},
}
MEMBERSHIPS = {
    "serang": lambda world: memberships(world, "operator"),
    "lebak": lambda world: memberships(world, "other_operator"),
    "above": lambda world: memberships(world, "reviewer"),
    "equal": lambda world: memberships(world, "coordinator"),
    "nothing": lambda _world: {"pk": NOWHERE},
}
LINKS = {
    "serang": lambda world: {"pk": world.links["serang"].pk},
    "lebak": lambda world: {"pk": world.links["lebak"].pk},
    "above": lambda world: {"pk": world.links["above"].pk},
    "nothing": lambda _world: {"pk": NOWHERE},
}
AGENCIES = {
    "serang": lambda world: {"pk": world.places.health.pk},
    "lebak": lambda world: {"pk": world.places.other_health.pk},
    "nothing": lambda _world: {"pk": NOWHERE},
}
REGIONS = {
    "serang": lambda world: {"pk": world.places.serang.pk},
    "pidie": lambda world: {"pk": world.places.pidie.pk},
    "nothing": lambda _world: {"pk": NOWHERE},
}
OFFICES = {
    "banten": lambda world: {"pk": world.places.office.pk},
    "nothing": lambda _world: {"pk": NOWHERE},
}
IN_REGIONS = {
    "serang": lambda world: {"region_pk": world.places.serang.pk},
    "lebak": lambda world: {"region_pk": world.places.lebak.pk},
    "nothing": lambda _world: {"region_pk": NOWHERE},
}


def issuers(status):
    """Coordinators for their own regency's agencies, the administrator for coordinators and offices."""
    return {
        "coordinator": {"serang": status},
        "other_coordinator": {"lebak": status},
        "administrator": {"above": status, "equal": status},
    }


def agencies(status):
    """The coordinator changes; whoever sees the agency is told that it is the coordinator's work."""
    return {
        **{name: {"serang": 403} for name in SEES_SERANG},
        "reviewer": {"serang": 403, "lebak": 403},
        "second_reviewer": {"serang": 403, "lebak": 403},
        "observer": {"serang": 403, "lebak": 403},
        "coordinator": {"serang": status},
        "other_operator": {"lebak": 403},
        "other_coordinator": {"lebak": status},
    }


def new_agencies(status):
    """As for agencies; the administrator sees every region but enters no agencies."""
    return {**agencies(status), "administrator": {"serang": 403, "lebak": 403}}


def regions(status):
    """The administrator changes; whoever works in a region is told so."""
    return {
        **{name: {"serang": 403} for name in (*SEES_SERANG, "coordinator")},
        "far_coordinator": {"pidie": 403},
        "far_reviewer": {"pidie": 403},
        "administrator": {"serang": status, "pidie": status},
    }


def offices(status):
    """The administrator changes; the office's own people are told so."""
    return {"reviewer": {"banten": 403}, "second_reviewer": {"banten": 403}, "administrator": {"banten": status}}


def everybody(status, *targets):
    """People with an account, and without."""
    return {**everyone(status, *targets), NOBODY: dict.fromkeys(targets or ("",), status)}


TABLE = {
    # The door
    "account_login": Policy(
        seen={**everyone(302), NOBODY: {"": 200}}, sent={**everyone(302), NOBODY: {"": 200}}, public=True
    ),
    "account_logout": Policy(seen=everyone(200), sent=everyone(302)),
    "account_change_password": Policy(seen=everyone(200), sent=everyone(200)),
    "invitation-open": Policy(
        seen=everybody(200, "open"),
        sent=everybody(422, "open"),
        otherwise=410,
        targets={"open": lambda _world: {"token": OPEN_LINK}, "spent": lambda _world: {"token": "sudah-dipakai"}},
        public=True,
    ),
    "healthz": Policy(seen=everybody(200), public=True),
    "readyz": Policy(seen=everybody(200), public=True),
    # People
    "person-list": Policy(seen=only(200, *COORDINATORS, "administrator"), otherwise=403),
    "person-invite": Policy(
        seen=only(200, *COORDINATORS, "administrator"), sent=only(422, *COORDINATORS, "administrator"), otherwise=403
    ),
    "person-detail": Policy(seen=issuers(200), targets=PEOPLE),
    "person-reset": Policy(sent=issuers(200), targets=PEOPLE),
    "membership-end": Policy(seen=issuers(200), sent=issuers(422), targets=MEMBERSHIPS),
    "invitation-withdraw": Policy(sent=issuers(302), targets=LINKS),
    # Agencies
    "agency-list": Policy(seen=only(200, *COORDINATORS), otherwise=403),
    "agency-add": Policy(seen=new_agencies(200), sent=new_agencies(422), targets=IN_REGIONS),
    "agency-change": Policy(seen=agencies(200), sent=agencies(422), targets=AGENCIES),
    "agency-succeed": Policy(seen=agencies(200), sent=agencies(422), targets=AGENCIES),
    # Places
    "place-list": Policy(seen=only(200, "administrator"), otherwise=403),
    "region-add": Policy(seen=only(200, "administrator"), sent=only(422, "administrator"), otherwise=403),
    "region-change": Policy(seen=regions(200), sent=regions(422), targets=REGIONS),
    "office-add": Policy(seen=only(200, "administrator"), sent=only(422, "administrator"), otherwise=403),
    "office-change": Policy(seen=offices(200), sent=offices(422), targets=OFFICES),
    "jurisdiction-add": Policy(seen=only(200, "administrator"), sent=only(422, "administrator"), otherwise=403),
    # One's own
    "notice-list": Policy(seen=everyone(200)),
    "notice-read-all": Policy(sent=everyone(302)),
    "notice-open": Policy(
        sent={"operator": {"operator's": 302}},
        targets={"operator's": lambda world: {"pk": world.notice.pk}, "nothing": lambda _world: {"pk": NOWHERE}},
    ),
    "session-list": Policy(seen=everyone(200)),
    "session-end-others": Policy(sent=everyone(302)),
    "session-end": Policy(
        sent={"operator": {"operator's": 302}},
        targets={
            "operator's": lambda world: {"pk": world.people.operator.usersession_set.first().pk},
            "nothing": lambda _world: {"pk": NOWHERE},
        },
    ),
}
