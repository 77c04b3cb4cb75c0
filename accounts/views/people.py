"""People, as those manage them who invite them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import require
from accounts.actions import invitations, memberships, people
from accounts.audit import history
from accounts.forms.invite_many import InviteManyForm
from accounts.forms.people import CorrectionForm, InviteForm, ReasonForm
from accounts.forms.versions import show_again, version_sent
from accounts.kept_forms import status_of, typed
from accounts.models import Agency, Invitation, Membership, User
from accounts.once import sent_once
from accounts.presenters import (
    NONE_LACKING,
    ended_people,
    one_time_link,
    people_by_place,
    roles_held,
    up_to,
    waiting_links,
)
from accounts.request import Request
from accounts.roles import Role
from accounts.text import searched
from accounts.versions import StaleError

PLACES_PER_PAGE, ENDED_SHOWN, EVENTS_SHOWN = 60, 20, 30
SEEN_AT_A_GLANCE = 5  # places that nobody has to search for


@require_safe
def person_list(request: Request) -> HttpResponse:
    """People by place, with the links that are still open and whose access ended last."""
    require(request.user, "accounts.list_people")
    wanted = searched(request)
    rows = Membership.objects.visible_to(request.user).mentioning(wanted).with_places().select_related("user")
    page = Paginator(people_by_place(rows.active()), PLACES_PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        "page": page,
        "ended": ended_people(rows.ended()[:ENDED_SHOWN]),
        "waiting": waiting_links(Invitation.objects.visible_to(request.user).open().with_places()),
        "wanted": wanted,
        "searches": bool(wanted) or page.paginator.count > SEEN_AT_A_GLANCE,
    }
    return render(request, "accounts/person_list.html", context)


@require_safe
def person_detail(request: Request, pk: int) -> HttpResponse:
    """One person: roles now and before, and what happened to them and to the account."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    require(request.user, "accounts.list_people")
    held = person.memberships.visible_to(request.user).with_places()
    context = {
        "person": person,
        "roles": roles_held(held),
        "events": history(person, *held)[:EVENTS_SHOWN],
        "up": up_to("person-list"),
    }
    return render(request, "accounts/person_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Request) -> HttpResponse:
    """Invite a person; the answer shows the one-time link, once."""
    require(request.user, "accounts.list_people")
    place, role = request.GET.get("tempat", ""), request.GET.get("peran", "")
    wanted = {"place": place, "role": role or (Role.OPERATOR.value if place.startswith("agency-") else "")}
    form = InviteForm(typed(request), inviter=request.user, initial=wanted)
    if request.method == "POST" and form.is_valid():
        invitation, token = invitations.invite(
            invitee=form.invitee,
            role=form.chosen_role,
            place=form.chosen_place,
            by=request.user,
            once=sent_once(request, reverse("person-list")),
        )
        return _show_link(request, invitation, token)
    context = {"form": form, "up": up_to("person-list")}
    return render(request, "accounts/person_invite.html", context, status=status_of(request, form))


@require_http_methods(["GET", "HEAD", "POST"])
def invite_many(request: Request) -> HttpResponse:
    """Invite operators and heads of the agencies that lack them; the answer shows the one-time links, once."""
    require(request.user, "accounts.list_agencies")
    agencies = Agency.objects.managed_by(request.user).active().with_people_counts().order_by("region__code", "name")
    form = InviteManyForm(typed(request), agencies=list(agencies))
    if request.method == "POST" and form.is_valid():
        once = sent_once(request, reverse("person-list"))
        made = invitations.invite_many(people=form.invited, by=request.user, once=once)
        links = [one_time_link(invitation, token) for invitation, token in made]
        shown = {"links": links, "lines": "\n".join(link.line for link in links), "up": up_to("person-list")}
        return render(request, "accounts/links_show.html", shown)
    context = {"form": form, "up": up_to("agency-list"), "none_lacking": NONE_LACKING}
    return render(request, "accounts/person_invite_many.html", context, status=status_of(request, form))


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Request, pk: int) -> HttpResponse:
    """Correct the name, NIP and e-mail of a person, or add what was not known at the invitation."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    require(request.user, "accounts.correct_person", person)
    form = CorrectionForm(typed(request), person=person)
    if request.method == "POST" and form.is_valid():
        target = reverse("person-detail", args=[pk])
        try:
            names = {name: form.cleaned_data[name] for name in people.WORDS}
            given: dict[str, Any] = {"seen": version_sent(form) or "", "once": sent_once(request, target)}
            changed = people.correct(person=person, names=names, **given, by=request.user)
            messages.success(request, "Keterangan akun tersimpan." if changed else "Tidak ada yang diubah.")
            return redirect(target)
        except StaleError as stale:
            show_again(form, stale)
        except invitations.NameTakenError:
            form.add_error(None, "NIP atau e-mail ini baru saja dipakai akun lain. Periksa lagi, atau kosongkan.")
    context = {"form": form, "person": person, "up": (reverse("person-detail", args=[pk]), person.name)}
    return render(request, "accounts/person_correct.html", context, status=status_of(request, form))


@require_POST
def reset(request: Request, pk: int) -> HttpResponse:
    """Make a link by which a person chooses a new password; the answer shows it, once."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    require(request.user, "accounts.reset_password", person)
    once = sent_once(request, reverse("person-detail", args=[pk]))
    invitation, token = invitations.start_reset(person=person, by=request.user, once=once)
    return _show_link(request, invitation, token)


@require_http_methods(["GET", "HEAD", "POST"])
def membership_end(request: Request, pk: int) -> HttpResponse:
    """End a membership, with a reason."""
    membership = get_object_or_404(Membership.objects.visible_to(request.user).with_places(), pk=pk)
    require(request.user, "accounts.issue_role", membership)
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        target = reverse("person-detail", args=[membership.user_id])
        try:
            memberships.end_membership(
                membership=membership,
                by=request.user,
                reason=form.cleaned_data["reason"],
                once=sent_once(request, target),
            )
            messages.success(request, f"Akses {membership.user} sebagai {membership.title} sudah berakhir.")
        except memberships.AlreadyEndedError:
            messages.warning(request, "Akses ini sudah berakhir sebelumnya.")
        return redirect(target)
    context = {"form": form, "membership": membership, "up": up_to("person-list")}
    return render(request, "accounts/membership_end.html", context, status=status_of(request, form))


@require_POST
def invitation_withdraw(request: Request, pk: int) -> HttpResponse:
    """Make a link open nothing any more."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    require(request.user, "accounts.issue_role", invitation)
    try:
        once = sent_once(request, reverse("person-list"))
        memberships.withdraw_invitation(invitation=invitation, by=request.user, once=once)
        messages.success(request, f"Tautan untuk {invitation.name} sudah ditarik.")
    except memberships.AlreadyEndedError:
        messages.warning(request, "Tautan ini sudah dipakai atau ditarik.")
    return redirect("person-list")


def _show_link(request: Request, invitation: Invitation, token: str) -> HttpResponse:
    context = {"link": one_time_link(invitation, token), "up": up_to("person-list")}
    return render(request, "accounts/link_show.html", context)
