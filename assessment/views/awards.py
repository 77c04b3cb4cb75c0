"""The end of the year: decree and award, or none; and an award that falls."""

import datetime as dt
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import require
from accounts.kept_forms import status_of, typed
from accounts.request import Request
from accounts.sure import sure
from accounts.words import score
from assessment.actions import awards
from assessment.enums import CycleStatus
from assessment.facts.awards import below_award, earliest_end
from assessment.forms.awards import AnnounceForm, DecreeForm
from assessment.models import Award, Cycle, Problem, ProblemGround, Result
from assessment.pages.cycles import board_above
from assessment.pages.problems import problem_above
from assessment.views.carrying_out import carry_out, press
from assessment.workflow import CYCLE_STEPS, available

ALLOWED = ["GET", "HEAD", "POST"]
FIXED_RESULT = "Hasil yang ditetapkan: nilai {}, {}."
REVOKING = (
    "Pencabutan yang dicatat tidak dapat dibatalkan; periksa nomor dan tanggal keputusannya.",
    "Setiap halaman tahun itu dan dokumennya menyebutkannya.",
    "Koordinator dan pimpinan daerah diberi tahu.",
)
LAPSING = (
    "Penghargaan tahun {year} gugur sebelum ditetapkan; catatan ini tidak dapat dibatalkan.",
    "Setiap halaman tahun {year} dan dokumennya menyebutkannya.",
    "Koordinator dan pimpinan daerah diberi tahu.",
)


@require_http_methods(ALLOWED)
def award_announce(request: Request, pk: int) -> HttpResponse:
    """Record decree and award, or that there is none."""
    rows = Cycle.objects.visible_to(request.user).select_related("region", "revision__instrument")
    cycle = get_object_or_404(rows, pk=pk)
    require(request.user, "assessment.manage_cycle", cycle)
    step, board = CYCLE_STEPS["announce"], reverse("board", args=[pk])
    if request.method != "POST" and step.name not in available(cycle, to=request.user):
        return redirect(board)
    results = Result.objects.visible_to(request.user).standing().select_related("decision")
    result = results.filter(cycle=cycle).first()
    form = _announce_form(request, cycle, result)
    verb = partial(_announce, cycle=cycle)
    announced = carry_out(request, form, verb, to=board, done=step.said_of(cycle))
    if announced:
        return announced
    about = FIXED_RESULT.format(score(result.final), result.predicate or "tanpa predikat") if result else ""
    context = {"form": form, "cycle": cycle, "heading": "Catat pengumuman", "label": "Catat", "about": about}
    context |= {"awarding": True, "up": board_above(cycle), "look": "primary"}
    return render(request, "assessment/cycles/cycle_act.html", context, status=status_of(request, form))


@require_http_methods(ALLOWED)
def award_revoke(request: Request, pk: int) -> HttpResponse:
    """Record the decree by which the award of a marked year was revoked."""
    ground = _ground(request, pk)
    problem, cycle = ground.problem, ground.cycle
    award = Award.objects.filter(cycle=cycle).first()
    form = DecreeForm(typed(request), earliest=earliest_end(ground, award), today=cycle.region.today())
    verb, page = partial(awards.revoke, cycle=cycle, problem=problem), reverse("problem-detail", args=[problem.pk])
    revoked = carry_out(request, form, verb, to=page, done=f"Penghargaan {cycle} dicatat dicabut.")
    if revoked:
        return revoked
    context = {"form": form, "problem": problem, "heading": f"Pencabutan penghargaan {cycle}"}
    context |= {"label": "Catat pencabutan", "points": REVOKING, "up": problem_above(problem)}
    return render(request, "assessment/problems/problem_act.html", context, status=status_of(request, form))


@require_http_methods(ALLOWED)
def award_lapse(request: Request, pk: int) -> HttpResponse:
    """Record that the award of a marked year falls before it is given, after saying what that means."""
    ground = _ground(request, pk)
    problem, cycle = ground.problem, ground.cycle
    page = reverse("problem-detail", args=[problem.pk])
    if request.method == "POST":
        done = f"Penghargaan {cycle} dicatat gugur sebelum ditetapkan."
        return press(request, awards.lapse, to=page, done=done, cycle=cycle, problem=problem)
    if cycle.status != CycleStatus.FINALISED:
        return redirect(page)
    points = tuple(text.format(year=cycle.assessment_year) for text in LAPSING)
    context = {"problem": problem, "heading": "Catat gugur sebelum ditetapkan", "points": points, "response": None}
    context["up"] = problem_above(problem)
    return render(request, "assessment/problems/problem_confirm.html", context)


def _announce_form(request: Request, cycle: Cycle, result: Result | None) -> AnnounceForm:
    fixed_on = result.decision.minutes_on if result and result.fixed else None
    below = below_award(result, cycle.revision)
    return AnnounceForm(typed(request), fixed_on=fixed_on, today=cycle.region.today(), below=below)


def _announce(*, outcome: str, decree_number: str, decree_on: dt.date | None, source: str, **given) -> None:
    """Carry out the one or the other of the two verbs, as was chosen; the tick was the form's own question."""
    given.pop("despite", None)
    if outcome == "award":
        awards.announce(decree_number=decree_number, decree_on=sure(decree_on), **given)
    else:
        awards.announce_without(source=source, **given)


def _ground(request: Request, pk: int) -> ProblemGround:
    rows = ProblemGround.objects.filter(problem__in=Problem.objects.visible_to(request.user), lifted_at=None)
    ground = get_object_or_404(rows.select_related("problem__region", "cycle__region"), pk=pk)
    require(request.user, "assessment.end_award", ground.cycle)
    return ground
