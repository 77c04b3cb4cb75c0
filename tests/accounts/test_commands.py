"""The console: the first administrator, the proof of the trail, the daily clearing."""

import datetime as dt
import os
import re
import subprocess
import sys

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django_q.models import Schedule

from accounts import periodic
from accounts.audit import Actor, record
from accounts.models import FormToken, TrailHead

GOOD = "kalimat panjang dan mudah diingat"
LINK = re.compile(r"http://testserver(/undangan/[\w-]+/)")


def test_link_has_the_whole_address_and_its_end_in_our_time(db, capsys):
    with time_machine.travel(dt.datetime(2026, 1, 3, 0, 30, tzinfo=dt.UTC), tick=False):
        call_command("create_administrator", hours=7)

    printed = capsys.readouterr().out
    assert LINK.search(printed)
    assert "sampai 3 Januari 2026 pukul 14.30 WIB." in printed


@pytest.mark.parametrize("hours", [0, 169])
def test_link_of_no_or_too_long_time_is_refused(db, hours):
    with pytest.raises(CommandError, match="antara 1 dan 168"):
        call_command("create_administrator", hours=hours)


def test_administrator_who_lost_the_password_gets_a_new_one_by_the_console(people, capsys):
    call_command("create_administrator", reset="administrator")
    link = LINK.search(capsys.readouterr().out)[1]

    Client().post(link, {"password1": GOOD, "password2": GOOD})

    people.administrator.refresh_from_db()
    assert people.administrator.check_password(GOOD)


@pytest.mark.parametrize("name", ["operator", "tidak-ada", ""])
def test_console_resets_administrators_only(people, name):
    with pytest.raises(CommandError):
        call_command("create_administrator", reset=name)


def test_printed_hash_of_the_present_head_is_found(region, capsys):
    with transaction.atomic():
        record(actor=Actor.system("tests"), verb="region.saved", target=region, region=region)

    call_command("verify_trail", head=TrailHead.objects.get(region=region).hash)

    assert "utuh" in capsys.readouterr().out


def test_clearing_removes_only_what_is_old(people):
    old = timezone.now() - dt.timedelta(days=8)
    FormToken.objects.create(user=people.operator, token="lama", result_url="/", created_at=old)
    FormToken.objects.create(user=people.operator, token="baru", result_url="/")
    Session.objects.create(session_key="lama", session_data="", expire_date=old)
    client = Client()
    client.post("/masuk/", {"login": "operator", "password": "salah"})
    AccessAttempt.objects.update(attempt_time=old)
    signed_in = Client()
    signed_in.force_login(people.operator, "accounts.backends.PersonBackend")

    call_command("clear_expired")

    assert list(FormToken.objects.values_list("token", flat=True)) == ["baru"]
    assert not Session.objects.filter(session_key="lama").exists()
    assert AccessAttempt.objects.count() == 0
    assert signed_in.get("/").status_code == 200


def test_daily_jobs_are_entered_once(db):
    periodic.install()
    periodic.install()

    assert Schedule.objects.filter(func="accounts.jobs.clear_expired", schedule_type="D").count() == 1


def test_commands_read_the_key_that_the_first_start_made(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name not in ("SECRET_KEY", "DEBUG")}
    environment |= {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    ask = [sys.executable, "-c", "from config import settings; print(settings.SECRET_KEY)"]

    without = subprocess.run(ask, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    (tmp_path / "secret-key").write_text("kunci-yang-dibuat\n")
    with_key = subprocess.run(ask, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)

    assert "SECRET_KEY is not set" in without.stderr
    assert with_key.stdout.strip() == "kunci-yang-dibuat"
