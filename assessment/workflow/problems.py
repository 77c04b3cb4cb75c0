"""The machine of human-rights problems: answered, taken as enough, or opened again."""

from assessment.enums import ProblemStatus as P
from assessment.models import Problem
from assessment.workflow.steps import Machine, Step, table

PROBLEM_STEPS = table(
    Step(
        "respond", "Tanggapi", (P.OPEN,), P.RESPONDED, "assessment.respond_problem", "problem.responded",
        done="Tanggapan terkirim kepada verifikator.",
    ),
    Step(
        "resolve", "Nyatakan selesai", (P.RESPONDED,), P.RESOLVED, "assessment.judge_problem", "problem.resolved",
        done="{} dinyatakan selesai.",
    ),
    Step(
        "reopen", "Buka lagi", (P.RESPONDED,), P.OPEN, "assessment.judge_problem", "problem.reopened",
        done="{} dibuka lagi.", needs_note=True,
    ),
)  # fmt: skip


def take(problem: Problem) -> Problem:
    """Return the problem as it is once its row is ours."""
    rows = Problem.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("region").get(pk=problem.pk)


PROBLEMS = Machine(Problem, PROBLEM_STEPS, take, clocks=lambda _problem: None)
