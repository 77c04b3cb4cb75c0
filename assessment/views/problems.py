"""The register of human-rights problems: entry, one problem with its answers, and what the reviewer says."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import require
from accounts.audit import history
from accounts.kept_forms import status_of, typed
from accounts.models import Region
from accounts.once import sent_once
from accounts.sessions import log_access
from assessment.actions import problems
from assessment.changes import AWARD_ENDED, changes_of_problem
from assessment.forms.problems import GroundForm, ProblemForm, ResponseForm
from assessment.forms.steps import ReasonForm
from assessment.models import Award, Problem, ProblemGround
from assessment.workflow import TransitionRefusedError, available

ALLOWED = ["GET", "HEAD", "POST"]
EVENTS_SHOWN = 20
RESOLVING = (
    "Tanggapan dinyatakan cukup. Permasalahan ditutup dan tidak dapat dibuka lagi.",
    "Setelah itu permasalahan ini tidak dapat lagi ditandai sebagai dasar pencabutan penghargaan.",
    "Perangkat daerah dan koordinator diberi tahu.",
)


@require_http_methods(ALLOWED)
def problem_add(request: HttpRequest, region_pk: int) -> HttpResponse:
    """Enter a problem."""
    region = get_object_or_404(Region.objects.visible_to(request.user), pk=region_pk)
    require(request.user, "assessment.register_problem", region)
    form = ProblemForm(typed(request), region=region)
    if request.method == "POST" and form.is_valid():
        once = sent_once(request, reverse("problem-list"))
        saved = problems.register(problem=form.instance, by=request.user, once=once)
        messages.success(request, f"{saved} tercatat; yang menanganinya sudah diberi tahu.")
        return redirect("problem-detail", saved.pk)
    context = {"form": form, "region": region}
    return render(request, "assessment/problem_form.html", context, status=status_of(request, form))


@require_http_methods(ALLOWED)
def problem_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One problem: what happened, what was answered; a POST answers it. Each opening is logged."""
    problem = _problem(request, pk)
    form = ResponseForm(typed(request), request.FILES or None)
    if request.method == "POST":
        require(request.user, "assessment.respond_problem", problem)
        if form.is_valid():
            try:
                once, text = sent_once(request, request.path), form.cleaned_data["text"]
                problems.respond(problem=problem, text=text, proof=form.checked, by=request.user, once=once)
                messages.success(request, "Tanggapan terkirim kepada verifikator.")
                return redirect(request.path)
            except TransitionRefusedError as refusal:
                form.add_error(None, str(refusal))
    elif request.method == "GET":
        log_access(request, "opened", target_type="problem", target_id=str(pk), detail=str(problem))
    return _page(request, problem, form, None)


@require_http_methods(ALLOWED)
def problem_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The reviewer takes the answer as enough, after reading that this is the end of it."""
    problem = _problem(request, pk)
    if name != "resolve":
        raise Http404
    require(request.user, "assessment.judge_problem", problem)
    target = reverse("problem-detail", args=[pk])
    if request.method != "POST":
        if name not in available(problem, to=request.user):
            return redirect(target)
        return _confirm(request, problem, "Nyatakan selesai", RESOLVING)
    try:
        problems.resolve(problem=problem, by=request.user, once=sent_once(request, target))
        messages.success(request, f"{problem} dinyatakan selesai.")
    except TransitionRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(target)


@require_http_methods(ALLOWED)
def problem_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """The reviewer wants another answer, with a reason."""
    problem = _problem(request, pk)
    require(request.user, "assessment.judge_problem", problem)
    form = ReasonForm(typed(request), help_text="Apa yang masih kurang dari tanggapannya?")
    if request.method == "POST" and form.is_valid():
        target = reverse("problem-detail", args=[pk])
        try:
            once, reason = sent_once(request, target), form.cleaned_data["reason"]
            problems.reopen(problem=problem, reason=reason, by=request.user, once=once)
            messages.success(request, f"{problem} dibuka lagi.")
            return redirect(target)
        except TransitionRefusedError as refusal:
            form.add_error(None, str(refusal))
    return _act(request, form, problem, "Buka lagi permasalahan", "Buka lagi")


@require_POST
def problem_ground(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark as grounds against a named year's award."""
    problem = _problem(request, pk)
    require(request.user, "assessment.judge_problem", problem)
    form = GroundForm(request.POST, problem=problem)
    target = reverse("problem-detail", args=[pk])
    if form.is_valid():
        try:
            once = sent_once(request, target)
            problems.mark_grounds(problem=problem, **form.cleaned_data, by=request.user, once=once)
            messages.success(request, f"{problem} menjadi dasar pencabutan {form.cleaned_data['cycle']}.")
            return redirect(target)
        except TransitionRefusedError as refusal:
            form.add_error(None, str(refusal))
    return _page(request, problem, ResponseForm(), form)


