"""The register of human-rights problems: list, entry, one problem with its answers, and what the reviewer says."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import require
from accounts.audit import history
from accounts.kept_forms import status_of, typed
from accounts.models import Region
from accounts.once import sent_once
from accounts.request import Request
from accounts.sessions import log_access
from accounts.text import whole_number
from assessment.actions import problems
from assessment.enums import ProblemStatus
from assessment.facts.problems import not_grounds
from assessment.forms.problems import GroundForm, ProblemForm, ResponseForm
from assessment.forms.reasons import ReasonForm
from assessment.models import Award, Problem, ProblemGround
from assessment.pages.problems import Filter, ProblemList, ProblemPage, list_above, problem_above
from assessment.trail.changes import AWARD_ENDED, changes_of_problem
from assessment.views.carrying_out import carry_out, press
from assessment.workflow import PROBLEM_STEPS, available

ALLOWED = ["GET", "HEAD", "POST"]
EVENTS_SHOWN = 20
RESOLVING = (
    "Tanggapan dinyatakan cukup. Permasalahan ditutup dan tidak dapat dibuka lagi.",
    "Setelah itu permasalahan ini tidak dapat lagi ditandai sebagai dasar pencabutan penghargaan.",
    "Perangkat daerah dan koordinator diberi tahu.",
)
PER_PAGE = 25
FIRST = (ProblemStatus.OPEN, ProblemStatus.RESPONDED, ProblemStatus.RESOLVED)


@require_http_methods(ALLOWED)
def problem_add(request: Request, region_pk: int) -> HttpResponse:
    """Enter a problem."""
    region = get_object_or_404(Region.objects.visible_to(request.user), pk=region_pk)
    require(request.user, "assessment.register_problem", region)
    form = ProblemForm(typed(request), region=region)
    if request.method == "POST" and form.is_valid():
        once = sent_once(request, reverse("problem-list"))
        saved = problems.register(problem=form.instance, by=request.user, once=once)
        messages.success(request, f"{saved} tercatat; yang menanganinya sudah diberi tahu.")
        return redirect("problem-detail", saved.pk)
    context = {"form": form, "region": region, "up": list_above()}
    return render(request, "assessment/problems/problem_form.html", context, status=status_of(request, form))


@require_http_methods(ALLOWED)
def problem_detail(request: Request, pk: int) -> HttpResponse:
    """One problem: what happened, what was answered; a POST answers it. Each opening is logged."""
    problem = _problem(request, pk)
    form = ResponseForm(typed(request), request.FILES or None)
    if request.method == "POST":
        require(request.user, "assessment.respond_problem", problem)
        given = (
            {"problem": problem, "text": form.cleaned_data["text"], "proof": form.checked} if form.is_valid() else {}
        )
        done = PROBLEM_STEPS["respond"].said_of(problem)
        responded = carry_out(request, form, problems.respond, to=request.path, done=done, **given)
        if responded:
            return responded
    elif request.method == "GET":
        log_access(request, "opened", target_type="problem", target_id=str(pk), detail=str(problem))
    return _page(request, problem, form, None)


@require_http_methods(ALLOWED)
def problem_step(request: Request, pk: int, name: str) -> HttpResponse:
    """The reviewer takes the answer as enough, after reading that this is the end of it."""
    problem = _problem(request, pk)
    if name != "resolve":
        raise Http404
    require(request.user, "assessment.judge_problem", problem)
    page, step = reverse("problem-detail", args=[pk]), PROBLEM_STEPS[name]
    if request.method == "POST":
        return press(request, problems.resolve, to=page, done=step.said_of(problem), problem=problem)
    if name not in available(problem, to=request.user):
        return redirect(page)
    return _confirm(request, problem, step.label, RESOLVING)


@require_http_methods(ALLOWED)
def problem_reopen(request: Request, pk: int) -> HttpResponse:
    """The reviewer wants another answer, with a reason."""
    problem = _problem(request, pk)
    require(request.user, "assessment.judge_problem", problem)
    form = ReasonForm(typed(request), help_text="Apa yang masih kurang dari tanggapannya?")
    step, verb = PROBLEM_STEPS["reopen"], partial(problems.reopen, problem=problem)
    reopened = carry_out(request, form, verb, to=reverse("problem-detail", args=[pk]), done=step.said_of(problem))
    return reopened or _act(request, form, problem, "Buka lagi permasalahan", step.press)


@require_POST
def problem_ground(request: Request, pk: int) -> HttpResponse:
    """Mark as grounds against a named year's award."""
    problem = _problem(request, pk)
    require(request.user, "assessment.judge_problem", problem)
    form = GroundForm(request.POST, problem=problem)
    verb = partial(problems.mark_grounds, problem=problem)
    marked = carry_out(request, form, verb, to=reverse("problem-detail", args=[pk]), done=_marked)
    return marked or _page(request, problem, ResponseForm(), form)


@require_http_methods(ALLOWED)
def problem_ground_lift(request: Request, pk: int) -> HttpResponse:
    """Take the mark away again."""
    seen = Problem.objects.visible_to(request.user)
    rows = ProblemGround.objects.filter(problem__in=seen, lifted_at=None)
    ground = get_object_or_404(rows.select_related("problem__region", "cycle__region"), pk=pk)
    require(request.user, "assessment.judge_problem", ground.problem)
    form = ReasonForm(typed(request), help_text="Mengapa permasalahan ini bukan lagi dasar pencabutan?")
    verb, page = partial(problems.lift_grounds, ground=ground), reverse("problem-detail", args=[ground.problem_id])
    lifted = carry_out(request, form, verb, to=page, done="Tanda dasar pencabutan dihapus.")
    return lifted or _act(request, form, ground.problem, "Hapus tanda dasar pencabutan", "Hapus tanda")


