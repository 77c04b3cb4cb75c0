"""Who may do what in a cycle; when it may be done is the workflow's question."""

import datetime as dt

import rules

from accounts.models import Agency, Jurisdiction, Membership, Region, User
from accounts.models.places import AgencyQuerySet
from accounts.permissions import allow
from accounts.roles import AGENCY_ROLES, Role
from accounts.sure import sure
from assessment.models import Answer, Assignment, Cycle, EndorsementException, Evidence, Problem, Result
from assessment.models.assignment import AssignmentQuerySet
from assessment.models.cycle import NEVER, part_in

FILLING = "Jawaban diisi oleh perangkat daerah pengampunya."
DECIDING = "Keputusan ini diambil oleh koordinator kabupaten/kota."
REVIEWING = "Verifikasi dilakukan oleh verifikator kantor wilayah yang tidak bertugas di kabupaten/kota ini."


def region_id_of(obj: Region | Cycle | Answer | Problem) -> int:
    """Return the id of the region that an object belongs to."""
    if isinstance(obj, Region):
        return obj.pk
    return obj.region_id if isinstance(obj, Cycle | Problem) else obj.cycle.region_id


def owner_id_of(answer: Answer) -> int | None:
    """Return the id of the responsible agency, from the row where it was fetched along; asked once of each other."""
    if not hasattr(answer, "owner_id"):
        answer.owner_id = owner_id_now(answer)
    return answer.owner_id


def owner_id_now(answer: Answer) -> int | None:
    """Return the id of the responsible agency as it is stored, whatever was fetched along with the answer."""
    return _given_to(answer).values_list("agency_id", flat=True).first()


def endorses(cycle: Cycle, agency: Agency) -> bool:
    """Whether the head of this agency endorses in this cycle; instansi vertikal never."""
    if not cycle.heads_endorse or agency.vertical:
        return False
    return not EndorsementException.objects.filter(cycle=cycle, agency=agency).exists()


def agency_of(answer: Answer) -> Agency | None:
    """Return the responsible agency; asked once of each fetched answer."""
    if "agency" not in answer.__dict__:
        owner = owner_id_of(answer)
        answer.agency = Agency.objects.filter(pk=owner).first() if owner else None
    return answer.agency


def with_agency(answer: Answer) -> Answer:
    """Hand a fetched answer its responsible agency and `owner_id`, both in one query."""
    assignment = _given_to(answer).select_related("agency").first()
    answer.agency = assignment.agency if assignment else None
    answer.owner_id = assignment.agency_id if assignment else None
    return answer


def head_endorses(answer: Answer) -> bool:
    """Whether the head of the responsible agency endorses this answer; asked once of each fetched answer."""
    if "head_endorses" not in answer.__dict__:
        answer.head_endorses = endorses(answer.cycle, sure(agency_of(answer)))
    return answer.head_endorses


def _given_to(answer: Answer) -> AssignmentQuerySet:
    """The assignment of the responsible agency: at most one, so that no order is asked for."""
    given = Assignment.objects.responsible().filter(cycle=answer.cycle_id, indicator=answer.indicator_id)
    return given.order_by()


def in_region(membership: Membership, obj: Region | Cycle | Answer | Problem) -> bool:
    """Whether the membership's place reaches the object's region."""
    return region_id_of(obj) in membership.region_ids


def fills(membership: Membership, answer: Answer) -> bool:
    """Whether the membership is of the responsible agency, or the coordinator's for an agency without people."""
    owner = owner_id_of(answer)
    if owner is None:
        return False
    if membership.role in AGENCY_ROLES:
        return membership.agency_id == owner
    return in_region(membership, answer) and Agency.objects.without_people().filter(pk=owner).exists()


def on_behalf(membership: Membership | None) -> bool:
    """Whether it is the coordinator (docs/aturan.md, "Mengisi untuk perangkat daerah tanpa orang")."""
    return membership is not None and membership.role == Role.COORDINATOR


def submits(membership: Membership, answer: Answer) -> bool:
    """Whether the membership may submit: only the head where heads endorse."""
    if not fills(membership, answer):
        return False
    return membership.role == Role.HEAD or not head_endorses(answer)


def endorses_here(membership: Membership, answer: Answer) -> bool:
    """Whether heads endorse for this answer and the membership is of its agency."""
    return fills(membership, answer) and head_endorses(answer)


