"""Handing the package over, after seeing what is incomplete; and giving it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import require
from accounts.kept_forms import status_of, typed
from accounts.once import sent_once
from accounts.words import weekday_moment
from assessment.actions import packages
from assessment.forms.prereview import PackageForm
from assessment.forms.steps import ReasonForm
from assessment.models import Cycle
from assessment.readiness import readiness_of
from assessment.workflow import TransitionRefusedError

ON_GIVING_BACK = (
    "Kabupaten/kota mengisi lagi. Batasnya kembali ke {}; perpanjangan yang pernah diberikan sudah berakhir saat paket "
    "diserahkan, dan koordinator dapat memberi yang baru."
)
ALLOWED = ["GET", "HEAD", "POST"]


@require_http_methods(ALLOWED)
def package_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Name what is incomplete and which hours still run, then hand over."""
    cycle = _cycle(request, pk)
    require(request.user, "assessment.manage_cycle", cycle)
    form = PackageForm(typed(request), cycle=cycle)
    if request.method == "POST" and form.is_valid():
        target = reverse("cycle-detail", args=[pk])
        try:
            packages.send(cycle=cycle, **form.cleaned_data, by=request.user, once=sent_once(request, target))
            messages.success(request, f"Paket {cycle} diserahkan. Jawaban sekarang terkunci.")
            return redirect(target)
        except TransitionRefusedError as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "cycle": cycle, "readiness": readiness_of(cycle)}
    return render(request, "assessment/package_send.html", context, status=status_of(request, form))


@require_http_methods(ALLOWED)
def package_give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a package back before opening it, with a reason."""
    cycle = _cycle(request, pk)
    require(request.user, "assessment.review_cycle", cycle)
    form = ReasonForm(typed(request), help_text="Dibaca koordinator dan semua perangkat daerahnya.")
    if request.method == "POST" and form.is_valid():
        target = reverse("cycle-detail", args=[pk])
        try:
            once, reason = sent_once(request, target), form.cleaned_data["reason"]
            packages.give_back(cycle=cycle, reason=reason, by=request.user, once=once)
            messages.success(request, f"Paket {cycle} dikembalikan kepada kabupaten/kota.")
            return redirect(target)
        except TransitionRefusedError as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "cycle": cycle, "heading": "Kembalikan paket", "label": "Kembalikan paket"}
    context["about"] = ON_GIVING_BACK.format(weekday_moment(cycle.filling_deadline, cycle.region.zone))
    return render(request, "assessment/cycle_act.html", context, status=status_of(request, form))


def _cycle(request: HttpRequest, pk: int) -> Cycle:
    rows = Cycle.objects.visible_to(request.user).select_related("region", "revision__instrument")
    return get_object_or_404(rows, pk=pk)
