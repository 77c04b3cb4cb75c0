"""Forms about places: regions, offices, jurisdictions, agencies."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.forms.choices import ManyField
from accounts.models import Agency, Jurisdiction, Region, ReviewOffice, Succession
from accounts.models.places import region_kind_choices
from accounts.text import LineField
from accounts.words import day

CHOOSE = "– pilih –"
KIND_WORDS = ("provinsi", "prov", "kabupaten", "kab", "kota")
CODE = re.compile(r"[0-9]{2}(\.[0-9]{2})?")
FIRST_PROVINCE, LAST_PROVINCE, FIRST_CITY = 11, 99, 71
FIRST_DAY, LAST_DAY = dt.date(1945, 8, 17), dt.date(2100, 12, 31)


class DayField(forms.DateField):
    """A day, typed as day-month-year or picked; never before the Republic nor in another century."""

    def __init__(self, **options) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        options.setdefault("input_formats", ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"])
        options.setdefault(
            "error_messages", {"invalid": "Tulis tanggal sebagai hari-bulan-tahun, misalnya 31-12-2026."}
        )
        super().__init__(**options)

    def validate(self, value: dt.date | None) -> None:
        """Refuse impossible years."""
        super().validate(value)
        if value and not FIRST_DAY <= value <= LAST_DAY:
            raise ValidationError(f"Tahun {value.year} tidak mungkin. Periksa tanggalnya.")


class RegionForm(forms.ModelForm):
    """A province, regency or city."""

    fields: dict[str, Any]  # each of its own class

    name = LineField(label="Nama", max_length=100, help_text="Tanpa kata Kabupaten atau Kota: Serang.")

    class Meta:
        model = Region
        fields = ("kind", "code", "name", "parent", "zone")
        help_texts = {"code": "Kode Kemendagri: 36 untuk provinsi, 36.04 untuk kabupaten/kota."}
        error_messages = {"code": {"unique": "Kode ini sudah dipakai wilayah lain. Periksa daftar wilayah."}}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", CHOOSE), *region_kind_choices()]
        self.fields["parent"].queryset = Region.objects.filter(kind="province").exclude(pk=self.instance.pk)
        self.fields["parent"].empty_label = "– untuk provinsi –"
        if not self.instance.pk:
            self.initial.update(self._likely())

    def _likely(self) -> dict:
        """First comes a province; with one of them, what follows is most likely a regency in it."""
        provinces = list(self.fields["parent"].queryset[:2])
        if not provinces:
            return {"kind": "province"}
        return {"kind": "regency", "parent": provinces[0].pk if len(provinces) == 1 else None}

    def clean_name(self) -> str:
        """The kind stands in its own field, so that nobody reads Kabupaten Kabupaten Serang."""
        name = self.cleaned_data["name"]
        first, _, rest = name.partition(" ")
        if rest and first.rstrip(".").lower() in KIND_WORDS:
            raise ValidationError(f"Tulis namanya saja, tanpa kata “{first}”: {rest}.")
        return name

    def clean_kind(self) -> str:
        """A region in use stays what it is: people, agencies and other regions hang on it."""
        kind = self.cleaned_data["kind"]
        before = Region.objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        if before and before.kind != kind and before.in_use():
            raise ValidationError(f"{before} sudah dipakai; jenisnya tidak dapat diganti. Tambahkan wilayah baru.")
        return kind

    def clean_code(self) -> str:
        """A province keeps its code while regencies lie in it, since theirs begin with it."""
        code = self.cleaned_data["code"]
        before = Region.objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        if before and before.code != code and before.children.exists():
            raise ValidationError("Kode provinsi yang sudah punya kabupaten/kota tidak dapat diganti.")
        return code

    def clean(self) -> dict:
        """A regency lies in the province whose code begins its own; a province lies in none."""
        super().clean()
        data = self.cleaned_data
        kind, parent = data.get("kind"), data.get("parent")
        if kind == "province" and parent:
            self._take_out_of_province(parent)
        elif kind in ("regency", "city") and not parent:
            if "parent" in data:
                self.add_error("parent", "Pilih provinsinya.")
        elif (kind or parent) and data.get("code") and (fault := _code_fault(kind, data["code"], parent)):
            self.add_error("code", fault)
        return data

    def _take_out_of_province(self, parent: Region) -> None:
        """A new province leaves the only one there is, which the form had proposed; any other choice is a fault."""
        if parent.pk == self.initial.get("parent") and not self.instance.pk:
            self.cleaned_data["parent"] = None
        else:
            self.add_error("parent", "Provinsi tidak berada di dalam provinsi lain. Kosongkan.")


def _code_fault(kind: str | None, code: str, parent: Region | None) -> str:
    """Say what is wrong with a Kemendagri code, or nothing: cities are numbered from 71 on, regencies below."""
    if not CODE.fullmatch(code):
        return "Tulis kode Kemendagri: 36 untuk provinsi, 36.04 untuk kabupaten/kota."
    province, _, number = code.partition(".")
    if not FIRST_PROVINCE <= int(province) <= LAST_PROVINCE:
        return f"Kode provinsi terletak antara {FIRST_PROVINCE} dan {LAST_PROVINCE}."
    if kind == "province":
        return "Kode provinsi terdiri dari dua angka, misalnya 36." if number else ""
    if parent and (not number or province != parent.code):
        return f"Kode kabupaten/kota di {parent} dimulai dengan {parent.code}., misalnya {parent.code}.04."
    if (kind == "city") != (int(number) >= FIRST_CITY) or int(number) == 0:
        return f"Angka di belakang titik: 01–{FIRST_CITY - 1} untuk kabupaten, {FIRST_CITY}–99 untuk kota."
    return ""


class OfficeForm(forms.ModelForm):
    """A review office and its habits."""

    name = LineField(label="Nama", max_length=150)
    short_name = LineField(label="Nama singkat", max_length=40)
    rounds_allowed = forms.IntegerField(label="Putaran perbaikan paling banyak", min_value=0, max_value=20)

    class Meta:
        model = ReviewOffice
        fields = ("name", "short_name", "second_person", "rounds_allowed")
        error_messages = {"name": {"unique": "Kantor dengan nama ini sudah ada."}}


class RegionsField(ManyField):
    """Regions to tick, each with the office that looks after it now."""

    def label_from_instance(self, obj: Region) -> str:
        """The region, and whose it is."""
        offices = ", ".join(held.office.short_name for held in obj.offices_from_today)
        return f"{obj} · {offices}" if offices else f"{obj} · belum ada kantor"


class JurisdictionForm(forms.Form):
    """From when an office looks after regions; those without one stand ticked."""

    fields: dict[str, Any]  # each of its own class

    office = forms.ModelChoiceField(ReviewOffice.objects.all(), label="Kantor", empty_label=CHOOSE)
    regions = RegionsField(
        Region.objects.none(),
        label="Wilayah",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih paling sedikit satu wilayah."},
    )
    started_on = DayField(label="Sejak", help_text="Kantor yang sekarang berakhir sehari sebelumnya.")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        regions = Region.objects.assessed().with_offices()
        self.fields["regions"].queryset = regions
        self.initial.setdefault("regions", [region.pk for region in regions if not region.offices_from_today])
        offices = list(ReviewOffice.objects.all()[:2])
        if len(offices) == 1:
            self.initial.setdefault("office", offices[0].pk)
        self.initial.setdefault("started_on", timezone.localdate().replace(month=1, day=1))

    def clean(self) -> dict:
        """An office takes over after the one before it began, and not what it has already."""
        super().clean()
        data = self.cleaned_data
        rows = Jurisdiction.objects.filter(region__in=data.get("regions") or (), ended_on=None)
        for held in rows.select_related("office", "region"):
            if held.office == data.get("office"):
                self.add_error("regions", f"{held.region} sudah berada di bawah {held.office}.")
            elif data.get("started_on") and data["started_on"] <= held.started_on:
                self.add_error("started_on", f"Harus setelah {day(held.started_on)}, awal wilayah kerja {held.office}.")
        return data


class AgencyForm(forms.ModelForm):
    """An agency of the coordinator's region."""

    name = LineField(label="Nama", max_length=150)
    short_name = LineField(label="Nama singkat", max_length=40, help_text="Untuk tabel, misalnya Dinkes.")
    valid_from = DayField(label="Berlaku sejak", required=False)
    valid_until = DayField(label="Berlaku sampai", required=False, help_text="Kosongkan selama masih ada.")

    class Meta:
        model = Agency
        fields = ("name", "short_name", "kind", "valid_from", "valid_until")

    def clean(self) -> dict:
        """The end comes after the beginning, and a name is there once."""
        super().clean()
        data = self.cleaned_data
        start, end = data.get("valid_from"), data.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", "Tanggal akhir harus setelah tanggal awal.")
        same = Agency.objects.filter(region=self.instance.region_id, name__iexact=data.get("name"), valid_until=None)
        if not end and same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", "Perangkat daerah dengan nama ini sudah ada.")
        self._need_own_short_name(end)
        return data

    def _need_own_short_name(self, end: dt.date | None) -> None:
        """Tables tell agencies apart by their short names."""
        short = self.cleaned_data.get("short_name")
        others = Agency.objects.filter(region=self.instance.region_id, valid_until=None).exclude(pk=self.instance.pk)
        given = self.instance.pk is None or "short_name" in self.changed_data  # what was there before may stay
        namesake = None if end or not given else others.filter(short_name__iexact=short).first()
        if namesake:
            self.add_error("short_name", f"Nama singkat ini sudah dipakai {namesake.name}.")


class SuccessionForm(forms.ModelForm):
    """Which agency took over from this one, and when."""

    fields: dict[str, Any]  # each of its own class

    on = DayField(label="Sejak tanggal")

    class Meta:
        model = Succession
        fields = ("new", "on")
        labels = {"new": "Digantikan oleh"}

    def __init__(self, *args, old: Agency, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._old = old
        self.fields["new"].empty_label = CHOOSE
        self.fields["new"].queryset = Agency.objects.filter(region=old.region_id).not_ended().exclude(pk=old.pk)

    def clean(self) -> dict:
        """Once per pair, and after the old one began."""
        super().clean()
        data = self.cleaned_data
        if Succession.objects.filter(old=self._old, new=data.get("new")).exists():
            self.add_error("new", "Peralihan ini sudah tercatat.")
        if data.get("on") and self._old.valid_from and data["on"] <= self._old.valid_from:
            self.add_error("on", "Harus setelah perangkat daerah lama mulai berlaku.")
        return data
