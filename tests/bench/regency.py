"""The first regency of the national bench: the sample data's, made whole, and which rows are its."""

import io
from itertools import pairwise
from unittest import mock

from django.core.management import call_command
from django.db.models import F, Max, Q
from django_q.models import OrmQ

from accounts.models import (
    Agency,
    AuditEvent,
    AuditPayload,
    Jurisdiction,
    Membership,
    Notice,
    Region,
    Succession,
    TrailHead,
    User,
)
from assessment.actions import documents
from assessment.enums import DocumentKind
from assessment.models import (
    AgencyMapping,
    Answer,
    Assignment,
    Award,
    AwardEnding,
    Bonus,
    Citation,
    CorrectionRound,
    Cycle,
    EndorsementException,
    Evidence,
    Extension,
    IssuedDocument,
    Package,
    PackageItem,
    PendingReturn,
    Problem,
    ProblemGround,
    ProblemResponse,
    Result,
    ResultDecision,
    Return,
    ReturnNote,
    Review,
    Snapshot,
    StoredFile,
    Submission,
    SubmittedCitation,
)
from tests.bench.copies import Copy, People, Plan, Rows, copy_rows, name_copies

CODE = "36.04"
REVIEWERS = ("verifikator.satu", "verifikator.dua")
SAVED_AGAIN = 8  # times more than in the sample data: 3,000,000 rows of the trail over 514 regencies are 5,800 for each
REPLACED = 10
PLACES = {
    Region: "pk", TrailHead: "region", Agency: "region", Succession: "old__region", AgencyMapping: "region",
    Problem: "region", ProblemResponse: "problem__region", ProblemGround: "problem__region",
}  # fmt: skip
YEARS = {
    Cycle: "pk", EndorsementException: "cycle", Extension: "cycle", Package: "cycle", PackageItem: "package__cycle",
    Assignment: "cycle", Answer: "cycle", Submission: "answer__cycle", Citation: "answer__cycle",
    SubmittedCitation: "submission__answer__cycle", CorrectionRound: "cycle", Return: "answer__cycle",
    ReturnNote: "returned__answer__cycle", PendingReturn: "answer__cycle", Review: "answer__cycle",
}  # fmt: skip
RESULTS = {
    Bonus: "cycle", Result: "cycle", ResultDecision: "result__cycle", Award: "cycle", AwardEnding: "award__cycle",
    IssuedDocument: "cycle",
}  # fmt: skip
PLACE_MODELS = {*PLACES, User, Membership, Notice}


def build_regency() -> None:
    """Fill an empty database with one regency that has three years: two finished ones and the one that runs."""
    with mock.patch("assessment.demo.build_neighbours"):
        call_command("load_demo", verbosity=0, stdout=io.StringIO())
    _leave_alone()
    finished = finished_year()
    coordinator = User.objects.get(username="koordinator.serang")
    for kind in DocumentKind:
        documents.issue(cycle=finished, kind=kind, by=coordinator)
        IssuedDocument.objects.update(state="ready", progress=100, size=2_000_000, finished_at=F("requested_at"))
    OrmQ.objects.all().delete()
    _replace_some(finished)
    _save_again()
    _add_the_year_before(finished)
    set_heads([Region.objects.get(code=CODE).pk])


def finished_year() -> Cycle:
    """The finished year of the sample data."""
    return Cycle.objects.filter(region__code=CODE, recorded=False, status="announced").order_by("-assessment_year")[0]


def running_year() -> Cycle:
    """The year that runs."""
    return Cycle.objects.get(region__code=CODE, status="filling")


def people_of_regency() -> People:
    """Whose references follow a copy."""
    members = Membership.objects.filter(Q(region__code=CODE) | Q(agency__region__code=CODE))
    first, second = User.objects.filter(username__in=REVIEWERS).order_by("pk")
    return People(frozenset(members.values_list("user", flat=True)), first.pk, second.pk)


def rows_of_regency(*, without: Cycle | None = None) -> Rows:
    """Return all rows of the first regency, without one of its years where it is named."""
    region, people = Region.objects.get(code=CODE), people_of_regency().regency
    cycles = set(Cycle.objects.filter(region=region).values_list("pk", flat=True)) - {without and without.pk}
    rows: dict = {model: _keys(model, **{path: region.pk}) for model, path in PLACES.items()}
    rows |= {User: set(people), Membership: _keys(Membership, user__in=people)}
    rows |= {Notice: _keys(Notice, recipient__in=people)}
    rows |= _rows_of_years(cycles, YEARS | RESULTS)
    rows[Evidence] = _keys(Evidence, agency__region=region)
    events = AuditEvent.objects.filter(region=region)
    if without:
        left_out = _rows_of_years({without.pk}, YEARS)
        rows[Evidence] -= _keys(Evidence, citations__answer__cycle=without)
        events = events.exclude(_about(left_out))
    return rows | _files_and_trail(rows, events)


