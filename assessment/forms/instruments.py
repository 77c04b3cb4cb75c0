"""The file of an instrument, and what is decided about its preview."""

from django import forms
from django.core.exceptions import ValidationError

from indicators.catalogue import MAX_BYTES


class InstrumentFileForm(forms.Form):
    """One YAML file."""

    file = forms.FileField(
        label="Berkas instrumen (YAML)",
        help_text="Bentuknya seperti katalog kerja; lihat panduan “Mengganti katalog kerja dengan lampiran resmi”.",
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
        error_messages={
            "required": "Pilih berkas instrumen yang akan diperiksa.",
            "empty": "Berkas ini kosong. Periksa berkasnya, lalu pilih lagi.",
        },
    )

    def clean_file(self):
        """Refuse what is too large before it is read."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise ValidationError(f"Berkas lebih besar dari {MAX_BYTES // 1_000_000} MB; instrumen hanya berupa teks.")
        return upload


class PreviewForm(forms.Form):
    """What the preview was compared with, and whether the wording is the official one."""

    compared_with = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    status = forms.ChoiceField(choices=[("draft", "Rancangan"), ("official", "Naskah resmi")])
    matched = forms.BooleanField(required=False)

    @property
    def is_official(self) -> bool:
        """Whether the wording is said to be the official one; only after `is_valid`."""
        return self.cleaned_data["status"] == "official"

    @property
    def unsure(self) -> bool:
        """Whether it is called official although nobody says that it was compared with the annex."""
        return self.is_official and not self.cleaned_data["matched"]
