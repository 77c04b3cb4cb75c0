"""Forms about a cycle: opening it, extending it, recording years of before."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from accounts.forms.places import DayField
from accounts.models import Agency, Region
from accounts.sure import sure
from accounts.text import LineField
from accounts.words import weekday_moment
from assessment.facts.assignments import responsible_agencies
from assessment.facts.clocks import Clocks
from assessment.facts.plans import NOT_LATER, YEAR_TAKEN
from assessment.forms.moments import MomentField
from assessment.models import Cycle
from assessment.models.cycle import FIRST_YEAR
from indicators.models import Revision

NEAR_YEARS = 1
USUAL_EXTENSION, LONGEST_EXTENSION = dt.timedelta(days=7), dt.timedelta(days=120)


class YearField(forms.IntegerField):
    """A year in four digits."""

    default_error_messages = {"invalid": "Tulis tahunnya dengan empat angka, misalnya 2026."}


class CycleForm(forms.ModelForm):
    """Assessment year, data year, instrument, dates, and whether heads endorse."""

    fields: dict[str, Any]  # each of its own class

    revision = forms.ModelChoiceField(Revision.objects.none(), label="Instrumen", empty_label=None)
    assessment_year = YearField(label="Tahun penilaian", help_text="Tahun saat penilaian dilakukan.")
    data_year = YearField(label="Tahun data", help_text="Tahun yang dinilai, biasanya satu tahun sebelumnya.")
    filling_starts_on = DayField(label="Pengisian dimulai", required=False)
    filling_deadline = MomentField(label="Pengisian ditutup")
    verification_ends_on = DayField(label="Verifikasi direncanakan selesai", required=False)

    class Meta:
        model = Cycle
        fields = (
            "assessment_year",
            "data_year",
            "revision",
            "filling_starts_on",
            "filling_deadline",
            "verification_ends_on",
            "heads_endorse",
        )
        labels = {"heads_endorse": "Kepala OPD mengesahkan jawaban sebelum diajukan"}

    def __init__(self, *args, region: Region, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._region = region
        self.instance.region = region
        if not self.instance.pk:
            today = region.today()
            self.initial.update(_usual_years(_first_free(region, today.year)), filling_starts_on=today)
        usable = Revision.objects.exclude(text_status="bare").select_related("instrument")
        self.fields["revision"].queryset = usable.order_by("-instrument__regulation_year", "-number")
        self.fields["filling_deadline"].in_zone(region.tzinfo)
        self.fields["filling_deadline"].help_text = f"Dalam {region.zone_label}."

    def clean_assessment_year(self) -> int:
        """A year near the present one, that has no cycle yet."""
        year, this_year = self.cleaned_data["assessment_year"], self._region.today().year
        if not this_year - NEAR_YEARS <= year <= this_year + NEAR_YEARS:
            raise forms.ValidationError(
                f"Tahun penilaian harus {this_year - NEAR_YEARS} sampai {this_year + NEAR_YEARS}."
            )
        return _free_year(self._region, year, self.instance)

    def clean(self) -> dict:
        """Years and dates follow one another."""
        super().clean()
        data = self.cleaned_data
        _check_data_year(self)
        if data.get("filling_deadline"):
            self._check_days(data["filling_deadline"])
        return data

    def _check_days(self, ends: dt.datetime) -> None:
        """The end of filling lies ahead, after its beginning, within the next year, and before verification ends."""
        named = ("assessment_year", "filling_starts_on", "verification_ends_on")
        year, starts, verified = (self.cleaned_data.get(name) for name in named)
        last_day = ends.astimezone(self._region.tzinfo).date()
        if ends <= timezone.now():
            self.add_error("filling_deadline", "Waktu ini sudah lewat. Pilih waktu yang akan datang.")
        elif starts and last_day < starts:
            self.add_error("filling_deadline", "Pengisian ditutup setelah dimulai. Periksa kedua tanggal.")
        elif year and last_day.year > year + 1:
            self.add_error("filling_deadline", f"Pengisian tahun {year} ditutup paling lambat akhir {year + 1}.")
        if verified and verified < last_day:
            self.add_error("verification_ends_on", "Verifikasi selesai setelah pengisian ditutup.")


class ExtensionForm(forms.Form):
    """More time, for everyone or for one agency, with a reason."""

    fields: dict[str, Any]  # each of its own class

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Untuk", required=False, empty_label="Semua perangkat daerah"
    )
    deadline = MomentField(label="Diperpanjang sampai")
    reason = LineField(label="Alasan", max_length=300)

    def __init__(self, *args, cycle: Cycle, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._clocks = Clocks.of(cycle)
        self.fields["agency"].queryset = responsible_agencies(cycle)
        self.fields["deadline"].in_zone(cycle.region.tzinfo)
        self.fields["deadline"].initial = max(sure(self._clocks.filling_until(None)), timezone.now()) + USUAL_EXTENSION
        self.fields["deadline"].help_text = f"Dalam {cycle.region.zone_label}."

    def clean_deadline(self) -> dt.datetime:
        """Later than now, and not for ever."""
        deadline = self.cleaned_data["deadline"]
        if deadline <= timezone.now():
            raise forms.ValidationError("Perpanjangan harus setelah saat ini.")
        if deadline > timezone.now() + LONGEST_EXTENSION:
            raise forms.ValidationError(f"Perpanjangan paling lama {LONGEST_EXTENSION.days} hari dari sekarang.")
        return deadline

    def clean(self) -> dict:
        """Later than the hour that holds for whom it is meant, extensions of before counted in."""
        super().clean()
        data = self.cleaned_data
        if "deadline" in data and "agency" in data:
            held = sure(self._clocks.filling_until(data["agency"].pk if data["agency"] else None))
            if data["deadline"] <= held:
                words = weekday_moment(held, self._clocks.cycle.region.zone)
                self.add_error("deadline", NOT_LATER.format(words))
        return data


class PastYearForm(forms.Form):
    """The result of a year before, or its cancellation, with its source."""

    fields: dict[str, Any]  # each of its own class

    assessment_year = YearField(label="Tahun penilaian")
    data_year = YearField(label="Tahun data")
    revision = forms.ModelChoiceField(Revision.objects.none(), label="Instrumen", empty_label=None)
    outcome = forms.ChoiceField(
        label="Yang terjadi",
        choices=[("announced", "Dinilai dan diumumkan"), ("cancelled", "Penilaian dibatalkan")],
        widget=forms.RadioSelect,
    )
    predicate = LineField(label="Predikat", max_length=100, required=False, help_text="Misalnya Peduli HAM.")
    source = LineField(label="Sumber", max_length=300, help_text="Nomor keputusan, berita, atau arsip.")
    awarded = forms.BooleanField(label="Mendapat penghargaan", required=False)
    decree_number = LineField(label="Nomor keputusan penghargaan", max_length=100, required=False)
    decree_on = DayField(label="Tanggal keputusan", required=False)

    def __init__(self, *args, region: Region, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._region = region
        revisions = Revision.objects.select_related("instrument")
        if missing := _newest_missing(region):
            then = revisions.filter(instrument__regulation_year__lte=missing)
            self.initial.update(_usual_years(missing))
            self.initial["revision"] = then.order_by("-instrument__regulation_year", "-number").first()
        self.initial.setdefault("outcome", "announced")
        self.fields["revision"].queryset = revisions.order_by("instrument__regulation_year", "-number")

    def clean_assessment_year(self) -> int:
        """A year before this one that has nothing yet."""
        year, this_year = self.cleaned_data["assessment_year"], self._region.today().year
        if not FIRST_YEAR <= year < this_year:
            raise forms.ValidationError(f"Tahun harus antara {FIRST_YEAR} dan {this_year - 1}.")
        return _free_year(self._region, year, None)

    def clean(self) -> dict:
        """An announced year has a predicate; the data are not younger than the assessment."""
        super().clean()
        data = self.cleaned_data
        if data.get("outcome") == "announced" and not data.get("predicate"):
            self.add_error("predicate", "Tulis predikatnya, atau “tanpa penghargaan”.")
        if data.get("decree_on"):
            self._check_decree(data["decree_on"], data.get("assessment_year"))
        if data.get("awarded") and data.get("outcome") == "cancelled":
            self.add_error("awarded", "Tahun yang dibatalkan tidak mendapat penghargaan.")
        _check_data_year(self)
        return data

    def _check_decree(self, decree_on: dt.date, year: int | None) -> None:
        """Not in the future, and not before the year that it awards."""
        if decree_on > self._region.today():
            self.add_error("decree_on", "Tanggal keputusan masih di masa depan.")
        elif year and decree_on.year < year:
            self.add_error("decree_on", f"Keputusan tentang tahun {year} tidak mungkin sebelum tahun itu.")


def _check_data_year(form: forms.BaseForm) -> None:
    """The data are of the assessed year or of the two before it."""
    year, data_year = form.cleaned_data.get("assessment_year"), form.cleaned_data.get("data_year")
    if year and data_year and not year - 2 <= data_year <= year:
        form.add_error(
            "data_year", "Tahun data harus sama dengan tahun penilaian atau paling lama dua tahun sebelumnya."
        )


def _usual_years(year: int) -> dict[str, int]:
    return {"assessment_year": year, "data_year": year - 1}


def _first_free(region: Region, year: int) -> int:
    """Return the year, or the one after it where it has its cycle already."""
    taken = Cycle.objects.filter(region=region, assessment_year=year).exclude(status="cancelled")
    return year + 1 if taken.exists() else year


def _newest_missing(region: Region) -> int | None:
    """The newest year before this one of which nothing is known."""
    known = set(Cycle.objects.filter(region=region).values_list("assessment_year", flat=True))
    return next((year for year in range(region.today().year - 1, FIRST_YEAR - 1, -1) if year not in known), None)


def _free_year(region: Region, year: int, instance: Cycle | None) -> int:
    if Cycle.objects.taking_year(region, year).exclude(pk__in=[instance.pk] if instance else []).exists():
        raise forms.ValidationError(YEAR_TAKEN.format(year))
    return year
