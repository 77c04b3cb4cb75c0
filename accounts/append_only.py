"""Database triggers that refuse to change or remove the rows of append-only tables, on both engines."""

from django.apps import apps
from django.db import connection, transaction

from accounts.models.append_only import AppendOnly

OPERATIONS = ("UPDATE", "DELETE")
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append-only table %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""


def tables() -> list[str]:
    """Return the names of the append-only tables that exist, sorted."""
    wanted = {model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)}
    return sorted(wanted & set(connection.introspection.table_names()))


def install(**_signal) -> None:
    """Create the triggers, or create them anew: a table rebuilt by a migration on SQLite loses them silently."""
    remove()
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        for table in tables():
            for statement in _creations(table):
                cursor.execute(statement)


def remove() -> None:
    """Drop the triggers; only installing them anew and the tests' flush have a reason to."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables():
            for name in _names(table):
                on_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on_table}')


def installed() -> set[str]:
    """Return the names of the triggers of this module that the database has."""
    catalogue = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        return {name for (name,) in cursor.fetchall() if name.startswith("keep_")}


def expected() -> set[str]:
    """Return the names of the triggers that should be there."""
    return {name for table in tables() for name in _names(table)}


def _names(table: str) -> list[str]:
    operations = (*OPERATIONS, "TRUNCATE") if connection.vendor == "postgresql" else OPERATIONS
    return [f"keep_{table}_{operation.lower()}" for operation in operations]


def _creations(table: str) -> list[str]:
    if connection.vendor == "postgresql":
        rows = [
            f'CREATE TRIGGER "keep_{table}_{operation.lower()}" BEFORE {operation} ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            for operation in OPERATIONS
        ]
        return [
            *rows,
            (
                f'CREATE TRIGGER "keep_{table}_truncate" BEFORE TRUNCATE ON "{table}" '
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            ),
        ]
    return [
        f'CREATE TRIGGER "keep_{table}_{operation.lower()}" BEFORE {operation} ON "{table}" '
        f"BEGIN SELECT RAISE(ABORT, 'append-only table {table}'); END"
        for operation in OPERATIONS
    ]
