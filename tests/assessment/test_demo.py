"""The sample data: one command, every status, a whole trail, and nothing in a database that holds other data."""

import json
from collections import Counter

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Notice, Region, User
from accounts.verification import chains, verify
from assessment.demo.years import UNREAD_FOR
from assessment.enums import EvidenceKind
from assessment.facts.awards import award_state
from assessment.models import Answer, Cycle, Evidence, Problem, Result, Review, StoredFile, Submission


def test_sample_data_live_through_a_year_and_are_in_the_middle_of_the_next(db):
    call_command("load_demo", verbosity=0)

    accounts = json.loads((settings.DATA_DIR / "demo-accounts.json").read_text())
    last, present = Cycle.objects.filter(region__code="36.04", recorded=False).order_by("assessment_year")
    result = Result.objects.get(cycle=last)
    outcomes = Counter(Review.objects.by_reviewers().filter(answer__cycle=last).values_list("outcome", flat=True))
    statuses = set(Answer.objects.filter(cycle=present).values_list("status", flat=True))
    assert set(accounts) == {
        "operator", "head", "coordinator", "leader", "reviewer", "second_reviewer", "observer", "administrator",
        "other_operator", "other_coordinator",
    }  # fmt: skip
    assert (last.status, present.status) == ("announced", "filling")
    assert Answer.objects.filter(cycle=last, last_submission__isnull=False).count() == 120
    assert result.fixed
    assert result.final >= 75
    assert (outcomes["refused"], outcomes["not_applicable"], outcomes["changed"]) == (1, 1, 1)
    assert last.rounds.count() == 1
    assert award_state(last).kind == "given"
    assert statuses == {"draft", "ready", "submitted", "accepted", "returned"}
    assert StoredFile.objects.filter(content_type="application/pdf").count() > 200
    assert StoredFile.objects.filter(content_type="image/jpeg").count() > 10
    assert Problem.objects.unanswered().filter(region__code="36.04").count() == 1
    assert award_state(Cycle.objects.get(region__code="36.72", recorded=True)).kind == "revoked"
    assert Region.objects.filter(is_demo=False).count() == 0
    assert [verify(head) for head in chains()] == [None] * len(chains())
    assert set(Evidence.objects.values_list("kind", flat=True)) == set(EvidenceKind.values)
    assert not Evidence.objects.exclude(kind="foto").filter(number="").exists()
    assert StoredFile.objects.filter(pages__gt=1).count() > 100
    assert not Submission.objects.filter(form="not_applicable").exclude(missing=[]).exists()
    username, password = accounts["operator"]
    assert User.objects.get(username=username).check_password(password)
    told = {row.text[:8]: row for row in Notice.objects.filter(recipient__username=accounts["leader"][0])}
    assert told["Hasil Ka"].created_at == result.decision.decided_at
    assert told["Penghargaan"[:8]].created_at == last.award.recorded_at
    assert not Notice.objects.unread().filter(created_at__lt=timezone.now() - UNREAD_FOR).exists()
    assert Notice.objects.unread().filter(recipient__username=username).exists()


def test_database_with_other_data_is_left_alone(db):
    User.objects.create_user("ada", "kata sandi panjang", name="Sudah ada")

    with pytest.raises(CommandError, match="sudah berisi data lain"):
        call_command("load_demo")
    assert Cycle.objects.count() == 0