@require_http_methods(ALLOWED)
def ground_lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the mark away again."""
    seen = Problem.objects.visible_to(request.user)
    rows = ProblemGround.objects.filter(problem__in=seen, lifted_at=None).select_related(
        "problem__region", "cycle__region"
    )
    ground = get_object_or_404(rows, pk=pk)
    require(request.user, "assessment.judge_problem", ground.problem)
    form = ReasonForm(typed(request), help_text="Mengapa permasalahan ini bukan lagi dasar pencabutan?")
    if request.method == "POST" and form.is_valid():
        target = reverse("problem-detail", args=[ground.problem_id])
        try:
            once, reason = sent_once(request, target), form.cleaned_data["reason"]
            problems.lift_grounds(ground=ground, reason=reason, by=request.user, once=once)
            messages.success(request, "Tanda dasar pencabutan dihapus.")
            return redirect(target)
        except TransitionRefusedError as refusal:
            form.add_error(None, str(refusal))
    return _act(request, form, ground.problem, "Hapus tanda dasar pencabutan", "Hapus tanda")


def _problem(request: HttpRequest, pk: int) -> Problem:
    rows = Problem.objects.visible_to(request.user).with_lateness()
    return get_object_or_404(rows.select_related("region", "agency__region", "registered_by"), pk=pk)


def _trail(problem: Problem) -> list[tuple]:
    """What happened to the problem, and the end of the awards that fell over it, newest first."""
    fallen = [ending.award.cycle for ending in problem.endings.select_related("award__cycle")]
    events = history(problem, *fallen).filter(Q(target_type="problem") | Q(verb__in=AWARD_ENDED))
    return [(event, changes_of_problem(event)) for event in events[:EVENTS_SHOWN]]


def _page(request: HttpRequest, problem: Problem, form: ResponseForm, grounding: GroundForm | None) -> HttpResponse:
    context = {
        "problem": problem, "form": form, "grounding": grounding or _grounding(request, problem),
        "responses": problem.responses.select_related("responded_by", "evidence__file"),
        "grounds": problem.grounds.filter(lifted_at=None).select_related("cycle__region", "marked_by"),
        "awarded": set(Award.objects.filter(cycle__grounds__problem=problem).values_list("cycle", flat=True)),
        "ended": set(problem.endings.values_list("award__cycle", flat=True)),
        "steps": available(problem, to=request.user), "trail": _trail(problem), "now": timezone.now(),
        "no_grounds": problems.not_grounds(problem, timezone.now()),
    }  # fmt: skip
    refused = request.method == "POST" and (form.errors or (grounding and grounding.errors))
    return render(request, "assessment/problem_detail.html", context, status=422 if refused else 200)


def _grounding(request: HttpRequest, problem: Problem) -> GroundForm:
    kept = typed(request, reverse("problem-ground", args=[problem.pk])) if request.method == "GET" else None
    return GroundForm(kept, problem=problem)


def _confirm(request: HttpRequest, problem: Problem, heading: str, points: tuple[str, ...]) -> HttpResponse:
    last = problem.responses.select_related("responded_by").first()
    context = {"problem": problem, "heading": heading, "points": points, "response": last}
    return render(request, "assessment/problem_confirm.html", context)


def _act(request: HttpRequest, form, problem: Problem, heading: str, label: str) -> HttpResponse:
    context = {"form": form, "problem": problem, "heading": heading, "label": label}
    return render(request, "assessment/problem_act.html", context, status=status_of(request, form))
