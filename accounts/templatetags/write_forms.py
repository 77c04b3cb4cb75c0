"""What every write form carries beside its fields."""

from typing import cast

from django import template
from django.http import QueryDict
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts import kept_forms, once
from accounts.request import Request

register = template.Library()
AT_THE_DOOR = {
    "1": "Isian terakhir Anda tidak hilang. Masuklah kembali dalam 30 menit, lalu simpan lagi.",
    "0": "Tindakan terakhir Anda belum dijalankan. Masuklah kembali, lalu ulangi.",
}


@register.simple_tag(takes_context=True)
def form_guards(context: template.RequestContext) -> SafeString:
    """Hidden fields: origin, a token that makes a double click one act, and whose form on which page this is."""
    request = cast(Request, context.request)
    page = request.htmx.current_url_abs_path if request.htmx else request.get_full_path()
    fields = {
        "csrfmiddlewaretoken": get_token(request),
        once.FIELD: once.new_token(),
        kept_forms.OWNER: kept_forms.owner_mark(request.user),
        kept_forms.PAGE: page or "/",
    }
    inputs = [format_html('<input type="hidden" name="{}" value="{}">', name, value) for name, value in fields.items()]
    return SafeString("".join(inputs))


@register.simple_tag(takes_context=True)
def typed_words(context: template.RequestContext) -> list[str]:
    """The sentences that were sent here or kept for this person, for a page that may not have their form any more."""
    request = cast(Request, context.request)
    if request.method == "POST":
        return kept_forms.words_of(request.POST)
    form = kept_forms.kept(request) if request.user.is_authenticated else None
    return kept_forms.words_of(QueryDict(form.fields)) if form else []


@register.simple_tag(takes_context=True)
def words_at_the_door(context: template.RequestContext) -> str:
    """What became of a form that was sent after the session had ended; nothing where none was."""
    return AT_THE_DOOR.get(context.request.GET.get("kept", ""), "")
