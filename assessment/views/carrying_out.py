"""How a page has a verb carried out: once, with its word of success, and with its refusal where the person typed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.forms.versions import FIELD, show_again, version_sent
from accounts.once import sent_once
from accounts.request import Request
from accounts.versions import StaleError
from assessment.refusals import RefusedError

Words = str | Callable[[Any], str]  # or what makes them of the verb's result


def carry_out(
    request: Request,
    form: BaseForm,
    verb: Callable[..., Any],
    *,
    to: str,
    done: Words,
    page_of: Callable[[Any], str] | None = None,
    **given: Any,
) -> HttpResponse | None:
    """Have a verb carried out with what a form was filled in with, and lead on to the address `to`.

    None where the page is to be shown: nothing was sent, it has faults, or the verb refused, which then stands in the
    form, beside the field that it is about. The verb is called with the form's cleaned fields (or with `given` in their
    place), with `by` and `once`, and with `seen` where the form carries the version that it was opened with. `page_of`
    says where to lead instead once something was made: to the page of the verb's result.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        result = verb(**(given or _typed(form)), **_seen(form), by=request.user, once=sent_once(request, to))
    except StaleError as stale:
        show_again(form, stale)
        return None
    except RefusedError as refusal:
        form.add_error(refusal.part if refusal.part in form.fields else None, str(refusal))
        return None
    messages.success(request, _words(done, result))
    return redirect(page_of(result) if page_of else to)


def press(
    request: Request,
    verb: Callable[..., Any],
    *,
    to: str,
    done: Words,
    back: str = "",
    refused: str = "{}",
    **given: Any,
) -> HttpResponse:
    """Have a verb carried out at the press of a button and lead on; its refusal is told at the address `back`.

    `refused` is the sentence around the verb's own, {}.
    """
    try:
        result = verb(**given, by=request.user, once=sent_once(request, to))
    except RefusedError as refusal:
        messages.error(request, refused.format(refusal))
        return redirect(back or to)
    messages.success(request, _words(done, result))
    return redirect(to)


def _words(done: Words, result: Any) -> str:
    return done if isinstance(done, str) else done(result)


def _typed(form: BaseForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != FIELD}


def _seen(form: BaseForm) -> dict[str, str | None]:
    return {"seen": version_sent(form)} if FIELD in form.fields else {}
