"""Sample data: one province, its eight regencies and cities, one of them with its history and its present year.

Everything goes through the same actions as in the browser, so the trail is whole; people are roles, not persons.
"""

from django.db import transaction
from django.utils import timezone

from accounts.audit import Actor
from assessment.actions.instruments import import_instrument
from assessment.demo.last_year import build_last_year
from assessment.demo.neighbours import build_neighbours
from assessment.demo.people import build_people
from assessment.demo.places import FIXTURES, build_agencies, build_places
from assessment.demo.present import build_present_year, build_problem
from assessment.demo.years import put_away_read, record_old_years
from assessment.facts.instruments import checked

PASSWORDS = dict[str, list[str]]


@transaction.atomic
def build_demo() -> PASSWORDS:
    """Build everything in the order of the years and return the accounts: role → [user name, password]."""
    for name in ("22_2021", "34_2016"):
        manuscript = checked((FIXTURES / f"instrument_permenkumham_{name}.yaml").read_bytes())
        import_instrument(manuscript=manuscript, actor=Actor.system("load_demo"))
    regions, office = build_places()
    serang = regions["36.04"]
    agencies = build_agencies(serang)
    people = build_people(regions, office, agencies)
    who = {role: user for role, (user, _password) in people.items()}
    record_old_years(serang, who["coordinator"])
    build_last_year(serang, agencies, who)
    build_neighbours(regions, who)
    build_problem(serang, agencies["disdukcapil"], who["coordinator"])
    build_present_year(serang, agencies, who["coordinator"])
    put_away_read(timezone.now())
    return {role: [user.username, password] for role, (user, password) in people.items()}
