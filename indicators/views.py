"""The catalogue to read: instruments, their indicators with filters, one indicator with all that belongs to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from indicators.forms import IndicatorFilter
from indicators.models import Indicator, Instrument, Revision


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """All instruments with their revisions."""
    instruments = Instrument.objects.visible_to(request.user).prefetch_related("revisions")
    return render(request, "indicators/instrument_list.html", {"instruments": instruments})


@require_GET
def revision(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The indicators of one revision by right, filtered by right, kind, agency and text."""
    found = _revision(request, code, number)
    form = IndicatorFilter(request.GET, revision=found)
    indicators = found.indicators.visible_to(request.user).matching(**form.chosen()).select_related("right", "agency")
    context = {"revision": found, "form": form, "indicators": list(indicators.order_by("number"))}
    template = "indicators/_indicator_rows.html" if request.htmx else "indicators/indicator_list.html"
    return render(request, template, context)


@require_GET
def indicator(request: HttpRequest, code: str, number: int, indicator_number: int) -> HttpResponse:
    """One indicator: guidance, options or bands, required documents, basis."""
    found = _revision(request, code, number)
    rows = Indicator.objects.visible_to(request.user).with_rules()
    row = get_object_or_404(rows, revision=found, number=indicator_number)
    numbers = {"previous": row.number - 1, "following": row.number + 1 if row.number < found.declared_total else None}
    return render(request, "indicators/indicator_detail.html", {"indicator": row, "revision": found, **numbers})


def _revision(request: HttpRequest, code: str, number: int) -> Revision:
    visible = (
        Revision.objects.visible_to(request.user).select_related("instrument").prefetch_related("rights", "predicates")
    )
    return get_object_or_404(visible, instrument__code=code, number=number)
