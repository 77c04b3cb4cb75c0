"""The migrations make exactly the tables that the models describe, and the triggers on top of them."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts import append_only


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_triggers_are_there_after_migrating_and_after_a_table_was_rebuilt(db):
    append_only.remove()
    without = append_only.installed()

    call_command("migrate", verbosity=0)

    assert without == set()
    assert append_only.installed() == append_only.expected()


@pytest.mark.postgres
def test_table_is_not_emptied_at_once_either(db):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE accounts_accessentry")
