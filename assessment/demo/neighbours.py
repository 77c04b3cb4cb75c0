"""Two neighbours of the sample data, far enough that the office's board is worth looking at."""

import datetime as dt

from django.utils import timezone

from accounts.models import Agency, Region, User
from accounts.roles import Role
from assessment.actions import (
    answers,
    assignments,
    awards,
    citations,
    cycles,
    evidence,
    packages,
    problems,
    reviews,
)
from assessment.actions.citations import Reference
from assessment.demo.files import sample_pdf
from assessment.demo.filling import NONE, NOT_APPLICABLE, answers_of, plausible, prove, save
from assessment.demo.papers import paper_of
from assessment.demo.people import bystander
from assessment.demo.places import revision
from assessment.demo.years import days_ago
from assessment.enums import Outcome
from assessment.facts.decisions import Decision, Seen
from assessment.models import Answer, Cycle, Evidence, Problem
from indicators.models import AgencyType

OLD_AWARD = 2023
REPORT_PAGES = 6
NOT_THERE, NOT_HAPPENED = (14, 77), (31, 68, 90)
People = dict[str, User]


def build_neighbours(regions: dict[str, Region], who: People) -> None:
    """One regency in verification, one city whose package waits and whose older award was revoked."""
    lebak, cilegon = regions["36.02"], regions["36.72"]
    coordinator = bystander("koordinator.cilegon", "Koordinator Cilegon", Role.COORDINATOR, region=cilegon)
    health = Agency.objects.get(region=lebak)
    clinic = Agency.objects.create(region=cilegon, name="Dinas Kesehatan", short_name="Dinkes")
    operator = bystander("operator.cilegon", "Operator Dinkes Cilegon", Role.OPERATOR, agency=clinic)
    _revoked(cilegon, clinic, coordinator, who["reviewer"])
    first = _sent(lebak, health, who["other_coordinator"], who["other_operator"], days_ago(9), left=8)
    reviews.start(cycle=first, by=who["reviewer"], at=days_ago(6))
    _decided(first, who["reviewer"], days_ago(2), 60)
    _sent(cilegon, clinic, coordinator, operator, days_ago(3), left=21)


def _sent(region: Region, agency: Agency, coordinator: User, operator: User, at: dt.datetime, *, left: int) -> Cycle:
    """A year whose package went at a moment, with so many indicators never submitted."""
    year = timezone.localdate().year
    begun = at - dt.timedelta(days=40)
    cycle = Cycle(
        region=region, revision=revision(), assessment_year=year, data_year=year - 1,
        filling_deadline=at + dt.timedelta(days=1), filling_starts_on=begun.date(),
        opened_at=begun - dt.timedelta(days=7), heads_endorse=False,
    )  # fmt: skip
    cycles.save_cycle(cycle=cycle, by=coordinator, at=cycle.opened_at)
    kinds = AgencyType.objects.filter(revision=revision())
    assignments.save_mapping(region=region, agencies={kind.code: agency for kind in kinds}, by=coordinator)
    assignments.assign_by_mapping(cycle=cycle, by=coordinator, at=cycle.opened_at)
    cycles.start_filling(cycle=cycle, by=coordinator, at=begun)
    report = _report(agency, operator, begun)
    for position, answer in enumerate(answers_of(cycle)[left:]):
        filled = begun + dt.timedelta(days=1 + position % 30, hours=position % 7)
        save(answer, _content(answer, position), operator, filled)
        if answer.form == "value":
            _prove(answer, report, operator, filled)
        else:
            prove(answer, agency, operator, filled)
        answers.submit(answer=answer, by=operator, at=filled)
    packages.send(cycle=cycle, endorsed_by="Sekretaris Daerah", endorsed_on=at.date(), by=coordinator, at=at)
    return cycle


def _content(answer: Answer, position: int) -> dict:
    """Mostly values; now and then a duty that was not met, or something that did not happen."""
    if position in NOT_THERE:
        return NONE
    return NOT_APPLICABLE if position in NOT_HAPPENED else plausible(answer, position, good=position % 3 > 0)


def _prove(answer: Answer, report: Evidence, operator: User, at: dt.datetime) -> None:
    """Cite the one report for each document that is required: one document serves many indicators."""
    for asked in answer.indicator.documents.all():
        if asked.required:
            reference = Reference(asked.pk, str(1 + answer.indicator.number % REPORT_PAGES))
            citations.cite(
                answer=answer, evidence=report, agency=report.agency, reference=reference, by=operator, at=at
            )


def _report(agency: Agency, operator: User, at: dt.datetime) -> Evidence:
    paper = paper_of("Laporan tahunan", agency, 1, at.year)
    place = f"{agency.name}, {agency.region}"
    checked = sample_pdf(paper.title, place, "Laporan untuk banyak indikator", REPORT_PAGES)
    details = {"title": paper.title, "kind": paper.kind, "number": paper.number, "dated_on": at.date()}
    return evidence.add(checked=checked, agency=agency, by=operator, at=at, details=details).evidence


def _decided(cycle: Cycle, reviewer: User, at: dt.datetime, count: int) -> None:
    rows = [row for row in answers_of(cycle) if row.last_submission_id]
    for answer in rows[:count]:
        fitting = Outcome.NOT_APPLICABLE if answer.form == "not_applicable" else Outcome.CONFIRMED
        seen = Seen(answer.last_submission_id, None)
        reviews.decide(answer=answer, decision=Decision(fitting), seen=seen, by=reviewer, at=at)


def _revoked(region: Region, agency: Agency, coordinator: User, reviewer: User) -> None:
    """An award of some years ago that fell because a problem was never answered."""
    fields = {
        "assessment_year": OLD_AWARD, "data_year": OLD_AWARD - 1, "revision": revision(), "outcome": "announced",
        "predicate": "Peduli HAM", "source": f"Data contoh: pengumuman tahun {OLD_AWARD}", "awarded": True,
        "decree_number": f"contoh {OLD_AWARD}", "decree_on": dt.date(OLD_AWARD, 12, 10),
    }  # fmt: skip
    at = days_ago(120)
    cycle = cycles.record_past_year(region=region, fields=fields, by=coordinator, at=at)
    problem = Problem(
        region=region, agency=agency, title="Keluhan penolakan pasien (contoh)",
        summary="Aduan tidak ditanggapi (contoh).",
        public_summary="Keluhan penolakan pasien yang tidak ditanggapi (contoh).", source="Yankomas (contoh)",
        happened_on=(at - dt.timedelta(days=40)).date(), received_on=(at - dt.timedelta(days=30)).date(),
        due_at=at - dt.timedelta(days=10),
    )  # fmt: skip
    problems.register(problem=problem, by=coordinator, at=at - dt.timedelta(days=29))
    problems.mark_grounds(problem=problem, cycle=cycle, reason="Tidak ditanggapi (contoh).", by=reviewer, at=at)
    awards.revoke(
        cycle=cycle, problem=problem, decree_number="contoh pencabutan", decree_on=(at + dt.timedelta(days=20)).date(),
        by=reviewer, at=at + dt.timedelta(days=30),
    )  # fmt: skip
