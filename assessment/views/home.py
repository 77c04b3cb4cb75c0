"""The start page: what waits and what happened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, and the newest notices."""
    return render(request, "home.html")
