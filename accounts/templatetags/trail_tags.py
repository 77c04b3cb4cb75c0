"""How the trail is read on a page."""

from django import template

from accounts.audit import sentence

register = template.Library()


@register.filter
def trail_words(verb: str) -> str:
    """Write a verb of the trail in Indonesian."""
    return sentence(verb)
