"""The coordinator's check: the list, one submission, passing on or sending back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import require
from accounts.kept_forms import typed
from accounts.once import sent_once
from accounts.text import whole_number
from assessment.actions import prereview
from assessment.checks import CheckList, check_list_of, check_page
from assessment.forms.prereview import ReturnForm
from assessment.models import Answer, Cycle
from assessment.workflow import TransitionRefusedError

ALLOWED = ["GET", "HEAD", "POST"]


@require_http_methods(ALLOWED)
def check_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What was submitted and waits, by agency or right; those that are ticked pass together."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("region", "revision"), pk=pk)
    require(request.user, "assessment.manage_cycle", cycle)
    waiting = check_list_of(cycle, request.user, request.GET)
    if request.method == "POST":
        return _accept_chosen(request, waiting)
    context = {"cycle": cycle, "list": waiting, "picked": waiting.picked(request.GET.get("pilih", ""))}
    return render(request, "assessment/check_list.html", context)


def _accept_chosen(request: HttpRequest, waiting: CheckList) -> HttpResponse:
    target = waiting.url_of(None)  # without what was ticked by the address: newcomers are not ticked unseen
    chosen = set(request.POST.getlist("answers"))
    passing = {row: _read(request, f"read-{row.pk}") for row in waiting.found if str(row.pk) in chosen}
    if not passing:
        messages.warning(request, "Pilih paling sedikit satu jawaban untuk diloloskan.")
        return redirect(target)
    try:
        count = prereview.accept_many(answers=passing, by=request.user, once=sent_once(request, target))
        messages.success(request, f"{count} jawaban diloloskan.")
    except TransitionRefusedError as refusal:
        messages.error(request, f"Tidak ada yang diloloskan. {refusal}")
    return redirect(target)


@require_safe
def check_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One submission with its documents, what changed since the last return, and the two decisions."""
    answer = _answer(request, pk)
    form = ReturnForm(typed(request, reverse("check-return", args=[pk])), answer=answer)
    return _show(request, answer, form)


@require_POST
def check_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it pass and go on to the next of the list from which the person came."""
    answer = _answer(request, pk)
    waiting = check_list_of(answer.cycle, request.user, request.GET)
    target = waiting.url_of(waiting.after(answer))
    try:
        once = sent_once(request, target)
        prereview.accept(answer=answer, seen=_read(request, "read"), by=request.user, once=once)
        messages.success(request, f"Indikator {answer.indicator.number} lolos pra-verifikasi.")
        return redirect(target)
    except TransitionRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(waiting.url_of(answer))


@require_POST
def check_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it back with notes until an hour."""
    answer = _answer(request, pk)
    form = ReturnForm(request.POST, answer=answer)
    if form.is_valid():
        waiting = check_list_of(answer.cycle, request.user, request.GET)
        target = waiting.url_of(waiting.after(answer)) + "#isi"  # else the form's own anchor would follow along
        try:
            given = {"closes_at": form.cleaned_data["closes_at"], "seen": _read(request, "read")}
            given["waiting"] = request.POST.get("waiting") == "1"
            once = sent_once(request, target)
            prereview.send_back(answer=answer, notes=form.notes, **given, by=request.user, once=once)
            messages.success(request, f"Indikator {answer.indicator.number} dikembalikan; pengampunya diberi tahu.")
            return redirect(target)
        except TransitionRefusedError as refusal:
            form.add_error(None, str(refusal))
    return _show(request, answer, form, status=422)


def _show(request: HttpRequest, answer: Answer, form: ReturnForm, status: int = 200) -> HttpResponse:
    waiting = check_list_of(answer.cycle, request.user, request.GET)
    previous, following = waiting.around(answer)
    context = {"check": check_page(answer, request.user), "form": form, "list": waiting}
    context |= {"place": waiting.place_of(answer), "list_url": waiting.url_of(None)}
    context |= {"previous_url": waiting.url_of(previous) if previous else ""}
    context |= {"following_url": waiting.url_of(following) if following else ""}
    return render(request, "assessment/check_detail.html", context, status=status)


def _read(request: HttpRequest, name: str) -> int | None:
    """The id of the submission that stood on the page; anything else than a number was never one."""
    return whole_number(request.POST.get(name))


def _answer(request: HttpRequest, pk: int) -> Answer:
    rows = Answer.objects.visible_to(request.user).with_owner().with_rule()
    related = ("cycle__region", "cycle__revision__instrument", "last_submission__option", "last_submission__agency")
    answer = get_object_or_404(rows.select_related(*related), pk=pk)
    require(request.user, "assessment.decide_answer", answer)
    return answer
