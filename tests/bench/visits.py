"""Runs in a process of its own: names every page of a regency and of its office, and counts the queries of each."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

MEASURED, VERIFIED = ".5", ".3"  # the copies that are visited, both of the first office: one fills, one is verified
FIRST_OFFICE = "36"


@dataclass
class Visit:
    """One page as one person sees it; `of` says whose page it is: a regency's or an office's."""

    name: str
    of: str
    role: str
    username: str
    path: str
    queries: int = 0


def visits() -> list[Visit]:
    """Return the pages that this database has, each with its queries the second time that it is asked for."""
    from accounts.models import Region

    copied = Region.objects.filter(name=f"Bangku {MEASURED[1:]}").first()
    region, suffix = copied or Region.objects.get(code="36.04"), MEASURED if copied else ""
    found = [*_of_regency(region, suffix), *_of_office(region)]
    for visit in found:
        visit.queries = _queries(visit)
    return found


def _of_regency(region, suffix: str) -> Iterator[Visit]:
    people = {
        "coordinator": f"koordinator.serang{suffix}",
        "operator": f"operator.dinkes{suffix}",
        "head": f"kepala.dinkes{suffix}",
        "leader": f"pimpinan.serang{suffix}",
    }
    for role, pages in _pages_of_regency(region, people["coordinator"]).items():
        for name, path in pages.items():
            yield Visit(name, "regency", role, people[role], path)


def _pages_of_regency(region, coordinator: str) -> dict[str, dict[str, str]]:
    from accounts.models import User
    from assessment.models import Answer, Cycle, Evidence, Problem

    cycle = Cycle.objects.get(region=region, status="filling")
    done = Cycle.objects.filter(region=region, recorded=False, status="announced").order_by("-assessment_year")[0]
    answers = Answer.objects.filter(cycle=cycle).order_by("indicator__number")
    dinkes = region.agencies.get(short_name="Dinkes")
    own = answers.of_agencies([dinkes.pk])
    draft, submitted = own.filter(status="draft")[0], own.filter(status="submitted")[0]
    ready = own.filter(status="ready")[0]
    old = Answer.objects.filter(cycle=done).of_agencies([dinkes.pk]).order_by("indicator__number")[0]
    evidence = Evidence.objects.filter(agency=dinkes).order_by("created_at", "pk")[0]
    problem, person = Problem.objects.filter(region=region)[0], User.objects.get(username=coordinator)
    document, leaf = draft.indicator.documents.first(), [evidence.public_id]
    at, of_year, of_answer = reverse, [cycle.pk], [submitted.pk]
    return {
        "coordinator": {
            "home": at("home"), "years": at("cycle-list"), "board": at("board", args=of_year),
            "board, finished": at("board", args=[done.pk]), "mapping": at("assignment-mapping", args=of_year),
            "assignments": at("assignment-list", args=of_year), "answers": at("answer-list", args=of_year),
            "answer": at("answer-detail", args=of_answer), "checks": at("check-list", args=of_year),
            "check": at("check-detail", args=of_answer), "package": at("package-send", args=of_year),
            "result": at("result-detail", args=[done.pk]), "documents": at("document-list", args=[done.pk]),
            "problems": at("problem-list"), "problem": at("problem-detail", args=[problem.pk]),
            "library": at("evidence-list"), "agencies": at("agency-list"), "people": at("person-list"),
            "person": at("person-detail", args=[person.pk]), "invite": at("person-invite"),
            "invite many": at("person-invite-many"), "agency": at("agency-change", args=[dinkes.pk]),
            "evidence": at("evidence-detail", args=leaf), "extension": at("cycle-extend", args=of_year),
            "plan": at("cycle-change", args=of_year), "new problem": at("problem-add", args=[region.pk]),
            "supporters": at("assignment-supporters", args=[cycle.pk, draft.indicator_id]),
            "notices": at("notice-list"), "sessions": at("session-list"), "catalogue": at("catalogue"),
        },
        "operator": {
            "home": at("home"), "tasks": at("task-list"), "answer": at("answer-detail", args=[draft.pk]),
            "answer, finished": at("answer-detail", args=[old.pk]), "library": at("evidence-list"),
            "library, searched": at("evidence-list") + "?cari=laporan", "evidence": at("evidence-detail", args=leaf),
            "new evidence": at("evidence-add", args=[dinkes.pk]), "new version": at("evidence-replace", args=leaf),
            "link evidence": at("citation-add", args=[draft.pk]) + (f"?dokumen={document.pk}" if document else ""),
            "upload": at("citation-upload", args=[draft.pk]), "problems": at("problem-list"),
            "notices": at("notice-list"),
        },
        "head": {
            "home": at("home"), "tasks": at("task-list"), "answer": at("answer-detail", args=[ready.pk]),
            "submit": at("answer-submit", args=[ready.pk]), "give back": at("answer-hand-back", args=[ready.pk]),
        },
        "leader": {
            "home": at("home"), "years": at("cycle-list"), "board": at("board", args=of_year),
            "answers": at("answer-list", args=of_year), "result": at("result-detail", args=[done.pk]),
            "answer, finished": at("answer-detail", args=[old.pk]), "evidence": at("evidence-detail", args=leaf),
            "problems": at("problem-list"),
        },
    }  # fmt: skip


def _of_office(region) -> Iterator[Visit]:
    reviewer, observer = "verifikator.satu", "pengamat.banten"
    for name, path in _pages_of_office(region).items():
        yield Visit(name, "office", "reviewer", reviewer, path)
    yield Visit("home", "office", "observer", observer, reverse("home"))
    yield Visit("board", "office", "observer", observer, reverse("office-board"))


def _pages_of_office(region) -> dict[str, str]:
    """The office's pages; those of a verification where it has one: the first regency still fills."""
    from assessment.models import Answer, Cycle, Evidence, Problem

    at, years = reverse, Cycle.objects.filter(region__parent__code=FIRST_OFFICE)
    done = years.filter(region=region, recorded=False, status="announced").order_by("-assessment_year")[0]
    problem = Problem.objects.filter(region=region)[0]
    evidence = Evidence.objects.filter(submittedcitations__submission__answer__cycle=done).order_by("created_at", "pk")[
        0
    ]
    judged = Answer.objects.filter(cycle=done).order_by("indicator__number")[0]
    pages = {
        "home": at("home"), "office board": at("office-board"), "years": at("cycle-list"),
        "board, finished": at("board", args=[done.pk]), "result": at("result-detail", args=[done.pk]),
        "documents": at("document-list", args=[done.pk]), "verification, finished": at("review-list", args=[done.pk]),
        "answer, finished": at("review-detail", args=[judged.pk]),
        "evidence": at("evidence-detail", args=[evidence.public_id]), "new problem": at("problem-new"),
        "problems": at("problem-list"), "problem": at("problem-detail", args=[problem.pk]),
        "notices": at("notice-list"),
    }  # fmt: skip
    verified = years.filter(region__name=f"Bangku {VERIFIED[1:]}", status="verification").first()
    if verified:
        rows = Answer.objects.filter(cycle=verified, status="submitted").order_by("indicator__number")
        pages |= {
            "board": at("board", args=[verified.pk]), "verification": at("review-list", args=[verified.pk]),
            "answer under review": at("review-detail", args=[rows[0].pk]),
            "not filled": at("review-not-filled", args=[verified.pk]),
            "new round": at("round-open", args=[verified.pk]), "proposal": at("result-propose", args=[verified.pk]),
        }  # fmt: skip
    return pages


def _queries(visit: Visit) -> int:
    from accounts.models import User

    client = Client()
    client.force_login(User.objects.get(username=visit.username), "accounts.backends.PersonBackend")
    client.get(visit.path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(visit.path)
    assert response.status_code in {200, 302}, (visit, response.status_code)
    return len(captured)


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps([asdict(visit) for visit in visits()]) + "\n")