def cites(membership: Membership, answer: Answer) -> bool:
    """Whether the membership may add citations: the responsible agency's or a supporting one's.

    For a supporting agency without people the coordinator adds them, as for a responsible one.
    """
    if fills(membership, answer):
        return True
    if membership.role in AGENCY_ROLES:
        return supporters_of(answer).filter(pk=sure(membership.agency_id)).exists()
    return in_region(membership, answer) and supporters_of(answer).without_people().exists()


def supporters_of(answer: Answer) -> AgencyQuerySet:
    """Return the agencies that support an answer with documents."""
    rows = Assignment.objects.filter(cycle=answer.cycle_id, indicator=answer.indicator_id, responsible=False)
    return Agency.objects.filter(pk__in=rows.values("agency"))


def owns(membership: Membership, evidence: Evidence) -> bool:
    """Whether the evidence is of the membership's agency, or of one without people in the coordinator's region."""
    if membership.role in AGENCY_ROLES:
        return membership.agency_id == evidence.agency_id
    mine = evidence.agency.region_id in membership.region_ids
    return mine and Agency.objects.without_people().filter(pk=evidence.agency_id).exists()


def answers_problem(membership: Membership, problem: Problem) -> bool:
    """Whether the membership is of the agency that handles the problem, or the coordinator's of its region."""
    if membership.role in AGENCY_ROLES:
        return membership.agency_id == problem.agency_id
    return in_region(membership, problem)


def keeps_library(membership: Membership, agency: Agency) -> bool:
    """Whether the membership manages the agency's library."""
    if membership.role in AGENCY_ROLES:
        return membership.agency_id == agency.pk
    return agency.region_id in membership.region_ids and Agency.objects.without_people().filter(pk=agency.pk).exists()


@rules.predicate  # type: ignore[untyped-decorator]  # the library has no types
def uninvolved(user: User, obj: Cycle | Answer) -> bool:
    """Nobody decides on a cycle in whose regency he or she had a membership between its opening and its proposing.

    Asked once of each fetched cycle: a verb, which fetches it anew under its lock, asks anew.
    """
    cycle = obj if isinstance(obj, Cycle) else obj.cycle
    known: dict[tuple[int, dt.datetime | None], bool] = vars(cycle).setdefault("uninvolved", {})
    asked = (user.pk, cycle.proposed_at)
    if asked not in known:
        part = part_in(cycle.region_id, cycle.opened_at, cycle.proposed_at or NEVER)
        known[asked] = not user.memberships.filter(part).exists()
    return known[asked]


@rules.predicate  # type: ignore[untyped-decorator]  # the library has no types
def second_person(user: User, cycle: Cycle) -> bool:
    """Whoever fixes a result did not propose it, unless the office switched the second person off."""
    if not uninvolved.test(user, cycle):
        return False
    result = Result.objects.standing().filter(cycle=cycle).first()
    if result is None or result.proposed_by_id != user.pk:
        return True
    return not needs_second_person(cycle)


def needs_second_person(cycle: Cycle) -> bool:
    """Whether the office that looks after the region asks for two people."""
    offices = Jurisdiction.objects.active().filter(region=cycle.region_id)
    return offices.filter(office__second_person=True).exists() or not offices.exists()


FILLERS = (Role.OPERATOR, Role.HEAD, Role.COORDINATOR)

