"""An agency's library of evidence: list, add, look at, describe, take away, download."""

from copy import copy
from functools import partial
from pathlib import PurePosixPath
from typing import Any

import structlog
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import require
from accounts.forms.versions import carry_version, show_again, version_sent
from accounts.kept_forms import status_of, typed
from accounts.models import Agency
from accounts.once import sent_once
from accounts.request import Request
from accounts.sessions import log_access
from accounts.sure import sure
from accounts.text import searched
from accounts.versions import StaleError, version_of
from assessment.actions import evidence as actions
from assessment.facts.evidence import described, is_fixed
from assessment.forms.evidence import DetailsForm, FileForm
from assessment.models import Evidence
from assessment.pages.evidence import acts_of, details_of, evidence_use, facts_of, receipt
from assessment.previews.drawing import DrawingError, drawable, picture
from assessment.uploads.keeping import path_of
from assessment.views.carrying_out import carry_out

log = structlog.get_logger(__name__)
ALLOWED = ["GET", "HEAD", "POST"]
PER_PAGE = 25
WINDOW = 10
SANDBOX = "sandbox; default-src 'none'"
EMPTY = (
    "Dokumen yang Anda unggah untuk satu indikator tersimpan di sini dan dapat dipakai lagi untuk indikator dan tahun "
    "lain."
)
EMPTY_FOR_OTHERS = "Di sini tersimpan dokumen perangkat daerah yang belum punya orang, karena Anda mengisi untuknya."
LIBRARY = ("/data-dukung/", "Data dukung")
OLDER_KEPT = (
    "Pengajuan yang sudah dikirim tetap memakai versi lama. Jawaban yang masih berupa draf dapat Anda pindahkan ke "
    "versi baru dari halaman jawabannya."
)
FIXED = "Dokumen ini sudah dipakai dalam pengajuan, sehingga tidak dapat diubah. Unggah versi barunya."


@require_safe
def evidence_list(request: Request) -> HttpResponse:
    """The documents of the person's agencies, newest first, found by words of the title."""
    require(request.user, "assessment.see_library")
    words = searched(request)
    rows = Evidence.objects.library_of(request.user).newest().select_related("file", "agency").order_by("-pk")
    rows = rows.titled(words).annotate(uses=Count("citations__answer", distinct=True))
    page: Any = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    own = request.user.agency_ids() | request.user.agencies_stood_in_for()
    agencies = Agency.objects.filter(pk__in=own).order_by("name")
    several = len(agencies) > 1
    told = [(row, facts_of(row, uses=row.uses), row.agency.short_name if several else "") for row in page]
    context = {"page": page, "words": words, "agencies": agencies, "rows": told}
    if request.user.has_perm("assessment.see_tasks"):
        context |= {"empty": EMPTY, "onward": (reverse("task-list"), "Buka tugas saya")}
    else:
        context |= {"empty": EMPTY_FOR_OTHERS, "onward": (reverse("agency-list"), "Lihat perangkat daerah")}
    return render(request, "assessment/evidence/evidence_list.html", context)


@require_http_methods(ALLOWED)
def evidence_add(request: Request, agency_pk: int) -> HttpResponse:
    """Put a file into an agency's library."""
    agency = get_object_or_404(Agency.objects.visible_to(request.user).select_related("region"), pk=agency_pk)
    require(request.user, "assessment.add_evidence", agency)
    form = FileForm(typed(request), request.FILES or None, today=agency.region.today())
    if request.method == "POST" and form.is_valid():
        once = sent_once(request, reverse("evidence-list"))
        details, checked = form.cleaned_data, sure(form.checked)
        added = actions.add(checked=checked, agency=agency, details=details, by=request.user, once=once)
        messages.success(request, receipt(added, linked=False))
        return redirect("evidence-list")
    context = {"form": form, "agency": agency, "up": LIBRARY}
    return render(request, "assessment/evidence/evidence_add.html", context, status=status_of(request, form))


