"""Forms of the register of problems, and of awards."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.places import DayField
from accounts.models import Agency, Region
from accounts.text import LineField, NoteField
from accounts.words import day as day_words
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
        data = super().clean()
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


class DecreeForm(forms.Form):
    """A decree: its number and its day."""

    decree_number = LineField(label="Nomor keputusan", max_length=100)
    decree_on = DayField(label="Tanggal keputusan")

    def __init__(self, *args, earliest: dt.date, today: dt.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._earliest, self._today = earliest, today

    def clean_decree_on(self) -> dt.date:
        """Not in the future, and neither before what it takes away was given nor before its cause was known."""
        day = self.cleaned_data["decree_on"]
        if day > self._today:
            raise ValidationError(FUTURE)
        if day < self._earliest:
            words = "Tidak mungkin sebelum penghargaannya diberikan dan permasalahannya diterima, {}."
            raise ValidationError(words.format(day_words(self._earliest)))
        return day


class AnnounceForm(forms.Form):
    """How the year ended: with an award by decree, or without, and where that is written."""

    outcome = forms.ChoiceField(
        label="Yang diumumkan", widget=forms.RadioSelect,
        choices=[("award", "Mendapat penghargaan"), ("none", "Tanpa penghargaan")],
    )  # fmt: skip
    despite = forms.BooleanField(required=False)
    decree_number = LineField(label="Nomor keputusan menteri", max_length=100, required=False)
    decree_on = DayField(label="Tanggal keputusan", required=False)
    source = LineField(
        label="Sumber",
        max_length=300,
        required=False,
        help_text="Untuk tahun tanpa penghargaan: pengumuman atau suratnya.",
    )

    def __init__(self, *args, fixed_on: dt.date | None, today: dt.date, below: str = "", **kwargs) -> None:
        """`below` names the predicate of a result that no award is expected for; then a tick is asked for."""
        super().__init__(*args, **kwargs)
        self._fixed_on, self._today, self._below = fixed_on, today, below
        if below:
            self.fields["despite"].label = f"Keputusannya memang memberi penghargaan, walau hasilnya {below}"
        else:
            del self.fields["despite"]

    def clean(self) -> dict:
        """An award has its decree, not older than the minutes of the result; a year without one has its source."""
        data = super().clean()
        if data.get("outcome") == "award":
            if self._below and not data.get("despite"):
                self.add_error(
                    "despite", f"Hasilnya {self._below}. Periksa keputusannya; bila memang begitu, centang di sini."
                )
            for name in ("decree_number", "decree_on"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, "Wajib diisi untuk penghargaan.")
            if data.get("decree_on") and data["decree_on"] > self._today:
                self.add_error("decree_on", FUTURE)
            elif data.get("decree_on") and self._fixed_on and data["decree_on"] < self._fixed_on:
                words = f"Tidak mungkin sebelum berita acara hasilnya, {day_words(self._fixed_on)}."
                self.add_error("decree_on", words)
        elif data.get("outcome") == "none" and not data.get("source"):
            self.add_error("source", "Tulis sumbernya, supaya dapat ditelusuri.")
        return data
