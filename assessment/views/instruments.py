"""The administrator's import of an instrument: file, preview, confirmation; and confirming a revision's wording."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import require
from accounts.audit import history
from accounts.once import sent_once
from accounts.request import Request
from assessment.actions import instruments
from assessment.facts.instruments import FaultyInstrumentError, checked
from assessment.forms.instruments import InstrumentFileForm, PreviewForm
from assessment.models import InstrumentDraft
from assessment.pages.instruments import changes_of, saving_of, summary_of
from indicators.catalogue import UnreadableError, difference, known_revision
from indicators.models import Revision

ALLOWED = ["GET", "HEAD", "POST"]
SHOWN_FAULTS = 200
CATALOGUE, IMPORT = ("/katalog/", "Katalog"), ("/instrumen/impor/", "Impor instrumen")
OFFICIAL_ABOUT = (
    "Tetapkan naskah ini sebagai naskah resmi setelah seluruh rumusan, nilai, dan dokumennya dicocokkan dengan "
    "lampiran peraturan. Keterangan “rancangan” pada halaman koordinator dan dokumen penilaian lalu tidak tampil "
    "lagi. Isi, nilai, dan jawaban tidak berubah. Penetapan ini tidak dapat dibatalkan."
)
NO_LONGER = "Pratinjau ini tidak dapat dipakai lagi. Unggah berkasnya sekali lagi; belum ada yang disimpan."
NOT_CONFIRMED = "Belum ditetapkan. Centang dahulu bahwa naskahnya sudah dicocokkan dengan lampiran peraturan."
NOT_MATCHED = "Belum disimpan. Centang bahwa naskahnya sudah dicocokkan, atau simpan sebagai rancangan."
OUTDATED = "Sementara itu revisi lain dimuat. Perbandingannya sudah diperbarui; periksa lagi sebelum menyimpan."


@require_http_methods(ALLOWED)
def instrument_import(request: Request) -> HttpResponse:
    """Take a file; its faults are shown by indicator and key, a faultless one goes to the preview."""
    require(request.user, "assessment.import_instrument")
    sent = request.method == "POST"
    form, faults = InstrumentFileForm(request.POST if sent else None, request.FILES if sent else None), []
    if sent and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            draft = instruments.preview_instrument(
                content=upload.read(), file_name=upload.name, by=request.user,
                once=sent_once(request, reverse("instrument-import")),
            )  # fmt: skip
            return redirect("instrument-preview", draft.pk)
        except UnreadableError as error:
            form.add_error("file", str(error))
        except FaultyInstrumentError as error:
            faults = error.faults
    revisions = Revision.objects.visible_to(request.user).select_related("instrument")
    context = {"form": form, "faults": faults[:SHOWN_FAULTS], "fault_count": len(faults), "revisions": revisions}
    context |= {"up": CATALOGUE, "has_more": len(faults) > SHOWN_FAULTS}
    return render(
        request, "assessment/instruments/instrument_import.html", context, status=422 if form.errors or faults else 200
    )


@require_safe
def instrument_preview(request: Request, pk: int) -> HttpResponse:
    """Show indicator by indicator what the file would change."""
    draft = _draft(request, pk)
    try:
        manuscript = checked(draft.content.encode())
    except (UnreadableError, FaultyInstrumentError):
        messages.warning(request, NO_LONGER)
        return redirect("instrument-import")
    newest, same = instruments.newest_revision(manuscript), known_revision(manuscript)
    changes = difference(same or newest, manuscript)
    context = {"draft": draft, "manuscript": manuscript, "newest": newest, "same": same, "up": IMPORT}
    context |= {"summary": summary_of(newest, manuscript, changes), "saving": saving_of(manuscript)}
    indicators = changes_of(changes.indicators)
    context |= {"general": changes_of(changes.general), "changed": indicators if newest else []}
    context["loaded"] = [] if newest else indicators
    context["compared_with"] = newest.pk if newest else ""
    return render(request, "assessment/instruments/instrument_preview.html", context)


@require_POST
def instrument_confirm(request: Request, pk: int) -> HttpResponse:
    """Load the previewed file, as official or as rancangan."""
    draft = _draft(request, pk)
    form = PreviewForm(request.POST)
    if not form.is_valid():
        return _compare_again(request, draft)
    if form.unsure:
        messages.warning(request, NOT_MATCHED)
        return redirect("instrument-preview", draft.pk)
    if form.is_official:
        require(request.user, "assessment.confirm_instrument")
    try:
        loaded = instruments.confirm_preview(
            draft=draft, compared_with=form.cleaned_data["compared_with"], official=form.is_official, by=request.user,
            once=sent_once(request, reverse("catalogue")),
        )  # fmt: skip
    except (instruments.OutdatedPreviewError, FaultyInstrumentError):
        return _compare_again(request, draft)
    messages.success(request, f"{loaded.revision} {'dimuat' if loaded.created else 'sudah ada; isinya sama'}.")
    return redirect("catalogue-revision", loaded.revision.instrument.code, loaded.revision.number)


@require_http_methods(ALLOWED)
def instrument_official(request: Request, pk: int) -> HttpResponse:
    """Confirm a revision's wording as the official one, after saying what that means; its trail stands below."""
    revision = get_object_or_404(Revision.objects.visible_to(request.user).select_related("instrument"), pk=pk)
    require(request.user, "assessment.confirm_instrument", revision)
    if request.method != "POST":
        context = {"revision": revision, "owner": str(revision), "trail": [(event, ()) for event in history(revision)]}
        context |= {"up": IMPORT, "about": OFFICIAL_ABOUT}
        return render(request, "assessment/instruments/instrument_confirm.html", context)
    target = reverse("instrument-official", args=[pk])
    if request.POST.get("matched") != "1":
        messages.warning(request, NOT_CONFIRMED)
        return redirect(target)
    try:
        instruments.confirm_wording(revision=revision, by=request.user, once=sent_once(request, target))
        messages.success(request, f"Naskah {revision} ditetapkan sebagai naskah resmi.")
    except instruments.NotWaitingError:
        messages.warning(request, "Naskah revisi ini tidak sedang menunggu penetapan; tidak ada yang diubah.")
    return redirect(target)


def _compare_again(request: Request, draft: InstrumentDraft) -> HttpResponse:
    messages.warning(request, OUTDATED)
    return redirect("instrument-preview", draft.pk)


def _draft(request: Request, pk: int) -> InstrumentDraft:
    draft = get_object_or_404(InstrumentDraft.objects.visible_to(request.user), pk=pk)
    require(request.user, "assessment.import_instrument")
    return draft
