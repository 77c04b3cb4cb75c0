"""The start page: what waits and what happened."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Notice
from accounts.request import Request
from assessment.pages.home import waiting_for
from assessment.pages.next_steps import NONE
from assessment.pages.readers import overview_for

NEWEST = 8


@require_safe
def home(request: Request) -> HttpResponse:
    """What waits for this person, and the newest notices."""
    waiting = waiting_for(request.user)
    overview = overview_for(request.user)
    context = {
        "next": waiting[0] if waiting else NONE,
        "also": waiting[1:],
        "idle": not waiting and not overview,
        "overview": overview,
        "notices": Notice.objects.visible_to(request.user)[:NEWEST],
    }
    return render(request, "assessment/home/home.html", context)
