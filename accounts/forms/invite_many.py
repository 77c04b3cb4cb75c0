"""Inviting the operators and heads of many agencies at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms

from accounts.actions.invitations import Invitee
from accounts.models import Agency, Invitation
from accounts.roles import Role
from accounts.text import LineField

BAD_EMAIL = "Tulis alamat e-mail lengkap, misalnya nama@contoh.go.id."


@dataclass(frozen=True)
class Seat:
    """A role at an agency that nobody holds yet, with the two fields about who is to hold it."""

    agency: Agency
    role: Role
    name: forms.BoundField
    email: forms.BoundField


class InviteManyForm(forms.Form):
    """A name, and an e-mail where it is known, for each role that an agency lacks; empty ones are left out.

    Needs the agencies with their numbers of operators and heads. Seats with an open invitation wait and are not asked.
    """

    def __init__(self, *args, agencies: Iterable[Agency], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._lacking = [(agency, role) for agency in agencies for role in _lacking(agency)]
        invited = Invitation.objects.open().filter(purpose="join", agency__in=agencies)
        self._invited = set(invited.values_list("agency_id", "role"))
        for agency, role in self._lacking:
            key = f"{role.value}-{agency.pk}"
            whose = f"{role.label} {agency.short_name}"
            self.fields[f"name-{key}"] = LineField(label=f"Nama {whose}", max_length=120, required=False)
            self.fields[f"email-{key}"] = forms.EmailField(
                label=f"E-mail {whose}", required=False, max_length=254, error_messages={"invalid": BAD_EMAIL}
            )

    @property
    def seats(self) -> list[Seat]:
        """The fields that are shown, agency by agency: not those of whoever was invited and may still come."""
        return [seat for seat in self._all_seats if not self._is_invited(seat) or seat.name.value()]

    @property
    def waiting(self) -> int:
        """How many were invited and have not come yet."""
        return sum(self._is_invited(seat) for seat in self._all_seats)

    @property
    def _all_seats(self) -> list[Seat]:
        keyed = [(agency, role, f"{role.value}-{agency.pk}") for agency, role in self._lacking]
        return [Seat(agency, role, self[f"name-{key}"], self[f"email-{key}"]) for agency, role, key in keyed]

    def _is_invited(self, seat: Seat) -> bool:
        return (seat.agency.pk, seat.role.value) in self._invited

    def clean(self) -> dict:
        """Somebody is named; an e-mail has its name, and stands once."""
        super().clean()
        data = self.cleaned_data
        seen: set[str] = set()
        for seat in self._all_seats:
            email = data.get(seat.email.name)
            if email and not data.get(seat.name.name):
                self.add_error(seat.name.name, "Tulis juga namanya.")
            elif email and email.lower() in seen:
                self.add_error(seat.email.name, "E-mail ini sudah dipakai di baris lain. Satu orang, satu akun.")
            seen.add((email or "").lower())
        if not self.errors and not self.invited:
            raise forms.ValidationError("Tulis paling sedikit satu nama.")
        return data

    @property
    def invited(self) -> list[tuple[Invitee, Role, Agency]]:
        """Who is invited as what and where."""
        return [
            (Invitee(name, None, self.cleaned_data.get(seat.email.name) or None), seat.role, seat.agency)
            for seat in self._all_seats
            if (name := self.cleaned_data.get(seat.name.name))
        ]


def _lacking(agency: Agency) -> list[Role]:
    wanted = [(Role.OPERATOR, agency.operators), (Role.HEAD, agency.heads or agency.vertical)]
    return [role for role, there in wanted if not there]
