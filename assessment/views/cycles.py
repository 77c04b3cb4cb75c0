"""A region's cycles: opening, preparing, starting, extending, cancelling, and the years of before."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require
from accounts.audit import history
from accounts.forms.seen import carry, seen_in, show_again
from accounts.kept_forms import status_of, typed
from accounts.models import Agency, AuditEvent, Region
from accounts.once import sent_once
from accounts.seen import StaleError, mark_of
from accounts.words import weekday_moment
from assessment.actions import cycles
from assessment.boards import Board, board_of
from assessment.changes import changes_of_cycle
from assessment.clocks import Clocks
from assessment.enums import CycleStatus
from assessment.forms.cycles import CycleForm, ExtensionForm, PastYearForm
from assessment.forms.steps import ReasonForm
from assessment.models import Cycle, EndorsementException, Result
from assessment.next_steps import next_step
from assessment.offices import years_of
from assessment.preparation import preparation_of, waiting_without_head
from assessment.scorecards import handed_over, predicted, undecided_exceptions
from assessment.workflow import TransitionRefusedError, available

BEFORE_SENDING = (CycleStatus.PREPARATION, CycleStatus.FILLING)
EVENTS_SHOWN = 15
PACKAGE_MOVED = ("cycle.sent", "cycle.given_back")
PENDING = (CycleStatus.SUBMITTED, CycleStatus.VERIFICATION, CycleStatus.PROPOSED)
ALLOWED = ["GET", "HEAD", "POST"]
ON_CANCELLING = (
    "Pembatalan tidak dapat ditarik kembali. Jawaban dan data dukung tetap tersimpan, tetapi tidak diisi atau dinilai "
    "lagi. Sesudahnya periode lain untuk tahun yang sama dapat dibuka."
)
ON_EXCEPTING = (
    "Jawaban perangkat daerah ini lalu diajukan oleh operatornya tanpa menunggu Kepala OPD, sampai periode ini selesai."
)


@require_safe
def cycle_list(request: HttpRequest) -> HttpResponse:
    """The cycles of every region that the person looks after, newest first."""
    require(request.user, "assessment.see_cycles")
    rows = Cycle.objects.visible_to(request.user).select_related("region", "revision__instrument").open_first()
    context = {"rows": years_of(request.user, list(rows)), "regions": Region.objects.managed_by(request.user)}
    return render(request, "assessment/cycle_list.html", context)


@require_safe
def cycle_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One cycle: what is left to prepare, or how far it is; whoever looks from outside sees the progress only."""
    cycle = _cycle(request, pk)
    require(request.user, "assessment.see_progress", cycle)
    clocks = Clocks.of(cycle)
    context = {"cycle": cycle, "board": None, "preparation": None, "scorecard": None, "trail": [], "given_back": None}
    context |= {"running_deadline": None, "extensions": []}
    if cycle.status == CycleStatus.PREPARATION:
        context["preparation"] = preparation_of(cycle)
    elif not cycle.recorded:
        context["board"] = board_of(cycle, clocks)
    context["steps"] = available(cycle, to=request.user, clocks=clocks)
    if cycle.status in BEFORE_SENDING:
        context["running_deadline"] = clocks.filling_until(None)
        context["extensions"] = clocks.running_extensions(timezone.now())
    found = {"preparation": context["preparation"], "board": context["board"]}
    context["next_step"] = next_step(cycle, request.user, context["steps"], **found)
    context["result"] = Result.objects.visible_to(request.user).standing().filter(cycle=cycle).first()
    if "send" in context["steps"]:
        context["headless"] = waiting_without_head(cycle)
    if request.user.has_perm("assessment.see_board", cycle):
        context["trail"] = _trail(cycle)
        context["given_back"] = _given_back(cycle, context["trail"])
        if request.user.has_perm("assessment.manage_cycle", cycle):
            context |= _score(cycle, context["board"])
    return render(request, "assessment/cycle_detail.html", context)


