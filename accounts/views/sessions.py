"""One's own sessions, seen and ended; and the page for too many failures."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts import kept_forms
from accounts.actions.invitations import end_sessions
from accounts.backends import locked_until
from accounts.presenters import own_sessions
from accounts.request import Request


@require_safe
def session_list(request: Request) -> HttpResponse:
    """Where one's account is signed in now."""
    sessions = own_sessions(request)
    context = {"sessions": sessions, "has_others": len(sessions) > 1}
    return render(request, "accounts/session_list.html", context)


@require_POST
def session_end(request: Request, pk: int) -> HttpResponse:
    """End one of one's own sessions."""
    get_object_or_404(UserSession, pk=pk, user=request.user).end()
    messages.success(request, "Sesi itu sudah berakhir.")
    return redirect("session-list")


@require_POST
def session_end_others(request: Request) -> HttpResponse:
    """End all of one's sessions but this one."""
    end_sessions(request.user, but=request.session.session_key)
    messages.success(request, "Semua sesi lain sudah berakhir.")
    return redirect("session-list")


@require_POST
def kept_form_drop(request: Request) -> HttpResponse:
    """Throw away what was typed before the session ended, and show its page as it is stored."""
    form = kept_forms.kept(request)
    kept_forms.forget(request)
    return redirect(form.page if form else "home")


def locked_out(request: HttpRequest, _response: HttpResponse, credentials: dict | None) -> HttpResponse:
    """Too many failures of this name at this address: says how long to wait, and locks nobody else."""
    until = locked_until(request, credentials)
    return render(request, "accounts/locked_out.html", {"until": until}, status=429)
