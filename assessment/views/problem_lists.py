"""The register of human-rights problems as a list with its filters, and the choice of the regency for a new entry."""

from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import require
from accounts.models import Region
from accounts.text import whole_number
from assessment.enums import ProblemStatus
from assessment.models import Problem

PER_PAGE = 25
FIRST = (ProblemStatus.OPEN, ProblemStatus.RESPONDED, ProblemStatus.RESOLVED)


@require_safe
def problem_list(request: HttpRequest) -> HttpResponse:
    """What waits for an answer first, the nearest due first; filtered by state and regency."""
    require(request.user, "assessment.see_problems")
    now, visible = timezone.now(), Problem.objects.visible_to(request.user)
    regions = list(Region.objects.filter(pk__in=visible.order_by().values("region")).order_by("code"))
    region = _chosen(regions, request.GET.get("wilayah"))
    rows = visible.filter(region=region) if region else visible
    states = _states(now)
    counts = rows.order_by().aggregate(**{key: Count("pk", filter=fits) for key, (_words, fits) in states.items()})
    state = request.GET.get("keadaan") if request.GET.get("keadaan") in states else "semua"
    order = Case(*(When(status=one, then=Value(place)) for place, one in enumerate(FIRST)), output_field=IntegerField())
    found = (
        rows.filter(states[state][1]).with_lateness().select_related("region", "agency").order_by(order, "due_at", "pk")
    )
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("hal")), "now": now, "state": state,
        "filters": [(key, words, counts[key]) for key, (words, _fits) in states.items()],
        "region": region, "regions": regions, "places": _places(request),
    }  # fmt: skip
    return render(request, "assessment/problem_list.html", context)


@require_safe
def problem_new(request: HttpRequest) -> HttpResponse:
    """Ask in which regency it happened, where there is a choice; then lead to the entry."""
    require(request.user, "assessment.see_problems")
    places = _places(request)
    region = _chosen(places, request.GET.get("wilayah")) or (places[0] if len(places) == 1 else None)
    if region:
        return redirect("problem-add", region.pk)
    if not places:
        return redirect("problem-list")
    context = {"places": places, "asked": "wilayah" in request.GET}
    return render(request, "assessment/problem_place.html", context)


def _states(now) -> dict[str, tuple[str, Q]]:
    """The filters: words, and which problems fit. "Lewat tenggat" is a fact of dates."""
    return {
        "semua": ("Semua", Q(pk__gt=0)),
        "belum": ("Belum ditanggapi", Q(status=ProblemStatus.OPEN)),
        "terlambat": ("Lewat tenggat", Q(status=ProblemStatus.OPEN, due_at__lt=now)),
        "ditanggapi": ("Menunggu penilaian", Q(status=ProblemStatus.RESPONDED)),
        "selesai": ("Selesai", Q(status=ProblemStatus.RESOLVED)),
    }


def _places(request: HttpRequest) -> list[Region]:
    """The regencies in which this person registers problems."""
    rows = Region.objects.visible_to(request.user).assessed().order_by("code")
    return [row for row in rows if request.user.has_perm("assessment.register_problem", row)]


def _chosen(rows: list[Region], text: str | None) -> Region | None:
    number = whole_number(text)
    return next((row for row in rows if row.pk == number), None)
