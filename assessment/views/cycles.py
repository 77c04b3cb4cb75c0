"""A region's cycles: opening, preparing, starting, extending, cancelling, and the years of before."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require
from accounts.forms.versions import carry_version
from accounts.kept_forms import status_of, typed
from accounts.models import Agency, Region
from accounts.request import Request
from accounts.sure import sure
from accounts.versions import version_of
from accounts.words import weekday_moment
from assessment.actions import cycles
from assessment.facts.clocks import Clocks
from assessment.facts.plans import NO_DEADLINE, plan_of
from assessment.forms.cycles import CycleForm, ExtensionForm, PastYearForm
from assessment.forms.reasons import ReasonForm
from assessment.models import Cycle, EndorsementException
from assessment.pages.cycles import CyclesPage, StartPage, board_above, years_above
from assessment.pages.offices import years_of
from assessment.pages.preparation import preparation_of
from assessment.views.carrying_out import carry_out, press
from assessment.workflow import CYCLE_STEPS, available

ALLOWED = ["GET", "HEAD", "POST"]
EXTENDED = "Batas pengisian diperpanjang; yang bersangkutan sudah diberi tahu."
EXCEPTED = "{} mengajukan tanpa pengesahan Kepala OPD."
ON_CANCELLING = (
    "Pembatalan tidak dapat ditarik kembali. Jawaban dan data dukung tetap tersimpan, tetapi tidak diisi atau dinilai "
    "lagi. Sesudahnya periode lain untuk tahun yang sama dapat dibuka."
)
ON_EXCEPTING = (
    "Jawaban perangkat daerah ini lalu diajukan oleh operatornya tanpa menunggu Kepala OPD, sampai periode ini selesai."
)


@require_safe
def cycle_list(request: Request) -> HttpResponse:
    """The cycles of every region that the person looks after, newest first."""
    require(request.user, "assessment.see_cycles")
    rows = Cycle.objects.visible_to(request.user).select_related("region", "revision__instrument").open_first()
    page = CyclesPage(years_of(request.user, list(rows)), list(Region.objects.managed_by(request.user)))
    return render(request, "assessment/cycles/cycle_list.html", {"page": page})


@require_http_methods(ALLOWED)
def cycle_open(request: Request, region_pk: int) -> HttpResponse:
    """Open a cycle for a region."""
    region = get_object_or_404(Region.objects.visible_to(request.user), pk=region_pk)
    require(request.user, "assessment.open_cycle", region)
    return _save(request, Cycle(region=region))


@require_http_methods(ALLOWED)
def cycle_change(request: Request, pk: int) -> HttpResponse:
    """Change a cycle that is still in preparation."""
    cycle = _cycle(request, pk)
    require(request.user, "assessment.manage_cycle", cycle)
    return _save(request, cycle)


@require_http_methods(ALLOWED)
def cycle_start(request: Request, pk: int) -> HttpResponse:
    """Name what is not there yet and what can no longer be changed, then begin the filling."""
    cycle = _cycle(request, pk)
    require(request.user, "assessment.manage_cycle", cycle)
    board, step = reverse("board", args=[pk]), CYCLE_STEPS["start_filling"]
    if request.method == "POST":
        return press(request, cycles.start_filling, to=board, done=step.said_of(cycle), cycle=cycle)
    blocked = available(cycle, to=request.user).get(step.name)
    if blocked:
        messages.error(request, blocked)
    if blocked is None or blocked:
        return redirect(board)
    context = {"cycle": cycle, "page": StartPage(cycle, preparation_of(cycle))}
    return render(request, "assessment/cycles/cycle_start.html", context)


@require_http_methods(ALLOWED)
def cycle_extend(request: Request, pk: int) -> HttpResponse:
    """Give more time, to everyone or to one agency."""
    cycle = _cycle(request, pk)
    require(request.user, "assessment.manage_cycle", cycle)
    if cycle.filling_deadline is None:
        messages.warning(request, NO_DEADLINE)
        return redirect("board", pk)
    form = ExtensionForm(typed(request), cycle=cycle)
    verb = partial(cycles.extend, cycle=cycle)
    extended = carry_out(request, form, verb, to=reverse("board", args=[pk]), done=EXTENDED)
    if extended:
        return extended
    until = weekday_moment(sure(Clocks.of(cycle).filling_until(None)), cycle.region.zone)
    about = f"Batas untuk semua sekarang {until}. Orang di perangkat daerahnya diberi tahu, beserta alasannya."
    return _form_page(request, form, cycle, "Perpanjang batas pengisian", "Perpanjang", about)


@require_http_methods(ALLOWED)
def cycle_cancel(request: Request, pk: int) -> HttpResponse:
    """Cancel a cycle, with a reason."""
    cycle = _cycle(request, pk)
    require(request.user, "assessment.manage_cycle", cycle)
    form = ReasonForm(typed(request), help_text="Misalnya surat yang menjadi dasarnya.")
    step, verb = CYCLE_STEPS["cancel"], partial(cycles.cancel, cycle=cycle)
    cancelled = carry_out(request, form, verb, to=reverse("cycle-list"), done=step.said_of(cycle))
    return cancelled or _form_page(request, form, cycle, step.label, step.press, ON_CANCELLING)


@require_http_methods(ALLOWED)
def cycle_except(request: Request, pk: int, agency_pk: int) -> HttpResponse:
    """Let an agency without a head submit without endorsement, with a reason."""
    cycle = _cycle(request, pk)
    require(request.user, "assessment.manage_cycle", cycle)
    agency = get_object_or_404(Agency.objects.visible_to(request.user), pk=agency_pk, region=cycle.region_id)
    longest = sure(EndorsementException._meta.get_field("reason").max_length)
    form = ReasonForm(typed(request), help_text="Misalnya jabatannya sedang kosong.", longest=longest)
    verb, done = partial(cycles.set_exception, cycle=cycle, agency=agency), EXCEPTED.format(agency)
    excepted = carry_out(request, form, verb, to=reverse("board", args=[pk]), done=done)
    heading = f"Kecualikan {agency} dari pengesahan"
    return excepted or _form_page(request, form, cycle, heading, "Kecualikan", ON_EXCEPTING)


@require_http_methods(ALLOWED)
def cycle_record(request: Request, region_pk: int) -> HttpResponse:
    """Record the result of a year before, or its cancellation."""
    region = get_object_or_404(Region.objects.visible_to(request.user), pk=region_pk)
    require(request.user, "assessment.open_cycle", region)
    form = PastYearForm(typed(request), region=region)
    given: dict[str, Any] = {"region": region, "fields": form.cleaned_data if form.is_valid() else {}}
    recorded = carry_out(request, form, cycles.record_past_year, to=reverse("cycle-list"), done=_recorded, **given)
    if recorded:
        return recorded
    context = {"form": form, "region": region, "up": years_above()}
    return render(request, "assessment/cycles/past_year_form.html", context, status=status_of(request, form))


def _recorded(cycle: Cycle) -> str:
    return f"{cycle} tercatat."


def _cycle(request: Request, pk: int) -> Cycle:
    rows = Cycle.objects.visible_to(request.user).select_related("region", "revision__instrument")
    return get_object_or_404(rows, pk=pk)


def _save(request: Request, cycle: Cycle) -> HttpResponse:
    mark = version_of(plan_of(cycle)) if cycle.pk else ""
    form = CycleForm(typed(request), instance=cycle, region=cycle.region)
    carry_version(form, mark)
    to, verb = reverse("cycle-list"), cycles.save_cycle
    saved = carry_out(request, form, verb, to=to, page_of=_board_of, done=_saved, cycle=form.instance)
    if saved:
        return saved
    context = {"form": form, "cycle": cycle, "up": years_above()}
    return render(request, "assessment/cycles/cycle_form.html", context, status=status_of(request, form))


def _saved(cycle: Cycle) -> str:
    return f"Periode {cycle} tersimpan."


def _board_of(cycle: Cycle) -> str:
    return reverse("board", args=[cycle.pk])


def _form_page(request: Request, form, cycle: Cycle, heading: str, label: str, about: str) -> HttpResponse:
    context = {"form": form, "cycle": cycle, "heading": heading, "label": label, "about": about}
    context |= {"awarding": False, "up": board_above(cycle)}
    context["look"] = "danger" if about == ON_CANCELLING else "primary"
    return render(request, "assessment/cycles/cycle_act.html", context, status=status_of(request, form))
