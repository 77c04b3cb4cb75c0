"""What was typed when the session had run out: kept for its owner, for half an hour, and for nobody else."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.signing import BadSignature, Signer
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django_htmx.http import HttpResponseClientRedirect

from accounts import once
from accounts.models import User
from accounts.request import AnyRequest
from accounts.versions import OVERTAKEN

OWNER, PAGE = "form_owner", "form_page"
KEY = "kept_form"
NOT_KEPT = ("csrfmiddlewaretoken", OWNER, PAGE, once.FIELD)
START = "/"
signer = Signer(salt="form-owner")


@dataclass(frozen=True)
class KeptForm:
    """A form as it was typed: whose, at which page, sent to which address, with which fields."""

    owner: int
    page: str
    action: str
    fields: str
    kept_at: float

    @property
    def fresh(self) -> bool:
        """Whether it is still within its half hour."""
        return timezone.now().timestamp() - self.kept_at < settings.KEPT_FORM_AGE.total_seconds()


def owner_mark(user: User) -> str:
    """Return the signed id that a write form carries, by which its owner is known after the session has ended."""
    return signer.sign(str(user.pk))


def keep(request: AnyRequest) -> KeptForm | None:
    """Keep the fields of a POST that was not carried out; None where it names no owner, has no text, or is too large.

    The session of nobody lives as long as what it keeps; that of a person who is signed in keeps its own length.
    """
    owner = owner_of(request)
    text = _filled_in(request.POST).urlencode()
    if owner is None or not text or len(text) > settings.KEPT_FORM_MAX_BYTES:
        return None
    # A part of a page asks while the person types: what it sends along is the form of the page, and comes back there.
    action = urlsplit(page_of(request)).path if request.htmx else request.path
    form = KeptForm(owner, page_of(request), action, text, timezone.now().timestamp())
    request.session[KEY] = vars(form)
    if not request.user.is_authenticated:
        request.session.set_expiry(settings.KEPT_FORM_AGE)
    return form


def owner_of(request: HttpRequest) -> int | None:
    """Return the id of the person whose form this POST is; None where the mark is missing or not ours."""
    try:
        return int(signer.unsign(request.POST.get(OWNER, "")))
    except (BadSignature, ValueError):
        return None


def page_of(request: HttpRequest) -> str:
    """Return the address of the page that the form of this POST stands on; the start page where it is none of ours."""
    page = request.POST.get(PAGE, "")
    return page if page.startswith("/") and url_has_allowed_host_and_scheme(page, None) else START


def to_the_door(request: AnyRequest) -> HttpResponse:
    """Keep what a POST without a session says, and lead to the sign-in page and from there back to the form."""
    form = keep(request)
    told: dict[str, str | int] = {"next": page_of(request), "kept": int(form is not None)}
    query = urlencode(told)
    target = f"{resolve_url(settings.LOGIN_URL)}?{query}"
    return HttpResponseClientRedirect(target) if request.htmx else HttpResponseRedirect(target)


def kept(request: HttpRequest) -> KeptForm | None:
    """Return the form that the session keeps for the person who is signed in, if it is still fresh."""
    stored = request.session.get(KEY)
    form = KeptForm(**stored) if stored else None
    return form if form and form.fresh and form.owner == request.user.pk else None


def typed(request: HttpRequest, action: str = "") -> QueryDict | None:
    """Return what to bind a form to: the POST, else what was kept for this address, else None (an unbound form).

    A form bound to what was kept shows its faults at once, under the notice that it is not saved yet; see `status_of`.
    """
    if request.method == "POST":
        return request.POST
    form = kept(request)
    return QueryDict(form.fields) if form and form.action == (action or request.path) else None


def status_of(request: HttpRequest, form: BaseForm) -> int:
    """Return the status of a page with a form: 200 where it is only shown, 422 where it was sent and refused.

    409 where somebody else was faster (`say_overtaken`), and the page shows both.
    """
    if request.method != "POST" or not form.errors:
        return 200
    return 409 if form.has_error(NON_FIELD_ERRORS, OVERTAKEN) else 422


def forget(request: HttpRequest, form: KeptForm | None = None) -> None:
    """Drop what was kept: it has been sent again, or is not wanted any more; with `form` only if it still is that."""
    if form is None or request.session.get(KEY) == vars(form):
        request.session.pop(KEY, None)


def forget_unless_owner(request: HttpRequest, user: User) -> None:
    """At sign-in: keep the form for its owner, with the session's usual length; drop it for anyone else."""
    stored = request.session.get(KEY)
    if stored and stored["owner"] != user.pk:
        forget(request)
    if stored:
        request.session.set_expiry(None)


def words_of(fields: QueryDict) -> list[str]:
    """Return the sentences among the fields: what a person would be sorry to type again."""
    return [value for _name, values in _filled_in(fields).lists() for value in values if len(value.split()) > 1]


def _filled_in(sent: QueryDict) -> QueryDict:
    """The fields that a person filled in; a button alone leaves it empty."""
    fields = sent.copy()
    for name in list(fields):
        if name in NOT_KEPT or "password" in name:
            del fields[name]
    return fields
