"""The components of the house: each function's arguments are what its tag takes.

The HTML of those with parts stands in a template; what is small and met often is written here, as drawing a template
for it costs more than all of its words. A tag that is given too little, too much or a misspelt argument does not
compile.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, cast

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.forms.utils import flatatt
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.context_processors import Frame, frame_of
from accounts.parts import Button, Sentence
from accounts.templatetags.frame import icon as drawn_icon
from accounts.templatetags.write_forms import form_guards
from accounts.words import number

register = template.Library()
NOT_KEPT = {
    "password": ", kecuali kata sandi",
    "file": ", kecuali berkasnya",
    "clearablefile": ", kecuali berkasnya",
}


@register.simple_block_tag
def notice(content: SafeString, tone: str, icon: str, *, title: str = "", role: str = "") -> SafeString:
    """Something that has to be read: tone is info, good, warn or stop; role is status or alert where it comes up."""
    return _drawn("components/notice.html", content=content, tone=tone, icon=icon, title=title, role=role)


@register.simple_tag
def button(  # noqa: PLR0913 - what a button can be
    label: str,
    *,
    url: str = "",
    look: str = "line",
    icon: str = "",
    icon_after: str = "",
    hidden: str = "",
    form: str = "",
    name: str = "",
    value: str = "",
) -> SafeString:
    """Draw a link where it has an address, else a button that sends a form; form, name and value say which and what."""
    sent = {key: given for key, given in (("form", form), ("name", name), ("value", str(value))) if given}
    return button_of(Button(label, url, look, icon, icon_after, hidden, sent))


@register.simple_tag
def button_of(made: Button) -> SafeString:
    """Draw a button that a page's object has made."""
    given = made.look, flatatt(dict(made.data)) if made.data else "", _label(made)
    if made.url:
        return format_html('<a class="btn btn-{}" href="{}"{}>{}</a>', given[0], made.url, *given[1:])
    return format_html('<button class="btn btn-{}"{}>{}</button>', *given)


@register.simple_tag
def badge(word: str, icon: str, pair: str) -> SafeString:
    """A status: word, icon, and pair of colours."""
    return format_html('<span class="st st-{}">{}{}</span>', pair, drawn_icon(icon), word)


@register.simple_tag
def score_of(points: Decimal | None) -> SafeString:
    """What was reached of ten; a dash where nothing was answered."""
    return format_html(
        '<span class="score {}"><b>{}</b><span>dari 10</span></span>', "none" if points is None else "", number(points)
    )


@register.simple_tag
def meta_list(facts: Iterable[str], look: str = "doc-meta") -> SafeString:
    """Short facts in one row; those that are empty fall away."""
    spans = format_html_join("", "<span>{}</span>", ((fact,) for fact in facts if fact))
    return format_html('<p class="{}">{}</p>', look, spans)


@register.simple_block_tag
def page_head(  # noqa: PLR0913 - what a head can say
    content: SafeString,
    heading: str,
    *,
    up: Sequence[str] = (),
    eyebrow: str = "",
    owner: str = "",
    cycle: object = None,
    deadline: object = None,
) -> SafeString:
    """The head of a page; up is (address, label) of the page above. Its content is the next step, if any."""
    up_url, up_label = up or ("", "")
    return _drawn(
        "components/page_head.html",
        content=content,
        heading=heading,
        up_url=up_url,
        up_label=up_label,
        eyebrow=eyebrow,
        owner=owner,
        cycle=cycle,
        deadline=deadline,
    )


@register.inclusion_tag("components/next_step.html")
def next_step(text: str, url: str = "", label: str = "") -> dict:
    """The one thing to do next, and where; nothing without a text."""
    return {"text": text, "url": url, "label": label}


@register.simple_block_tag(takes_context=True)
def form_page(  # noqa: PLR0913 - what a page with a form can say
    context: template.RequestContext,
    content: SafeString,
    form: BaseForm,
    label: str,
    away: str,
    *,
    look: str = "next",
    away_label: str = "Batal",
) -> SafeString:
    """A page that is one form: its faults, what stands above the fields, the fields, the button and the way out."""
    guards = form_guards(context)
    faults = get_template("components/form_errors.html").render(form_errors(context, form))
    given = {"content": content, "form": form, "label": label, "look": look, "guards": guards, "faults": faults}
    return _drawn("components/form_page.html", **given, away=away, away_label=away_label)


@register.inclusion_tag("components/form_errors.html", takes_context=True)
def form_errors(context: template.RequestContext, form: BaseForm) -> dict:
    """What is wrong with a form, and what was kept; silent about the fields of one that was only typed so far."""
    return faults_of(form, frame_of(context.request))


