"""Who gets what at which address: written from design.md section 3, not from the code.

Each row names an address, the object in it, and what each person is answered; whoever is not named gets `others`.
The object belongs to Kabupaten Serang; `operator` and `head` are of the responsible agency, `supporter` is of another
agency of the same regency, `other_*` are of another regency of the province, `far_*` of another province.
"""

from dataclasses import dataclass, field

OK, MOVED, INVALID, FORBIDDEN, MISSING, NOT_ALLOWED = 200, 302, 422, 403, 404, 405
REGENCY = ("operator", "head", "supporter", "coordinator", "leader")


@dataclass(frozen=True)
class Row:
    """One address: its name, the objects in it, the method, and the answers."""

    name: str
    objects: tuple[str, ...] = ()
    method: str = "GET"
    answers: dict[str, int] = field(default_factory=dict)
    others: int = MISSING
    state: str = "filling"


def everyone(status: int) -> dict:
    return {"others": status}


COORDINATOR_ONLY_IN_REGENCY = {"coordinator": OK, "operator": FORBIDDEN, "head": FORBIDDEN, "supporter": FORBIDDEN,
                               "leader": FORBIDDEN}  # fmt: skip
COORDINATOR_ACTS = {**COORDINATOR_ONLY_IN_REGENCY, "coordinator": MOVED}
# Reviewers and observers see the regency's region and its cycles from the filling on, but decide nothing there.
OUTSIDE_LOOKS = {"reviewer": FORBIDDEN, "second_reviewer": FORBIDDEN, "observer": FORBIDDEN}
REGION_SEEN = {**COORDINATOR_ONLY_IN_REGENCY, **OUTSIDE_LOOKS, "administrator": FORBIDDEN}
CYCLE_SEEN = {**COORDINATOR_ONLY_IN_REGENCY, **OUTSIDE_LOOKS}
CYCLE_ACTS = {**COORDINATOR_ACTS, **OUTSIDE_LOOKS}
PROGRESS = {
    "coordinator": OK, "leader": OK, "reviewer": OK, "second_reviewer": OK, "observer": OK,
    "operator": FORBIDDEN, "head": FORBIDDEN, "supporter": FORBIDDEN,
}  # fmt: skip
REVIEWERS = {"reviewer": OK, "second_reviewer": OK}
REVIEWERS_ACT = dict.fromkeys(REVIEWERS, MOVED)
NOT_THEIRS = dict.fromkeys((*REGENCY, "observer"), FORBIDDEN)
SUBMITTED_NOT_THEIRS = dict.fromkeys(("operator", "head", "coordinator", "leader"), FORBIDDEN)
# a problem: coordinator, leader, the agency that handles it, and the reviewers; not the other agencies
PROBLEM_READ = {"operator": OK, "head": OK, "coordinator": OK, "leader": OK, **REVIEWERS}
ADMINISTRATOR = {"administrator": OK}
COORDINATORS = {"coordinator": OK, "other_coordinator": OK, "far_coordinator": OK}
INVITERS = {**COORDINATORS, **ADMINISTRATOR}
FILLERS = {"operator": OK, "head": OK}

