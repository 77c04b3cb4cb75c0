"""Makes instruments, cycles and answers."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from accounts.audit import Actor
from accounts.models import TrailHead
from assessment.actions.evidence import add
from assessment.actions.instruments import import_instrument
from assessment.enums import CycleStatus
from assessment.models import Answer, Assignment, Cycle, Evidence
from assessment.uploads.checking import CheckedFile
from assessment.uploads.checking import check as check_file
from assessment.uploads.receiving import HashingHandler
from indicators.catalogue import check
from indicators.models import Revision

D = Decimal


def small_manuscript(**changes) -> dict:
    """An instrument of two rights and three indicators: a choice, a ratio, a number where less is better."""
    manuscript = {
        "code": "contoh-kecil",
        "title": "Instrumen contoh",
        "regulation": {"number": 1, "year": 2026, "about": "Contoh", "issuer": "Contoh"},
        "total_indicators": 3,
        "text_status": "rancangan",
        "scale": {"max": 100},
        "predicates": [
            {"code": "baik", "name": "Peduli HAM", "min": 75, "working": False},
            {"code": "kurang", "name": "Kurang", "min": 0, "working": True},
        ],
        "rights": [
            {"code": "R01", "name": "Hak pertama", "short_name": "Pertama"},
            {"code": "R02", "name": "Hak kedua", "short_name": "Kedua"},
        ],
        "agencies": [
            {"code": "dinkes", "name": "Dinas Kesehatan", "short_name": "Dinkes"},
            {"code": "dindikbud", "name": "Dinas Pendidikan dan Kebudayaan", "short_name": "Dindikbud"},
        ],
        "indicators": [choice_row(), ratio_row(), number_row()],
    }
    return {**manuscript, **changes}


def choice_row(**changes) -> dict:
    return {**_row(1, "R01", "struktur"), "answer": {
        "type": "choice",
        "options": [{"label": "Ada dan berlaku", "points": 10}, {"label": "Masih rancangan", "points": 4}],
    }, **changes}  # fmt: skip


def ratio_row(**changes) -> dict:
    return {**_row(2, "R01", "proses"), "supporting_agencies": ["dindikbud"], "answer": {
        "type": "ratio", "numerator": "Jumlah puskesmas terjangkau", "denominator": "Jumlah seluruh puskesmas",
        "unit": "%", "direction": "higher",
        "bands": [{"min": 80, "points": 10}, {"min": 50, "points": 5}, {"min": 0, "points": 0}],
    }, **changes}  # fmt: skip


def number_row(**changes) -> dict:
    return {**_row(3, "R02", "hasil"), "answer": {
        "type": "number", "unit": "kejadian", "direction": "lower",
        "bands": [{"max": 5, "points": 10}, {"max": 20, "points": 4}, {"max": None, "points": 0}],
    }, **changes}  # fmt: skip


def _row(number: int, right: str, kind: str) -> dict:
    return {
        "number": number,
        "right": right,
        "kind": kind,
        "text": f"Rumusan indikator {number}.",
        "guidance": f"Petunjuk {number}.",
        "evidence": [{"name": f"Laporan {number}", "required": True}, {"name": f"Foto {number}", "required": False}],
        "agency": "dinkes",
        "basis": "UU 1/2026",
        "source": "reconstruction",
    }


def small_revision(**changes) -> Revision:
    manuscript = small_manuscript(**changes)
    assert check(manuscript) == []
    return import_instrument(manuscript=manuscript, actor=Actor.system("tests")).revision


def open_cycle(region, *, agency, status=CycleStatus.FILLING, **fields) -> Cycle:
    """A cycle of the small instrument with every indicator given to `agency` and an empty answer each."""
    TrailHead.objects.get_or_create(region=region)
    now = timezone.now()
    defaults = {
        "assessment_year": now.year,
        "data_year": now.year - 1,
        "filling_deadline": now + dt.timedelta(days=12),
        "opened_at": now - dt.timedelta(days=30),
        "heads_endorse": False,
        "revision": fields.pop("revision", None) or small_revision(),
    }
    cycle = Cycle.objects.create(region=region, status=status, **{**defaults, **fields})
    for indicator in cycle.revision.indicators.all():
        Assignment.objects.create(cycle=cycle, indicator=indicator, agency=agency, responsible=True)
        Answer.objects.create(cycle=cycle, indicator=indicator)
    return cycle


def prepared(region, revision, agency) -> Cycle:
    """A year whose filling has not started: everything is assigned, nothing can be answered yet."""
    cycle = open_cycle(region, agency=agency, status=CycleStatus.PREPARATION, revision=revision)
    cycle.answers.all().delete()
    return cycle


def answer_of(cycle, number: int) -> Answer:
    return Answer.objects.with_owner().with_indicator().select_related("cycle__region").get(
        cycle=cycle, indicator__number=number
    )  # fmt: skip


def checked_file(content: bytes, name: str = "laporan.pdf") -> CheckedFile:
    """A file as it is once an upload has arrived and was found in order."""
    handler = HashingHandler()
    handler.new_file("file", name, "application/pdf", len(content))
    handler.receive_data_chunk(content, 0)
    return check_file(handler.file_complete(len(content)))


def evidence_of(by, agency, content: bytes, name: str = "laporan.pdf", **details) -> Evidence:
    """A document in an agency's library, as an upload would have put it there."""
    given = {"title": "Laporan", "kind": "laporan", **details}
    return add(checked=checked_file(content, name), agency=agency, details=given, by=by).evidence
