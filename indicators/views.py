"""The catalogue to read: instruments, their indicators with filters, one indicator with all that belongs to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.middleware import HtmxDetails

from indicators.forms import IndicatorFilter
from indicators.models import Indicator, Instrument, Revision
from indicators.pages import EMPTY, about_of, bounds_of, found_by, measure_of, neighbour, papers_of, revision_url


class Request(HttpRequest):
    """A request with what htmx says of it; the catalogue is for everybody who is signed in."""

    htmx: HtmxDetails


@require_safe
def catalogue(request: Request) -> HttpResponse:
    """All instruments with their revisions."""
    instruments = Instrument.objects.visible_to(request.user).prefetch_related("revisions")
    return render(request, "indicators/instrument_list.html", {"instruments": instruments, "empty": EMPTY})


@require_safe
@vary_on_headers("HX-Request")
def revision(request: Request, code: str, number: int) -> HttpResponse:
    """The indicators of one revision by right, filtered by right, kind, agency and text."""
    found = _revision(request, code, number)
    form = IndicatorFilter(request.GET, revision=found)
    rows = Indicator.objects.visible_to(request.user).filter(revision=found).matching(**form.chosen)
    context = {
        "revision": found,
        "form": form,
        "found": found_by(form, found, list(rows.select_related("right", "agency"))),
        "bounds": bounds_of(found),
        "up": (reverse("catalogue"), "Katalog"),
    }
    # Going back in the browser asks for the whole page, by the same way as a filter asks for the rows.
    rows_only = request.htmx and not request.htmx.history_restore_request
    template = "indicators/_indicator_rows.html" if rows_only else "indicators/indicator_list.html"
    return render(request, template, context)


@require_safe
def indicator(request: Request, code: str, number: int, indicator_number: int) -> HttpResponse:
    """One indicator: guidance, options or bands, required documents, basis."""
    found = _revision(request, code, number)
    rows = Indicator.objects.visible_to(request.user).filter(revision=found)
    row = get_object_or_404(rows.with_rules(), number=indicator_number)
    context = {
        "indicator": row,
        "revision": found,
        "up": (revision_url(found), found),
        "measure": measure_of(row),
        "papers": papers_of(row),
        "about": about_of(row),
        "previous": neighbour(found, row.number - 1),
        "following": neighbour(found, row.number + 1),
    }
    return render(request, "indicators/indicator_detail.html", context)


def _revision(request: Request, code: str, number: int) -> Revision:
    visible = Revision.objects.visible_to(request.user).select_related("instrument")
    return get_object_or_404(visible.prefetch_related("rights", "predicates"), instrument__code=code, number=number)
