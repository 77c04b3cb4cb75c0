"""Forms about people: inviting, accepting, choosing a password, ending access."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from accounts.actions.invitations import Invitee
from accounts.actions.people import names_of, version_of_names
from accounts.forms.versions import carry_version
from accounts.models import Agency, Invitation, Region, ReviewOffice, User
from accounts.models.user import NIP_GROUPING, NIP_RULE, USERNAME_RULE
from accounts.passwords import DECIDERS, LONG, NoContextWords, hint, least_length
from accounts.roles import Role
from accounts.sure import sure
from accounts.text import LineField, NoteField

SUGGESTION_LEAST, SUGGESTION_LENGTH = 3, 34  # leaves room for a number within the 40 characters of a user name


class NamesForm(forms.Form):
    """By what a person is called and found: the name, and NIP and e-mail where they are known."""

    name = LineField(label="Nama", max_length=120, help_text="Nama orangnya, bukan nama kantor: satu orang satu akun.")
    nip = forms.CharField(label="NIP", max_length=30, required=False, help_text="18 angka; boleh dikosongkan.")
    email = forms.EmailField(
        label="E-mail",
        required=False,
        max_length=254,
        help_text="Untuk pemberitahuan; boleh dikosongkan.",
        error_messages={"invalid": "Tulis alamat e-mail lengkap, misalnya nama@contoh.go.id."},
    )

    def clean_nip(self) -> str:
        """Keep the bare digits."""
        bare = NIP_GROUPING.sub("", self.cleaned_data["nip"])
        if bare and not bare.isascii():
            raise ValidationError(NIP_RULE.message)
        if bare:
            NIP_RULE(bare)
        return bare


class CorrectionForm(NamesForm):
    """What was written wrongly of a person, or was not known yet; the user name is the person's own and stays."""

    def __init__(self, *args, person: User, **kwargs) -> None:
        super().__init__(*args, **kwargs | {"initial": names_of(person)})
        self._person = person
        carry_version(self, version_of_names(person))

    def clean(self) -> dict:
        """NIP and e-mail are nobody else's."""
        super().clean()
        data = self.cleaned_data
        for name, words in (("nip", "NIP"), ("email", "E-mail")):
            known = User.objects.named(data.get(name) or "")
            if known and known != self._person:
                self.add_error(name, f"{words} ini dipakai akun orang lain. Periksa lagi, atau kosongkan.")
        return data


