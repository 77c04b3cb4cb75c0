"""A worker that is killed in the middle of a document loses nothing: the next one makes it."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_q.conf import Conf

from assessment.actions import documents
from assessment.enums import DocumentKind
from assessment.models import IssuedDocument
from tests.factories.assessment import open_cycle
from tests.factories.verification import fixed, start, submitted

pytestmark = [pytest.mark.slow(21), pytest.mark.django_db(transaction=True)]
TIMEOUT, RETRY = 15, 16  # seconds after which the queue gives a silent worker's job to another
PATIENCE = 120


def database_url() -> str:
    """The test database, as a process of its own is told of it."""
    row = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{row['NAME']}"
    return f"postgres://{row['USER']}@{row['HOST']}:{row['PORT']}/{row['NAME']}"


@pytest.fixture
def worker():
    """Starts workers, each with everything that it starts in a group of its own, and ends what is left of them."""
    running = []

    def begin() -> subprocess.Popen:
        environment = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": database_url(), "WORKERS": "1",
            "SECRET_KEY": settings.SECRET_KEY, "JOB_TIMEOUT": str(TIMEOUT), "JOB_RETRY": str(RETRY),
        }  # fmt: skip
        command = [sys.executable, "manage.py", "qcluster"]
        running.append(
            subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=environment, start_new_session=True,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
        )  # fmt: skip
        return running[-1]

    yield begin
    for process in running:
        kill(process)


def kill(process: subprocess.Popen) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(document: IssuedDocument, state: str) -> IssuedDocument:
    """Look again and again, for as long as a patient person would."""
    until, pause = time.monotonic() + PATIENCE, threading.Event()
    while time.monotonic() < until:
        document.refresh_from_db()
        if document.state == state:
            return document
        pause.wait(0.05)
    raise AssertionError(f"{document.state} instead of {state}")


def test_document_survives_a_killed_worker(people, places, worker, monkeypatch):
    cycle = open_cycle(places.serang, agency=places.health)
    submitted(cycle, 1, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    fixed(cycle, proposer=people.reviewer, fixer=people.second_reviewer)
    monkeypatch.setattr(Conf, "SYNC", False)
    document = documents.issue(cycle=cycle, kind=DocumentKind.PDF, by=people.coordinator, at=timezone.now())

    first = worker()
    wait_for(document, "working")
    kill(first)
    assert not document.path.exists()
    worker()
    wait_for(document, "ready")

    assert document.attempts == 2
    assert document.path.read_bytes().startswith(b"%PDF")
    assert people.coordinator.notices.filter(kind="document").count() == 1
