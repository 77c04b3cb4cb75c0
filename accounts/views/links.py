"""What whoever holds a one-time link sees: nobody needs an account for it."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.actions import invitations
from accounts.forms.people import AcceptForm, JoinForm, NewPasswordForm
from accounts.models import Invitation, User

BACKEND = "accounts.backends.PersonBackend"


@login_not_required
@sensitive_post_parameters("password", "password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """Lead to what the link is for: joining with a new account, with a known one, or a new password."""
    try:
        invitation = invitations.find_open(token)
        if invitation.purpose == "reset":
            return _reset(request, invitation)
        known = invitations.account_of(invitation)
        return _join_known(request, invitation, known) if known else _join_new(request, invitation)
    except invitations.LinkSpentError:
        return render(request, "accounts/link_spent.html", status=410)


def _join_new(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = JoinForm(request.POST or None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        names = {"username": form.cleaned_data["username"], "password": form.cleaned_data["password1"]}
        try:
            person = invitations.accept_as_new(invitation=invitation, **names)
        except invitations.NameTakenError:
            form.add_error("username", "Nama pengguna ini baru saja dipakai orang lain. Pilih nama lain.")
        else:
            login(request, person, BACKEND)
            messages.success(request, f"Selamat datang, {person.name}. Akun Anda sudah siap.")
            return redirect("home")
    context = {"form": form, "invitation": invitation}
    return render(request, "accounts/invitation_join.html", context, status=422 if form.errors else 200)


def _join_known(request: HttpRequest, invitation: Invitation, person: User) -> HttpResponse:
    if request.user != person:
        return render(request, "accounts/invitation_known.html", {"invitation": invitation})
    form = AcceptForm(request.POST if request.method == "POST" else None, invitation=invitation, person=person)
    if request.method == "POST" and form.is_valid():
        invitations.accept_as_known(invitation=invitation, person=person)
        messages.success(request, f"Anda sekarang juga {invitation.title}.")
        return redirect("home")
    context = {"form": form, "invitation": invitation}
    return render(request, "accounts/invitation_accept.html", context, status=422 if form.errors else 200)


def _reset(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = NewPasswordForm(request.POST or None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        invitations.finish_reset(invitation=invitation, password=form.cleaned_data["password1"])
        messages.success(request, "Kata sandi baru tersimpan. Silakan masuk.")
        return redirect("account_login")
    context = {"form": form, "invitation": invitation}
    return render(request, "accounts/password_reset.html", context, status=422 if form.errors else 200)