POLICY = [
    # accounts
    Row("healthz", others=OK),
    Row("readyz", others=OK),
    Row("invitation-open", ("token",), others=410),
    Row("account_login", others=MOVED),
    Row("account_logout", others=OK),
    Row("account_change_password", others=OK),
    Row("notice-list", others=OK),
    Row("notice-open", ("notice",), "POST", {"operator": MOVED}),
    Row("notice-read-all", (), "POST", others=MOVED),
    Row("session-list", others=OK),
    Row("session-end", ("missing",), "POST"),
    Row("session-end-others", (), "POST", others=MOVED),
    Row("kept-form-drop", (), "POST", others=MOVED),
    Row("person-list", answers=INVITERS, others=FORBIDDEN),
    Row("person-invite", answers=INVITERS, others=FORBIDDEN),
    Row("person-invite-many", answers=COORDINATORS, others=FORBIDDEN),
    Row("person-detail", ("person",), answers={"coordinator": OK}),
    Row("person-correct", ("person",), answers={"coordinator": OK}),
    Row("person-reset", ("person",), "POST", {"coordinator": OK}),
    Row("membership-end", ("membership",), answers={"coordinator": OK}),
    Row("invitation-withdraw", ("invitation",), "POST", {"coordinator": MOVED}),
    Row("agency-list", answers=COORDINATORS, others=FORBIDDEN),
    Row("agency-add", ("region",), answers=REGION_SEEN),
    Row("agency-change", ("agency",), answers=CYCLE_SEEN),
    Row("agency-succeed", ("agency",), answers=CYCLE_SEEN),
    Row("place-list", answers=ADMINISTRATOR, others=FORBIDDEN),
    Row("region-add", answers=ADMINISTRATOR, others=FORBIDDEN),
    Row("region-change", ("region",), answers={**dict.fromkeys(REGENCY, FORBIDDEN), **OUTSIDE_LOOKS, **ADMINISTRATOR}),
    Row("office-add", answers=ADMINISTRATOR, others=FORBIDDEN),
    Row("office-change", ("office",), answers={"reviewer": FORBIDDEN, "second_reviewer": FORBIDDEN, **ADMINISTRATOR}),
    Row("jurisdiction-add", answers=ADMINISTRATOR, others=FORBIDDEN),
    # indicators: everyone who is signed in reads
    Row("catalogue", others=OK),
    Row("catalogue-revision", ("code", "one"), others=OK),
    Row("catalogue-indicator", ("code", "one", "one"), others=OK),
    # assessment
    Row("home", others=OK),
    Row("instrument-import", answers=ADMINISTRATOR, others=FORBIDDEN),
    Row("instrument-preview", ("preview",), answers=ADMINISTRATOR),
    Row("instrument-confirm", ("preview",), "POST", {"administrator": MOVED}),
    Row("instrument-official", ("revision",), answers=ADMINISTRATOR, others=FORBIDDEN),
    Row("instrument-official", ("revision",), "POST", {"administrator": MOVED}, FORBIDDEN),
    Row("cycle-list", answers={**COORDINATORS, "leader": OK, "reviewer": OK, "second_reviewer": OK, "observer": OK,
        "far_reviewer": OK}, others=FORBIDDEN),
    Row("cycle-open", ("region",), answers=REGION_SEEN),
    Row("cycle-record", ("region",), answers=REGION_SEEN),
    Row("board", ("cycle",), answers=PROGRESS),
    Row("board", ("cycle",), answers={"coordinator": OK, "leader": OK, "operator": FORBIDDEN, "head": FORBIDDEN,
        "supporter": FORBIDDEN}, state="preparation"),
    Row("board", ("cycle",), answers=PROGRESS, state="submitted"),
    Row("cycle-change", ("cycle",), answers=CYCLE_SEEN),
    Row("cycle-start", ("cycle",), "POST", CYCLE_ACTS),
    Row("cycle-start", ("cycle",), answers={"coordinator": OK, "leader": FORBIDDEN, "operator": FORBIDDEN,
        "head": FORBIDDEN, "supporter": FORBIDDEN}, state="preparation"),
    Row("cycle-extend", ("cycle",), answers=CYCLE_SEEN),
    Row("cycle-cancel", ("cycle",), answers=CYCLE_SEEN),
    Row("cycle-except", ("cycle", "agency"), answers=CYCLE_SEEN),
    Row("assignment-mapping", ("cycle",), answers=CYCLE_SEEN),
    Row("assignment-list", ("cycle",), answers=CYCLE_SEEN),
    Row("assignment-by-mapping", ("cycle",), "POST", CYCLE_ACTS),
    Row("assignment-supporters", ("cycle", "indicator"), answers=CYCLE_SEEN),
    Row("answer-list", ("cycle",), answers={**CYCLE_SEEN, "leader": OK}),
    Row("check-list", ("cycle",), answers=CYCLE_SEEN),
    Row("package-send", ("cycle",), answers=CYCLE_SEEN),
    Row("package-give-back", ("cycle",), answers={"reviewer": OK, "second_reviewer": OK, "coordinator": FORBIDDEN,
        "leader": FORBIDDEN, "operator": FORBIDDEN, "head": FORBIDDEN, "supporter": FORBIDDEN, "observer": FORBIDDEN},
        state="submitted"),
    # verification: the reviewers of the office; the regency knows that it goes on, not how
    Row("review-list", ("cycle",), answers={**NOT_THEIRS, "reviewer": FORBIDDEN, "second_reviewer": FORBIDDEN}),
    Row("review-list", ("cycle",), answers={**NOT_THEIRS, **REVIEWERS}, state="submitted"),
    Row("review-list", ("cycle",), answers={**NOT_THEIRS, **REVIEWERS}, state="verification"),
    Row("review-start", ("cycle",), answers={**NOT_THEIRS, **REVIEWERS}, state="submitted"),
    Row("review-start", ("cycle",), "POST", {**NOT_THEIRS, **REVIEWERS_ACT}, state="submitted"),
    Row("review-not-filled", ("cycle",), answers={**NOT_THEIRS, **REVIEWERS}, state="verification"),
    Row("result-bonus", ("cycle",), answers={**NOT_THEIRS, **REVIEWERS}, state="verification"),
    Row("round-open", ("cycle",), answers={**NOT_THEIRS, **REVIEWERS}, state="verification"),
    Row("round-move", ("cycle", "one"), answers={**NOT_THEIRS, **REVIEWERS}, state="verification"),
    Row("review-detail", ("submitted",), answers=dict.fromkeys(("operator", "head", "coordinator", "leader"),
        FORBIDDEN)),
    Row("review-detail", ("submitted",), answers={**SUBMITTED_NOT_THEIRS, **REVIEWERS}, state="verification"),
    Row("review-detail", ("submitted",), answers={**SUBMITTED_NOT_THEIRS, **REVIEWERS}, state="finalised"),
    Row("review-detail", ("draft",), answers={"operator": FORBIDDEN, "head": FORBIDDEN, "coordinator": FORBIDDEN,
        **REVIEWERS}, state="verification"),
    Row("review-note", ("submitted",), "POST", {**SUBMITTED_NOT_THEIRS, "reviewer": INVALID,
        "second_reviewer": INVALID}, state="verification"),
    Row("review-note-drop", ("submitted",), "POST", {**SUBMITTED_NOT_THEIRS, **REVIEWERS_ACT}, state="verification"),
    # the result: in the office once it is proposed, for the regency and the province once it is fixed
    Row("result-propose", ("cycle",), answers={**NOT_THEIRS, **REVIEWERS}, state="verification"),
    Row("result-propose", ("cycle",), "POST", {**NOT_THEIRS, **REVIEWERS_ACT}, state="verification"),
    Row("result-detail", ("cycle",), answers=REVIEWERS, state="proposed"),
    Row("result-detail", ("cycle",), answers={**dict.fromkeys(REGENCY, OK), **REVIEWERS, "observer": OK},
        state="finalised"),
    Row("result-fix", ("cycle",), answers={"reviewer": FORBIDDEN, "second_reviewer": OK}, state="proposed"),
    Row("result-give-back", ("cycle",), answers={"reviewer": FORBIDDEN, "second_reviewer": OK}, state="proposed"),
    # documents: the coordinator's and the reviewer's, each their own until the result is final
    Row("document-list", ("cycle",), answers={**NOT_THEIRS, "coordinator": OK, **REVIEWERS}),
    Row("document-list", ("cycle",), answers={**NOT_THEIRS, "coordinator": OK, **REVIEWERS}, state="finalised"),
    Row("document-issue", ("cycle",), "POST", {**NOT_THEIRS, "coordinator": MISSING, "reviewer": MISSING,
        "second_reviewer": MISSING}),
    Row("document-state", ("document",), answers={"coordinator": OK}),
    Row("document-file", ("document",), answers={"coordinator": OK}),
    Row("document-again", ("document",), "POST", {"coordinator": MOVED}),
    # the end of the year, and the register of problems
    Row("award-announce", ("cycle",), answers=CYCLE_SEEN, state="finalised"),
    Row("office-board", answers={**REVIEWERS, "observer": OK, "far_reviewer": OK}, others=FORBIDDEN),
    Row("problem-list", answers={**dict.fromkeys(REGENCY, OK), **REVIEWERS, "other_operator": OK,
        "other_coordinator": OK, "far_coordinator": OK, "far_reviewer": OK}, others=FORBIDDEN),
    # one regency leads straight to its entry; a reviewer chooses; who registers none goes back to the list
    Row("problem-new", answers={**dict.fromkeys((*REGENCY, "other_operator", "other_coordinator", "far_coordinator",
        "far_reviewer"), MOVED), **REVIEWERS}, others=FORBIDDEN),
    Row("problem-add", ("region",), answers={**dict.fromkeys((*REGENCY, "observer", "administrator"), FORBIDDEN),
        "coordinator": OK, **REVIEWERS}),
    Row("problem-detail", ("problem",), answers=PROBLEM_READ),
    Row("problem-step", ("problem", "resolve"), answers={**dict.fromkeys(PROBLEM_READ, FORBIDDEN), **REVIEWERS_ACT}),
    Row("problem-step", ("problem", "resolve"), "POST", {**dict.fromkeys(PROBLEM_READ, FORBIDDEN), **REVIEWERS_ACT}),
    Row("problem-step", ("problem", "unknown"), "POST", {}),
    Row("problem-reopen", ("problem",), answers={**dict.fromkeys(PROBLEM_READ, FORBIDDEN), **REVIEWERS}),
    Row("problem-ground", ("problem",), "POST", {**dict.fromkeys(PROBLEM_READ, FORBIDDEN), "reviewer": INVALID,
        "second_reviewer": INVALID}),
    Row("problem-ground-lift", ("ground",), answers={**dict.fromkeys(PROBLEM_READ, FORBIDDEN), **REVIEWERS}),
    Row("award-revoke", ("ground",), answers={**dict.fromkeys(PROBLEM_READ, FORBIDDEN), **REVIEWERS}),
    Row("award-lapse", ("ground",), answers={**dict.fromkeys(PROBLEM_READ, FORBIDDEN), **REVIEWERS_ACT}),
    Row("award-lapse", ("ground",), "POST", {**dict.fromkeys(PROBLEM_READ, FORBIDDEN), **REVIEWERS_ACT}),
    Row("check-detail", ("submitted",), answers={"coordinator": OK, "operator": FORBIDDEN, "head": FORBIDDEN,
        "leader": FORBIDDEN}),
    Row("check-accept", ("submitted",), "POST", {"coordinator": MOVED, "operator": FORBIDDEN, "head": FORBIDDEN,
        "leader": FORBIDDEN}),
    Row("check-return", ("submitted",), "POST", {"coordinator": INVALID, "operator": FORBIDDEN, "head": FORBIDDEN,
        "leader": FORBIDDEN}),
    Row("task-list", answers={"operator": OK, "head": OK, "supporter": OK, "other_operator": OK}, others=FORBIDDEN),
    Row("task-submit-all", ("cycle",), "POST", {"operator": MOVED, "head": MOVED, "supporter": MOVED,
        "coordinator": FORBIDDEN, "leader": FORBIDDEN, **OUTSIDE_LOOKS}),
    Row(
        "evidence-list",
        answers={"operator": OK, "head": OK, "supporter": OK, "other_operator": OK, **COORDINATORS},
        others=FORBIDDEN,
    ),
    Row("evidence-add", ("agency",), answers={**FILLERS, "supporter": FORBIDDEN, "coordinator": FORBIDDEN,
        "leader": FORBIDDEN, **OUTSIDE_LOOKS}),
    Row("evidence-detail", ("evidence",), answers={**FILLERS, "coordinator": OK}),
    Row("evidence-replace", ("evidence",), answers={**FILLERS, "coordinator": FORBIDDEN}),
    Row("evidence-remove", ("evidence",), "POST", {"operator": MOVED, "head": MOVED, "coordinator": FORBIDDEN}),
    Row("evidence-file", ("evidence",), answers={**FILLERS, "coordinator": OK}),
    Row("evidence-picture", ("evidence", "one", "width"), answers={**FILLERS, "coordinator": OK}),
    Row("citation-upload", ("draft",), answers={**FILLERS, "coordinator": FORBIDDEN}),
    Row("citation-add", ("draft",), answers={**FILLERS, "coordinator": FORBIDDEN}),
    Row("citation-remove", ("citation",), "POST", {"operator": MOVED, "head": MOVED, "coordinator": FORBIDDEN}),
    Row("citation-renew", ("citation",), "POST", {"operator": MOVED, "head": MOVED, "coordinator": FORBIDDEN}),
    # a draft: the responsible agency and the coordinator
    Row("answer-detail", ("draft",), answers={**FILLERS, "coordinator": OK}),
    Row("answer-preview", ("draft",), "POST", {**FILLERS, "coordinator": FORBIDDEN}),
    Row("answer-submit", ("draft",), answers={**FILLERS, "coordinator": FORBIDDEN}),
    Row("answer-step", ("draft", "withdraw"), "POST", {"operator": MOVED, "head": MOVED, "coordinator": FORBIDDEN}),
    Row("answer-step", ("draft", "unknown"), "POST", {}),
    Row("answer-hand-back", ("draft",), answers={"head": OK, "operator": FORBIDDEN, "coordinator": FORBIDDEN}),
    # what was submitted: the leader too; the reviewer once the package was sent; the observer never
    Row("answer-detail", ("submitted",), answers={**FILLERS, "coordinator": OK, "leader": OK}),
    Row("answer-detail", ("submitted",), answers={**FILLERS, "coordinator": OK, "leader": OK, "reviewer": OK,
        "second_reviewer": OK}, state="submitted"),
    Row("answer-detail", ("draft",), answers={**FILLERS, "coordinator": OK, "reviewer": OK, "second_reviewer": OK},
        state="submitted"),
]  # fmt: skip

PUBLIC = {"healthz", "readyz", "invitation-open", "account_login"}
