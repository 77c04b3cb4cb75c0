"""The trail: written with the change, chained, and found out where it was tampered with."""

import threading
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from accounts import append_only
from accounts.audit import SENTENCES, Actor, record
from accounts.management.commands import verify_trail
from accounts.models import AuditEvent, Region, TrailHead
from accounts.verification import chains, verify

FOUND = "verify_trail"


@pytest.fixture
def trail(region):
    """Four rows in the regency's chain."""
    with transaction.atomic():
        for number in range(4):
            actor = Actor.system("tests")
            record(actor=actor, verb="region.saved", target=region, region=region, after={"step": number})
    return region


def tamper(*statements):
    append_only.remove()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    append_only.install()


def test_whole_trail_is_found_whole(trail, capsys):
    call_command(FOUND)

    assert capsys.readouterr().out.startswith("Jejak audit utuh: 4 baris")


def test_changed_field_is_found(trail):
    tamper("UPDATE accounts_auditevent SET role = 'orang lain' WHERE number = 2")

    with pytest.raises(CommandError, match=r"baris 2: isi baris berubah"):
        call_command(FOUND)


def test_changed_payload_is_found(trail):
    tamper("UPDATE accounts_auditpayload SET data = '{}' WHERE event_id = (SELECT id FROM accounts_auditevent "
           "WHERE number = 3)")  # fmt: skip

    with pytest.raises(CommandError, match=r"baris 3: isi perubahan diubah"):
        call_command(FOUND)


def test_removed_row_is_found(trail):
    tamper(
        "DELETE FROM accounts_auditpayload WHERE event_id = (SELECT id FROM accounts_auditevent WHERE number = 2)",
        "DELETE FROM accounts_auditevent WHERE number = 2",
    )

    with pytest.raises(CommandError, match=r"baris 2 hilang"):
        call_command(FOUND)


def test_cut_tail_is_found(trail):
    tamper(
        "DELETE FROM accounts_auditpayload WHERE event_id = (SELECT id FROM accounts_auditevent WHERE number = 4)",
        "DELETE FROM accounts_auditevent WHERE number = 4",
    )

    with pytest.raises(CommandError, match="ekor rantai hilang"):
        call_command(FOUND)


def test_cut_tail_with_its_head_is_found_by_a_printed_hash(trail):
    printed = TrailHead.objects.get(region=trail).hash
    tamper(
        "DELETE FROM accounts_auditpayload WHERE event_id = (SELECT id FROM accounts_auditevent WHERE number = 4)",
        "DELETE FROM accounts_auditevent WHERE number = 4",
        "UPDATE accounts_trailhead SET number = 3, hash = (SELECT hash FROM accounts_auditevent WHERE number = 3) "
        "WHERE number = 4",
    )

    with pytest.raises(CommandError, match="dibangun ulang"):
        call_command(FOUND, head=printed)


def test_row_behind_the_stored_end_is_found(trail):
    tamper(
        "UPDATE accounts_trailhead SET number = 3, hash = (SELECT hash FROM accounts_auditevent WHERE number = 3) "
        "WHERE number = 4",
    )

    with pytest.raises(CommandError, match="seharusnya berakhir pada baris 3"):
        call_command(FOUND)


def test_rows_that_are_written_while_the_trail_is_read_are_no_fault(trail, places, monkeypatch, capsys):
    def read_before_others_write():
        heads = chains()
        for region in (trail, places.lebak):
            record(actor=Actor.system("tests"), verb="region.saved", target=region, region=region)
        return [*heads, TrailHead(region=places.lebak)]  # as where the first row came between heads and rows

    monkeypatch.setattr(verify_trail, "chains", read_before_others_write)

    call_command(FOUND)

    assert capsys.readouterr().out.startswith("Jejak audit utuh")


def test_swapped_rows_are_found(trail):
    tamper(
        "UPDATE accounts_auditevent SET number = 99 WHERE number = 2",
        "UPDATE accounts_auditevent SET number = 2 WHERE number = 3",
        "UPDATE accounts_auditevent SET number = 3 WHERE number = 99",
    )

    with pytest.raises(CommandError, match="tidak menyambung"):
        call_command(FOUND)


def test_removed_head_is_found(trail):
    tamper("DELETE FROM accounts_trailhead WHERE number = 4")

    assert [str(verify(head)) for head in chains() if verify(head)] != []


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused():
    region = Region.objects.create(kind="province", code="36", name="Banten")

    with pytest.raises(RuntimeError):
        record(actor=Actor.system("tests"), verb="region.saved", target=region, region=None)

    assert AuditEvent.objects.count() == 0


def test_database_refuses_to_change_or_remove_a_row(trail):
    for statement in ("UPDATE accounts_auditevent SET role = 'x'", "DELETE FROM accounts_auditpayload"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    assert AuditEvent.objects.filter(region=trail).count() == 4


def test_every_append_only_table_has_its_triggers(db):
    assert append_only.installed() == append_only.expected()
    assert "keep_accounts_auditevent_update" in append_only.installed()


def test_unknown_verb_is_refused(region):
    with transaction.atomic(), pytest.raises(KeyError):
        record(actor=Actor.system("tests"), verb="nothing.known", target=region, region=region)


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_leave_one_chain_without_a_gap():
    region = Region.objects.create(kind="province", code="36", name="Banten")
    TrailHead.objects.create(region=region)

    def write():
        try:
            for step in range(5):
                with transaction.atomic():
                    actor = Actor.system("tests")
                    record(actor=actor, verb="region.saved", target=region, region=region, after={"step": step})
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert list(AuditEvent.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 16))
    assert verify(TrailHead.objects.get(region=region)) is None


def test_verbs_read_as_indonesian_sentences():
    assert SENTENCES["membership.ended"] == "mengakhiri akses"


def test_head_of_a_chain_keeps_the_hour_of_its_last_row(trail):
    last = AuditEvent.objects.filter(region=trail).order_by("number").last()

    assert TrailHead.objects.get(region=trail).at == last.at


def test_hours_of_chains_of_before_are_read_from_their_last_rows(trail):
    migration = import_module("accounts.migrations.0002_hour_of_the_trails_head")
    kept = TrailHead.objects.get(region=trail).at
    TrailHead.objects.update(at=None)

    migration.read_hours(apps, None)

    assert TrailHead.objects.get(region=trail).at == kept
