"""Handing the package over, after seeing what is incomplete; and giving it back."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import require
from accounts.kept_forms import status_of, typed
from accounts.request import Request
from accounts.words import weekday_moment
from assessment.actions import packages
from assessment.facts.plans import NO_DEADLINE
from assessment.forms.packages import PackageForm
from assessment.forms.reasons import ReasonForm
from assessment.models import Cycle
from assessment.pages.cycles import board_above
from assessment.pages.package_words import PackagePage
from assessment.pages.packages import readiness_of
from assessment.views.carrying_out import carry_out
from assessment.workflow import CYCLE_STEPS

ON_GIVING_BACK = (
    "Kabupaten/kota mengisi lagi. Batasnya kembali ke {}; perpanjangan yang pernah diberikan sudah berakhir saat paket "
    "diserahkan, dan koordinator dapat memberi yang baru."
)
ALLOWED = ["GET", "HEAD", "POST"]


@require_http_methods(ALLOWED)
def package_send(request: Request, pk: int) -> HttpResponse:
    """Name what is incomplete and which hours still run, then hand over."""
    cycle = _cycle(request, pk)
    require(request.user, "assessment.manage_cycle", cycle)
    form = PackageForm(typed(request), cycle=cycle)
    verb = partial(packages.send, cycle=cycle)
    sent = carry_out(request, form, verb, to=reverse("board", args=[pk]), done=CYCLE_STEPS["send"].said_of(cycle))
    if sent:
        return sent
    context = {"form": form, "cycle": cycle, "page": PackagePage(cycle, readiness_of(cycle))}
    return render(request, "assessment/packages/package_send.html", context, status=status_of(request, form))


@require_http_methods(ALLOWED)
def package_give_back(request: Request, pk: int) -> HttpResponse:
    """Give a package back before opening it, with a reason."""
    cycle = _cycle(request, pk)
    require(request.user, "assessment.review_cycle", cycle)
    if cycle.filling_deadline is None:
        messages.warning(request, NO_DEADLINE)
        return redirect("board", pk)
    form = ReasonForm(typed(request), help_text="Dibaca koordinator dan semua perangkat daerahnya.")
    step, verb = CYCLE_STEPS["reject"], partial(packages.give_back, cycle=cycle)
    given_back = carry_out(request, form, verb, to=reverse("board", args=[pk]), done=step.said_of(cycle))
    if given_back:
        return given_back
    context = {"form": form, "cycle": cycle, "heading": step.label, "label": step.press}
    context |= {"awarding": False, "up": board_above(cycle), "look": "primary"}
    context["about"] = ON_GIVING_BACK.format(weekday_moment(cycle.filling_deadline, cycle.region.zone))
    return render(request, "assessment/cycles/cycle_act.html", context, status=status_of(request, form))


def _cycle(request: Request, pk: int) -> Cycle:
    rows = Cycle.objects.visible_to(request.user).select_related("region", "revision__instrument")
    return get_object_or_404(rows, pk=pk)