def rows_of_year(cycle: Cycle, *, with_result: bool) -> Rows:
    """Return what belongs to one year."""
    rows = _rows_of_years({cycle.pk}, YEARS | (RESULTS if with_result else {}))
    rows[Evidence] = _keys(Evidence, citations__answer__cycle=cycle)
    return rows | _files_and_trail(rows, AuditEvent.objects.filter(_about(rows), region=cycle.region))


def set_heads(regions: list[int]) -> None:
    """Put the head of each trail where its copied rows end."""
    ends = AuditEvent.objects.filter(region__in=regions).values_list("region").annotate(Max("number"))
    for region, number in ends.order_by():
        last = AuditEvent.objects.get(region=region, number=number)
        TrailHead.objects.filter(region=region).update(number=number, hash=last.hash, at=last.at)


def _leave_alone() -> None:
    """Take away the other regencies of the sample data, in which nothing happened yet."""
    others = Region.objects.assessed().exclude(code=CODE)
    members = Membership.objects.filter(Q(region__in=others) | Q(agency__region__in=others))
    people = set(members.values_list("user", flat=True))
    members.delete()
    User.objects.filter(pk__in=people).delete()
    for rows in (Agency, Jurisdiction, TrailHead):
        rows.objects.filter(region__in=others).delete()
    others.delete()


def _replace_some(finished: Cycle) -> None:
    """Have every tenth document of a year take the place of the one before it."""
    for agency in Agency.objects.filter(region__code=CODE):
        rows = Evidence.objects.filter(agency=agency, citations__answer__cycle=finished).order_by("pk").distinct()
        keys = list(rows.values_list("pk", flat=True))
        for older, newer in list(pairwise(keys))[::REPLACED]:
            Evidence.objects.filter(pk=newer).update(supersedes=older)


def _save_again() -> None:
    """Have every answer saved again and again: only the trail grows."""
    saved = AuditEvent.objects.filter(region__code=CODE, verb="answer.saved")
    rows = {AuditEvent: _keys(AuditEvent, pk__in=saved), AuditPayload: _keys(AuditPayload, event__in=saved)}
    name_copies(Copy(n, "again", "", "", 0, 0, 0) for n in range(1, SAVED_AGAIN + 1))
    later = "{} + c.n * 10000"
    kept = {"AuditEvent.target_id": "{}", "AuditEvent.number": later, "AuditEvent.region": "{}"}
    copy_rows(rows, Plan("again", "{}", later, set=kept), PLACE_MODELS, people_of_regency())


def _add_the_year_before(finished: Cycle) -> None:
    people = people_of_regency()
    name_copies([Copy(0, "before", "", "", 0, people.first, people.second)])
    numbers = {
        "Cycle.assessment_year": "{} - 1",
        "Cycle.data_year": "{} - 1",
        "AuditEvent.number": "{} + 1000000",
        "AuditEvent.target_id": "CAST(CAST({} AS bigint) + 1000000 AS varchar)",
    }
    plan = Plan("before", "{}", "{} + 1000000", later=-1, set=numbers)
    copy_rows(rows_of_year(finished, with_result=True), plan, PLACE_MODELS, people)


def _rows_of_years(cycles: set[int], paths: dict) -> dict:
    return {model: _keys(model, **{f"{path}__in": cycles}) for model, path in paths.items()}


def _files_and_trail(rows: dict, events) -> dict:
    found = set(events.values_list("pk", flat=True))
    snapshots = set(Result.objects.filter(pk__in=rows.get(Result, ())).values_list("snapshot", flat=True))
    issued = IssuedDocument.objects.filter(pk__in=rows.get(IssuedDocument, ()))
    snapshots |= set(issued.values_list("snapshot", flat=True))
    files = set(Evidence.objects.filter(pk__in=rows[Evidence]).values_list("file", flat=True))
    payloads = set(AuditPayload.objects.filter(event__region__code=CODE).values_list("pk", "event"))
    kept = {pk for pk, event in payloads if event in found}
    return {StoredFile: files, Snapshot: snapshots, AuditEvent: found, AuditPayload: kept}


def _about(rows: dict) -> Q:
    """The condition for events about these rows."""
    about = Q(pk__in=())
    for model, keys in rows.items():
        if keys:
            about |= Q(target_type=model._meta.model_name, target_id__in=[str(key) for key in keys])
    return about


def _keys(model, **conditions) -> set[int]:
    return set(model.objects.filter(**conditions).values_list("pk", flat=True))
