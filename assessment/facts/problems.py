"""When a problem can bring an award down."""

import datetime as dt

from assessment.enums import ProblemStatus
from assessment.models import Problem


def not_grounds(problem: Problem, at: dt.datetime) -> str:
    """Return why a problem cannot bring an award down now: only one left unanswered, or answered late or badly, can."""
    fresh = Problem.objects.get(pk=problem.pk)
    if fresh.status == ProblemStatus.RESOLVED:
        return "Permasalahan ini sudah dinyatakan selesai."
    if fresh.status == ProblemStatus.OPEN and at <= fresh.due_at and not fresh.responses.exists():
        return "Tenggat tanggapannya belum lewat. Tunggu sampai lewat, atau sampai tanggapannya masuk."
    return ""
