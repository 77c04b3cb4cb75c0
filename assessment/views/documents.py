"""The documents of a cycle: having one made, seeing how far it is, fetching it."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.access import require
from accounts.request import Request
from accounts.sessions import log_access
from assessment.actions import documents
from assessment.enums import DocumentKind, DocumentState
from assessment.exports.printers import PRINTERS
from assessment.facts.documents import audience_of, refused_document
from assessment.models import Cycle, IssuedDocument
from assessment.pages.documents import DocumentLine, DocumentsPage
from assessment.views.carrying_out import press

BEING_MADE = "{} sedang dibuat. Halaman ini menunjukkan kemajuannya."
SHOWN = 30
SANDBOX = "sandbox; default-src 'none'"


@require_safe
def document_list(request: Request, pk: int) -> HttpResponse:
    """What was made, newest first, and the two buttons."""
    cycle = _cycle(request, pk)
    kinds = [(kind, printer.label, printer.icon) for kind, printer in PRINTERS.items()]
    refused = refused_document(cycle, audience_of(request.user, cycle))
    page = DocumentsPage(cycle, _visible(request).filter(cycle=cycle)[:SHOWN], kinds, refused)
    return render(request, "assessment/documents/document_list.html", {"page": page, "cycle": cycle})


@require_POST
def document_issue(request: Request, pk: int) -> HttpResponse:
    """Freeze and queue."""
    cycle = _cycle(request, pk)
    target = reverse("document-list", args=[pk])
    if request.POST.get("kind") not in DocumentKind.values:
        raise Http404
    kind = DocumentKind(request.POST["kind"])
    return press(request, documents.issue, to=target, done=BEING_MADE.format(kind.label), cycle=cycle, kind=kind)


@require_POST
def document_again(request: Request, public_id) -> HttpResponse:
    """Queue it again."""
    issued = _issued(request, public_id)
    target = reverse("document-list", args=[issued.cycle_id])
    return press(request, documents.print_again, to=target, done="Dokumen dibuat lagi.", issued=issued)


@require_safe
def document_state(request: Request, public_id) -> HttpResponse:
    """How far one document is, for the page that asks again and again."""
    row = _issued(request, public_id)
    return render(request, "assessment/documents/_document.html", {"line": DocumentLine(row)})


@require_safe
def document_file(request: Request, public_id) -> HttpResponseBase:
    """The finished file."""
    issued = _issued(request, public_id)
    if issued.state != DocumentState.READY or not issued.path.exists():
        raise Http404
    if request.method == "GET":
        log_access(request, "exported", target_type="document", target_id=str(public_id), detail=str(issued))
    response = FileResponse(
        issued.path.open("rb"), as_attachment=True, filename=issued.file_name,
        content_type=PRINTERS[DocumentKind(issued.kind)].content_type,
    )  # fmt: skip
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response


def _cycle(request: Request, pk: int) -> Cycle:
    rows = Cycle.objects.visible_to(request.user).select_related("region", "revision__instrument")
    cycle = get_object_or_404(rows, pk=pk)
    require(request.user, "assessment.export_dossier", cycle)
    return cycle


def _visible(request: Request) -> QuerySet[IssuedDocument]:
    """Documents as pages show them; what is frozen in them is long and stays where it is."""
    rows = IssuedDocument.objects.visible_to(request.user).with_outdated()
    return rows.select_related("cycle__region", "snapshot", "requested_by").defer("snapshot__body")


def _issued(request: Request, public_id) -> IssuedDocument:
    issued = get_object_or_404(_visible(request), public_id=public_id)
    if not request.user.has_perm("assessment.export_dossier", issued.cycle):
        raise PermissionDenied
    return issued
