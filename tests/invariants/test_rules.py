"""Rules that the pages ask only in rare states."""

from dataclasses import replace

import pytest
from django.utils import timezone

from accounts.roles import Role
from assessment import workflow
from assessment.models import Answer
from assessment.refusals import TransitionRefusedError
from assessment.workflow import FASTER
from tests.factories.accounts import MembershipFactory
from tests.factories.assessment import answer_of
from tests.factories.verification import proposed, start
from tests.factories.worlds import DRAFT


@pytest.mark.parametrize("place", ["education", "other_health"])
def test_second_person_worked_nowhere_in_the_regency(place, world, people, places):
    start(world.serang.cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    proposed(world.serang.cycle, people.reviewer)
    MembershipFactory(
        user=people.second_reviewer, role=Role.OPERATOR, place=getattr(places, place), ended_at=timezone.now()
    )
    vars(people.second_reviewer).pop("_memberships_now", None)

    assert people.second_reviewer.has_perm("assessment.fix_result", world.serang.cycle) is (place == "other_health")


def test_step_is_refused_where_the_row_has_moved_past_the_lock(world, people, monkeypatch):
    """A database without row locks (SQLite) leaves this to the comparison in the update itself."""
    fresh = workflow.take_answer(answer_of(world.serang.cycle, DRAFT))
    Answer.objects.filter(pk=fresh.pk).update(status="verified")
    late = replace(workflow.MACHINES[Answer], take=lambda _obj: fresh)
    monkeypatch.setitem(workflow.MACHINES, Answer, late)

    with pytest.raises(TransitionRefusedError, match=FASTER):
        workflow.perform(fresh, workflow.ANSWER_STEPS["submit"], by=people.operator)

    assert answer_of(world.serang.cycle, DRAFT).status == "verified"
