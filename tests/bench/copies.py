"""Copies of a regency by INSERT … SELECT, each table in a few statements, on either engine.

A copy has the ids of the first regency, spread so that the rows of all copies lie among each other as they would if the
regencies had worked through the same years. Hashes are well formed, but the copied trails cannot be verified.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import DateField, DateTimeField, Field, ForeignKey, Model

from accounts.models import AuditEvent, Region, User
from assessment.models import Evidence, IssuedDocument, Snapshot, StoredFile

AT_ONCE = 100  # rows of the first regency that one statement copies
COPIES = "bench_copy"
COLUMNS = ("n", "kind", "code", "name", "province", "first_reviewer", "second_reviewer")
Rows = Mapping[type[Model], Iterable[int]]


@dataclass(frozen=True)
class Copy:
    """One regency to be made: its number and kind, its code and name, its province and the reviewers of its office."""

    n: int
    kind: str
    code: str
    name: str
    province: int
    first_reviewer: int
    second_reviewer: int


@dataclass(frozen=True)
class Plan:
    """How rows become others: what an id turns into, by how many years they move, and which columns are set.

    `{}` in an id is the old one and `c` the copy. Places keep an id of their own in all years; what belongs to a year
    has another one where a year is copied within its regency.
    """

    kind: str
    places: str
    years: str
    later: int = 0
    set: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class People:
    """The ids of the first regency's people, and of the two reviewers of its office."""

    regency: frozenset[int]
    first: int
    second: int


def name_copies(copies: Iterable[Copy]) -> None:
    """Write down which copies are to be made, for the statements to join; from here on nothing checks references."""
    connection.disable_constraint_checking()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {COPIES}")
        cursor.execute(
            f"CREATE TEMPORARY TABLE {COPIES} (n bigint, kind varchar(20), code varchar(5), name varchar(100), "
            "province bigint, first_reviewer bigint, second_reviewer bigint)"
        )
        values = [tuple(getattr(copy, name) for name in COLUMNS) for copy in copies]
        cursor.executemany(f"INSERT INTO {COPIES} VALUES (%s, %s, %s, %s, %s, %s, %s)", values)


def copy_rows(rows: Rows, plan: Plan, places: set[type[Model]], people: People) -> None:
    """Copy the rows of each table once for every copy of the plan's kind."""
    with connection.cursor() as cursor:
        for model, keys in rows.items():
            columns, values = _columns(model, plan, places, people)
            ordered = sorted(keys)
            for start in range(0, len(ordered), AT_ONCE):
                chosen = ", ".join(map(str, ordered[start : start + AT_ONCE]))
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(
                    f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} r CROSS JOIN {COPIES} c "
                    f"WHERE r.id IN ({chosen}) AND c.kind = '{plan.kind}' ORDER BY r.id, c.n"
                )


def _columns(model: type[Model], plan: Plan, places: set[type[Model]], people: People) -> tuple[str, str]:
    fields = model._meta.concrete_fields
    names = [connection.ops.quote_name(part.column) for part in fields]
    values = [_value(part, plan, places, people) for part in fields]
    return ", ".join(names), ", ".join(values)


def _value(part: Field, plan: Plan, places: set[type[Model]], people: People) -> str:
    """What stands in a column of a copy."""
    model, old = part.model, f"r.{connection.ops.quote_name(part.column)}"
    given = plan.set.get(f"{model.__name__}.{part.name}") or _UNIQUE.get((model, part.name))
    if given:
        return given.format(old, id=plan.years.format("r.id"), hex=_hex(plan.years.format("r.id")), uuid=_uuid())
    if part.primary_key:
        return (plan.places if model in places else plan.years).format(old)
    if isinstance(part, ForeignKey):
        return _reference(part.related_model, old, plan, places, people)
    return _moment(part, old, plan.later) if plan.later and isinstance(part, DateField) else old


def _reference(to: type[Model], old: str, plan: Plan, places: set[type[Model]], people: People) -> str:
    if to is User:
        own = ", ".join(map(str, sorted(people.regency)))
        return (
            f"CASE WHEN {old} = {people.first} THEN c.first_reviewer "
            f"WHEN {old} = {people.second} THEN c.second_reviewer "
            f"WHEN {old} IN ({own}) THEN {plan.places.format(old)} ELSE {old} END"
        )
    if to in places:
        return plan.places.format(old)
    return old if to._meta.app_label == "indicators" else plan.years.format(old)


_UNIQUE = {
    (Region, "code"): "c.code",
    (Region, "name"): "c.name",
    (Region, "parent"): "c.province",
    (User, "username"): "{} || '.' || c.n",
    (StoredFile, "sha256"): "substr({}, 1, 48) || {hex}",
    (Snapshot, "sha256"): "substr({}, 1, 48) || {hex}",
    (AuditEvent, "hash"): "substr({}, 1, 48) || {hex}",
    (Evidence, "public_id"): "{uuid}",
    (IssuedDocument, "public_id"): "{uuid}",
}


def _hex(number: str) -> str:
    if connection.vendor == "postgresql":
        return f"lpad(to_hex({number}), 16, '0')"
    return f"printf('%016x', {number})"


def _uuid() -> str:
    return "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"


def _moment(part: Field, old: str, years: int) -> str:
    if connection.vendor == "postgresql":
        moved = f"({old} + interval '{years} year')"
        return moved if isinstance(part, DateTimeField) else f"{moved}::date"
    if isinstance(part, DateTimeField):
        return f"strftime('%Y-%m-%d %H:%M:%f', {old}, '{years} year')"
    return f"date({old}, '{years} year')"
