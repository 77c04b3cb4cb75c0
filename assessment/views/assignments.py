"""Who answers what: the mapping of agency types, the list, many at once, one indicator's supporters."""

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import require
from accounts.forms.versions import carry_version, say_overtaken
from accounts.kept_forms import status_of, typed
from accounts.once import sent_once
from accounts.request import Request
from accounts.versions import StaleError
from assessment.actions import assignments
from assessment.enums import CycleStatus
from assessment.facts.assignments import version_of_mapping, version_of_supporters
from assessment.forms.assignments import AssignForm, AssignmentFilter, MappingForm, SupportersForm
from assessment.models import Assignment, Cycle
from assessment.pages.assignments import (
    assigned_rows,
    grouped_by_right,
    state_words,
    supporters_words,
    unmapped,
    without_owner,
)
from assessment.refusals import TransitionRefusedError
from assessment.views.carrying_out import carry_out, press
from indicators.models import Indicator

MAPPED = "Pemetaan tersimpan. Sekarang indikator dapat ditugaskan dalam satu langkah."
ASSIGNED_BY_MAPPING = "{} indikator ditugaskan menurut pemetaan."
ALLOWED = ["GET", "HEAD", "POST"]


@require_http_methods(ALLOWED)
def assignment_mapping(request: Request, pk: int) -> HttpResponse:
    """Say once which agency stands for which type; kept for the years to come."""
    cycle = _managed(request, pk)
    add_missing = request.GET.get("baru") == "semua"
    form = MappingForm(typed(request), region=cycle.region, revision=cycle.revision, add_missing=add_missing)
    carry_version(form, version_of_mapping(cycle.region))
    given: dict[str, Any] = {"region": cycle.region, "agencies": form.agencies} if form.is_valid() else {}
    target = reverse("assignment-list", args=[pk])
    saved = carry_out(request, form, assignments.save_mapping, to=target, done=MAPPED, **given)
    if saved:
        return saved
    context = {"form": form, "cycle": cycle, "up": (reverse("board", args=[pk]), str(cycle))}
    context["unmapped"] = unmapped(cycle, form)
    return render(request, "assessment/assignments/mapping_form.html", context, status=status_of(request, form))


@require_POST
def assignment_by_mapping(request: Request, pk: int) -> HttpResponse:
    """Give every indicator without an owner to the mapped agency."""
    cycle = _managed(request, pk)
    target = reverse("assignment-list", args=[pk])
    return press(request, assignments.assign_by_mapping, to=target, done=ASSIGNED_BY_MAPPING.format, cycle=cycle)


@require_http_methods(ALLOWED)
def assignment_list(request: Request, pk: int) -> HttpResponse:
    """All indicators with their owners; chosen ones are given to an agency at once."""
    cycle = _managed(request, pk)
    form = AssignForm(typed(request), cycle=cycle, auto_id="assign_%s")
    if request.method == "POST" and form.is_valid():
        kept = request.GET.copy()
        kept.pop("pilih", None)  # what was ticked by the address is done
        target = f"{request.path}?{kept.urlencode()}"
        try:
            given: dict[str, Any] = {"seen": form.owners_seen, "once": sent_once(request, target)}
            assignments.assign(cycle=cycle, **form.cleaned_data, by=request.user, **given)
            messages.success(request, f"{len(form.cleaned_data['indicators'])} indikator ditugaskan.")
            return redirect(target)
        except StaleError as stale:
            say_overtaken(form, stale)
        except TransitionRefusedError as refusal:
            form.add_error(None, str(refusal))
    chosen = AssignmentFilter(request.GET, cycle=cycle)
    rows = assigned_rows(cycle, **chosen.chosen())
    picked = set(cast("QueryDict", form.data).getlist("indicators")) if form.is_bound else _ticked(request, rows)
    groups = grouped_by_right(rows, opened=any(chosen.chosen().values()), ticked=picked)
    free, closed = without_owner(cycle), cycle.status not in assignments.OPEN
    context = {"cycle": cycle, "form": form, "filter": chosen, "groups": groups, "picked": picked}
    context |= {"up": (reverse("board", args=[pk]), str(cycle)), "closed": closed, "state": state_words(free, closed)}
    context |= {"done": cycle.status == CycleStatus.PREPARATION and not free, "mappable": bool(free) and not closed}
    return render(request, "assessment/assignments/assignment_list.html", context, status=status_of(request, form))


@require_http_methods(ALLOWED)
def assignment_supporters(request: Request, pk: int, indicator_pk: int) -> HttpResponse:
    """Say which agencies support one indicator."""
    cycle = _managed(request, pk)
    indicator = get_object_or_404(
        Indicator.objects.visible_to(request.user), pk=indicator_pk, revision=cycle.revision_id
    )
    rows = Assignment.objects.filter(cycle=cycle, indicator=indicator).select_related("agency")
    owner = next((row.agency for row in rows if row.responsible), None)
    now = [row.agency_id for row in rows if not row.responsible]
    form = SupportersForm(typed(request), cycle=cycle, owner=owner, initial={"agencies": now})
    carry_version(form, version_of_supporters(cycle, indicator))
    verb, target = partial(assignments.set_supporters, cycle=cycle, indicator=indicator), _row_of(cycle, indicator)
    done = f"Pendukung indikator {indicator.number} tersimpan."
    saved = carry_out(request, form, verb, to=target, done=done)
    if saved:
        return saved
    context = {"form": form, "cycle": cycle, "indicator": indicator, "eyebrow": str(indicator)}
    context |= {"up": (reverse("assignment-list", args=[pk]), "Penugasan"), "about": supporters_words(owner)}
    return render(request, "assessment/assignments/supporters_form.html", context, status=status_of(request, form))


def _row_of(cycle: Cycle, indicator: Indicator) -> str:
    return f"{reverse('assignment-list', args=[cycle.pk])}#indikator-{indicator.number}"


def _ticked(request: Request, rows: list) -> set[str]:
    """The rows that stand ticked when the page was asked for with all, or with all of one right."""
    asked = request.GET.get("pilih", "")
    return {str(row.indicator.pk) for row in rows if asked in ("semua", row.indicator.right.code)}


def _managed(request: Request, pk: int) -> Cycle:
    rows = Cycle.objects.visible_to(request.user).select_related("region", "revision__instrument")
    cycle = get_object_or_404(rows, pk=pk)
    require(request.user, "assessment.manage_cycle", cycle)
    return cycle
