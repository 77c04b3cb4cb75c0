"""The start page: what waits and what happened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Notice
from assessment.pages.home import waiting_for
from assessment.pages.readers import overview_for

NEWEST = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, and the newest notices."""
    first, *others = waiting_for(request.user) or [None]
    context = {
        "next": first,
        "also": others,
        "overview": overview_for(request.user),
        "notices": Notice.objects.visible_to(request.user)[:NEWEST],
    }
    return render(request, "assessment/home/home.html", context)
