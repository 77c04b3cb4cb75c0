"""The result: its bonus, its proposal, its fixing with the password asked again, and its page."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require
from accounts.forms.versions import carry_version
from accounts.kept_forms import status_of, typed
from accounts.reauthentication import is_own_password
from accounts.request import Request
from assessment.actions import results
from assessment.dossier import Dossier, dossier_of, draw_up
from assessment.enums import Audience
from assessment.facts.awards import award_state
from assessment.facts.results import version_of_bonus
from assessment.forms.reasons import ReasonForm
from assessment.forms.results import BonusForm, FixForm
from assessment.models import Answer, Cycle, Result
from assessment.pages.results import Altered, ResultPage, altered_of, second_person_words
from assessment.pages.review_overview import review_above
from assessment.rules import needs_second_person
from assessment.views.carrying_out import carry_out, press
from assessment.views.reviews import cycle_in_review, given_back_of
from assessment.workflow import CYCLE_STEPS, available

ALLOWED = ["GET", "HEAD", "POST"]
WRONG_PASSWORD = "Kata sandi belum cocok. Periksa huruf besar, lalu coba lagi."  # noqa: S105 - a sentence


@require_http_methods(ALLOWED)
def result_bonus(request: Request, pk: int) -> HttpResponse:
    """Enter the bonus with its source."""
    cycle = cycle_in_review(request, pk)
    standing = cycle.bonuses.first()
    form = BonusForm(typed(request), standing=standing)
    carry_version(form, version_of_bonus(standing))
    verb = partial(results.enter_bonus, cycle=cycle)
    entered = carry_out(request, form, verb, to=reverse("review-list", args=[pk]), done="Bonus Aksi HAM tercatat.")
    if entered:
        return entered
    context = {"form": form, "cycle": cycle, "heading": "Bonus Aksi HAM", "label": "Simpan bonus"}
    context |= {"result": None, "up": review_above(cycle)}
    return render(request, "assessment/reviews/verification_act.html", context, status=status_of(request, form))


@require_http_methods(ALLOWED)
def result_propose(request: Request, pk: int) -> HttpResponse:
    """Say what proposing means and with which numbers; then freeze everything and propose."""
    cycle = cycle_in_review(request, pk)
    if request.method != "POST":
        return _before_proposing(request, cycle)
    page, room = reverse("result-detail", args=[pk]), reverse("review-list", args=[pk])
    done = CYCLE_STEPS["propose"].said_of(cycle)
    return press(request, results.propose, to=page, back=room, done=done, cycle=cycle)


@require_safe
def result_detail(request: Request, pk: int) -> HttpResponse:
    """The newest result that was not given back, as it was frozen."""
    cycle, result = _result(request, pk)
    if result is None:
        return _given_back(request, cycle)
    reviews_it = request.user.has_perm("assessment.review_cycle", cycle)
    dossier = dossier_of(result.snapshot)
    reads_all = reviews_it or (result.fixed and request.user.has_perm("assessment.see_board", cycle))
    altered = _altered(cycle, dossier, "review-detail" if reviews_it else "answer-detail") if reads_all else []
    page = ResultPage(
        cycle=cycle, result=result, dossier=dossier, snapshot=result.snapshot, user=request.user,
        steps=available(cycle, to=request.user), award=award_state(cycle),
        given_back=given_back_of(cycle) if reviews_it else [], reviews_it=reviews_it, reads_all=reads_all,
    )  # fmt: skip
    return render(request, "assessment/results/result_detail.html", {"page": page, "cycle": cycle, "altered": altered})


@require_http_methods(ALLOWED)
def result_fix(request: Request, pk: int) -> HttpResponse:
    """Another reviewer fixes the result; the password is asked again."""
    cycle, result = _result(request, pk)
    if result is None:
        return _given_back(request, cycle)
    require(request.user, "assessment.fix_result", cycle)
    form = _fix_form(request, cycle)
    step, verb = CYCLE_STEPS["fix"], partial(results.fix, cycle=cycle, result=result)
    fixed = carry_out(request, form, verb, to=reverse("result-detail", args=[pk]), done=step.said_of(cycle))
    return fixed or _act(request, form, cycle, step.label, step.press, result)


@require_http_methods(ALLOWED)
def result_give_back(request: Request, pk: int) -> HttpResponse:
    """Another reviewer gives the proposal back."""
    cycle, result = _result(request, pk)
    if result is None:
        return _given_back(request, cycle)
    require(request.user, "assessment.fix_result", cycle)
    form = ReasonForm(typed(request), help_text="Dibaca verifikator kantor ini, tidak oleh kabupaten/kota.")
    step, verb = CYCLE_STEPS["give_back"], partial(results.give_back, cycle=cycle, result=result)
    given_back = carry_out(request, form, verb, to=reverse("review-list", args=[pk]), done=step.said_of(cycle))
    return given_back or _act(request, form, cycle, step.label, step.press, result)


def _before_proposing(request: Request, cycle: Cycle) -> HttpResponse:
    steps = available(cycle, to=request.user)
    if "propose" not in steps:
        return redirect("review-list", cycle.pk)
    dossier = draw_up(Cycle.objects.select_related("region__parent", "revision__instrument").get(pk=cycle.pk),
                   Audience.REVIEWER)  # fmt: skip
    context = {"cycle": cycle, "blocked": steps["propose"], "dossier": dossier, "altered": _altered(cycle, dossier)}
    context |= {"given_back": given_back_of(cycle), "up": review_above(cycle)}
    context["second_person"] = second_person_words(asked=needs_second_person(cycle))
    return render(request, "assessment/results/result_propose.html", context)


def _fix_form(request: Request, cycle: Cycle) -> FixForm:
    """The form with its faults, that of a wrong password included; the password goes no further."""
    package = cycle.packages.first()
    sent_on = cycle.local(package.sent_at).date() if package else None
    form = FixForm(typed(request), sent_on=sent_on, today=cycle.region.today())
    if request.method == "POST" and form.is_valid() and not is_own_password(request, form.cleaned_data.pop("password")):
        form.add_error("password", WRONG_PASSWORD)
    return form


def _altered(cycle: Cycle, dossier: Dossier, page: str = "review-detail") -> list[Altered]:
    """What a second person reads first: each decision that did not simply agree, with the address of its room."""
    answers = dict(Answer.objects.filter(cycle=cycle).values_list("indicator__number", "pk"))
    return [altered_of(sheet, reverse(page, args=[answers[sheet.number]])) for sheet in dossier.altered]


def _result(request: Request, pk: int) -> tuple[Cycle, Result | None]:
    """The cycle and its newest result; None where every proposal was given back, which only the office knows."""
    rows = Cycle.objects.visible_to(request.user).select_related("region", "revision__instrument")
    cycle = get_object_or_404(rows, pk=pk)
    seen = Result.objects.visible_to(request.user).filter(cycle=cycle)
    result = seen.standing().select_related("snapshot", "decision__decided_by", "proposed_by", "cycle__region").first()
    if result is None and not (seen.exists() and request.user.has_perm("assessment.review_cycle", cycle)):
        raise Http404
    return cycle, result


def _given_back(request: Request, cycle: Cycle) -> HttpResponse:
    messages.info(request, "Usulan hasil ini sudah dikembalikan; alasannya ada di halaman ini.")
    return redirect("review-list", cycle.pk)


def _act(request: Request, form, cycle: Cycle, heading: str, label: str, result: Result) -> HttpResponse:
    context = {"form": form, "cycle": cycle, "heading": heading, "label": label, "result": result}
    context["up"] = review_above(cycle)
    return render(request, "assessment/reviews/verification_act.html", context, status=status_of(request, form))
