"""The file of an instrument."""

from django import forms
from django.core.exceptions import ValidationError

from indicators.catalogue.reading import MAX_BYTES


class InstrumentFileForm(forms.Form):
    """One YAML file."""

    file = forms.FileField(
        label="Berkas instrumen (YAML)",
        help_text="Bentuknya seperti katalog kerja; lihat panduan “Mengganti katalog kerja dengan lampiran resmi”.",
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml"}),
    )

    def clean_file(self):
        """Refuse what is too large before it is read."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise ValidationError(f"Berkas lebih besar dari {MAX_BYTES // 1_000_000} MB; instrumen hanya berupa teks.")
        return upload
