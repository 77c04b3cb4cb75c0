"""Regions, offices and who looks after whom, as the administrator enters them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require
from accounts.actions import places
from accounts.forms.places import JurisdictionForm, OfficeForm, RegionForm
from accounts.forms.versions import carry_version, say_overtaken, show_again, version_sent
from accounts.kept_forms import status_of, typed
from accounts.models import Region, ReviewOffice
from accounts.once import sent_once
from accounts.place_lists import FIRST_REGION, office_lines, region_rows
from accounts.presenters import up_to
from accounts.request import Request
from accounts.text import searched
from accounts.versions import StaleError

REGIONS_PER_PAGE = 60
SEEN_AT_A_GLANCE = 20  # regions that nobody has to search for


@require_safe
def place_list(request: Request) -> HttpResponse:
    """Regions with their offices, and the offices."""
    require(request.user, "accounts.manage_places")
    wanted = searched(request)
    regions = Region.objects.visible_to(request.user).mentioning(wanted).with_offices()
    page = Paginator(regions, REGIONS_PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        "page": page,
        "rows": region_rows(page, timezone.localdate()),
        "offices": office_lines(ReviewOffice.objects.visible_to(request.user).with_region_counts()),
        "wanted": wanted,
        "searches": bool(wanted) or page.paginator.count > SEEN_AT_A_GLANCE,
        "how_to_begin": FIRST_REGION,
    }
    return render(request, "accounts/place_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def region_form(request: Request, pk: int | None = None) -> HttpResponse:
    """Enter or change a region."""
    region = get_object_or_404(Region.objects.visible_to(request.user), pk=pk) if pk is not None else Region()
    require(request.user, "accounts.manage_places")
    form = RegionForm(typed(request), instance=region)
    carry_version(form, places.version_of_row(region))
    if request.method == "POST" and form.is_valid():
        target = "region-add" if "again" in request.POST else "place-list"
        given: dict[str, Any] = {"seen": version_sent(form), "once": sent_once(request, reverse(target))}
        try:
            places.save_region(region=form.instance, by=request.user, **given)
            return _saved(request, form.instance, target)
        except StaleError as stale:
            show_again(form, stale)
    return _show(request, form, "Ubah wilayah" if region.pk else "Tambah wilayah", again=not region.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def office_form(request: Request, pk: int | None = None) -> HttpResponse:
    """Enter or change a review office."""
    office = (
        get_object_or_404(ReviewOffice.objects.visible_to(request.user), pk=pk) if pk is not None else ReviewOffice()
    )
    require(request.user, "accounts.manage_places")
    form = OfficeForm(typed(request), instance=office)
    carry_version(form, places.version_of_row(office))
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"seen": version_sent(form), "once": sent_once(request, reverse("place-list"))}
        try:
            places.save_office(office=form.instance, by=request.user, **given)
            return _saved(request, form.instance)
        except StaleError as stale:
            show_again(form, stale)
    return _show(request, form, "Ubah kantor verifikasi" if office.pk else "Tambah kantor verifikasi")


@require_http_methods(["GET", "HEAD", "POST"])
def jurisdiction_add(request: Request) -> HttpResponse:
    """Put regions under an office."""
    require(request.user, "accounts.manage_places")
    if not ReviewOffice.objects.exists():
        messages.info(request, "Tambahkan dahulu kantor yang memverifikasi; setelah itu tetapkan wilayah kerjanya.")
        return redirect("office-add")
    form = JurisdictionForm(typed(request))
    if request.method == "POST" and form.is_valid():
        once = sent_once(request, reverse("place-list"))
        try:
            rows = places.look_after(**form.cleaned_data, by=request.user, once=once)
            messages.success(request, f"{len(rows)} wilayah sekarang di bawah {form.cleaned_data['office']}.")
            return redirect("place-list")
        except places.ChangedMeanwhileError as changed:
            say_overtaken(form, changed)
    return _show(request, form, "Tetapkan wilayah kerja")


def _saved(request: Request, row, target: str = "place-list") -> HttpResponse:
    messages.success(request, f"{row} tersimpan.")
    return redirect(target)


def _show(request: Request, form, what: str, *, again: bool = False) -> HttpResponse:
    context = {"form": form, "what": what, "again": again, "up": up_to("place-list")}
    return render(request, "accounts/place_form.html", context, status=status_of(request, form))
