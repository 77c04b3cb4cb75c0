"""Every clock at its edge: just before the hour, at the very moment, and just after."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions.invitations import Invitee, invite, start_reset
from accounts.models import Membership
from accounts.roles import Role
from assessment.actions import answers, checks, cycles, problems, rounds
from assessment.actions.documents import STALE
from assessment.enums import NotePart
from assessment.facts.clocks import Clocks, running_round
from assessment.facts.returns import Note
from assessment.models import (
    Answer,
    CorrectionRound,
    Cycle,
    Extension,
    IssuedDocument,
    Problem,
    Return,
    Submission,
)
from assessment.models.problem import SOON
from assessment.pages.packages import readiness_of
from assessment.refusals import TransitionRefusedError
from assessment.workflow import ANSWER_STEPS, perform
from tests.factories.accounts import MembershipFactory
from tests.factories.assessment import answer_of, open_cycle, prepared
from tests.factories.problems import problem_of
from tests.factories.verification import send, submitted
from tests.kept import kept

HOUR = timezone.now().replace(microsecond=0) + dt.timedelta(hours=2)
INSTANT, SECOND = dt.timedelta(milliseconds=1), dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)
BEFORE_ONLY, UNTIL_AND_AT, FROM_THEN_ON, AFTER_ONLY = (
    (True, False, False), (True, True, False), (False, True, True), (False, False, True),
)  # fmt: skip


@dataclass(frozen=True)
class Edge:
    """A clock: what is set up so that it strikes at HOUR, what is asked then, and the three answers."""

    name: str
    prepare: Callable[[SimpleNamespace], None]
    ask: Callable[[SimpleNamespace], bool]
    expected: tuple[bool, bool, bool]
    step: dt.timedelta = INSTANT


@kept
def scene(people, places, region):
    """A year in filling: the second and the third answer are submitted, filling ends half an hour before the hour."""
    cycle = open_cycle(region, agency=places.health, filling_deadline=HOUR - DAY / 48)
    submitted(cycle, 2, people.operator)
    submitted(cycle, 3, people.operator)
    return SimpleNamespace(people=people, places=places, cycle=cycle)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def goes(act: Callable, **how) -> bool:
    """Whether an action is carried out now."""
    try:
        act(**how)
    except TransitionRefusedError:
        return False
    return True


def change(scene, **fields) -> None:
    Cycle.objects.filter(pk=scene.cycle.pk).update(**fields)
    scene.cycle.refresh_from_db()


def saves(number: int) -> Callable[[SimpleNamespace], bool]:
    """The operator saves an answer."""

    def ask(scene) -> bool:
        answer = answer_of(scene.cycle, number)
        content = {"note": f"Ditulis {timezone.now()}"}
        return goes(
            answers.save_draft, answer=answer, content=content, seen_revision=answer.revision, by=scene.people.operator
        )

    return ask


def extended(*, agency: str = "", given: dt.timedelta = -DAY) -> Callable[[SimpleNamespace], None]:
    def prepare(scene) -> None:
        Extension.objects.create(
            cycle=scene.cycle, agency=getattr(scene.places, agency) if agency else None, deadline=HOUR, reason="x",
            created_by=scene.people.coordinator, created_at=HOUR + given,
        )  # fmt: skip

    return prepare


def returned(scene) -> None:
    prereview_returns(scene, closes_at=HOUR)


def prereview_returns(scene, closes_at: dt.datetime) -> None:
    notes = [Note(NotePart.WHOLE, "Lengkapi.")]
    checks.send_back(answer=answer_of(scene.cycle, 2), notes=notes, closes_at=closes_at, by=scene.people.coordinator)


def returned_before_the_deadline(scene) -> None:
    returned(scene)
    change(scene, filling_deadline=HOUR + DAY)


def due_at_the_hour(scene) -> bool:
    hours = Clocks.of(scene.cycle)
    return hours.due_at(answer_of(scene.cycle, 2), scene.places.health.pk, timezone.now()) == HOUR


def round_between(opens: dt.datetime, closes: dt.datetime) -> Callable[[SimpleNamespace], None]:
    """In verification a round names the second answer."""

    def prepare(scene) -> None:
        change(scene, status="verification")
        made = CorrectionRound.objects.create(
            cycle=scene.cycle, number=1, opened_by=scene.people.reviewer, opened_at=opens, closes_at=closes
        )
        answer = answer_of(scene.cycle, 2)
        Return.objects.create(
            answer=answer, submission=answer.last_submission, round=made, reader="reviewer",
            returned_by=scene.people.reviewer, returned_at=opens, closes_at=closes,
        )  # fmt: skip
        Answer.objects.filter(pk=answer.pk).update(status="returned", came_from="")

    return prepare


round_opens, round_closes = round_between(HOUR, HOUR + DAY), round_between(HOUR - DAY / 24, HOUR)


def reviewer_decides(scene) -> bool:
    return goes(perform, obj=answer_of(scene.cycle, 2), step=ANSWER_STEPS["verify"], by=scene.people.reviewer)


def coordinator_waits(scene) -> bool:
    return running_round(scene.cycle, timezone.now()) is not None


def not_sent_again(scene) -> bool:
    return Clocks.of(scene.cycle).not_sent_again(answer_of(scene.cycle, 2), timezone.now())


def handed_to_the_head(scene) -> None:
    round_closes(scene)
    Answer.objects.filter(cycle=scene.cycle, indicator__number=2).update(status="ready", came_from="returned")


def new_hour(scene) -> bool:
    made = scene.cycle.rounds.get()
    by, later = scene.people.reviewer, HOUR + 2 * DAY
    return goes(rounds.move_hour, correction_round=made, closes_at=later, reason="x", by=by)


def back_in_time(scene) -> bool:
    """Whether an answer that is sent now counts as come back in the round."""
    answer = answer_of(scene.cycle, 2)
    Submission.objects.create(
        answer=answer, serial=2, agency=scene.places.health, points=0, submitted_by=scene.people.operator,
        submitted_as="", submitted_at=timezone.now(), form="none", reason="x",
    )  # fmt: skip
    return scene.cycle.rounds.counted().get().back == 1


def package_left(scene) -> None:
    with time_machine.travel(HOUR, tick=False):
        send(scene.cycle, scene.people.coordinator)


def handed_over(scene) -> bool:
    """Whether a submission that is made now is one that the reviewer reads."""
    made = Submission.objects.create(
        answer=answer_of(scene.cycle, 1), serial=1, agency=scene.places.health, points=0,
        submitted_by=scene.people.operator, submitted_as="", submitted_at=timezone.now(), form="none", reason="x",
    )  # fmt: skip
    return Submission.objects.handed_over().filter(pk=made.pk).exists()


def given_back(scene) -> None:
    package_left(scene)
    change(scene, status="filling", filling_deadline=HOUR - DAY)


def extension_holds(scene) -> bool:
    """Whether more time that is given now outlives the package of the hour, which was given back."""
    Extension.objects.create(
        cycle=scene.cycle, deadline=HOUR + 2 * DAY, reason="x", created_by=scene.people.coordinator,
        created_at=timezone.now(),
    )  # fmt: skip
    return Clocks.of(scene.cycle).filling_until(scene.places.health.pk) == HOUR + 2 * DAY


def deadline(scene) -> None:
    change(scene, filling_deadline=HOUR)


def late_package(scene) -> bool:
    send(scene.cycle, scene.people.coordinator)
    return scene.cycle.packages.get().late


def late_on_the_page(scene) -> bool:
    return readiness_of(scene.cycle, timezone.now()).late


def not_begun(scene) -> None:
    scene.cycle = prepared(scene.places.lebak, scene.cycle.revision, scene.places.other_health)
    change(scene, status="preparation", filling_deadline=HOUR)


def begins(scene) -> bool:
    return goes(cycles.start_filling, cycle=scene.cycle, by=scene.people.other_coordinator)


def problem_due(after: dt.timedelta) -> Callable[[SimpleNamespace], None]:
    def prepare(scene) -> None:
        scene.problem = problem_of(scene.places.health, scene.people.coordinator)
        Problem.objects.filter(pk=scene.problem.pk).update(due_at=HOUR + after)
        scene.problem.refresh_from_db()

    return prepare


def late_response(scene) -> bool:
    problems.respond(problem=scene.problem, text="Sudah.", by=scene.people.operator)
    return scene.problem.responses.get().late


def invited(scene) -> None:
    expires = {"by": scene.people.coordinator, "at": HOUR - DAY, "valid": DAY}
    _row, scene.token = invite(invitee=Invitee("Baru"), role=Role.OPERATOR, place=scene.places.legal, **expires)


def to_set_a_password(scene) -> None:
    _row, scene.token = start_reset(person=scene.people.operator, by=scene.people.coordinator, at=HOUR - DAY)


def link_opens(scene) -> bool:
    return Client().get(reverse("invitation-open", args=[scene.token])).status_code == 200


def signed_in(before: dt.timedelta, *, seen_every: dt.timedelta | None = None) -> Callable[[SimpleNamespace], None]:
    """A person has signed in so long before the hour, and looked at a page every so often since."""

    def prepare(scene) -> None:
        scene.client = Client()
        with time_machine.travel(HOUR - before, tick=False) as clock:
            scene.client.force_login(scene.people.operator, "accounts.backends.PersonBackend")
            while seen_every and timezone.now() + seen_every < HOUR:
                clock.shift(seen_every)
                assert scene.client.get(reverse("notice-list")).status_code == 200

    return prepare


def still_in(scene) -> bool:
    return scene.client.get(reverse("notice-list")).status_code == 200


def membership(**moments) -> Callable[[SimpleNamespace], None]:
    def prepare(scene) -> None:
        scene.person = MembershipFactory(role=Role.OPERATOR, place=scene.places.legal, **moments).user

    return prepare


def holds_a_role(scene) -> bool:
    vars(scene.person).pop("_memberships_now", None)
    return scene.person.holds(Role.OPERATOR)


def had_a_part(scene) -> bool:
    """Whether a membership that ends now makes the person one who was involved in a year that opened at the hour."""
    Membership.objects.filter(user=scene.person).update(ended_at=timezone.now())
    change(scene, opened_at=HOUR)
    return Cycle.objects.involving(scene.person).filter(pk=scene.cycle.pk).exists()


def takes_part(scene) -> bool:
    """Whether a membership that begins now falls into a year that was proposed at the hour."""
    Membership.objects.filter(user=scene.person).update(started_at=timezone.now())
    change(scene, proposed_at=HOUR)
    return Cycle.objects.involving(scene.person).filter(pk=scene.cycle.pk).exists()


def printing(scene) -> None:
    scene.document = IssuedDocument(state="queued", requested_at=HOUR - STALE)


EDGES = [
    Edge("deadline-of-filling", deadline, saves(1), BEFORE_ONLY),
    Edge("deadline-late-package", deadline, late_package, AFTER_ONLY),
    Edge("deadline-late-on-the-page", deadline, late_on_the_page, AFTER_ONLY),
    Edge("deadline-before-the-beginning", not_begun, begins, BEFORE_ONLY),
    Edge("extension-of-everyone", extended(), saves(1), BEFORE_ONLY),
    Edge("extension-of-the-agency", extended(agency="health"), saves(1), BEFORE_ONLY),
    Edge("extension-of-another-agency", extended(agency="education"), saves(1), (False, False, False)),
    Edge("extension-listed-as-running", extended(),
         lambda scene: bool(Clocks.of(scene.cycle).running_extensions(timezone.now())), BEFORE_ONLY),
    Edge("extension-after-a-package", given_back, extension_holds, AFTER_ONLY),
    Edge("return-opens-the-answer", returned, saves(2), BEFORE_ONLY),
    Edge("return-opens-no-other", returned, saves(1), (False, False, False)),
    Edge("return-is-due", returned, due_at_the_hour, BEFORE_ONLY),
    Edge("return-is-due-before-the-deadline", returned_before_the_deadline, due_at_the_hour, BEFORE_ONLY),
    Edge("round-opens", round_opens, saves(2), FROM_THEN_ON),
    Edge("round-opens-no-other", round_opens, saves(1), (False, False, False)),
    Edge("round-opens-reviewer-waits", round_opens, reviewer_decides, BEFORE_ONLY),
    Edge("round-closes", round_closes, saves(2), BEFORE_ONLY),
    Edge("round-closes-reviewer-decides", round_closes, reviewer_decides, FROM_THEN_ON),
    Edge("round-closes-no-more-running", round_closes, coordinator_waits, BEFORE_ONLY),
    Edge("round-closes-no-new-hour", round_closes, new_hour, BEFORE_ONLY),
    Edge("round-closes-not-sent-again", round_closes, not_sent_again, FROM_THEN_ON),
    Edge("round-closes-left-with-the-head", handed_to_the_head, not_sent_again, FROM_THEN_ON),
    Edge("round-closes-came-back", round_closes, back_in_time, BEFORE_ONLY),
    Edge("package-carries-what-came-before", package_left, handed_over, AFTER_ONLY),
    Edge("problem-overdue", problem_due(dt.timedelta()), lambda scene: scene.problem.overdue(), AFTER_ONLY),
    Edge("problem-due-soon-begins", problem_due(SOON), lambda scene: scene.problem.due_soon(), AFTER_ONLY),
    Edge("problem-due-soon-ends", problem_due(dt.timedelta()), lambda scene: scene.problem.due_soon(), UNTIL_AND_AT),
    Edge("problem-late-response", problem_due(dt.timedelta()), late_response, AFTER_ONLY),
    Edge("invitation", invited, link_opens, BEFORE_ONLY),
    Edge("new-password", to_set_a_password, link_opens, BEFORE_ONLY),
    Edge("session-idle", signed_in(settings.SESSION_IDLE), still_in, UNTIL_AND_AT, SECOND),
    Edge("session-absolute", signed_in(settings.SESSION_ABSOLUTE, seen_every=settings.SESSION_IDLE - SECOND), still_in,
         UNTIL_AND_AT, SECOND),
    Edge("membership-begins", membership(started_at=HOUR), holds_a_role, FROM_THEN_ON),
    Edge("membership-ends", membership(ended_at=HOUR), holds_a_role, BEFORE_ONLY),
    Edge("part-in-a-year-that-opens", membership(), had_a_part, AFTER_ONLY),
    Edge("part-in-a-year-that-was-proposed", membership(), takes_part, UNTIL_AND_AT),
    Edge("document-may-be-asked-for-again", printing, lambda scene: scene.document.stale(), FROM_THEN_ON),
]  # fmt: skip


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.name)
def test_clock_strikes_at_its_very_hour(edge, scene):
    edge.prepare(scene)

    found = []
    for moment in (HOUR - edge.step, HOUR, HOUR + edge.step):
        with time_machine.travel(moment, tick=False), undone():
            found.append(edge.ask(scene))
        scene.cycle.refresh_from_db()

    assert tuple(found) == edge.expected
