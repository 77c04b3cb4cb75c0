"""The machine of answers: from the operator's draft over the head and the coordinator to the reviewer."""

from typing import Any

from assessment.enums import EDITABLE
from assessment.enums import AnswerStatus as A
from assessment.facts.clocks import Clocks
from assessment.models import Answer
from assessment.workflow.guards import in_filling, open_for_agency, reviewers_turn
from assessment.workflow.locking import lock
from assessment.workflow.steps import WHENCE_IT_CAME, Machine, Step, table

ANSWER_STEPS = table(
    Step(
        "ready", "Mintakan pengesahan", EDITABLE, A.READY, "assessment.ready_answer", "answer.readied",
        open_for_agency, "Dikirim kepada Kepala OPD untuk disahkan.",
    ),
    Step(
        "take_back", "Tarik dari pengesahan", (A.READY,), WHENCE_IT_CAME, "assessment.fill_answer",
        "answer.taken_back", open_for_agency, "Ditarik dari pengesahan. Anda dapat mengubahnya lagi.",
    ),
    Step(
        "hand_back", "Kembalikan ke operator", (A.READY,), WHENCE_IT_CAME, "assessment.endorse_answer",
        "answer.handed_back", open_for_agency, "Dikembalikan kepada operator.", needs_note=True,
    ),
    Step(
        "submit", "Ajukan", (*EDITABLE, A.READY), A.SUBMITTED, "assessment.submit_answer", "answer.submitted",
        open_for_agency,
    ),
    Step(
        "withdraw", "Tarik kembali", (A.SUBMITTED,), WHENCE_IT_CAME, "assessment.fill_answer", "answer.withdrawn",
        in_filling, "Pengajuan ditarik kembali. Anda dapat mengubahnya lagi.", "Tarik kembali pengajuan",
    ),
    Step(
        "accept", "Loloskan", (A.SUBMITTED,), A.ACCEPTED, "assessment.decide_answer", "answer.accepted", in_filling,
        "{} lolos pra-verifikasi.",
    ),
    Step(
        "return", "Kembalikan untuk diperbaiki", (A.SUBMITTED, A.ACCEPTED), A.RETURNED, "assessment.decide_answer",
        "answer.returned", in_filling, "{} dikembalikan; pengampunya diberi tahu.",
    ),
    Step(
        "verify", "Putuskan", tuple(A), A.VERIFIED, "assessment.review_answer", "answer.verified", reviewers_turn
    ),
    Step(
        "reopen", "Buka putaran perbaikan", tuple(A), A.RETURNED, "assessment.review_answer", "answer.reopened",
        reviewers_turn,
    ),
)  # fmt: skip


def take_answer(answer: Answer) -> Answer:
    """Return the answer as it is once its cycle is ours."""
    cycle = lock(answer.cycle_id)
    fresh = Answer.objects.select_related("indicator").get(pk=answer.pk)
    fresh.cycle = cycle
    return fresh


def whence_it_came(answer: Answer, step: Step) -> dict[str, Any]:
    """Remember whence an answer came on its way up, so that it can go back there."""
    going_up = answer.status in EDITABLE and step.target in (A.READY, A.SUBMITTED)
    return {"came_from": answer.status} if going_up else {}


ANSWERS = Machine(
    Answer,
    ANSWER_STEPS,
    take_answer,
    clocks=lambda answer: Clocks.of(answer.cycle),
    stamp=whence_it_came,
    version="revision",
)
