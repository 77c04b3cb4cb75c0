"""One's own sessions, seen and ended; and the page for too many failures."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.presenters import own_sessions


def session_list(request: HttpRequest) -> HttpResponse:
    """Where one's account is signed in now."""
    return render(request, "accounts/session_list.html", {"sessions": own_sessions(request)})


@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions."""
    get_object_or_404(UserSession, pk=pk, user=request.user).end()
    messages.success(request, "Sesi itu sudah berakhir.")
    return redirect("session-list")


@require_POST
def session_end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's sessions but this one."""
    for session in UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key):
        session.end()
    messages.success(request, "Semua sesi lain sudah berakhir.")
    return redirect("session-list")


def locked_out(request: HttpRequest, *_args, **_kwargs) -> HttpResponse:
    """Too many failures of this name at this address: says how long to wait, and locks nobody else."""
    return render(request, "accounts/locked_out.html", status=429)
