"""A region's agencies, as its coordinator manages them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require
from accounts.actions import places
from accounts.forms.places import AgencyForm, SuccessionForm
from accounts.forms.versions import carry_version, say_overtaken, show_again, version_sent
from accounts.kept_forms import status_of, typed
from accounts.models import Agency, Region
from accounts.once import sent_once
from accounts.place_lists import FIRST_AGENCY, adding_buttons, agency_rows, ended_agencies
from accounts.presenters import up_to
from accounts.request import Request
from accounts.versions import StaleError


@require_safe
def agency_list(request: Request) -> HttpResponse:
    """Agencies with the number of their people, and those that are no more."""
    require(request.user, "accounts.list_agencies")
    agencies = Agency.objects.managed_by(request.user).select_related("region")
    regions = list(Region.objects.managed_by(request.user))
    rows = agencies.not_ended().with_people_counts().order_by("region__code", "name")
    context = {
        "rows": agency_rows(rows, regions, timezone.localdate()),
        "ended": ended_agencies(agencies.ended()),
        "owner": ", ".join(str(region) for region in regions),
        "buttons": adding_buttons(regions),
        "how_to_begin": FIRST_AGENCY,
    }
    return render(request, "accounts/agency_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agency_add(request: Request, region_pk: int) -> HttpResponse:
    """Enter an agency."""
    region = get_object_or_404(Region.objects.visible_to(request.user), pk=region_pk)
    require(request.user, "accounts.manage_agencies", region)
    return _save(request, Agency(region=region))


@require_http_methods(["GET", "HEAD", "POST"])
def agency_change(request: Request, pk: int) -> HttpResponse:
    """Change an agency, or end it."""
    agency = get_object_or_404(Agency.objects.visible_to(request.user).select_related("region"), pk=pk)
    require(request.user, "accounts.manage_agencies", agency)
    return _save(request, agency)


@require_http_methods(["GET", "HEAD", "POST"])
def agency_succeed(request: Request, pk: int) -> HttpResponse:
    """Record which agency took over from this one."""
    agency = get_object_or_404(Agency.objects.visible_to(request.user).select_related("region"), pk=pk)
    require(request.user, "accounts.manage_agencies", agency)
    form = SuccessionForm(typed(request), old=agency)
    if request.method == "POST" and form.is_valid():
        once = sent_once(request, reverse("agency-list"))
        try:
            places.record_succession(old=agency, **form.cleaned_data, by=request.user, once=once)
            messages.success(request, f"Peralihan {agency} tercatat.")
            return redirect("agency-list")
        except places.ChangedMeanwhileError as changed:
            say_overtaken(form, changed)
    context = {"form": form, "agency": agency, "up": up_to("agency-list")}
    return render(request, "accounts/agency_succeed.html", context, status=status_of(request, form))


def _save(request: Request, agency: Agency) -> HttpResponse:
    form = AgencyForm(typed(request), instance=agency)
    carry_version(form, places.version_of_row(agency))
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"seen": version_sent(form), "once": sent_once(request, reverse("agency-list"))}
        try:
            places.save_agency(agency=form.instance, by=request.user, **given)
            return _saved(request, agency)
        except StaleError as stale:
            show_again(form, stale)
    context = {"form": form, "agency": agency, "up": up_to("agency-list")}
    return render(request, "accounts/agency_form.html", context, status=status_of(request, form))


def _saved(request: Request, agency: Agency) -> HttpResponse:
    messages.success(request, f"{agency.name} tersimpan.")
    if people := agency.people_after_its_end():
        messages.warning(request, f"{people} orang masih punya akses di {agency.name}. Akhiri di halaman Orang.")
    return redirect("agency-list")
