"""Answers: the list of a year, and one of them: reading, saving, seeing what it gives, submitting, taking back."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import require
from accounts.forms.versions import show_again, version_sent
from accounts.kept_forms import status_of, typed
from accounts.once import sent_once
from accounts.request import Request
from accounts.sure import sure
from accounts.text import whole_number
from accounts.versions import StaleError
from assessment.actions import answers
from assessment.facts.completeness import has_value
from assessment.facts.ladders import ladder
from assessment.forms.answers import AnswerForm
from assessment.forms.reasons import NoteForm
from assessment.models import Answer, Cycle
from assessment.pages.answer_list import answer_list_of
from assessment.pages.answer_submit import handing_up
from assessment.pages.answers import AnswerPage, answer_page
from assessment.pages.tasks import done_words
from assessment.refusals import TransitionRefusedError
from assessment.rules import with_agency
from assessment.views.carrying_out import carry_out, press
from assessment.workflow import ANSWER_STEPS

ALLOWED = ["GET", "HEAD", "POST"]
DOCUMENT_PAGES = ("citation-upload", "citation-add")
STEPS = {"withdraw": answers.withdraw, "take_back": answers.take_back, "ready": answers.make_ready}


@require_http_methods(ALLOWED)
def answer_detail(request: Request, pk: int) -> HttpResponse:
    """Show an answer and save its draft with the replies; what was typed stays on the page whatever happens to it."""
    answer, given = _answer(request, pk), typed(request)
    form = AnswerForm(given, answer=answer)
    page = answer_page(answer, request.user, form=form, typed=given)
    replies = page.reply_form
    if request.method == "POST":
        require(request.user, "assessment.fill_answer", answer)
        if not form.errors and not replies.errors:
            try:
                return _save(request, page)
            except answers.ConflictError as error:
                page.conflict = error.stored
                replies.see_stored()
            except StaleError as stale:
                show_again(replies, stale)
            except TransitionRefusedError as refusal:
                form.add_error(None, str(refusal))
    status = 409 if page.conflict else status_of(request, form if form.errors else replies)
    return render(request, "assessment/answers/answer_detail.html", {"page": page}, status=status)


@require_POST
def answer_preview(request: Request, pk: int) -> HttpResponse:
    """Say which points the typed value would give; writes nothing."""
    answer = _answer(request, pk)
    require(request.user, "assessment.fill_answer", answer)
    form = AnswerForm(request.POST, answer=answer)
    context = {"ladder": ladder(answer.indicator, form.typed_value), "form": form}
    return render(request, "assessment/answers/_answer_preview.html", context)


@require_http_methods(ALLOWED)
def answer_submit(request: Request, pk: int) -> HttpResponse:
    """Name what is missing, then submit, or ask the head to endorse."""
    answer = _answer(request, pk)
    page = answer_page(answer, request.user)
    if request.method != "POST" and page.went_up:
        return redirect("answer-detail", pk)
    require(request.user, page.submit_permission, answer)
    if request.method == "POST":
        verb = answers.submit if page.may_submit else answers.make_ready
        target = _list_of(request, answer)
        try:
            read = whole_number(request.POST.get("seen_revision"))
            verb(answer=answer, seen_revision=read, by=request.user, once=sent_once(request, target))
            done = done_words(answer.cycle) if page.may_submit else "dikirim kepada Kepala OPD untuk disahkan"
            messages.success(request, f"Indikator {answer.indicator.number} {done}.")
            return redirect(target)
        except TransitionRefusedError as refusal:
            messages.error(request, str(refusal))
            return redirect("answer-detail", pk)
    context = {"page": page, "told": handing_up(page), "up": _page_of(answer)}
    return render(request, "assessment/answers/answer_submit.html", context)


@require_POST
def answer_step(request: Request, pk: int, name: str) -> HttpResponse:
    """Take an answer back, withdraw it, or ask for endorsement."""
    answer = _answer(request, pk)
    if name not in STEPS:
        raise Http404
    require(request.user, "assessment.fill_answer", answer)
    page, done = reverse("answer-detail", args=[pk]), ANSWER_STEPS[name].said_of(answer)
    return press(request, STEPS[name], to=page, done=done, answer=answer)


@require_http_methods(ALLOWED)
def answer_hand_back(request: Request, pk: int) -> HttpResponse:
    """The head hands an answer back, with a note."""
    answer = _answer(request, pk)
    require(request.user, "assessment.endorse_answer", answer)
    form = NoteForm(typed(request))
    verb, done = partial(answers.hand_back, answer=answer), ANSWER_STEPS["hand_back"].said_of(answer)
    handed_back = carry_out(request, form, verb, to=reverse("task-list"), done=done)
    if handed_back:
        return handed_back
    context = {"form": form, "answer": answer, "up": _page_of(answer)}
    return render(request, "assessment/answers/answer_hand_back.html", context, status=status_of(request, form))


@require_safe
def answer_list(request: Request, pk: int) -> HttpResponse:
    """What the person may see of a cycle's answers, of one agency, of one right, or all of them."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("region"), pk=pk)
    require(request.user, "assessment.see_board", cycle)
    listed = answer_list_of(cycle, request.user, request.GET)
    context = {"listed": listed, "up": (reverse("board", args=[pk]), str(cycle))}
    return render(request, "assessment/answers/answer_list.html", context)


def _list_of(request: Request, answer: Answer) -> str:
    """The list that the answer belongs to: one's own tasks, or that of the agency for which the coordinator answers."""
    if answer.owner_id in request.user.agency_ids():
        return reverse("task-list")
    return f"{reverse('answer-list', args=[answer.cycle_id])}?opd={answer.owner_id}"


def _page_of(answer: Answer) -> tuple[str, str]:
    return reverse("answer-detail", args=[answer.pk]), str(answer)


def _save(request: Request, page: AnswerPage) -> HttpResponse:
    answer, form, replies = page.answer, sure(page.form), page.reply_form
    target = _onward(request, page)
    answers.save_correction(
        answer=answer,
        content=form.content,
        seen_revision=form.cleaned_data["seen_revision"],
        replies=replies.replies if replies.is_bound else {},
        seen=version_sent(replies) if replies.is_bound else None,
        by=request.user,
        once=sent_once(request, target),
    )
    if has_value(answer) or form.content["reason"] or form.content["note"]:
        messages.success(request, f"Isian indikator {answer.indicator.number} tersimpan.")
    return redirect(target)


def _onward(request: Request, page: AnswerPage) -> str:
    """Where saving leads: the same page, its documents, handing up, or the agency's next indicator."""
    then = request.POST.get("then", "")
    if then == "submit":
        return reverse("answer-submit", args=[page.answer.pk])
    if then.partition("?")[0] in (reverse(name, args=[page.answer.pk]) for name in DOCUMENT_PAGES):
        return then
    after = page.neighbours.after if then == "next" else None
    return reverse("answer-detail", args=[after.pk if after else page.answer.pk])


def _answer(request: Request, pk: int) -> Answer:
    rows = Answer.objects.visible_to(request.user).with_indicator().select_related("cycle__region")
    return with_agency(get_object_or_404(rows, pk=pk))
