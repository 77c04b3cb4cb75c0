"""What was typed when the session had run out: kept for its owner, for half an hour, and for nobody else."""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from accounts.models import User

OWNER, PAGE = "form_owner", "form_page"
KEY = "kept_form"
NOT_KEPT = ("csrfmiddlewaretoken", OWNER, PAGE)
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


def keep(request: HttpRequest) -> KeptForm | None:
    """Keep the fields of a POST that came without a session; None where it names no owner or is too large."""
    try:
        owner = int(signer.unsign(request.POST.get(OWNER, "")))
    except (BadSignature, ValueError):
        return None
    fields = request.POST.copy()
    for name in list(fields):
        if name in NOT_KEPT or "password" in name:
            del fields[name]
    text = fields.urlencode()
    if len(text) > settings.KEPT_FORM_MAX_BYTES:
        return None
    kept = KeptForm(owner, request.POST.get(PAGE) or request.path, request.path, text, timezone.now().timestamp())
    request.session[KEY] = vars(kept)
    request.session.set_expiry(settings.KEPT_FORM_AGE)
    return kept


def kept(request: HttpRequest) -> KeptForm | None:
    """Return the form that the session keeps for the person who is signed in, if it is still fresh."""
    stored = request.session.get(KEY)
    form = KeptForm(**stored) if stored else None
    return form if form and form.fresh and form.owner == request.user.pk else None


def typed(request: HttpRequest, action: str = "") -> QueryDict | None:
    """Return what to bind a form to: the POST, else what was kept for this address, else None (an unbound form)."""
    if request.method == "POST":
        return request.POST
    form = kept(request)
    return QueryDict(form.fields) if form and form.action == (action or request.path) else None


def forget(request: HttpRequest) -> None:
    """Drop what was kept: it has been sent again."""
    request.session.pop(KEY, None)


def forget_unless_owner(request: HttpRequest, user: User) -> None:
    """At sign-in: keep the form for its owner, with the session's usual length; drop it for anyone else."""
    stored = request.session.get(KEY)
    if stored and stored["owner"] != user.pk:
        forget(request)
    if stored:
        request.session.set_expiry(None)
