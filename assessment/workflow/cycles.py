"""The machine of cycles: from the coordinator's preparation to the announcement."""

from assessment.enums import CycleStatus as C
from assessment.facts.clocks import Clocks
from assessment.models import Cycle
from assessment.workflow.guards import all_decided, time_to_fill
from assessment.workflow.locking import lock
from assessment.workflow.steps import Machine, Step, table

BEFORE_ITS_END = (C.PREPARATION, C.FILLING, C.SUBMITTED, C.VERIFICATION, C.PROPOSED)

CYCLE_STEPS = table(
    Step(
        "start_filling", "Mulai pengisian", (C.PREPARATION,), C.FILLING, "assessment.manage_cycle",
        "cycle.filling_started", time_to_fill,
        "Pengisian {} dimulai. Orang yang sudah terdaftar di perangkat daerah diberi tahu.",
    ),
    Step(
        "send", "Serahkan paket", (C.FILLING,), C.SUBMITTED, "assessment.manage_cycle", "cycle.sent",
        done="Paket {} diserahkan. Jawaban sekarang terkunci.",
    ),
    Step(
        "reject", "Kembalikan paket", (C.SUBMITTED,), C.FILLING, "assessment.review_cycle", "cycle.given_back",
        done="Paket {} dikembalikan kepada kabupaten/kota.", needs_note=True,
    ),
    Step(
        "start_verification", "Mulai verifikasi", (C.SUBMITTED,), C.VERIFICATION, "assessment.review_cycle",
        "cycle.verification_started", done="Verifikasi {} dimulai.",
    ),
    Step(
        "propose", "Usulkan hasil", (C.VERIFICATION,), C.PROPOSED, "assessment.review_cycle", "result.proposed",
        all_decided, "Hasil diusulkan. Verifikator lain sudah diberi tahu untuk menetapkannya.",
    ),
    Step(
        "fix", "Tetapkan hasil", (C.PROPOSED,), C.FINALISED, "assessment.fix_result", "result.fixed",
        done="Hasil {} ditetapkan.",
    ),
    Step(
        "give_back", "Kembalikan usulan", (C.PROPOSED,), C.VERIFICATION, "assessment.fix_result", "result.given_back",
        done="Usulan dikembalikan; verifikasi dibuka lagi.", needs_note=True, inward=True,
    ),
    Step(
        "announce", "Umumkan", (C.FINALISED,), C.ANNOUNCED, "assessment.manage_cycle", "cycle.announced",
        done="{} diumumkan.",
    ),
    Step(
        "cancel", "Batalkan periode", BEFORE_ITS_END, C.CANCELLED, "assessment.manage_cycle", "cycle.cancelled",
        done="Periode {} dibatalkan.", needs_note=True,
    ),
)  # fmt: skip

CYCLES = Machine(Cycle, CYCLE_STEPS, take=lambda cycle: lock(cycle.pk), clocks=Clocks.of, version="version")
