"""Opening a correction round with what was noted, and moving its hour."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.kept_forms import status_of, typed
from accounts.once import sent_once
from assessment.actions import rounds
from assessment.forms.reviews import MoveRoundForm, RoundForm
from assessment.models import CorrectionRound
from assessment.review_room import room_of
from assessment.views.reviews import cycle_in_review
from assessment.workflow import TransitionRefusedError

ALLOWED = ["GET", "HEAD", "POST"]


@require_http_methods(ALLOWED)
def round_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was noted, ask for the hour, and open."""
    cycle = cycle_in_review(request, pk)
    form = RoundForm(typed(request), region=cycle.region)
    if request.method == "POST" and form.is_valid():
        target = reverse("review-list", args=[pk])
        try:
            once = sent_once(request, target)
            opened = rounds.open_round(cycle=cycle, **form.cleaned_data, by=request.user, once=once)
            messages.success(request, f"Putaran perbaikan {opened.number} dibuka; pengampunya sudah diberi tahu.")
            return redirect(target)
        except TransitionRefusedError as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "cycle": cycle, "room": room_of(cycle)}
    return render(request, "assessment/round_open.html", context, status=status_of(request, form))


@require_http_methods(ALLOWED)
def round_move(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Give a running round a later hour."""
    cycle = cycle_in_review(request, pk)
    moved = get_object_or_404(CorrectionRound.objects.select_related("cycle__region"), cycle=cycle, number=number)
    form = MoveRoundForm(typed(request), region=cycle.region, initial={"closes_at": moved.closes_at})
    if request.method == "POST" and form.is_valid():
        target = reverse("review-list", args=[pk])
        try:
            once = sent_once(request, target)
            rounds.move_hour(correction_round=moved, **form.cleaned_data, by=request.user, once=once)
            messages.success(request, "Jam penutupan digeser; yang bersangkutan sudah diberi tahu.")
            return redirect(target)
        except rounds.EarlierHourError as refusal:
            form.add_error("closes_at", str(refusal))
        except TransitionRefusedError as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "cycle": cycle, "heading": f"Geser jam putaran {number}", "label": "Geser jam"}
    return render(request, "assessment/verification_act.html", context, status=status_of(request, form))
