"""What may follow what: a machine each for answers, cycles and problems, and the one function that takes a step."""

from assessment.workflow.answers import ANSWER_STEPS, take_answer
from assessment.workflow.cycles import CYCLE_STEPS
from assessment.workflow.guards import closed_for_agency, open_for_agency
from assessment.workflow.locking import lock
from assessment.workflow.machines import FASTER, MACHINES, available, blocked, perform
from assessment.workflow.problems import PROBLEM_STEPS
from assessment.workflow.steps import Machine, Situation, Step

__all__ = [
    "ANSWER_STEPS",
    "CYCLE_STEPS",
    "FASTER",
    "MACHINES",
    "PROBLEM_STEPS",
    "Machine",
    "Situation",
    "Step",
    "available",
    "blocked",
    "closed_for_agency",
    "lock",
    "open_for_agency",
    "perform",
    "take_answer",
]
