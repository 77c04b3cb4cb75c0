"""Documents on an answer: a new file, one of the library, and taking one off again."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import require
from accounts.kept_forms import status_of, typed
from accounts.request import Request
from accounts.text import searched
from assessment.actions import citations as actions
from assessment.actions.citations import Reference
from assessment.forms.evidence import CiteForm, UploadForm
from assessment.models import Answer, Citation
from assessment.pages.answers import answer_page
from assessment.pages.evidence import facts_of, library_for, receipt, upload_button
from assessment.rules import with_agency
from assessment.views.carrying_out import carry_out, press

TAKEN_OFF = "Dokumen dilepas dari jawaban ini; tetap ada di pustaka."
EMPTY = "Dokumen yang Anda unggah tersimpan di sini dan dapat dipakai lagi untuk indikator dan tahun lain."
PER_PAGE = 20
ALLOWED = ["GET", "HEAD", "POST"]


@require_http_methods(ALLOWED)
def citation_upload(request: Request, pk: int) -> HttpResponse:
    """Upload a file, describe it, and say what it proves, in one form."""
    answer = _answer(request, pk)
    wanted = {"document": request.GET.get("dokumen", ""), "kind": request.GET.get("jenis", "")}
    today = answer.cycle.region.today()
    form = UploadForm(typed(request), request.FILES or None, answer=answer, initial=wanted, today=today)
    if not form.is_bound and (closed := answer_page(answer, request.user).citing_closed):
        return _refused(request, answer, closed)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"checked": form.checked, "details": form.cleaned_data, "reference": _reference(form)}
        verb = partial(actions.add_and_cite, answer=answer, agency=library_for(request.user, answer))
        cited = carry_out(request, form, verb, to=_back(answer), done=partial(receipt, linked=True), **given)
        if cited:
            return cited
        form.ask_for_file_again()
    context = {"form": form, "answer": answer, "up": (_back_to(answer), str(answer))}
    return render(request, "assessment/citations/citation_upload.html", context, status=status_of(request, form))


@require_http_methods(ALLOWED)
def citation_add(request: Request, pk: int) -> HttpResponse:
    """Use a document that is in the library already: find it first, then say what it proves."""
    answer = _answer(request, pk)
    agency = library_for(request.user, answer)
    wanted = {"document": request.GET.get("dokumen", ""), "evidence": request.GET.get("berkas", "")}
    form = CiteForm(typed(request), answer=answer, agencies={agency.pk}, initial=wanted)
    if not form.is_bound and (closed := answer_page(answer, request.user).citing_closed):
        return _refused(request, answer, closed)
    if request.method == "POST" and form.is_valid():
        evidence = form.cleaned_data["evidence"]
        done = f"“{evidence.title}” tertaut pada indikator {answer.indicator.number}{form.proves}."
        given = {"answer": answer, "agency": agency, "evidence": evidence, "reference": _reference(form)}
        cited = carry_out(request, form, actions.cite, to=_back(answer), done=done, **given)
        if cited:
            return cited
    words = searched(request)
    found = form.fields["evidence"].queryset.order_by("-pk").titled(words)
    context = {"form": form, "answer": answer, "agency": agency, "words": words, "empty": EMPTY}
    context |= {"up": (_back_to(answer), str(answer)), "upload": upload_button(answer, form["document"].value())}
    context["choosing"] = not (form.chosen or form.is_bound)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("hal"))
    known = set(answer.citations.values_list("evidence_id", flat=True))
    context["rows"] = [(row, facts_of(row, cited=row.pk in known)) for row in page]
    context["page"] = page
    context["chosen_facts"] = facts_of(form.chosen, cited=form.chosen.pk in known) if form.chosen else []
    return render(request, "assessment/citations/citation_add.html", context, status=status_of(request, form))


@require_POST
def citation_renew(request: Request, pk: int) -> HttpResponse:
    """Cite the newest version of the document instead."""
    citation = _citation(request, pk)
    had_pages = bool(citation.pages)

    def done(renewed: Citation) -> str:
        said = f"Jawaban ini sekarang merujuk “{renewed.evidence.title}”."
        return f"{said} Halamannya perlu ditulis lagi." if had_pages and not renewed.pages else said

    return press(request, actions.renew, to=_back(citation.answer), done=done, citation=citation)


@require_POST
def citation_remove(request: Request, pk: int) -> HttpResponse:
    """Take a document off a draft; it stays in the library."""
    citation = _citation(request, pk)
    return press(request, actions.remove_citation, to=_back(citation.answer), done=TAKEN_OFF, citation=citation)


def _answer(request: Request, pk: int) -> Answer:
    rows = Answer.objects.visible_to(request.user).with_indicator().select_related("cycle__region")
    answer = with_agency(get_object_or_404(rows, pk=pk))
    require(request.user, "assessment.cite_evidence", answer)
    return answer


def _citation(request: Request, pk: int) -> Citation:
    rows = Citation.objects.visible_to(request.user).select_related("answer__cycle", "answer__indicator", "evidence")
    citation = get_object_or_404(rows, pk=pk)
    require(request.user, "assessment.cite_evidence", citation.answer)
    return citation


def _refused(request: Request, answer: Answer, why: str) -> HttpResponse:
    """No form is offered that could only be refused."""
    messages.error(request, why)
    return redirect("answer-detail", answer.pk)


def _back_to(answer: Answer) -> str:
    return reverse("answer-detail", args=[answer.pk])


def _back(answer: Answer) -> str:
    return reverse("answer-detail", args=[answer.pk]) + "#data-dukung"


def _reference(form) -> Reference:
    chosen = form.cleaned_data["document"]
    return Reference(int(chosen) if chosen else None, form.cleaned_data["pages"], form.cleaned_data["note"])
