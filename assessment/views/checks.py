"""The coordinator's check: the list, one submission, passing on or sending back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import require
from accounts.kept_forms import typed
from accounts.request import Request
from accounts.text import whole_number
from assessment.actions import checks
from assessment.forms.checks import ReturnForm
from assessment.models import Answer, Cycle
from assessment.pages import check_words
from assessment.pages.checks import CheckList, check_list_of, check_page
from assessment.rules import with_agency
from assessment.views.carrying_out import carry_out, press
from assessment.workflow import ANSWER_STEPS

ALLOWED = ["GET", "HEAD", "POST"]


@require_http_methods(ALLOWED)
def check_list(request: Request, pk: int) -> HttpResponse:
    """What was submitted and waits, by agency or right; those that are ticked pass together."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("region", "revision"), pk=pk)
    require(request.user, "assessment.manage_cycle", cycle)
    waiting = check_list_of(cycle, request.user, request.GET)
    if request.method == "POST":
        return _accept_chosen(request, waiting)
    picked = waiting.picked(request.GET.get("pilih", ""))
    context = {"cycle": cycle, "up": (reverse("board", args=[pk]), str(cycle)), "list": waiting, "picked": picked}
    context |= {"chips": check_words.chips_of(waiting), "groups": check_words.rows_of(waiting, picked)}
    context |= {"pick_url": check_words.pick_url_of(waiting, "semua")}
    return render(request, "assessment/checks/check_list.html", context)


@require_safe
def check_detail(request: Request, pk: int) -> HttpResponse:
    """One submission with its documents, what changed since the last return, and the two decisions."""
    answer = _answer(request, pk)
    form = ReturnForm(typed(request, reverse("check-return", args=[pk])), answer=answer)
    return _show(request, answer, form)


@require_POST
def check_accept(request: Request, pk: int) -> HttpResponse:
    """Let it pass and go on to the next of the list from which the person came."""
    answer = _answer(request, pk)
    waiting = check_list_of(answer.cycle, request.user, request.GET)
    on, here = waiting.url_of(waiting.after(answer)), waiting.url_of(answer)
    done, seen = ANSWER_STEPS["accept"].said_of(answer), _read(request, "read")
    return press(request, checks.accept, to=on, back=here, done=done, answer=answer, seen=seen)


@require_POST
def check_return(request: Request, pk: int) -> HttpResponse:
    """Send it back with notes until an hour."""
    answer = _answer(request, pk)
    form = ReturnForm(request.POST, answer=answer)
    if form.is_valid():
        waiting = check_list_of(answer.cycle, request.user, request.GET)
        on = waiting.url_of(waiting.after(answer)) + "#isi"  # else the form's own anchor would follow along
        given = {"answer": answer, "notes": form.notes, "closes_at": form.cleaned_data["closes_at"]}
        given |= {"seen": _read(request, "read"), "waiting": request.POST.get("waiting") == "1"}
        done = ANSWER_STEPS["return"].said_of(answer)
        returned = carry_out(request, form, checks.send_back, to=on, done=done, **given)
        if returned:
            return returned
    return _show(request, answer, form, status=422)


def _accept_chosen(request: Request, waiting: CheckList) -> HttpResponse:
    target = waiting.url_of(None)  # without what was ticked by the address: newcomers are not ticked unseen
    chosen = set(request.POST.getlist("answers"))
    passing = {row: _read(request, f"read-{row.pk}") for row in waiting.found if str(row.pk) in chosen}
    if not passing:
        messages.warning(request, "Pilih paling sedikit satu jawaban untuk diloloskan.")
        return redirect(target)
    done, refused = "{} jawaban diloloskan.".format, "Tidak ada yang diloloskan. {}"
    return press(request, checks.accept_many, to=target, done=done, refused=refused, answers=passing)


def _show(request: Request, answer: Answer, form: ReturnForm, status: int = 200) -> HttpResponse:
    waiting = check_list_of(answer.cycle, request.user, request.GET)
    check = check_page(answer, request.user)
    context = {"check": check, "form": form, "up": (waiting.url_of(None), "Pra-verifikasi")}
    context |= {"pager": check_words.pager_of(waiting, answer), "zone": answer.cycle.region.zone}
    context |= {"undecidable": check_words.undecidable(check), "passing": check_words.passing_of(check, waiting.query)}
    context |= {"sending_back": check_words.sending_back_of(check, waiting.query, typed=form.is_bound)}
    return render(request, "assessment/checks/check_detail.html", context, status=status)


def _read(request: Request, name: str) -> int | None:
    """The id of the submission that stood on the page; anything else than a number was never one."""
    return whole_number(request.POST.get(name))


def _answer(request: Request, pk: int) -> Answer:
    rows = Answer.objects.visible_to(request.user).with_indicator()
    related = ("cycle__region", "cycle__revision__instrument", "last_submission__option", "last_submission__agency")
    answer = with_agency(get_object_or_404(rows.select_related(*related), pk=pk))
    require(request.user, "assessment.decide_answer", answer)
    return answer