@require_http_methods(ALLOWED)
def cycle_open(request: HttpRequest, region_pk: int) -> HttpResponse:
    """Open a cycle for a region."""
    region = get_object_or_404(Region.objects.visible_to(request.user), pk=region_pk)
    require(request.user, "assessment.open_cycle", region)
    return _save(request, Cycle(region=region))


@require_http_methods(ALLOWED)
def cycle_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a cycle that is still in preparation."""
    cycle = _cycle(request, pk)
    require(request.user, "assessment.manage_cycle", cycle)
    return _save(request, cycle)


@require_http_methods(ALLOWED)
def cycle_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Name what is not there yet and what can no longer be changed, then begin the filling."""
    cycle = _cycle(request, pk)
    require(request.user, "assessment.manage_cycle", cycle)
    target = reverse("cycle-detail", args=[pk])
    if request.method != "POST":
        blocked = available(cycle, to=request.user).get("start_filling")
        if blocked is None:
            return redirect(target)
        if blocked:
            messages.error(request, blocked)
            return redirect(target)
        context = {"cycle": cycle, "preparation": preparation_of(cycle)}
        return render(request, "assessment/cycle_start.html", context)
    try:
        cycles.start_filling(cycle=cycle, by=request.user, once=sent_once(request, target))
        messages.success(
            request, f"Pengisian {cycle} dimulai. Orang yang sudah terdaftar di perangkat daerah diberi tahu."
        )
    except TransitionRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(target)


@require_http_methods(ALLOWED)
def cycle_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Give more time, to everyone or to one agency."""
    cycle = _cycle(request, pk)
    require(request.user, "assessment.manage_cycle", cycle)
    if cycle.filling_deadline is None:
        messages.warning(request, "Tahun yang hanya dicatat tidak mempunyai batas pengisian.")
        return redirect("cycle-detail", pk)
    form = ExtensionForm(typed(request), cycle=cycle)
    if request.method == "POST" and form.is_valid():
        target = reverse("cycle-detail", args=[pk])
        try:
            cycles.extend(cycle=cycle, **form.cleaned_data, by=request.user, once=sent_once(request, target))
            messages.success(request, "Batas pengisian diperpanjang; yang bersangkutan sudah diberi tahu.")
            return redirect(target)
        except TransitionRefusedError as refusal:
            form.add_error(None, str(refusal))
    until = weekday_moment(Clocks.of(cycle).filling_until(None), cycle.region.zone)
    about = f"Batas untuk semua sekarang {until}. Orang di perangkat daerahnya diberi tahu, beserta alasannya."
    return _form_page(request, form, cycle, "Perpanjang batas pengisian", "Perpanjang", about)


@require_http_methods(ALLOWED)
def cycle_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a cycle, with a reason."""
    cycle = _cycle(request, pk)
    require(request.user, "assessment.manage_cycle", cycle)
    form = ReasonForm(typed(request), help_text="Misalnya surat yang menjadi dasarnya.")
    if request.method == "POST" and form.is_valid():
        target = reverse("cycle-list")
        try:
            once = sent_once(request, target)
            cycles.cancel(cycle=cycle, reason=form.cleaned_data["reason"], by=request.user, once=once)
            messages.success(request, f"Periode {cycle} dibatalkan.")
            return redirect(target)
        except TransitionRefusedError as refusal:
            form.add_error(None, str(refusal))
    return _form_page(request, form, cycle, "Batalkan periode", "Batalkan periode", ON_CANCELLING)


