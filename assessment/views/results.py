"""The result: its bonus, its proposal, its fixing with the password asked again, and its page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require
from accounts.forms.seen import carry, seen_in, show_again
from accounts.kept_forms import status_of, typed
from accounts.once import sent_once
from accounts.reauthentication import is_own_password
from accounts.seen import StaleError
from assessment.actions import results, verification
from assessment.awards import award_state
from assessment.dossier import Dossier, Reading, dossier_of, take
from assessment.dossier.shapes import Sheet
from assessment.forms.reviews import BonusForm, FixForm
from assessment.forms.steps import ReasonForm
from assessment.models import Answer, Cycle, Result
from assessment.rules import needs_second_person
from assessment.views.reviews import cycle_in_review, given_back_of
from assessment.workflow import TransitionRefusedError, available

ALLOWED = ["GET", "HEAD", "POST"]
WRONG_PASSWORD = "Kata sandi belum cocok. Periksa huruf besar, lalu coba lagi."  # noqa: S105 - a sentence


@require_http_methods(ALLOWED)
def bonus_enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the bonus with its source."""
    cycle = cycle_in_review(request, pk)
    standing = cycle.bonuses.first()
    form = BonusForm(typed(request), standing=standing)
    carry(form, verification.mark_of_bonus(standing))
    if request.method == "POST" and form.is_valid():
        target = reverse("review-list", args=[pk])
        try:
            entry = {name: form.cleaned_data[name] for name in ("points", "source")}
            given = {"seen": seen_in(form), "once": sent_once(request, target)}
            verification.enter_bonus(cycle=cycle, **entry, by=request.user, **given)
            messages.success(request, "Bonus Aksi HAM tercatat.")
            return redirect(target)
        except StaleError as stale:
            show_again(form, stale)
        except TransitionRefusedError as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "cycle": cycle, "heading": "Bonus Aksi HAM", "label": "Simpan bonus"}
    return render(request, "assessment/verification_act.html", context, status=status_of(request, form))


@require_http_methods(ALLOWED)
def result_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what proposing means and with which numbers; then freeze everything and propose."""
    cycle = cycle_in_review(request, pk)
    if request.method != "POST":
        return _before_proposing(request, cycle)
    target = reverse("result-detail", args=[pk])
    try:
        results.propose(cycle=cycle, by=request.user, once=sent_once(request, target))
        messages.success(request, "Hasil diusulkan. Verifikator lain sudah diberi tahu untuk menetapkannya.")
        return redirect(target)
    except TransitionRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("review-list", pk)


def _before_proposing(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    steps = available(cycle, to=request.user)
    if "propose" not in steps:
        return redirect("review-list", cycle.pk)
    dossier = take(Cycle.objects.select_related("region__parent", "revision__instrument").get(pk=cycle.pk),
                   Reading.REVIEWER)  # fmt: skip
    context = {"cycle": cycle, "blocked": steps["propose"], "dossier": dossier, "altered": _altered(cycle, dossier)}
    context |= {"given_back": given_back_of(cycle), "second_person": needs_second_person(cycle)}
    return render(request, "assessment/result_propose.html", context)


@require_safe
def result_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest result that was not given back, as it was frozen."""
    cycle, result = _result(request, pk)
    if result is None:
        return _given_back(request, cycle)
    reviews_it = request.user.has_perm("assessment.review_cycle", cycle)
    snapshot = result.snapshot
    dossier = dossier_of(snapshot)
    context = {"cycle": cycle, "result": result, "dossier": dossier, "snapshot": snapshot, "reviews_it": reviews_it}
    award = award_state(cycle)
    context |= {"steps": available(cycle, to=request.user), "award": award}
    context["award_said"] = result.fixed and award is not None and not award.fallen
    context |= {"given_back": given_back_of(cycle) if reviews_it else []}
    reads_all = reviews_it or (result.fixed and request.user.has_perm("assessment.see_board", cycle))
    page = "review-detail" if reviews_it else "answer-detail"
    context |= {"reads_all": reads_all, "altered": _altered(cycle, dossier, page) if reads_all else []}
    return render(request, "assessment/result_detail.html", context)


@require_http_methods(ALLOWED)
def result_fix(request: HttpRequest, pk: int) -> HttpResponse:
    """Another reviewer fixes the result; the password is asked again."""
    cycle, result = _result(request, pk)
    if result is None:
        return _given_back(request, cycle)
    require(request.user, "assessment.fix_result", cycle)
    package = cycle.packages.first()
    sent_on = cycle.local(package.sent_at).date() if package else None
    form = FixForm(typed(request), sent_on=sent_on, today=cycle.region.today())
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
    if result is None:
        return _given_back(request, cycle)
    require(request.user, "assessment.fix_result", cycle)
    form = ReasonForm(typed(request), help_text="Dibaca verifikator kantor ini, tidak oleh kabupaten/kota.")
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


def _altered(cycle: Cycle, dossier: Dossier, page: str = "review-detail") -> list[tuple[Sheet, str]]:
    """What a second person reads first: each decision that did not simply agree, with the address of its room."""
    answers = dict(Answer.objects.filter(cycle=cycle).values_list("indicator__number", "pk"))
    return [(sheet, reverse(page, args=[answers[sheet.number]])) for sheet in dossier.altered]


def _result(request: HttpRequest, pk: int) -> tuple[Cycle, Result | None]:
    """The cycle and its newest result; None where every proposal was given back, which only the office knows."""
    rows = Cycle.objects.visible_to(request.user).select_related("region", "revision__instrument")
    cycle = get_object_or_404(rows, pk=pk)
    seen = Result.objects.visible_to(request.user).filter(cycle=cycle)
    result = seen.standing().select_related("snapshot", "decision__decided_by", "proposed_by", "cycle__region").first()
    if result is None and not (seen.exists() and request.user.has_perm("assessment.review_cycle", cycle)):
        raise Http404
    return cycle, result


def _given_back(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    messages.info(request, "Usulan hasil ini sudah dikembalikan; alasannya ada di halaman ini.")
    return redirect("review-list", cycle.pk)


def _act(request: HttpRequest, form, cycle: Cycle, heading: str, label: str, result: Result) -> HttpResponse:
    context = {"form": form, "cycle": cycle, "heading": heading, "label": label, "result": result}
    return render(request, "assessment/verification_act.html", context, status=status_of(request, form))
