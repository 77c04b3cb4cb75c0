"""Forms of the register of problems, and of awards."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.places import DayField
from accounts.models import Agency, Region
from accounts.text import LineField, NoteField
from assessment.enums import CycleStatus
from assessment.forms.evidence import ACCEPT
from assessment.forms.moments import MomentField
from assessment.models import Cycle, Problem
from assessment.uploads.checking import CheckedFile, check
from assessment.uploads.refusals import RefusedFileError
from indicators.models import Revision

FUTURE = "Tanggal ini masih di masa depan."
NO_NAMES = "Tanpa nama atau alamat korban."


class ProblemForm(forms.ModelForm):
    """What happened, who handles it, and until when an answer is due."""

    fields: dict[str, Any]  # each of its own class

    title = LineField(label="Permasalahan", max_length=200, help_text=NO_NAMES)
    summary = NoteField(label="Uraian", max_length=4000, rows=4, help_text=NO_NAMES)
    public_summary = LineField(
        label="Bentuk umum", max_length=300, help_text="Kalimat yang dicetak dalam dokumen penilaian."
    )
    right = forms.ChoiceField(label="Hak", required=False)
    source = LineField(
        label="Sumber", max_length=150, help_text="Misalnya SP4N-LAPOR!, Yankomas, atau pengaduan langsung."
    )
    happened_on = DayField(label="Terjadi")
    received_on = DayField(label="Diterima")
    due_at = MomentField(label="Tenggat tanggapan")
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Ditangani oleh", empty_label="– pilih –")

    class Meta:
        model = Problem
        fields = ("title", "summary", "public_summary", "right", "source", "happened_on", "received_on", "due_at",
                  "agency")  # fmt: skip

    def __init__(self, *args, region: Region, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.region = region
        self.fields["agency"].queryset = Agency.objects.active().filter(region=region).order_by("name")
        self.fields["due_at"].in_zone(region.tzinfo)
        self.fields["due_at"].help_text = f"Dalam {region.zone_label}."
        revision = (
            Revision.objects.exclude(text_status="bare").order_by("-instrument__regulation_year", "-number").first()
        )
        rights = [(right.name, right.name) for right in revision.rights.all()] if revision else []
        self.fields["right"].choices = [("", "– tidak tertentu –"), *rights]

    def clean(self) -> dict:
        """Days in their order, none of them in the future; the answer is due after the news came."""
        super().clean()
        data = self.cleaned_data
        happened, received, today = data.get("happened_on"), data.get("received_on"), self.instance.region.today()
        for name, day in (("happened_on", happened), ("received_on", received)):
            if day and day > today:
                self.add_error(name, FUTURE)
        if happened and received and received < happened:
            self.add_error("received_on", "Diterima tidak mungkin sebelum terjadi.")
        due_at = data.get("due_at")
        if received and due_at and due_at.astimezone(self.instance.region.tzinfo).date() < received:
            self.add_error("due_at", "Tenggat tanggapan tidak mungkin sebelum diterima.")
        return data


class ResponseForm(forms.Form):
    """What was done, and its proof."""

    text = NoteField(
        label="Tanggapan",
        max_length=4000,
        rows=5,
        help_text="Apa yang sudah dilakukan, kapan, dan oleh siapa (jabatan).",
    )
    proof = forms.FileField(
        label="Bukti", required=False, widget=forms.FileInput(attrs={"accept": ACCEPT}), allow_empty_file=True,
        help_text="PDF, foto, Word, Excel, ODT, atau ODS.",
    )  # fmt: skip

    checked: CheckedFile | None = None

    def clean_proof(self):
        """Check what the file is; the refusal is a sentence that helps."""
        upload = self.cleaned_data["proof"]
        if upload:
            try:
                self.checked = check(upload)
            except RefusedFileError as refusal:
                raise ValidationError(str(refusal)) from refusal
        return upload


class GroundForm(forms.Form):
    """Which year's award the problem brings down, and why."""

    fields: dict[str, Any]  # each of its own class

    cycle = forms.ModelChoiceField(Cycle.objects.none(), label="Penghargaan tahun", empty_label="– pilih tahun –")
    reason = NoteField(label="Alasan", max_length=1000, rows=3)

    def __init__(self, *args, problem: Problem, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        here = Cycle.objects.filter(region=problem.region_id)
        ended = here.filter(award__ending__isnull=False)
        marked = problem.grounds.filter(lifted_at=None)
        may_fall = here.exclude(pk__in=ended).exclude(pk__in=marked.values("cycle")).select_related("region")
        given = may_fall.filter(award__isnull=False) | may_fall.filter(status=CycleStatus.FINALISED)
        self.fields["cycle"].queryset = given.distinct().order_by("-assessment_year")
