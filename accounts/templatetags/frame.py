"""Tags and filters that every page uses: icons, numbers, moments, names of people."""

from functools import cache

from django import template
from django.contrib.messages.storage.base import Message
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts import words

register = template.Library()
for written in (
    words.nip,
    words.number,
    words.score,
    words.lowered,
    words.filesize,
    words.moment,
    words.short_moment,
    words.weekday_moment,
    words.remaining,
    words.elapsed,
):
    register.filter(written.__name__, written)


@register.filter
def message_icon(message: Message) -> str:
    """Name the icon of a message: whether what was done went well."""
    return "circle-check" if message.level_tag == "good" else "circle-alert"


@register.simple_tag
@cache
def icon(name: str, extra: str = "") -> SafeString:
    """An icon of the sprite, beside words and silent to readers of screens; drawn once for each name."""
    return format_html(
        '<svg class="i {}" aria-hidden="true"><use href="{}#{}"/></svg>', extra, static("vendor/icons.svg"), name
    )