def faults_of(form: BaseForm, frame: Frame) -> dict:
    """Return what is wrong with a form on a page of this frame."""
    told = bool(form.errors) and not frame.unsaved
    faults = list(_faults(form)) if told else []
    return {
        "general": list(form.non_field_errors()),
        "faults": faults,
        "told": told,
        "lost": _not_kept(form) if told else "",
    }


@register.inclusion_tag("components/choice_list.html")
def choice_list(field: BoundField, *, in_span: bool = False) -> dict:
    """The choices of a field as radio buttons, the chosen one marked; in_span lets long words wrap beside them."""
    chosen = str(field.value())
    rows = [(value, label, str(value) == chosen) for value, label in cast(Any, field.field).choices]
    return {"name": field.html_name, "choices": rows, "in_span": in_span}


@register.inclusion_tag("components/text_field.html")
def text_field(field: BoundField, about: str = "", *, rows: int = 2) -> dict:
    """A place for a few sentences, and what they are for."""
    return {"field": field, "about": about, "rows": rows}


@register.inclusion_tag("components/number_field.html")
def number_field(field: BoundField, about: str = "") -> dict:
    """A place for a number, and what it is for."""
    return {"field": field, "about": about}


@register.simple_tag(takes_context=True)
def one_button(
    context: template.RequestContext, action: str, label: str, *, look: str = "line", icon: str = "", hidden: str = ""
) -> SafeString:
    """A form that is one button."""
    return one_button_of(context, action, Button(label, look=look, icon=icon, hidden=hidden))


@register.simple_tag(takes_context=True)
def one_button_of(context: template.RequestContext, action: str, made: Button) -> SafeString:
    """A form that is one button, which a page's object has made."""
    return format_html('<form method="post" action="{}">{}{}</form>', action, form_guards(context), button_of(made))


@register.simple_tag
def sentence_of(made: Sentence) -> SafeString:
    """A sentence, of which the beginning may lead somewhere."""
    if made.url:
        return format_html('<a href="{}">{}</a>{}', made.url, made.text, made.rest)
    return format_html("{}{}", made.text, made.rest)


@register.inclusion_tag("components/trail.html")
def trail_of(trail: Iterable[tuple], zone: str) -> dict:
    """What happened, newest first; each event with what it changed."""
    return {"trail": trail, "zone": zone}


@register.simple_block_tag
def card_table(content: SafeString, *columns: str) -> SafeString:
    """A table that becomes cards on narrow screens: columns are its headings, the content its bodies."""
    return _drawn("components/card_table.html", content=content, columns=columns)


@register.inclusion_tag("components/empty_state.html")
def empty_state(icon: str, title: str, text: str, *, url: str = "", label: str = "") -> dict:
    """What stands where there is nothing yet, and where to begin."""
    return {"icon_name": icon, "title": title, "text": text, "url": url, "label": label}


@register.simple_block_tag
def sticky_bar(content: SafeString, label: str = "Tindakan") -> SafeString:
    """The bar that stays in sight at the foot of a page and holds what can be done there."""
    return _drawn("components/sticky_bar.html", content=content, label=label)


@register.filter
def page_words(page: Page) -> str:
    """Say which page of a list is shown, and of how many."""
    return f"Halaman {page.number} dari {page.paginator.num_pages}"


@register.filter
def as_attributes(data: Mapping[str, str | bool]) -> SafeString:
    """Write attributes of an element, each escaped; one that is True stands without a value."""
    return flatatt(dict(data))


def _label(made: Button) -> SafeString:
    """What stands on a button."""
    return format_html(
        "{}{}{}{}",
        drawn_icon(made.icon) if made.icon else "",
        made.label,
        format_html('<span class="sr">{}</span>', made.hidden) if made.hidden else "",
        drawn_icon(made.icon_after) if made.icon_after else "",
    )


def _faults(form: BaseForm) -> Iterable[tuple[str, str, str]]:
    """Each field that wants another look: its label, what is wrong, and where it stands."""
    for field in form:
        if field.errors and not field.is_hidden:
            yield str(field.label), " ".join(map(str, field.errors)), f"#{field.id_for_label or f'div_{field.auto_id}'}"


def _not_kept(form: BaseForm) -> str:
    """What no form keeps for another time."""
    kinds = (field.widget_type for field in form)
    return "".join(NOT_KEPT.get(kind, "") for kind, _same in groupby(kinds))


def _drawn(name: str, **given: object) -> SafeString:
    return SafeString(get_template(name).render(dict(given)))
