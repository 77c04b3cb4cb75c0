"""Each component says what it takes, escapes what it is given, and refuses what it does not know."""

import pytest
from django import forms
from django.template import TemplateSyntaxError

from accounts.parts import Button, Sentence

pytestmark = pytest.mark.once


class Place(forms.Form):
    name = forms.CharField(label="Nama")
    secret = forms.CharField(label="Sandi", widget=forms.PasswordInput, required=False)


def test_notice_holds_its_content_and_says_its_tone(drawn):
    html = drawn('{% notice "warn" "info" title="Awas" role="status" %}<p>{{ words }}</p>{% endnotice %}', words="<b>")

    assert html.startswith('<div class="notice notice-warn" role="status">')
    assert "<h2>Awas</h2>" in html
    assert "<p>&lt;b&gt;</p>" in html


def test_notice_without_a_title_has_no_heading(drawn):
    assert "<h2>" not in drawn('{% notice "info" "info" %}<p>Isi</p>{% endnotice %}')


def test_button_with_an_address_is_a_link(drawn):
    html = drawn(
        '{% button "Unggah" url="/unggah/" look="line btn-sm" icon="upload" hidden=title %}', title=" untuk <b>"
    )

    assert html.startswith('<a class="btn btn-line btn-sm" href="/unggah/">')
    assert '<span class="sr"> untuk &lt;b&gt;</span>' in html


def test_button_without_an_address_sends_its_form(drawn):
    html = drawn('{% button "Simpan" look="next" form="jawaban" name="then" value="submit" %}')

    assert html == '<button class="btn btn-next" form="jawaban" name="then" value="submit">Simpan</button>'


def test_button_of_a_page_escapes_its_attributes(drawn):
    html = drawn("{% button_of made %}", made=Button("Lanjut", "/?a=1&b=2", data={"data-key": '"x"', "hidden": True}))

    assert 'href="/?a=1&amp;b=2"' in html
    assert 'data-key="&quot;x&quot;"' in html
    assert " hidden>" in html


def test_one_button_is_a_form_with_its_guards(drawn):
    html = drawn('{% one_button "/lepas/" "Lepas" look="plain btn-sm" %}')

    assert html.startswith('<form method="post" action="/lepas/"><input type="hidden" name="csrfmiddlewaretoken"')
    assert "Lepas" in html


def test_badge_is_a_word_with_its_pair_of_colours(drawn):
    assert drawn('{% badge "Ada" "check" "good" %}').startswith('<span class="st st-good"><svg')


def test_meta_list_leaves_out_what_is_empty(drawn):
    html = drawn("{% meta_list facts %}", facts=["Surat", "", None, "12 kB"])

    assert html == '<p class="doc-meta"><span>Surat</span><span>12 kB</span></p>'


def test_page_head_leads_up_and_holds_the_next_step(drawn):
    source = (
        '{% page_head "Orang" up=up owner="Satu akun" %}{% next_step "Undang." "/undang/" "Undang" %}{% endpage_head %}'
    )
    html = drawn(source, up=("/", "Mulai"))

    assert '<div class="page-head plain">' in html
    assert '<li><a href="/">Mulai</a></li><li aria-current="page">Orang</li>' in html
    assert '<p class="owner"><b>Satu akun</b></p>' in html
    assert '<a class="btn btn-next" href="/undang/">Undang<svg' in html


def test_page_head_without_a_page_above_has_no_crumbs(drawn):
    assert "<nav" not in drawn('{% page_head "Mulai" %}{% endpage_head %}')


def test_next_step_without_words_is_nothing(drawn):
    assert drawn('{% next_step "" %}') == ""


def test_form_page_has_guards_content_fields_button_and_way_out(drawn):
    html = drawn('{% form_page form "Simpan" "/orang/" %}<p>Baca dulu.</p>{% endform_page %}', form=Place())

    assert 'name="csrfmiddlewaretoken"' in html
    assert (
        html.index("Baca dulu.") < html.index('name="name"') < html.index('<button class="btn btn-next" type="submit">')
    )
    assert '<a class="btn btn-plain" href="/orang/">Batal</a>' in html