@require_http_methods(ALLOWED)
def cycle_except(request: HttpRequest, pk: int, agency_pk: int) -> HttpResponse:
    """Let an agency without a head submit without endorsement, with a reason."""
    cycle = _cycle(request, pk)
    require(request.user, "assessment.manage_cycle", cycle)
    agency = get_object_or_404(Agency.objects.visible_to(request.user), pk=agency_pk, region=cycle.region_id)
    longest = EndorsementException._meta.get_field("reason").max_length
    form = ReasonForm(typed(request), help_text="Misalnya jabatannya sedang kosong.", longest=longest)
    if request.method == "POST" and form.is_valid():
        target = reverse("cycle-detail", args=[pk])
        try:
            once, reason = sent_once(request, target), form.cleaned_data["reason"]
            cycles.set_exception(cycle=cycle, agency=agency, reason=reason, by=request.user, once=once)
            messages.success(request, f"{agency} mengajukan tanpa pengesahan Kepala OPD.")
            return redirect(target)
        except TransitionRefusedError as refusal:
            form.add_error(None, str(refusal))
    return _form_page(request, form, cycle, f"Kecualikan {agency} dari pengesahan", "Kecualikan", ON_EXCEPTING)


@require_http_methods(ALLOWED)
def past_year_add(request: HttpRequest, region_pk: int) -> HttpResponse:
    """Record the result of a year before, or its cancellation."""
    region = get_object_or_404(Region.objects.visible_to(request.user), pk=region_pk)
    require(request.user, "assessment.open_cycle", region)
    form = PastYearForm(typed(request), region=region)
    if request.method == "POST" and form.is_valid():
        once = sent_once(request, reverse("cycle-list"))
        try:
            cycle = cycles.record_past_year(region=region, fields=form.cleaned_data, by=request.user, once=once)
            messages.success(request, f"{cycle} tercatat.")
            return redirect("cycle-list")
        except TransitionRefusedError as refusal:
            form.add_error("assessment_year", str(refusal))
    context = {"form": form, "region": region}
    return render(request, "assessment/past_year_form.html", context, status=status_of(request, form))


def _trail(cycle: Cycle) -> list[tuple]:
    """What happened to the year and its rounds, newest first, each with what it was about."""
    rounds = cycle.rounds.all() if cycle.sent else ()
    return [(event, changes_of_cycle(event, cycle.region.zone)) for event in history(cycle, *rounds)[:EVENTS_SHOWN]]


def _given_back(cycle: Cycle, trail: list[tuple]) -> AuditEvent | None:
    """The return of the package, with its reason, for as long as it was not sent again."""
    moved = next((event for event, _changes in trail if event.verb in PACKAGE_MOVED), None)
    back = cycle.status == CycleStatus.FILLING and moved and moved.verb == "cycle.given_back"
    return moved if back else None


def _score(cycle: Cycle, board: Board | None) -> dict:
    """What the regency's own answers give: the drafts while it fills, the package until the result is fixed."""
    if cycle.status == CycleStatus.FILLING:
        return {"scorecard": predicted(cycle, board.answers), "undecided": undecided_exceptions(board.answers)}
    if cycle.status in PENDING:
        scorecard, undecided = handed_over(cycle)
        return {"scorecard": scorecard, "undecided": undecided}
    return {}


def _cycle(request: HttpRequest, pk: int) -> Cycle:
    rows = Cycle.objects.visible_to(request.user).select_related("region", "revision__instrument")
    return get_object_or_404(rows, pk=pk)


def _save(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    mark = mark_of(cycles.plan_of(cycle)) if cycle.pk else ""
    form = CycleForm(typed(request), instance=cycle, region=cycle.region)
    carry(form, mark)
    if request.method == "POST" and form.is_valid():
        try:
            once = sent_once(request, reverse("cycle-list"))
            saved = cycles.save_cycle(cycle=form.instance, seen=seen_in(form), by=request.user, once=once)
            messages.success(request, f"Periode {saved} tersimpan.")
            return redirect("cycle-detail", saved.pk)
        except StaleError as stale:
            show_again(form, stale)
        except TransitionRefusedError as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "cycle": cycle}
    return render(request, "assessment/cycle_form.html", context, status=status_of(request, form))


def _form_page(request: HttpRequest, form, cycle: Cycle, heading: str, label: str, about: str) -> HttpResponse:
    context = {"form": form, "cycle": cycle, "heading": heading, "label": label, "about": about}
    return render(request, "assessment/cycle_act.html", context, status=status_of(request, form))
