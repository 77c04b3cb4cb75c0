"""Every component with samples of what it can be and the calls that make them, for whoever changes the code.

The addresses know this page with DEBUG alone. It asks nothing of the database, so that it stands in an empty house too.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.parts import Button, Sentence

NOWHERE = "#contoh"


@dataclass(frozen=True)
class Sample:
    """One thing that a component can be: in words, and the piece of a template that makes it."""

    about: str
    call: str


@dataclass(frozen=True)
class Component:
    """A component: the name of its tag, what it is called in words, and its samples."""

    name: str
    title: str
    samples: tuple[Sample, ...]


class SampleForm(forms.Form):
    """A form as pages have it, drawn whole."""

    name = forms.CharField(label="Nama contoh", help_text="Seperti tertulis di surat contoh.")
    kind = forms.ChoiceField(label="Jenis contoh", choices=[("", "Pilih"), ("a", "Contoh A"), ("b", "Contoh B")])
    secret = forms.CharField(label="Kata sandi contoh", widget=forms.PasswordInput)


class FieldsForm(forms.Form):
    """Fields that are drawn one by one."""

    form = forms.ChoiceField(choices=[("value", "Contoh angka"), ("none", "Contoh tanpa data")])
    outcome = forms.ChoiceField(
        choices=[
            ("agree", "Contoh: sesuai"),
            ("other", "Contoh: tidak sesuai, dengan kata-kata yang panjangnya lebih dari satu baris layar ponsel"),
        ]
    )
    reason = forms.CharField(label="Alasan contoh")
    note = forms.CharField(label="Catatan contoh")
    points = forms.DecimalField(label="Nilai contoh", localize=True)
    share = forms.DecimalField(label="Persentase contoh")


COMPONENTS = (
    Component(
        "page_head",
        "Kepala halaman",
        (
            Sample("Judul saja", '{% page_head "Contoh judul halaman" %}{% endpage_head %}'),
            Sample(
                "Dengan halaman di atasnya, pemilik, dan langkah berikut",
                '{% page_head "Contoh judul" up=up eyebrow="Contoh kata pengantar" owner="Contoh pemilik" %}\n'
                '  {% next_step "Lakukan langkah contoh ini." "#contoh" "Langkah contoh" %}\n'
                "{% endpage_head %}",
            ),
            Sample(
                "Di dalam sebuah periode",
                '{% page_head "Kabupaten Contoh" up=up owner="Dinas Contoh" cycle=cycle deadline=deadline %}\n'
                '  {% next_step "Lakukan langkah contoh ini." "#contoh" "Langkah contoh" %}\n'
                "{% endpage_head %}",
            ),
        ),
    ),
    Component(
        "next_step",
        "Langkah berikut",
        (
            Sample("Dengan tombol", '{% next_step "Isi 3 jawaban contoh." "#contoh" "Buka contoh" %}'),
            Sample("Hanya kata", '{% next_step "Contoh: tunggu kantor verifikasi." %}'),
        ),
    ),
    Component(
        "notice",
        "Pemberitahuan",
        (
            Sample("Keterangan", '{% notice "info" "info" %}<p>Contoh keterangan.</p>{% endnotice %}'),
            Sample(
                "Kabar baik",
                '{% notice "good" "check" role="status" %}<p>Contoh kabar berhasil.</p>{% endnotice %}',
            ),
            Sample(
                "Peringatan dengan judul dan tombol",
                '{% notice "warn" "undo-2" title="Contoh judul peringatan" %}\n'
                "  <p>Contoh sebab yang harus dibaca, dengan kalimat yang tidak muat sebaris di ponsel.</p>\n"
                '  <p class="row-flex">{% button "Tombol contoh" url="#contoh" look="line btn-sm" %}</p>\n'
                "{% endnotice %}",
            ),
            Sample(
                "Penolakan dengan judul",
                '{% notice "stop" "circle-alert" title="Contoh penolakan" %}<p>Contoh sebabnya.</p>{% endnotice %}',
            ),
        ),
    ),
    Component(
        "button",
        "Tombol",
        (
            Sample("Langkah utama", '{% button "Contoh utama" look="next" icon_after="arrow-right" %}'),
            Sample("Penuh warna", '{% button "Contoh simpan" look="primary" form="contoh" name="seen" value="1" %}'),
            Sample("Bergaris, sebuah tautan", '{% button "Contoh unggah" url="#contoh" icon="upload" %}'),
            Sample("Polos", '{% button "Contoh batal" url="#contoh" look="plain" %}'),
            Sample("Yang tidak dapat ditarik kembali", '{% button "Contoh hapus" look="danger" icon="trash-2" %}'),
            Sample(
                "Kecil, dengan kata yang hanya didengar",
                '{% button "Contoh lepas" look="line btn-sm" icon="x" hidden=" dari jawaban contoh" %}',
            ),
            Sample("Selebar tempatnya", '{% button "Contoh lebar" look="line btn-block" icon="bookmark" %}'),
        ),
    ),
    Component(
        "button_of",
        "Tombol dari sebuah objek",
        (
            Sample("Objek Button dengan alamat", "{% button_of link %}"),
            Sample("Objek Button yang mengirim formulir", "{% button_of sending %}"),
        ),
    ),
    Component(
        "one_button",
        "Formulir satu tombol",
        (
            Sample("Bergaris", '{% one_button "#contoh" "Contoh tarik kembali" icon="undo-2" %}'),
            Sample("Polos dan kecil", '{% one_button "#contoh" "Contoh lepas" look="plain btn-sm" %}'),
        ),
    ),
    Component(
        "one_button_of",
        "Formulir satu tombol dari sebuah objek",
        (Sample("Objek Button", '{% one_button_of "#contoh" sending %}'),),
    ),
    Component(
        "badge",
        "Lencana",
        (
            Sample(
                "Setiap pasangan warna",
                '<p class="row-flex">\n'
                '  {% badge "Contoh kosong" "circle-dashed" "empty" %}\n'
                '  {% badge "Contoh draf" "pencil-line" "draft" %}\n'
                '  {% badge "Contoh siap" "stamp" "ready" %}\n'
                '  {% badge "Contoh diajukan" "send" "submitted" %}\n'
                '  {% badge "Contoh lolos" "check" "accepted" %}\n'
                '  {% badge "Contoh terverifikasi" "badge-check" "verified" %}\n'
                '  {% badge "Contoh dikembalikan" "undo-2" "returned" %}\n'
                '  {% badge "Contoh tanpa data" "circle-slash" "none" %}\n'
                '  {% badge "Contoh baik" "circle-check" "good" %}\n'
                '  {% badge "Contoh berhenti" "octagon-x" "stop" %}\n'
                '  {% badge "Contoh selesai" "check" "done" %}\n'
                "</p>",
            ),
        ),
    ),
    Component(
        "score_of",
        "Nilai",
        (
            Sample("Bulat", "{% score_of whole %}"),
            Sample("Pecahan", "{% score_of part %}"),
            Sample("Belum ada", "{% score_of None %}"),
        ),
    ),
    Component(
        "meta_list",
        "Fakta sebaris",
        (Sample("Yang kosong tidak tampil", "{% meta_list facts %}"),),
    ),
    Component(
        "sentence_of",
        "Kalimat",
        (
            Sample("Awalnya sebuah tautan", "<p>{% sentence_of leading %}</p>"),
            Sample("Tanpa tautan", "<p>{% sentence_of plain %}</p>"),
        ),
    ),
    Component(
        "form_page",
        "Halaman formulir",
        (
            Sample(
                "Baru dibuka",
                '{% form_page form "Simpan contoh" "#contoh" %}<p>Contoh kata di atas isian.</p>{% endform_page %}',
            ),
            Sample(
                "Ditolak, dengan tombol yang lain",
                '{% form_page wrong "Akhiri contoh" "#contoh" look="danger" %}{% endform_page %}',
            ),
        ),
    ),
    Component(
        "form_errors",
        "Yang salah pada formulir",
        (
            Sample("Pada isiannya", "{% form_errors wrong %}"),
            Sample("Pada semuanya", "{% form_errors refused %}"),
        ),
    ),
    Component(
        "choice_list",
        "Pilihan",
        (
            Sample("Sebaris", '<div class="segment">{% choice_list fields.form %}</div>'),
            Sample("Kata yang panjang", '<div class="choices">{% choice_list fields.outcome in_span=True %}</div>'),
        ),
    ),
    Component(
        "text_field",
        "Isian kalimat",
        (
            Sample("Dengan gunanya", '{% text_field fields.reason "Contoh: wajib bila jawaban diubah." %}'),
            Sample("Salah, lebih tinggi", "{% text_field fields.note rows=3 %}"),
        ),
    ),
    Component(
        "number_field",
        "Isian angka",
        (
            Sample("Dengan gunanya", '{% number_field fields.points "Contoh: 0 sampai 10." %}'),
            Sample("Salah", "{% number_field fields.share %}"),
        ),
    ),
    Component(
        "card_table",
        "Tabel yang menjadi kartu",
        (
            Sample(
                "Di layar sempit, setiap baris sebuah kartu",
                '{% card_table "Nama" "Peran" "Berkas" %}\n'
                '  <tbody role="rowgroup">\n'
                '    <tr role="row">\n'
                '      <th role="rowheader" scope="row">Orang Contoh Satu</th>\n'
                '      <td role="cell" data-l="Peran">Peran contoh</td>\n'
                '      <td role="cell" data-l="Berkas">12</td>\n'
                "    </tr>\n"
                '    <tr role="row">\n'
                '      <th role="rowheader" scope="row">Orang Contoh Dua</th>\n'
                '      <td role="cell" data-l="Peran">Peran contoh lain</td>\n'
                '      <td role="cell" data-l="Berkas">3</td>\n'
                "    </tr>\n"
                "  </tbody>\n"
                "{% endcard_table %}",
            ),
        ),
    ),
    Component(
        "trail_of",
        "Jejak",
        (Sample("Dengan perubahan dan catatan", '{% trail_of trail "Asia/Jakarta" %}'),),
    ),
    Component(
        "empty_state",
        "Keadaan kosong",
        (
            Sample(
                "Dengan tempat memulai",
                '{% empty_state "users" "Belum ada contoh" "Contoh: undang orang." url="#contoh" label="Undang" %}',
            ),
            Sample("Tanpa tombol", '{% empty_state "file-x" "Tanpa contoh" "Contoh: tidak ada yang dirujuk." %}'),
        ),
    ),
    Component(
        "sticky_bar",
        "Bilah tindakan",
        (
            Sample(
                "Tetap tampak di kaki halaman",
                '{% sticky_bar "Tindakan contoh" %}\n'
                '  {% button "Contoh simpan" look="line" %}{% button "Contoh ajukan" look="next" %}\n'
                "{% endsticky_bar %}",
            ),
        ),
    ),
)


def given() -> dict[str, object]:
    """Return what the samples name; made anew for each page, for it holds forms and moments."""
    now = timezone.now()
    refused = SampleForm({})
    refused.full_clean()
    refused.add_error(None, "Contoh: formulir ini sudah diubah orang lain.")
    return {
        "up": (NOWHERE, "Contoh halaman di atasnya"),
        "cycle": SimpleNamespace(assessment_year=2026, data_year=2025, region=SimpleNamespace(zone="Asia/Jakarta")),
        "deadline": now + dt.timedelta(days=4, hours=4, minutes=30),
        "link": Button("Contoh lanjut", NOWHERE, icon_after="arrow-right"),
        "sending": Button("Contoh ajukan", look="next", icon="send", data={"data-contoh": "ya"}),
        "whole": Decimal(8),
        "part": Decimal("7.25"),
        "facts": ("Surat contoh", "", "12 kB", "halaman 3"),
        "leading": Sentence("Lengkapi jawaban contoh", NOWHERE, ", lalu ajukan."),
        "plain": Sentence("Contoh: semua sudah diajukan."),
        "form": SampleForm(auto_id="isian_%s"),
        "wrong": SampleForm({"name": "", "kind": "a"}, auto_id="salah_%s"),
        "refused": refused,
        "fields": FieldsForm({"form": "value", "outcome": "other", "reason": "Alasan contoh.", "points": "7,5"}),
        "trail": tuple(_trail(now)),
    }


def _trail(now: dt.datetime) -> Iterator[tuple[SimpleNamespace, tuple[str, ...]]]:
    """Two events of a trail that nobody wrote, each with what it changed."""
    happened: tuple[tuple[str, str, dict[str, str], tuple[str, ...]], ...] = (
        ("Kepala OPD", "answer.handed_back", {"note": "Contoh catatan: lampirkan halaman 3."}, ()),
        ("Operator", "answer.saved", {}, ("Nilai contoh: 7 menjadi 8",)),
    )
    for days, (role, verb, data, changes) in enumerate(happened, 1):
        event = SimpleNamespace(
            role=role,
            actor=SimpleNamespace(name="Orang Contoh"),
            verb=verb,
            target_label="jawaban contoh",
            payload=SimpleNamespace(data={"note": "", **data}),
            at=now - dt.timedelta(days=days),
        )
        yield event, changes


@require_safe
@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    context = given()
    shown = [
        (component, [(sample, drawn(sample.call, context, request)) for sample in component.samples])
        for component in COMPONENTS
    ]
    return render(request, "gallery.html", {"shown": shown})


def drawn(call: str, context: dict[str, object], request: HttpRequest) -> str:
    """Draw a piece of a template as a page would."""
    return engines["django"].from_string(call).render(context, request)


urlpatterns = [path("komponen/", gallery, name="gallery")]
