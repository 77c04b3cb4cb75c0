"""The result: its bonus, its proposal, its fixing with the password asked again, and its page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import require
from accounts.kept_forms import status_of, typed
from accounts.models import User
from accounts.once import sent_once
from accounts.reauthentication import is_own_password
from assessment.actions import results, verification
from assessment.dossier import dossier_of
from assessment.enums import ResultOutcome
from assessment.forms.cycles import CancelForm
from assessment.forms.reviews import BonusForm, FixForm
from assessment.models import Cycle, Result
from assessment.views.reviews import cycle_in_review
from assessment.workflow import TransitionRefusedError, available

ALLOWED = ["GET", "HEAD", "POST"]
WRONG_PASSWORD = "Kata sandi belum cocok. Periksa huruf besar, lalu coba lagi."  # noqa: S105 - a sentence


@require_http_methods(ALLOWED)
def bonus_enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the bonus with its source."""
    cycle = cycle_in_review(request, pk)
    form = BonusForm(typed(request))
    if request.method == "POST" and form.is_valid():
        target = reverse("review-list", args=[pk])
        try:
            once = sent_once(request, target)
            verification.enter_bonus(cycle=cycle, **form.cleaned_data, by=request.user, once=once)
            messages.success(request, "Bonus Aksi HAM tercatat.")
            return redirect(target)
        except TransitionRefusedError as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "cycle": cycle, "heading": "Bonus Aksi HAM", "label": "Simpan bonus"}
    return render(request, "assessment/verification_act.html", context, status=status_of(request, form))


@require_POST
def result_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze everything and propose."""
    cycle = cycle_in_review(request, pk)
    target = reverse("result-detail", args=[pk])
    try:
        results.propose(cycle=cycle, by=request.user, once=sent_once(request, target))
        messages.success(request, "Hasil diusulkan. Verifikator lain sudah diberi tahu untuk menetapkannya.")
        return redirect(target)
    except TransitionRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("review-list", pk)


@require_safe
def result_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest result that was not given back, as it was frozen."""
    cycle, result = _result(request, pk)
    snapshot = result.snapshot
    context = {"cycle": cycle, "result": result, "dossier": dossier_of(snapshot), "snapshot": snapshot}
    context |= {"steps": available(cycle, to=request.user), "given_back": given_back_of(request.user, cycle)}
    return render(request, "assessment/result_detail.html", context)


@require_http_methods(ALLOWED)
def result_fix(request: HttpRequest, pk: int) -> HttpResponse:
    """Another reviewer fixes the result; the password is asked again."""
    cycle, result = _result(request, pk)
    require(request.user, "assessment.fix_result", cycle)
    form = FixForm(typed(request))
    if request.method == "POST" and form.is_valid():
        if not is_own_password(request, form.cleaned_data.pop("password")):
            form.add_error("password", WRONG_PASSWORD)
        else:
            target = reverse("result-detail", args=[pk])
            try:
                once = sent_once(request, target)
                results.fix(cycle=cycle, result=result, **form.cleaned_data, by=request.user, once=once)
                messages.success(request, f"Hasil {cycle} ditetapkan.")
                return redirect(target)
            except TransitionRefusedError as refusal:
                form.add_error(None, str(refusal))
    return _act(request, form, cycle, "Tetapkan hasil", "Tetapkan hasil", result)


@require_http_methods(ALLOWED)
def result_give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Another reviewer gives the proposal back."""
    cycle, result = _result(request, pk)
    require(request.user, "assessment.fix_result", cycle)
    form = CancelForm(typed(request))
    form.fields["reason"].help_text = "Dibaca verifikator kantor ini, tidak oleh kabupaten/kota."
    if request.method == "POST" and form.is_valid():
        target = reverse("review-list", args=[pk])
        try:
            once, reason = sent_once(request, target), form.cleaned_data["reason"]
            results.give_back(cycle=cycle, result=result, reason=reason, by=request.user, once=once)
            messages.success(request, "Usulan dikembalikan; verifikasi dibuka lagi.")
            return redirect(target)
        except TransitionRefusedError as refusal:
            form.add_error(None, str(refusal))
    return _act(request, form, cycle, "Kembalikan usulan", "Kembalikan usulan", result)


def _result(request: HttpRequest, pk: int) -> tuple[Cycle, Result]:
    rows = Cycle.objects.visible_to(request.user).select_related("region", "revision__instrument")
    cycle = get_object_or_404(rows, pk=pk)
    seen = Result.objects.visible_to(request.user).standing().filter(cycle=cycle)
    result = seen.select_related("snapshot", "decision__decided_by", "proposed_by", "cycle__region").first()
    if result is None:
        raise Http404
    return cycle, result


def given_back_of(user: User, cycle: Cycle) -> list[Result]:
    """Proposals that were given back, newest first; the office's own, not the regency's to read."""
    if not user.has_perm("assessment.review_cycle", cycle):
        return []
    rows = Result.objects.visible_to(user).filter(cycle=cycle, decision__outcome=ResultOutcome.GIVEN_BACK)
    return list(rows.select_related("decision__decided_by"))


def _act(request: HttpRequest, form, cycle: Cycle, heading: str, label: str, result: Result) -> HttpResponse:
    context = {"form": form, "cycle": cycle, "heading": heading, "label": label, "result": result}
    return render(request, "assessment/verification_act.html", context, status=status_of(request, form))