@require_http_methods(ALLOWED)
def evidence_detail(request: Request, public_id) -> HttpResponse:
    """One document with its pages; its description can be changed until a submission cites it."""
    evidence = _evidence(request, public_id)
    fixed = is_fixed(evidence)
    mark = version_of(described(evidence))
    today = evidence.agency.region.today()
    form = DetailsForm(typed(request), instance=copy(evidence), today=today)  # the page goes on saying what is stored
    carry_version(form, mark)
    if request.method == "POST":
        require(request.user, "assessment.manage_evidence", evidence)
        target = request.path
        if not fixed and form.is_valid():
            details, seen, once = form.cleaned_data, version_sent(form), sent_once(request, target)
            try:
                actions.describe(evidence=evidence, details=details, by=request.user, seen=seen, once=once)
                messages.success(request, "Keterangan dokumen tersimpan.")
                return redirect(target)
            except StaleError as stale:
                show_again(form, stale)
        if fixed:
            form.add_error(None, FIXED)
    leaves = range(1, (evidence.file.pages or 1) + 1) if drawable(evidence.file) else ()
    page = Paginator(leaves, WINDOW).get_page(request.GET.get("hal"))
    used = evidence_use(evidence, request.user)
    keeps_library = request.user.has_perm("assessment.see_library")
    above = (reverse("evidence-list"), "Data dukung") if keeps_library else (reverse("home"), "Mulai")
    context = {"evidence": evidence, "form": form, "page": page, "used": used, "above": above}
    may_manage = request.user.has_perm("assessment.manage_evidence", evidence)
    context["facts"] = details_of(evidence)
    context["acts"] = acts_of(evidence, fixed=fixed, may_manage=may_manage)
    return render(request, "assessment/evidence/evidence_detail.html", context, status=status_of(request, form))


@require_http_methods(ALLOWED)
def evidence_replace(request: Request, public_id) -> HttpResponse:
    """Upload a new version; what was submitted keeps the version that it cites."""
    evidence = _evidence(request, public_id)
    require(request.user, "assessment.manage_evidence", evidence)
    initial, today = described(evidence), evidence.agency.region.today()
    form = FileForm(typed(request), request.FILES or None, initial=initial, today=today)
    given: dict[str, Any] = {"checked": form.checked, "details": form.cleaned_data} if form.is_valid() else {}
    verb = partial(actions.replace, evidence=evidence)
    replaced = carry_out(request, form, verb, to=request.path, page_of=_page_of, done=_replaced, **given)
    if replaced:
        return replaced
    context = {"form": form, "evidence": evidence, "up": (_page_of(evidence), evidence.title), "older_kept": OLDER_KEPT}
    return render(request, "assessment/evidence/evidence_replace.html", context, status=status_of(request, form))


@require_POST
def evidence_remove(request: Request, public_id) -> HttpResponse:
    """Take a document out of the library while nothing cites it."""
    evidence = _evidence(request, public_id)
    require(request.user, "assessment.manage_evidence", evidence)
    try:
        actions.remove(evidence=evidence, by=request.user, once=sent_once(request, reverse("evidence-list")))
        messages.success(request, f"“{evidence.title}” dihapus dari pustaka.")
        return redirect("evidence-list")
    except actions.FixedEvidenceError:
        messages.error(request, "Dokumen ini masih dipakai oleh jawaban atau pengajuan, sehingga tidak dapat dihapus.")
        return redirect("evidence-detail", public_id)


@require_safe
def evidence_file(request: Request, public_id) -> HttpResponseBase:
    """The file itself, always as a download, in its table's type and a sandbox."""
    evidence = _evidence(request, public_id)
    try:
        opened = path_of(evidence.file).open("rb")
    except FileNotFoundError:
        log.error("file_missing", path=evidence.file.path, evidence=str(public_id))  # noqa: TRY400 - where is known
        return render(request, "assessment/evidence/evidence_missing.html", {"evidence": evidence}, status=404)
    if request.method == "GET":
        log_access(request, "downloaded", target_type="evidence", target_id=str(public_id), detail=evidence.title)
    response = FileResponse(
        opened, as_attachment=True, filename=evidence.file_name, content_type=evidence.file.content_type
    )
    if settings.ACCEL_REDIRECT_PREFIX:
        opened.close()
        response.streaming_content = []
        response["X-Accel-Redirect"] = str(PurePosixPath(settings.ACCEL_REDIRECT_PREFIX) / evidence.file.path)
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def evidence_picture(request: Request, public_id, page: int, width: int) -> HttpResponseBase:
    """One page as a picture, drawn again and so free of whatever else the file holds."""
    evidence = _evidence(request, public_id)
    try:
        drawn = picture(evidence.file, page, width)
    except DrawingError as error:
        raise Http404 from error
    response = FileResponse(drawn.open("rb"), content_type="image/webp")
    response["Cache-Control"] = "private, no-store"
    return response


def _replaced(version: Evidence) -> str:
    return f"Versi baru “{version.title}” tersimpan."


def _page_of(evidence: Evidence) -> str:
    return reverse("evidence-detail", args=[evidence.public_id])


def _evidence(request: Request, public_id) -> Evidence:
    rows = Evidence.objects.visible_to(request.user).select_related("file", "agency__region")
    return get_object_or_404(rows, public_id=public_id)