@require_safe
def problem_list(request: Request) -> HttpResponse:
    """What waits for an answer first, the nearest due first; filtered by state and regency."""
    require(request.user, "assessment.see_problems")
    now, visible = timezone.now(), Problem.objects.visible_to(request.user)
    regions = list(Region.objects.filter(pk__in=visible.order_by().values("region")).order_by("code"))
    region = _chosen(regions, request.GET.get("wilayah"))
    rows = visible.filter(region=region) if region else visible
    states = _states(now)
    counts = rows.order_by().aggregate(**{key: Count("pk", filter=fits) for key, (_words, fits) in states.items()})
    asked = request.GET.get("keadaan", "")
    state = asked if asked in states else "semua"
    order = Case(*(When(status=one, then=Value(place)) for place, one in enumerate(FIRST)), output_field=IntegerField())
    found = (
        rows.filter(states[state][1]).with_lateness().select_related("region", "agency").order_by(order, "due_at", "pk")
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("hal"))
    filters = [Filter(key, words, counts[key], key == state) for key, (words, _fits) in states.items()]
    shown = ProblemList(page, now, state, filters, region, regions, _places(request))
    return render(request, "assessment/problems/problem_list.html", {"list": shown})


@require_safe
def problem_new(request: Request) -> HttpResponse:
    """Ask in which regency it happened, where there is a choice; then lead to the entry."""
    require(request.user, "assessment.see_problems")
    places = _places(request)
    region = _chosen(places, request.GET.get("wilayah")) or (places[0] if len(places) == 1 else None)
    if region:
        return redirect("problem-add", region.pk)
    if not places:
        return redirect("problem-list")
    context = {"places": places, "asked": "wilayah" in request.GET, "up": list_above()}
    return render(request, "assessment/problems/problem_place.html", context)


def _marked(ground: ProblemGround) -> str:
    return f"{ground.problem} menjadi dasar pencabutan {ground.cycle}."


def _problem(request: Request, pk: int) -> Problem:
    rows = Problem.objects.visible_to(request.user).with_lateness()
    return get_object_or_404(rows.select_related("region", "agency__region", "registered_by"), pk=pk)


def _trail(problem: Problem) -> list[tuple]:
    """What happened to the problem, and the end of the awards that fell over it, newest first."""
    fallen = [ending.award.cycle for ending in problem.endings.select_related("award__cycle")]
    events = history(problem, *fallen).filter(Q(target_type="problem") | Q(verb__in=AWARD_ENDED))
    return [(event, changes_of_problem(event)) for event in events[:EVENTS_SHOWN]]


def _page(request: Request, problem: Problem, form: ResponseForm, grounding: GroundForm | None) -> HttpResponse:
    now = timezone.now()
    page = ProblemPage(
        problem=problem, user=request.user, steps=available(problem, to=request.user),
        responses=problem.responses.select_related("responded_by", "evidence__file"),
        grounds=list(problem.grounds.filter(lifted_at=None).select_related("cycle__region", "marked_by")),
        awarded=set(Award.objects.filter(cycle__grounds__problem=problem).values_list("cycle", flat=True)),
        ended=set(problem.endings.values_list("award__cycle", flat=True)),
        no_grounds=not_grounds(problem, now), grounding=grounding or _grounding(request, problem), now=now,
    )  # fmt: skip
    context = {"page": page, "form": form, "trail": _trail(problem)}
    refused = request.method == "POST" and (form.errors or (grounding and grounding.errors))
    return render(request, "assessment/problems/problem_detail.html", context, status=422 if refused else 200)


def _grounding(request: Request, problem: Problem) -> GroundForm:
    kept = typed(request, reverse("problem-ground", args=[problem.pk])) if request.method == "GET" else None
    return GroundForm(kept, problem=problem)


def _confirm(request: Request, problem: Problem, heading: str, points: tuple[str, ...]) -> HttpResponse:
    last = problem.responses.select_related("responded_by").first()
    context = {"problem": problem, "heading": heading, "points": points, "response": last}
    context["up"] = problem_above(problem)
    return render(request, "assessment/problems/problem_confirm.html", context)


def _act(request: Request, form, problem: Problem, heading: str, label: str) -> HttpResponse:
    context = {"form": form, "problem": problem, "heading": heading, "label": label, "points": ()}
    context["up"] = problem_above(problem)
    return render(request, "assessment/problems/problem_act.html", context, status=status_of(request, form))


def _states(now) -> dict[str, tuple[str, Q]]:
    """The filters: words, and which problems fit. "Lewat tenggat" is a fact of dates."""
    return {
        "semua": ("Semua", Q(pk__gt=0)),
        "belum": ("Belum ditanggapi", Q(status=ProblemStatus.OPEN)),
        "terlambat": ("Lewat tenggat", Q(status=ProblemStatus.OPEN, due_at__lt=now)),
        "ditanggapi": ("Menunggu penilaian", Q(status=ProblemStatus.RESPONDED)),
        "selesai": ("Selesai", Q(status=ProblemStatus.RESOLVED)),
    }


def _places(request: Request) -> list[Region]:
    """The regencies in which this person registers problems."""
    rows = Region.objects.visible_to(request.user).assessed().order_by("code")
    return [row for row in rows if request.user.has_perm("assessment.register_problem", row)]


def _chosen(rows: list[Region], text: str | None) -> Region | None:
    number = whole_number(text)
    return next((row for row in rows if row.pk == number), None)
