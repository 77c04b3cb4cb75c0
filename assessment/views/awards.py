"""The end of the year: decree and award, or none; and an award that falls."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import require
from accounts.kept_forms import status_of, typed
from accounts.once import sent_once
from accounts.words import score
from assessment.actions import awards
from assessment.awards import below_award, earliest_end
from assessment.enums import CycleStatus
from assessment.forms.problems import AnnounceForm, DecreeForm
from assessment.models import Award, Cycle, Problem, ProblemGround, Result
from assessment.workflow import TransitionRefusedError, available

ALLOWED = ["GET", "HEAD", "POST"]
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
def cycle_announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Record decree and award, or that there is none."""
    rows = Cycle.objects.visible_to(request.user).select_related("region", "revision__instrument")
    cycle = get_object_or_404(rows, pk=pk)
    require(request.user, "assessment.manage_cycle", cycle)
    rows = Result.objects.visible_to(request.user).standing().select_related("decision")
    result = rows.filter(cycle=cycle).first()
    if request.method != "POST" and "announce" not in available(cycle, to=request.user):
        return redirect("cycle-detail", pk)
    fixed_on = result.decision.minutes_on if result and result.fixed else None
    below = below_award(result, cycle.revision)
    form = AnnounceForm(typed(request), fixed_on=fixed_on, today=cycle.region.today(), below=below)
    if request.method == "POST" and form.is_valid():
        target = reverse("cycle-detail", args=[pk])
        try:
            _announce(cycle, form.cleaned_data, request.user, sent_once(request, target))
            messages.success(request, f"{cycle} diumumkan.")
            return redirect(target)
        except TransitionRefusedError as refusal:
            form.add_error(None, str(refusal))
    about = (
        f"Hasil yang ditetapkan: nilai {score(result.final)}, {result.predicate or 'tanpa predikat'}." if result else ""
    )
    context = {"form": form, "cycle": cycle, "heading": "Catat pengumuman", "label": "Catat", "about": about}
    context["awarding"] = True
    return render(request, "assessment/cycle_act.html", context, status=status_of(request, form))


@require_http_methods(ALLOWED)
def award_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the decree by which the award of a marked year was revoked."""
    ground = _ground(request, pk)
    award = Award.objects.filter(cycle=ground.cycle).first()
    earliest, today = earliest_end(ground, award), ground.cycle.region.today()
    form = DecreeForm(typed(request), earliest=earliest, today=today)
    if request.method == "POST" and form.is_valid():
        target = reverse("problem-detail", args=[ground.problem_id])
        try:
            once = sent_once(request, target)
            awards.revoke(cycle=ground.cycle, problem=ground.problem, **form.cleaned_data, by=request.user, once=once)
            messages.success(request, f"Penghargaan {ground.cycle} dicatat dicabut.")
            return redirect(target)
        except TransitionRefusedError as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "problem": ground.problem, "heading": f"Pencabutan penghargaan {ground.cycle}",
               "label": "Catat pencabutan", "points": REVOKING}  # fmt: skip
    return render(request, "assessment/problem_act.html", context, status=status_of(request, form))


@require_http_methods(ALLOWED)
def award_lapse(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the award of a marked year falls before it is given, after saying what that means."""
    ground = _ground(request, pk)
    target = reverse("problem-detail", args=[ground.problem_id])
    if request.method != "POST":
        if ground.cycle.status != CycleStatus.FINALISED:
            return redirect(target)
        points = tuple(text.format(year=ground.cycle.assessment_year) for text in LAPSING)
        context = {"problem": ground.problem, "heading": "Catat gugur sebelum ditetapkan", "points": points}
        return render(request, "assessment/problem_confirm.html", {**context, "response": None})
    try:
        awards.lapse(cycle=ground.cycle, problem=ground.problem, by=request.user, once=sent_once(request, target))
        messages.success(request, f"Penghargaan {ground.cycle} dicatat gugur sebelum ditetapkan.")
    except TransitionRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(target)


def _announce(cycle: Cycle, data: dict, by, once) -> None:
    if data["outcome"] == "award":
        decree = {name: data[name] for name in ("decree_number", "decree_on")}
        awards.announce(cycle=cycle, **decree, by=by, once=once)
    else:
        awards.announce_without(cycle=cycle, source=data["source"], by=by, once=once)


def _ground(request: HttpRequest, pk: int) -> ProblemGround:
    rows = ProblemGround.objects.filter(problem__in=Problem.objects.visible_to(request.user), lifted_at=None)
    ground = get_object_or_404(rows.select_related("problem__region", "cycle__region"), pk=pk)
    require(request.user, "assessment.end_award", ground.cycle)
    return ground