allow("assessment.fill_answer", *FILLERS, covers=fills, otherwise=FILLING)
allow("assessment.cite_evidence", *FILLERS, covers=cites, otherwise=FILLING)
allow("assessment.ready_answer", *FILLERS, covers=endorses_here, otherwise="Kepala OPD tidak mengesahkan di sini.")
allow(
    "assessment.submit_answer", *FILLERS, covers=submits,
    otherwise="Anda dapat melihat halaman ini, tetapi pengesahan dilakukan oleh Kepala OPD.",
)  # fmt: skip
allow("assessment.endorse_answer", Role.HEAD, covers=fills, otherwise="Pengesahan dilakukan oleh Kepala OPD.")
allow("assessment.decide_answer", Role.COORDINATOR, covers=in_region, otherwise=DECIDING)
allow("assessment.manage_evidence", *FILLERS, covers=owns, otherwise="Data dukung dikelola oleh pemiliknya.")
allow("assessment.add_evidence", *FILLERS, covers=keeps_library, otherwise="Pustaka ini dikelola oleh pemiliknya.")
allow("assessment.open_cycle", Role.COORDINATOR, covers=in_region, otherwise=DECIDING)
allow("assessment.manage_cycle", Role.COORDINATOR, covers=in_region, otherwise=DECIDING)
allow(
    "assessment.see_board", Role.COORDINATOR, Role.LEADER, covers=in_region,
    otherwise="Papan kelengkapan dibaca oleh koordinator dan pimpinan daerah.",
)  # fmt: skip
allow("assessment.review_cycle", Role.REVIEWER, covers=in_region, when=uninvolved, otherwise=REVIEWING)
allow("assessment.review_answer", Role.REVIEWER, covers=in_region, when=uninvolved, otherwise=REVIEWING)
allow(
    "assessment.fix_result", Role.REVIEWER, covers=in_region, when=second_person,
    otherwise="Hasil ditetapkan atau dikembalikan oleh verifikator lain, yang tidak mengusulkannya dan tidak bertugas "
    "di kabupaten/kota ini.",
)  # fmt: skip
allow(
    "assessment.export_dossier", Role.REVIEWER, Role.COORDINATOR, covers=in_region,
    otherwise="Dokumen penilaian dibuat oleh koordinator dan verifikator.",
)  # fmt: skip
allow(
    "assessment.see_problems", Role.COORDINATOR, Role.LEADER, Role.REVIEWER, *AGENCY_ROLES,
    otherwise="Permasalahan HAM dibaca oleh koordinator, pimpinan, perangkat daerahnya, dan verifikator.",
)  # fmt: skip
allow(
    "assessment.register_problem", Role.COORDINATOR, Role.REVIEWER, covers=in_region,
    otherwise="Permasalahan HAM dicatat oleh koordinator atau verifikator.",
)  # fmt: skip
allow(
    "assessment.respond_problem", *FILLERS, covers=answers_problem,
    otherwise="Permasalahan ini ditanggapi oleh koordinator atau perangkat daerah yang menanganinya.",
)  # fmt: skip
allow(
    "assessment.judge_problem", Role.REVIEWER, covers=in_region,
    otherwise="Tanggapan dinilai oleh verifikator kantor wilayah.",
)  # fmt: skip
allow("assessment.end_award", Role.REVIEWER, covers=in_region, when=uninvolved, otherwise=REVIEWING)
allow("assessment.see_office_board", Role.REVIEWER, Role.OBSERVER, otherwise="Halaman ini untuk kantor verifikasi.")
allow("assessment.import_instrument", Role.ADMINISTRATOR, otherwise="Instrumen dikelola oleh administrator.")
allow("assessment.confirm_instrument", Role.ADMINISTRATOR, otherwise="Instrumen dikelola oleh administrator.")
allow("assessment.see_tasks", Role.OPERATOR, Role.HEAD, otherwise="Daftar tugas adalah milik perangkat daerah.")
allow(
    "assessment.see_library", *FILLERS,
    otherwise="Pustaka data dukung adalah milik perangkat daerah dan koordinator yang mengisi untuknya.",
)  # fmt: skip
allow(
    "assessment.see_cycles", Role.COORDINATOR, Role.LEADER, Role.REVIEWER, Role.OBSERVER,
    otherwise="Daftar periode dibaca oleh koordinator, pimpinan, verifikator, dan pengamat.",
)  # fmt: skip
allow("assessment.see_draft_notice", Role.COORDINATOR, otherwise="")
allow(
    "assessment.read_draft", *FILLERS,
    covers=lambda membership, answer: cites(membership, answer) or (
        membership.role == Role.COORDINATOR and in_region(membership, answer)
    ),
    otherwise="Draf hanya dibaca oleh perangkat daerahnya dan koordinator.",
)  # fmt: skip
allow(
    "assessment.see_progress", Role.COORDINATOR, Role.LEADER, Role.REVIEWER, Role.OBSERVER, covers=in_region,
    otherwise="Kemajuan periode dibaca oleh koordinator, pimpinan, verifikator, dan pengamat.",
)  # fmt: skip
