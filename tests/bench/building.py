"""Runs in a process of its own: fills the database that DATABASE_URL names with one regency, an office's, or all."""

import datetime as dt
import json
import sys

import django
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone

FIRST, OWN = 1, 8  # the first regency; as many as its office looks after, like that of Banten
LARGEST = 38  # regencies of the largest office, like that of Jawa Timur; the others share the rest
OFFICES = 38
IN_VERIFICATION = 3  # every third copy has its running year in verification, the others still fill
WIDE = 1024  # more than there are copies


def build(count: int) -> dict[str, int]:
    """Build the first regency, or so many that there are `count`; return how many rows the larger tables have."""
    _prepare()
    if count == FIRST:
        from tests.bench.regency import build_regency

        call_command("migrate", verbosity=0)
        build_regency()
        call_command("collectstatic", verbosity=0, interactive=False)
    else:
        add_copies(count - FIRST)
    _settle()
    return _counted()


def add_copies(count: int) -> None:
    """Add so many copies of the first regency, with the offices and provinces that they need."""
    from accounts.models import Jurisdiction, Region
    from tests.bench import regency
    from tests.bench.copies import Plan, copy_rows, name_copies

    offices = _offices(count)
    copies, looked_after = _named(count, offices)
    running, finished, people = regency.running_year(), regency.finished_year(), regency.people_of_regency()
    name_copies(copies)
    ids = f"10000000000 + {{}} * {WIDE} + c.n"
    target = {"AuditEvent.target_id": f"CAST(10000000000 + CAST({{}} AS bigint) * {WIDE} + c.n AS varchar)"}
    for kind, without in (("filling", None), ("verification", running)):
        plan = Plan(kind, ids, ids, set=target)
        copy_rows(regency.rows_of_regency(without=without), plan, regency.PLACE_MODELS, people)
    rows, undecided, asked_back = _year_to_verify(finished)
    tomorrow = (timezone.now() + dt.timedelta(days=1)).astimezone(dt.UTC).strftime("'%Y-%m-%d %H:%M:%S'")
    later = f"20000000000 + {{}} * {WIDE} + c.n"
    changes = {
        "Cycle.assessment_year": "{} + 1",
        "Cycle.data_year": "{} + 1",
        "Cycle.status": "'verification'",
        "Cycle.proposed_at": "NULL",
        "Answer.status": f"CASE WHEN r.id IN ({asked_back}) THEN 'returned' "
        f"WHEN r.id IN ({undecided}) THEN 'submitted' ELSE {{}} END",
        "CorrectionRound.closes_at": tomorrow,
        "Return.closes_at": tomorrow,
        "AuditEvent.number": "{} + 2000000",
        "AuditEvent.target_id": f"CAST(20000000000 + CAST({{}} AS bigint) * {WIDE} + c.n AS varchar)",
    }
    copy_rows(rows, Plan("verification", ids, later, later=1, set=changes), regency.PLACE_MODELS, people)
    regions = dict(Region.objects.filter(code__in=looked_after).values_list("code", "pk"))
    since = dt.date(2020, 1, 1)
    Jurisdiction.objects.bulk_create(
        Jurisdiction(region_id=regions[code], office_id=office, started_on=since)
        for code, office in looked_after.items()
    )
    regency.set_heads(list(regions.values()))


def _year_to_verify(finished) -> tuple[dict, str, str]:
    """The rows of a finished year without its result and half of its decisions; and which answers are undecided.

    What was asked back in its correction round is asked back now, until tomorrow.
    """
    from assessment.models import Return, Review
    from tests.bench.regency import rows_of_year

    rows = dict(rows_of_year(finished, with_result=False))
    open_still = Review.objects.by_reviewers().filter(answer__cycle=finished, answer__indicator__number__gt=60)
    rows[Review] = set(rows[Review]) - set(open_still.values_list("pk", flat=True))
    asked_back = Return.objects.filter(answer__cycle=finished, round__isnull=False)
    undecided, returned = (set(found.values_list("answer", flat=True)) for found in (open_still, asked_back))
    return rows, ", ".join(map(str, undecided)), ", ".join(map(str, returned))


def _offices(count: int) -> list[tuple[int, int, int, int]]:
    """The sample's office and, for more copies than its own, all others: office, province, and two reviewers each."""
    from accounts.models import Jurisdiction, Membership, Region, ReviewOffice, User
    from tests.bench.regency import REVIEWERS

    jurisdiction = Jurisdiction.objects.select_related("region").get()
    first, second = User.objects.filter(username__in=REVIEWERS).order_by("pk")
    offices = [(jurisdiction.office_id, jurisdiction.region.parent_id, first.pk, second.pk)]
    codes = [f"{code}" for code in range(11, 99) if code != 36][: OFFICES - 1] if count >= OWN else []
    for code in codes:
        province = Region.objects.create(kind="province", code=code, name=f"Bangku {code}", is_demo=True)
        office = ReviewOffice.objects.create(name=f"Kantor Bangku {code}", short_name=f"Bangku {code}")
        people = [User.objects.create(username=f"verifikator.{name}.{code}", name="Bangku") for name in ("a", "b")]
        for person in people:
            Membership.objects.create(user=person, role="reviewer", office=office)
        offices.append((office.pk, province.pk, people[0].pk, people[1].pk))
    return offices


def _named(count: int, offices: list) -> tuple[list, dict[str, int]]:
    """The copies, office after office, and which office looks after which code."""
    from accounts.models import Region
    from tests.bench.copies import Copy

    prefixes = dict(Region.objects.filter(kind="province").values_list("pk", "code"))
    places, others = list(offices[:1] * (OWN - FIRST)), offices[2:]
    if len(offices) > 1:
        places += offices[1:2] * LARGEST
        places += [others[place % len(others)] for place in range(count - len(places))]
    copies, looked_after = [], {}
    for n, (office, province, first, second) in enumerate(places[:count], start=1):
        code = f"{prefixes[province]}.{50 + sum(code.startswith(prefixes[province]) for code in looked_after)}"
        kind = "filling" if n % IN_VERIFICATION else "verification"
        copies.append(Copy(n, kind, code, f"Bangku {n}", province, first, second))
        looked_after[code] = office
    return copies, looked_after


def _prepare() -> None:
    """Write fast and unchecked: what is copied was checked when it was written first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            return
        for pragma in ("foreign_keys=OFF", "journal_mode=MEMORY", "synchronous=OFF", "cache_size=-1000000"):
            cursor.execute(f"PRAGMA {pragma}")


def _settle() -> None:
    """Leave the database as one that was in use: ids that go on, and statistics, which autovacuum makes by itself."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
                cursor.execute(statement)
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")
    if connection.vendor == "sqlite":
        connection.check_constraints()


def _counted() -> dict[str, int]:
    from accounts.models import AuditEvent, Region, User
    from assessment.models import Answer, Cycle, Evidence

    wanted = (Region, User, Cycle, Answer, Evidence, AuditEvent)
    return {model._meta.model_name or "": model.objects.count() for model in wanted}


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(build(int(sys.argv[1]))) + "\n")