def test_form_page_leads_to_the_fields_that_want_another_look(drawn):
    html = drawn('{% form_page form "Simpan" "/" %}{% endform_page %}', form=Place({"name": ""}))

    assert 'role="alert"' in html
    assert '<a href="#id_name">Nama</a>' in html
    assert "kecuali kata sandi" in html


def test_form_errors_are_silent_about_a_form_without_faults(drawn):
    assert drawn("{% form_errors form %}", form=Place({"name": "Ani"})) == ""


def test_form_page_names_the_way_out_as_it_is_told(drawn):
    html = drawn(
        '{% form_page form "Batalkan" "/" look="danger" away_label="Tidak jadi" %}{% endform_page %}', form=Place()
    )

    assert '<button class="btn btn-danger" type="submit">Batalkan</button>' in html
    assert '<a class="btn btn-plain" href="/">Tidak jadi</a>' in html


def test_card_table_has_its_columns_and_bodies(drawn):
    html = drawn('{% card_table "Nama" "Peran" %}<tbody><tr><td>Ani</td></tr></tbody>{% endcard_table %}')

    assert '<th role="columnheader">Nama</th><th role="columnheader">Peran</th>' in html
    assert "</thead><tbody><tr><td>Ani</td></tr></tbody></table>" in html


def test_empty_state_names_where_to_begin(drawn):
    html = drawn('{% empty_state "users" "Belum ada" "Undang orang." url="/undang/" label="Undang" %}')

    assert "<h2>Belum ada</h2><p>Undang orang.</p>" in html
    assert '<a class="btn btn-line" href="/undang/">Undang</a>' in html


def test_empty_state_without_an_address_has_no_button(drawn):
    assert "<a" not in drawn('{% empty_state "users" "Belum ada" "Nanti." %}')


def test_sticky_bar_is_a_group_with_a_name(drawn):
    html = drawn('{% sticky_bar "Tindakan" %}{% button "Simpan" %}{% endsticky_bar %}')

    assert html.startswith('<div class="sticky"><div role="group" aria-label="Tindakan"><button')


def test_choices_are_radio_buttons_with_the_chosen_one_marked(drawn):
    class Kind(forms.Form):
        kind = forms.ChoiceField(choices=[("a", "Satu"), ("b", "Dua")])

    html = drawn("{% choice_list form.kind %}", form=Kind({"kind": "b"}))

    assert '<input type="radio" name="kind" value="a" > Satu' in html
    assert '<input type="radio" name="kind" value="b" checked> Dua' in html


def test_fields_say_what_they_are_for_and_what_is_wrong(drawn):
    form = Place({"name": ""})

    for tag in ("text_field", "number_field"):
        html = drawn("{% " + tag + ' form.name "Seperti di KTP." %}', form=form)
        assert 'aria-describedby="name-help"' in html
        assert '<p class="form-text" id="name-help">Seperti di KTP.</p>' in html
        assert "invalid-feedback" in html


@pytest.mark.parametrize(
    "source",
    [
        '{% notice "warn" %}{% endnotice %}',
        '{% notice "warn" "info" tittle="x" %}{% endnotice %}',
        '{% button "Simpan" ikon="check" %}',
        '{% badge "Ada" "check" %}',
        '{% empty_state "users" "Belum ada" %}',
        '{% sticky_bar "Tindakan" %}',
    ],
)
def test_too_little_or_misspelt_does_not_compile(drawn, source):
    with pytest.raises(TemplateSyntaxError):
        drawn(source)


def test_a_sentence_may_lead_somewhere_with_its_beginning(drawn):
    source = "{% sentence_of sentence %}"

    assert drawn(source, sentence=Sentence("Perbaiki,", "#catatan", "lalu ajukan.")).startswith('<a href="#catatan">')
    assert "<a" not in drawn(source, sentence=Sentence("Selesai."))
