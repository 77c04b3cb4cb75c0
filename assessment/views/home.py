"""The start page: what waits and what happened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Notice
from assessment.reading import reading_for
from assessment.waiting import waiting_for

NEWEST = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, and the newest notices."""
    first, *others = waiting_for(request.user) or [None]
    context = {
        "next": first,
        "also": others,
        "reading": reading_for(request.user),
        "notices": Notice.objects.visible_to(request.user)[:NEWEST],
    }
    return render(request, "home.html", context)
