"""What is broken, and which tests are the likeliest to notice: the only file that knows where modules lie."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

ASSESSMENT, INVARIANTS = "tests/assessment", "tests/invariants"
# Where breaks are looked for: everything but what drives a browser and what only measures.
FOLDERS = ("tests/accounts", "tests/indicators", ASSESSMENT, INVARIANTS)
LEFT_OUT = ("tests/assessment/test_demo.py", "tests/invariants/test_page_weight.py")
RIGHTS = (
    "tests/assessment/test_rules_edges.py",
    "tests/assessment/test_rules_uninvolved.py",
    "tests/invariants/test_workflow.py",
    "tests/invariants/test_access_matrix.py",
)


@dataclass(frozen=True)
class Target:
    """One module, the functions in it that are broken (by pattern), and the tests to begin with."""

    path: str
    tests: tuple[str, ...]
    names: tuple[str, ...] = ("*",)

    def takes(self, name: str) -> bool:
        """Whether a function or statement of this name is to be broken."""
        return any(fnmatchcase(name, pattern) for pattern in self.names)


def assessment(*names: str) -> tuple[str, ...]:
    """Name test modules of the assessment."""
    return tuple(f"{ASSESSMENT}/test_{name}.py" for name in names)


STEPS = (*assessment("workflow_edges"), "tests/invariants/test_workflow.py", "tests/invariants/test_steps_remember.py")

# The most dangerous first: rights and what is seen, then hours and steps, then facts.
TARGETS = (
    Target("assessment/rules.py", RIGHTS),
    Target("accounts/rules.py", ("tests/accounts/test_rights_edges.py", "tests/accounts/test_people.py",
                                 "tests/accounts/test_places.py", "tests/invariants/test_access_matrix.py")),
    Target("accounts/permissions.py", ("tests/accounts/test_rights_edges.py", *RIGHTS)),
    Target("assessment/models/answer.py", assessment("models_visibility", "answers", "rounds", "reviews"),
           ("_drafts", "_read_at_once", "_handed_to", "AnswerQuerySet.*", "SubmissionQuerySet.*")),
    Target("assessment/models/assignment.py", assessment("models_visibility", "rules_edges", "cycles"),
           ("AssignmentQuerySet.*",)),
    Target("assessment/models/cycle.py", assessment("models_visibility", "rules_uninvolved", "cycles", "offices"),
           ("SENT", "FIXED", "part_in", "CycleQuerySet.visible_to", "CycleQuerySet.involving")),
    Target("assessment/models/evidence.py", assessment("models_visibility", "citations", "uploads", "problems"),
           ("*QuerySet.visible_to", "EvidenceQuerySet.library_of", "EvidenceQuerySet.of_agencies")),
    Target("assessment/models/instrument_draft.py", assessment("models_visibility", "instruments"),
           ("*.visible_to",)),
    Target("assessment/models/problem.py", assessment("models_visibility", "problems", "problems_open"),
           ("*.visible_to",)),
    Target("assessment/models/record.py", assessment("models_visibility", "documents"), ("*.visible_to",)),
    Target("assessment/models/result.py", assessment("models_visibility", "results"),
           ("ResultQuerySet.visible_to", "ResultQuerySet.standing")),
    Target("assessment/models/review.py", assessment("models_visibility", "reviews", "results"), ("ReviewQuerySet.*",)),
    Target("accounts/models/held.py", ("tests/accounts/test_visibility_edges.py", "tests/accounts/test_people.py",
                                       *assessment("rules_uninvolved"))),
    Target("accounts/models/membership.py", ("tests/accounts/test_visibility_edges.py",
                                             "tests/accounts/test_rights_edges.py",
                                             "tests/accounts/test_invitations.py"),
           ("*.visible_to", "MembershipQuerySet.active", "MembershipQuerySet.between", "InvitationQuerySet.open",
            "Membership.region_ids")),
    Target("accounts/models/notice.py", ("tests/accounts/test_notices.py",), ("*.visible_to",)),
    Target("accounts/models/offices.py", ("tests/accounts/test_visibility_edges.py", "tests/accounts/test_places.py"),
           ("_begun", "_not_ended", "OfficeQuerySet.visible_to", "JurisdictionQuerySet.*")),
    Target("accounts/models/places.py", ("tests/accounts/test_visibility_edges.py", "tests/accounts/test_places.py",
                                         "tests/accounts/test_agencies.py"),
           ("_members", "*.visible_to", "*.managed_by", "AgencyQuerySet.without_people",
            "SuccessionQuerySet.with_predecessors")),
    Target("accounts/models/user.py", ("tests/accounts/test_rights_edges.py", "tests/accounts/test_visibility_edges.py",
                                       "tests/accounts/test_people.py"),
           ("UserQuerySet.visible_to", "User.has_perm", "User.memberships_now", "User.holds", "User.agency_ids",
            "User.agencies_stood_in_for", "User.region_ids", "User.remember")),
    Target("indicators/models/instrument.py", ("tests/indicators/test_pages.py",), ("*.visible_to",)),
    Target("assessment/facts/clocks.py", assessment("clocks_edges", "rounds", "cycles", "checks")),
    Target("assessment/workflow/machines.py", STEPS),
    Target("assessment/workflow/guards.py", STEPS),
    Target("assessment/workflow/answers.py", STEPS),
    Target("assessment/workflow/cycles.py", STEPS),
    Target("assessment/workflow/problems.py", STEPS),
    Target("assessment/workflow/steps.py", STEPS, ("Situation.*",)),
    Target("assessment/scoring.py", assessment("scoring_edges", "scoring", "answers_page", "results")),
    Target("assessment/facts/completeness.py", assessment("facts_edges", "answers", "answers_page", "board")),
    Target("assessment/facts/verdicts.py", assessment("facts_edges", "reviews", "rounds", "offices")),
    Target("assessment/facts/awards.py", assessment("facts_edges", "problems", "results")),
    Target("assessment/facts/scorecards.py", assessment("facts_edges", "results", "reviews", "board")),
    Target("assessment/facts/indicator_rules.py", assessment("scoring", "answers_page", "results")),
    Target("assessment/facts/ratios.py", assessment("numbers", "answers", "reviews")),
    Target("assessment/facts/ladders.py", assessment("facts_edges", "answers_page", "scoring")),
    Target("assessment/facts/sent_back.py", assessment("facts_edges", "checks", "rounds", "answers")),
    Target("assessment/facts/assignments.py", assessment("facts_edges", "second_savers", "cycles_preparing")),
    Target("assessment/facts/decisions.py", assessment("reviews", "results")),
    Target("assessment/facts/documents.py", assessment("facts_years_edges", "documents", "problems")),
    Target("assessment/facts/evidence.py", assessment("uploads", "evidence_versions")),
    Target("assessment/facts/plans.py", assessment("facts_years_edges", "cycles", "second_savers")),
    Target("assessment/facts/problems.py", assessment("facts_years_edges", "problems")),
    Target("assessment/facts/results.py", assessment("facts_years_edges", "second_savers", "results")),
    Target("assessment/facts/returns.py", assessment("facts_years_edges", "checks", "second_savers")),
    Target("assessment/facts/rounds.py", assessment("facts_years_edges", "rounds", "second_savers")),
)  # fmt: skip
