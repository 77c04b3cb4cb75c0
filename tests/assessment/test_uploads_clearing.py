"""What broken uploads left is cleared away, and nothing else."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from assessment.models import Evidence
from assessment.uploads.clearing import clear_files
from assessment.uploads.keeping import path_of, root
from tests.factories import hostile
from tests.factories.assessment import evidence_of

OLD = (timezone.now() - dt.timedelta(hours=25)).timestamp()


def left(path: Path, *, old: bool) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"left behind")
    if old:
        os.utime(path, (OLD, OLD))
    return path


@pytest.mark.parametrize(
    "place",
    [
        Path(settings.FILE_UPLOAD_TEMP_DIR) / "masuk-abc",
        Path(settings.DATA_DIR) / "exports" / "x.pdf.half",
        root() / "sha256" / "ab" / "cd" / ("abcd" + "0" * 60),
    ],
)
def test_what_belongs_to_nothing_goes_after_a_day_and_not_before(db, place):
    young = left(place, old=False)
    assert clear_files() == 0
    assert young.exists()

    left(place, old=True)
    call_command("clear_files")

    assert not place.exists()


def test_file_with_a_row_stays_however_old(people, places):
    evidence_of(people.operator, places.health, hostile.pdf(pages=2))
    path = path_of(Evidence.objects.get().file)
    os.utime(path, (OLD, OLD))

    assert clear_files() == 0
    assert path.exists()


def test_file_placed_again_is_young_before_its_row_is_there(people, places):
    content = hostile.pdf(pages=4)
    evidence = evidence_of(people.operator, places.health, content)
    path = path_of(evidence.file)
    os.utime(path, (OLD, OLD))

    evidence_of(people.supporter, places.education, content)

    assert path.stat().st_mtime > OLD + 3600


def test_upload_that_ends_meanwhile_takes_its_file_along(db, monkeypatch):
    clear_files()  # what other tests left
    path = left(Path(settings.FILE_UPLOAD_TEMP_DIR) / "masuk-sibuk", old=True)
    stat = Path.stat

    def stat_and_end(one: Path, **options):
        found = stat(one, **options)
        if one == path:
            path.unlink(missing_ok=True)
        return found

    monkeypatch.setattr(Path, "stat", stat_and_end)

    assert clear_files() == 0