class InviteForm(NamesForm):
    """Who is invited as what: only roles and places that the inviter hands out can be chosen."""

    fields: dict[str, Any]  # each of its own class

    role = forms.ChoiceField(label="Peran", widget=forms.RadioSelect)
    place = forms.ChoiceField(label="Tempat")
    field_order = ("name", "role", "place", "nip", "email")

    def __init__(self, *args, inviter: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._inviter = inviter
        issuing = {row.role for row in inviter.memberships_now()}
        roles = [role for role in Role if role.issued_by in issuing]
        self.fields["role"].choices = [(role.value, f"{role.label}. {role.description}") for role in roles]
        self._places = _places_for(inviter)
        self.fields["place"].choices = [("", "– pilih tempat –")] + [
            (kind, [(key, str(place)) for key, place in places.items()]) for kind, places in self._places if places
        ]

    def clean(self) -> dict:
        """The place must be of the kind that the role needs, and the names those of one person."""
        super().clean()
        data = self.cleaned_data
        if "role" in data and "place" in data:
            self._clean_place(Role(data["role"]), data["place"])
        if not self.errors:
            self._clean_person()
        return data

    def _clean_place(self, role: Role, key: str) -> None:
        if not self._fits(role, key):
            self.add_error("place", f"Peran {role.label} tidak berada di tempat ini. Pilih tempat lain.")
        elif not self._inviter.has_perm("accounts.issue_role", self.draft):
            self.add_error("place", f"Anda tidak mengundang {role.label} di tempat ini. Pilih tempat lain.")

    def _clean_person(self) -> None:
        account, nip = self.invitee.account, self.invitee.nip
        by_email = User.objects.named(self.cleaned_data["email"])
        if by_email and nip and by_email.nip != nip and (by_email.nip or account != by_email):
            self.add_error("email", "E-mail ini dipakai akun orang lain. Pakai e-mail pribadinya, atau kosongkan.")
        elif account and self._holds(account):
            self.add_error("place", f"{account.name} sudah memegang peran ini di tempat ini.")

    def _holds(self, account: User) -> bool:
        place = {f"{name}_id": getattr(self.draft, f"{name}_id") for name in ("agency", "region", "office")}
        return account.memberships.active().filter(role=self.chosen_role, **place).exists()

    @property
    def draft(self) -> Invitation:
        """The role at the place, not stored: what the right to invite is asked about."""
        return Invitation(role=self.chosen_role, **{sure(self.chosen_role.place_field): self.chosen_place})

    @property
    def invitee(self) -> Invitee:
        """Who is invited."""
        return Invitee(self.cleaned_data["name"], self.cleaned_data["nip"] or None, self.cleaned_data["email"] or None)

    @property
    def chosen_role(self) -> Role:
        """As what."""
        return Role(self.cleaned_data["role"])

    @property
    def chosen_place(self) -> Agency | Region | ReviewOffice:
        """Where."""
        return self._known()[self.cleaned_data["place"]]

    def _known(self) -> dict:
        return {key: place for _kind, places in self._places for key, place in places.items()}

    def _fits(self, role: Role, key: str) -> bool:
        place = self._known()[key]
        if role.place_field != key.partition("-")[0]:
            return False
        return not isinstance(place, Region) or (place.kind == "province") == (role == Role.OBSERVER)


def _places_for(inviter: User) -> list[tuple[str, dict]]:
    own = Region.objects.managed_by(inviter)
    agencies = Agency.objects.managed_by(inviter).active()
    regions = Region.objects.visible_to(inviter) if inviter.has_perm("accounts.manage_places") else own
    offices = ReviewOffice.objects.visible_to(inviter) if inviter.has_perm("accounts.manage_places") else []
    return [
        ("Perangkat daerah", {f"agency-{row.pk}": row for row in agencies}),
        ("Wilayah", {f"region-{row.pk}": row for row in regions}),
        ("Kantor", {f"office-{row.pk}": row for row in offices}),
    ]


class AcceptForm(forms.Form):
    """A person with an account takes on another role; whoever will decide shows a password that is long enough."""

    password = forms.CharField(
        label="Kata sandi Anda",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, invitation: Invitation, person: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._person = person
        if invitation.role not in DECIDERS:
            del self.fields["password"]

    def clean_password(self) -> str:
        """The person's own, and of the length that the new role asks for."""
        password = self.cleaned_data["password"]
        if not self._person.check_password(password):
            raise ValidationError("Kata sandi belum cocok. Periksa huruf besar, lalu coba lagi.")
        if len(password) < LONG:
            raise ValidationError(
                f"Peran ini memerlukan kata sandi paling sedikit {LONG} karakter. "
                "Ganti kata sandi Anda lebih dulu, lalu buka tautan ini sekali lagi."
            )
        return password


class NewPasswordForm(forms.Form):
    """A password, twice, measured against the rules of the person's roles."""

    password1 = forms.CharField(
        label="Kata sandi",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
    )
    password2 = forms.CharField(
        label="Ulangi kata sandi",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
    )

    def __init__(self, *args, invitation: Invitation, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._invitation = invitation
        rules = (hint(least_length(self._person())), NoContextWords().get_help_text())
        self.fields["password1"].help_text = " ".join(rules)

    def clean(self) -> dict:
        """Both must be the same, and good enough for what the person will be."""
        super().clean()
        data = self.cleaned_data
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", "Kedua kata sandi tidak sama. Ketik ulang keduanya.")
        elif first:
            self._measure(first)
        return data

    def _measure(self, password: str) -> None:
        try:
            password_validation.validate_password(password, self._person())
        except ValidationError as error:
            self.add_error("password1", error)

    def _person(self) -> User:
        """Who chooses the password, in the roles held and the one that the invitation gives."""
        link = self._invitation
        person = link.user or User(
            username=self.data.get("username", ""), name=link.name, nip=link.nip, email=link.email
        )
        person.expected_roles, person.expected_places = (link.role,), (link.place,)
        return person


def suggested_username(invitation: Invitation) -> str:
    """Return a free user name made of the name that the inviter wrote: operator.dinas.kesehatan, or with a number."""
    words = slugify(invitation.name).replace("-", ".")[:SUGGESTION_LENGTH].strip(".")
    stem = words if len(words) >= SUGGESTION_LEAST and not words.isdigit() else "anggota"
    taken = set(User.objects.filter(username__startswith=stem).values_list("username", flat=True))
    numbered = (f"{stem}{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (stem, *numbered) if name not in taken)


class JoinForm(NewPasswordForm):
    """The first sign-in: a user name and a password."""

    username = forms.CharField(
        label="Nama pengguna",
        max_length=40,
        help_text="Huruf kecil, angka, titik; misalnya operator.dinkes. Anda juga dapat masuk dengan NIP atau e-mail.",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("username", "password1", "password2")

    def __init__(self, *args, invitation: Invitation, **kwargs) -> None:
        super().__init__(*args, invitation=invitation, **kwargs)
        if not self.is_bound:
            self.initial["username"] = suggested_username(invitation)

    def clean_username(self) -> str:
        """Lower case, of the allowed characters, and nobody else's."""
        username = self.cleaned_data["username"].strip().lower()
        USERNAME_RULE(username)
        if User.objects.filter(username=username).exists():
            raise ValidationError("Nama pengguna ini sudah dipakai. Tambahkan singkatan kantor atau angka.")
        return username


class ReasonForm(forms.Form):
    """Why something is ended."""

    reason = NoteField(label="Alasan", max_length=500, rows=2, help_text="Satu kalimat sudah cukup.")
