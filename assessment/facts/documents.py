"""Whether a dossier can be made of a year now, and whose view it is."""

from accounts.models import User
from accounts.permissions import membership_for, refusal
from accounts.roles import Role
from assessment.enums import Audience, CycleStatus
from assessment.models import Cycle
from assessment.refusals import TransitionRefusedError

RECORDED = "Tahun ini dicatat tanpa jawaban, sehingga tidak ada dokumennya."

NOT_BEGUN = "Dokumen dapat dibuat setelah pengisian dimulai."

NOT_SENT = "Paket kabupaten/kota ini belum diserahkan; dokumennya belum dapat dibuat oleh kantor verifikasi."


def refused_document(cycle: Cycle, audience: Audience) -> str:
    """Return why no dossier can be made of a cycle for this audience now; empty where one can."""
    if cycle.recorded:
        return RECORDED
    if cycle.status == CycleStatus.PREPARATION or (
        cycle.status == CycleStatus.CANCELLED and not cycle.answers.exists()
    ):
        return NOT_BEGUN
    return NOT_SENT if audience == Audience.REVIEWER and not cycle.sent else ""


def offered(user: User, cycle: Cycle) -> bool:
    """Return whether a person can have a dossier made of a cycle now; pages lead there only then."""
    if not user.has_perm("assessment.export_dossier", cycle):
        return False
    return not refused_document(cycle, audience_of(user, cycle))


def audience_of(user: User, cycle: Cycle) -> Audience:
    """Return whose view a person's dossier is; raises TransitionRefusedError without the right to one."""
    membership = membership_for(user, "assessment.export_dossier", cycle)
    if membership is None:
        raise TransitionRefusedError(refusal("assessment.export_dossier"))
    return Audience.REVIEWER if membership.role == Role.REVIEWER else Audience.REGENCY
