"""Tags and filters that every page uses: icons, numbers, moments, names of people."""

from functools import cache

from django import template
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


@register.simple_tag
@cache
def icon(name: str, extra: str = "") -> SafeString:
    """An icon of the sprite, beside words and silent to readers of screens; drawn once for each name."""
    return format_html(
        '<svg class="i {}" aria-hidden="true"><use href="{}#{}"/></svg>', extra, static("vendor/icons.svg"), name
    )
