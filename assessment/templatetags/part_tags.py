"""Small parts of the pages that are met too often for a template, or are a word among others."""

from collections.abc import Iterable

from django import template
from django.forms import BoundField
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from accounts.models import Agency
from accounts.words import number
from assessment.facts.ladders import Rung
from assessment.pages.board import Board, Row, Tally
from indicators.models import Right

register = template.Library()
NOTHING = mark_safe('<span class="muted">kosong</span>')
NO_CELL = mark_safe('<td role="cell"><span class="cell cx"></span></td>')
CELL = (
    '<td role="cell"><a class="cell c{tally.shade}" href="{url}?opd={agency}&amp;hak={code}" data-r="{right}"'
    ' title="{tally.words}">{tally.fraction}{back}</a></td>'
)
BACK = '<span class="back"><span class="sr">dikembalikan: </span>{}</span>'


@register.filter
def in_bold(agencies: Iterable[Agency]) -> SafeString:
    """Name agencies in a row, each with whether somebody was invited."""
    invited = " (sudah diundang, belum masuk)"
    rows = ((agency.short_name, invited if agency.invited else "") for agency in agencies)
    return format_html_join(", ", "<b>{}</b>{}", rows)


@register.filter
def in_a_row(rungs: Iterable[Rung]) -> SafeString:
    """Name the steps of a ladder in a row, each with its points; nothing of a choice, whose options say it."""
    each = format_html_join(
        ",", ' <span class="nowrap">{} = <b>{}</b></span>', ((s.words, number(s.points)) for s in rungs)
    )
    return format_html(":{}", each) if each else each


@register.filter
def or_empty(words: str) -> str:
    """Say that there is nothing, where there is nothing."""
    return words or NOTHING


@register.filter
def has_chosen(field: BoundField, value: object) -> bool:
    """Whether this is what the field holds, typed or stored."""
    return str(field.value()) == str(value)


@register.simple_tag
def board_cells(board: Board, row: Row, list_url: str) -> SafeString:
    """The cells of one row of a board, in the order of the rights; some hundred of them, too many for a template.

    What a tally says is numbers and words of its own; the words of the instrument are escaped.
    """
    url, agency = escape(list_url), row.agency.pk
    return mark_safe("".join(_cell(url, agency, right, tally) for right, tally in board.cells_of(row)))  # noqa: S308


def _cell(url: str, agency: int, right: Right, tally: Tally | None) -> str:
    if tally is None:
        return NO_CELL
    back = BACK.format(tally.returned) if tally.returned else ""
    named = {"code": escape(right.code), "right": escape(right.short_name)}
    return CELL.format(tally=tally, url=url, agency=agency, back=back, **named)
