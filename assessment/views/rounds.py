"""Opening a correction round with what was noted, and moving its hour."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.kept_forms import status_of, typed
from accounts.request import Request
from assessment.actions import rounds
from assessment.forms.rounds import MoveRoundForm, RoundForm
from assessment.models import CorrectionRound
from assessment.pages.review_list import room_of
from assessment.pages.review_overview import review_above
from assessment.pages.rounds import RoundPage
from assessment.views.carrying_out import carry_out
from assessment.views.reviews import cycle_in_review

MOVED = "Jam penutupan digeser; yang bersangkutan sudah diberi tahu."
ALLOWED = ["GET", "HEAD", "POST"]


@require_http_methods(ALLOWED)
def round_open(request: Request, pk: int) -> HttpResponse:
    """Show what was noted, ask for the hour, and open."""
    cycle = cycle_in_review(request, pk)
    form = RoundForm(typed(request), region=cycle.region)
    verb = partial(rounds.open_round, cycle=cycle)
    opened = carry_out(request, form, verb, to=reverse("review-list", args=[pk]), done=_opened)
    if opened:
        return opened
    context = {"form": form, "cycle": cycle, "page": RoundPage(room_of(cycle))}
    return render(request, "assessment/rounds/round_open.html", context, status=status_of(request, form))


@require_http_methods(ALLOWED)
def round_move(request: Request, pk: int, number: int) -> HttpResponse:
    """Give a running round a later hour."""
    cycle = cycle_in_review(request, pk)
    running = get_object_or_404(CorrectionRound.objects.select_related("cycle__region"), cycle=cycle, number=number)
    form = MoveRoundForm(typed(request), region=cycle.region, initial={"closes_at": running.closes_at})
    verb = partial(rounds.move_hour, correction_round=running)
    moved = carry_out(request, form, verb, to=reverse("review-list", args=[pk]), done=MOVED)
    if moved:
        return moved
    context = {"form": form, "cycle": cycle, "heading": f"Geser jam putaran {number}", "label": "Geser jam"}
    context |= {"result": None, "up": review_above(cycle)}
    return render(request, "assessment/reviews/verification_act.html", context, status=status_of(request, form))


def _opened(opened: CorrectionRound) -> str:
    return f"Putaran perbaikan {opened.number} dibuka; pengampunya sudah diberi tahu."
