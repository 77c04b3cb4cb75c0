"""The administrator's import of an instrument: file, preview, confirmation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import require
from accounts.once import sent_once
from assessment.actions import instruments
from assessment.forms.instruments import InstrumentFileForm
from assessment.models import InstrumentDraft
from indicators.catalogue import UnreadableError, difference
from indicators.models import Instrument, Revision


@require_http_methods(["GET", "HEAD", "POST"])
def instrument_import(request: HttpRequest) -> HttpResponse:
    """Take a file; its faults are shown by indicator and key, a faultless one goes to the preview."""
    require(request.user, "assessment.import_instrument")
    form = InstrumentFileForm(request.POST or None, request.FILES or None)
    faults = []
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            once = sent_once(request, reverse("instrument-preview"))
            content = upload.read()
            instruments.preview_instrument(content=content, file_name=upload.name, by=request.user, once=once)
            return redirect("instrument-preview")
        except UnreadableError as error:
            form.add_error("file", str(error))
        except instruments.FaultyInstrumentError as error:
            faults = error.faults
    context = {"form": form, "faults": faults, "revisions": Revision.objects.visible_to(request.user)}
    return render(request, "assessment/instrument_import.html", context, status=422 if form.errors or faults else 200)


def instrument_preview(request: HttpRequest) -> HttpResponse:
    """Show indicator by indicator what the file would change."""
    require(request.user, "assessment.import_instrument")
    draft = get_object_or_404(InstrumentDraft, uploaded_by=request.user)
    document = instruments.checked(draft.content.encode())
    instrument = Instrument.objects.visible_to(request.user).filter(code=document["code"]).first()
    latest = instrument.revisions.first() if instrument else None
    changes = difference(latest, document)
    context = {"draft": draft, "document": document, "latest": latest, "changes": changes}
    return render(request, "assessment/instrument_preview.html", context)


@require_POST
def instrument_confirm(request: HttpRequest) -> HttpResponse:
    """Load the previewed file, as official or as rancangan."""
    require(request.user, "assessment.import_instrument")
    draft = get_object_or_404(InstrumentDraft, uploaded_by=request.user)
    loaded = instruments.confirm_preview(
        draft=draft,
        official=request.POST.get("status") == "official",
        by=request.user,
        once=sent_once(request, reverse("catalogue")),
    )
    messages.success(request, f"{loaded.revision} {'dimuat' if loaded.created else 'sudah ada; isinya sama'}.")
    return redirect("catalogue")


@require_POST
def revision_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm an existing revision's wording as the official one."""
    revision = get_object_or_404(Revision.objects.visible_to(request.user), pk=pk)
    require(request.user, "assessment.confirm_instrument", revision)
    try:
        instruments.confirm_wording(revision=revision, by=request.user, once=sent_once(request, reverse("catalogue")))
        messages.success(request, f"Naskah {revision} ditetapkan sebagai naskah resmi.")
    except instruments.AlreadyOfficialError:
        messages.warning(request, "Naskah ini sudah ditetapkan sebagai naskah resmi sebelumnya.")
    return redirect("catalogue")
