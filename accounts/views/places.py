"""Regions, offices and who looks after whom, as the administrator enters them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import require
from accounts.actions import places
from accounts.forms.places import JurisdictionForm, OfficeForm, RegionForm
from accounts.kept_forms import typed
from accounts.models import Jurisdiction, Region, ReviewOffice
from accounts.once import sent_once


def place_list(request: HttpRequest) -> HttpResponse:
    """Every region with its office, and the offices."""
    require(request.user, "accounts.manage_places")
    held = Jurisdiction.objects.active().select_related("office")
    offices = {row.region_id: row.office for row in held}
    regions = [(region, offices.get(region.pk)) for region in Region.objects.visible_to(request.user)]
    context = {"regions": regions, "offices": ReviewOffice.objects.visible_to(request.user)}
    return render(request, "accounts/place_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def region_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Enter or change a region."""
    require(request.user, "accounts.manage_places")
    region = get_object_or_404(Region.objects.visible_to(request.user), pk=pk) if pk else Region()
    form = RegionForm(typed(request), instance=region)
    if request.method == "POST" and form.is_valid():
        places.save_region(region=form.instance, by=request.user, once=sent_once(request, reverse("place-list")))
        return _saved(request, form.instance)
    return _show(request, form, "Wilayah")


@require_http_methods(["GET", "HEAD", "POST"])
def office_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Enter or change a review office."""
    require(request.user, "accounts.manage_places")
    office = get_object_or_404(ReviewOffice.objects.visible_to(request.user), pk=pk) if pk else ReviewOffice()
    form = OfficeForm(typed(request), instance=office)
    if request.method == "POST" and form.is_valid():
        places.save_office(office=form.instance, by=request.user, once=sent_once(request, reverse("place-list")))
        return _saved(request, form.instance)
    return _show(request, form, "Kantor verifikasi")


@require_http_methods(["GET", "HEAD", "POST"])
def jurisdiction_add(request: HttpRequest) -> HttpResponse:
    """Put a region under an office."""
    require(request.user, "accounts.manage_places")
    form = JurisdictionForm(typed(request))
    if request.method == "POST" and form.is_valid():
        once = sent_once(request, reverse("place-list"))
        row = places.look_after(**form.cleaned_data, by=request.user, once=once)
        return _saved(request, row.region)
    return _show(request, form, "Wilayah kerja")


def _saved(request: HttpRequest, row) -> HttpResponse:
    messages.success(request, f"{row} tersimpan.")
    return redirect("place-list")


def _show(request: HttpRequest, form, what: str) -> HttpResponse:
    return render(request, "accounts/place_form.html", {"form": form, "what": what}, status=422 if form.errors else 200)
