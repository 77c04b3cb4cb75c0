"""Pages for whatever went wrong: what happened, what was kept, what to do."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url

from accounts import kept_forms
from accounts.request import AnyRequest
from accounts.sessions import log_access


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what never was and for what is not this person's."""
    if getattr(request, "user", None) is not None and request.user.is_authenticated:
        log_access(request, "refused", target_type="url", target_id=request.path, detail="404")
    return render(request, "404.html", {"was_sent": request.method == "POST"}, status=404)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The person may see the object but not do this; says why."""
    log_access(request, "refused", target_type="url", target_id=request.path, detail="403")
    reason = str(exception) if exception and str(exception) else "Anda tidak berwenang melakukan ini."
    return _refused(request, reason)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request could not be read."""
    return render(request, "400.html", status=400)


def csrf_failure(request: AnyRequest, reason: str = "") -> HttpResponse:
    """The form's origin could not be proved: nothing was saved, and what was typed comes back where that is safe.

    It happens to honest people in a second tab: signing in anew makes the forms of older pages stale. The signed mark
    of the form's owner, which no other site can know, says whose words these are.
    """
    if request.path == resolve_url(settings.LOGIN_URL) and settings.CSRF_COOKIE_NAME in request.COOKIES:
        return redirect("home")
    owner = kept_forms.owner_of(request)
    if owner and not request.user.is_authenticated:
        return kept_forms.to_the_door(request)
    if owner and owner == request.user.pk and (form := kept_forms.keep(request)):
        return redirect(form.page)
    sentence = "Formulir ini tidak dapat diperiksa asalnya. Muat ulang halaman sebelumnya, lalu kirim lagi."
    return _refused(request, sentence)


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    context = {"reason": reason, "was_sent": request.method == "POST"}
    return render(request, "403.html", context, status=403)
