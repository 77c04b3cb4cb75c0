"""The reviewer's room: the overview of a verification, one indicator after another, and many that were never filled."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import require
from accounts.forms.versions import carry_version
from accounts.kept_forms import status_of, typed
from accounts.once import sent_once
from accounts.request import Request
from accounts.text import whole_number
from accounts.versions import version_of
from accounts.words import number
from assessment.actions import reviews, rounds
from assessment.enums import CycleStatus, ResultOutcome
from assessment.facts.scorecards import verified
from assessment.forms.notes import field_of
from assessment.forms.reviews import DecisionForm, PendingForm
from assessment.models import Answer, Cycle, Result
from assessment.pages.review_list import room_of
from assessment.pages.review_overview import ReviewOverview, contents_of, review_above
from assessment.pages.review_steps import next_step_of_review
from assessment.pages.reviews import ReviewPage, review_page
from assessment.refusals import TransitionRefusedError
from assessment.rules import with_agency
from assessment.views.carrying_out import carry_out, press
from assessment.workflow import CYCLE_STEPS, available

ALLOWED = ["GET", "HEAD", "POST"]
NOT_SENT = "Paket kabupaten/kota ini belum diserahkan; yang terlihat hanya kemajuannya."
OVERTAKEN = (
    "Sementara Anda membaca, ada pengajuan atau keputusan baru. Yang terbaru sekarang tampil di halaman ini dan isian "
    "Anda tetap ada. Periksa lagi, lalu simpan."
)
TWO_DECISIONS = (
    "Belum diputuskan: di bawah “Keputusan lain” sudah ada isian. Simpan keputusan itu, atau kosongkan isiannya."
)


@require_http_methods(ALLOWED)
def review_start(request: Request, pk: int) -> HttpResponse:
    """Say what opening the package means, then open it."""
    cycle = cycle_in_review(request, pk)
    room = reverse("review-list", args=[pk])
    if request.method == "POST":
        done = CYCLE_STEPS["start_verification"].said_of(cycle)
        return press(request, reviews.start, to=room, done=done, cycle=cycle)
    if cycle.status != CycleStatus.SUBMITTED:
        return redirect(room)
    found = room_of(cycle)
    context = {"cycle": cycle, "room": found, "contents": contents_of(found, cycle.packages.first())}
    context["up"] = review_above(cycle)
    return render(request, "assessment/reviews/verification_start.html", context)


@require_safe
def review_list(request: Request, pk: int) -> HttpResponse:
    """How far the verification is, what is next, and what can be done with the cycle as a whole."""
    cycle = cycle_in_review(request, pk)
    room = room_of(cycle, request.GET.get("saring", "semua"))
    steps = available(cycle, to=request.user)
    given_back = given_back_of(cycle)
    page = ReviewOverview(
        room=room, steps=steps, returned=given_back,
        following=next_step_of_review(room, steps, given_back=bool(given_back)),
        entered=cycle.bonuses.select_related("entered_by").first(), scorecard=verified(cycle, room.verdicts),
    )  # fmt: skip
    return render(request, "assessment/reviews/review_list.html", {"page": page, "cycle": cycle})


@require_http_methods(ALLOWED)
def review_detail(request: Request, pk: int) -> HttpResponse:
    """One indicator with its documents in view, and the decision on it."""
    answer = _answer(request, pk)
    page = _page(request, answer)
    form = DecisionForm(_sent(request, page), answer=answer, standing=page.review)
    status = 200
    if request.method == "POST":
        status = 422
        if "confirm" in request.POST and form.begun:
            form.add_error(None, TWO_DECISIONS)
        elif form.is_valid():
            try:
                return _decide(request, page, form)
            except reviews.OvertakenError:
                answer, status = _answer(request, pk), 409
                page = _page(request, answer)
                form = DecisionForm(_seen_anew(request, page), answer=answer, standing=page.review)
                form.is_valid()
                form.add_error(None, OVERTAKEN)
            except TransitionRefusedError as refusal:
                form.add_error(None, str(refusal))
    return _render(request, page, form, _pending_form(request, page), status)


@require_POST
def review_note(request: Request, pk: int) -> HttpResponse:
    """Note what should be corrected in the next round."""
    answer = _answer(request, pk)
    page = _page(request, answer)
    form = PendingForm(request.POST, answer=answer)
    carry_version(form, "")
    given: dict[str, Any] = {"answer": answer, "notes": form.notes} if form.is_valid() else {}
    done = f"{answer} dicatat untuk putaran perbaikan."
    noted = carry_out(request, form, rounds.note_for_round, to=page.next_url, done=done, **given)
    decision = DecisionForm(answer=answer, standing=page.review)
    return noted or _render(request, page, decision, form, status_of(request, form))


@require_POST
def review_note_drop(request: Request, pk: int) -> HttpResponse:
    """Drop what was noted."""
    answer = _answer(request, pk)
    page = reverse("review-detail", args=[pk])
    return press(request, rounds.drop_note, to=page, done="Catatan untuk putaran dihapus.", answer=answer)


@require_http_methods(ALLOWED)
def review_not_filled(request: Request, pk: int) -> HttpResponse:
    """Decide "tidak diisi" on many indicators at once; those are ticked that were never submitted."""
    cycle = cycle_in_review(request, pk)
    rows = room_of(cycle).missing
    if request.method == "POST":
        chosen = set(request.POST.getlist("answers"))
        passing = [item.answer for item in rows if str(item.answer.pk) in chosen]
        target = reverse("review-list", args=[pk])
        if not passing:
            messages.warning(request, "Pilih paling sedikit satu indikator.")
            return redirect(request.path)
        try:
            once = sent_once(request, target)
            count = reviews.decide_not_filled(answers=passing, by=request.user, once=once)
            messages.success(request, f"{count} indikator diputuskan “tidak diisi” dengan nilai 0.")
            return redirect(target)
        except reviews.OvertakenError:
            messages.error(request, "Tidak ada yang diputuskan: salah satunya baru saja diajukan atau diputuskan.")
        except TransitionRefusedError as refusal:
            messages.error(request, f"Tidak ada yang diputuskan. {refusal}")
        return redirect(request.path)
    context = {"cycle": cycle, "rows": rows, "up": review_above(cycle)}
    return render(request, "assessment/reviews/not_filled.html", context)


def cycle_in_review(request: Request, pk: int) -> Cycle:
    """Return a cycle for a reviewer of its region; 403 with a sentence before the package was sent."""
    rows = Cycle.objects.visible_to(request.user).select_related("region", "revision__instrument")
    cycle = get_object_or_404(rows, pk=pk)
    require(request.user, "assessment.review_cycle", cycle)
    if not cycle.sent or cycle.recorded:
        raise PermissionDenied(NOT_SENT)
    return cycle


def given_back_of(cycle: Cycle) -> list[Result]:
    """Proposals that were given back, newest first; the office's own, not the regency's to read."""
    rows = Result.objects.filter(cycle=cycle, decision__outcome=ResultOutcome.GIVEN_BACK)
    return list(rows.select_related("decision__decided_by", "cycle__region").order_by("-number"))


def _decide(request: Request, page: ReviewPage, form: DecisionForm) -> HttpResponse:
    once = sent_once(request, page.next_url)
    given = reviews.decide(answer=page.answer, decision=form.decision, seen=form.seen, by=request.user, once=once)
    points = "" if given.points is None else f" ({number(given.points)})"
    words = f"{given.verdict.lower()}{points}"
    messages.success(request, f"Indikator {page.answer.indicator.number} diputuskan: {words}.")
    return redirect(page.next_url)


def _sent(request: Request, page: ReviewPage):
    """What was sent; the button of one press names no decision of its own where no other one was begun."""
    data = typed(request)
    if data is None or "confirm" not in data or data.get("outcome"):
        return data
    return _changed(data, outcome=page.outcomes[0].value)


def _seen_anew(request: Request, page: ReviewPage):
    review = page.review
    return _changed(
        request.POST, seen_submission=page.answer.last_submission_id or "", seen_review=review.pk if review else ""
    )


def _changed(data, **values):
    data = data.copy()
    for name, value in values.items():
        data[name] = str(value)
    return data


def _pending_form(request: Request, page: ReviewPage) -> PendingForm:
    noted = {field_of(note): note.text for note in rounds.notes_of(page.pending)} if page.pending else {}
    kept = typed(request, reverse("review-note", args=[page.answer.pk])) if request.method != "POST" else None
    form = PendingForm(kept, answer=page.answer, initial=noted)
    carry_version(form, version_of(page.pending.notes if page.pending else []))
    return form


def _page(request: Request, answer: Answer) -> ReviewPage:
    room = room_of(answer.cycle, request.GET.get("saring", "semua"))
    view = {name: whole_number(request.GET.get(key)) or 0 for name, key in (("shown", "dokumen"), ("leaf", "hal"))}
    return review_page(answer, request.user, room, large=request.GET.get("besar") == "1", **view)


def _render(request: Request, page: ReviewPage, form: DecisionForm, noting: PendingForm, status: int):
    context = {"page": page, "form": form, "noting": noting, "room": page.room, "cycle": page.room.cycle}
    return render(request, "assessment/reviews/review_detail.html", context, status=status)


def _answer(request: Request, pk: int) -> Answer:
    rows = Answer.objects.visible_to(request.user).with_indicator()
    related = ("cycle__region", "cycle__revision__instrument", "last_submission__option", "last_submission__agency")
    answer = with_agency(get_object_or_404(rows.select_related(*related), pk=pk))
    require(request.user, "assessment.review_answer", answer)
    return answer
