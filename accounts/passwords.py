"""What a password must be: long, longer for those who decide, and without the words of the work."""

import re

from django.core.exceptions import ValidationError

from accounts.models import Agency, Region, ReviewOffice, User
from accounts.roles import Role

SHORT, LONG, MAXIMUM = 12, 15, 128
DECIDERS = (Role.COORDINATOR, Role.REVIEWER, Role.ADMINISTRATOR)
CONTEXT_WORDS = ("peduli", "ham", "kabupaten", "kota", "dinas", "password", "katasandi", "sandi", "admin", "qwerty")
YEAR = re.compile(r"(19|20)\d\d")
WORD = re.compile(r"[^\W_]{4,}")  # shorter ones, such as dan, stand in too many others
LEFT_OVER = 8
FEWEST_CHARACTERS = 5  # different ones


def least_length(user: User | None) -> int:
    """Return how many characters the person's password needs, in the roles held now and those expected."""
    if user is None:
        return SHORT
    held = {row.role for row in user.memberships_now()} if user.pk else set()
    return LONG if held.union(getattr(user, "expected_roles", ())) & set(DECIDERS) else SHORT


def hint(least: int) -> str:
    """Say the rule of length before the person types."""
    return f"Paling sedikit {least} karakter. Beberapa kata yang hanya Anda ingat bersama sudah baik."


class LengthByRole:
    """At least 12 characters, 15 for coordinators, reviewers and administrators; at most 128."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError with the length that is needed and the length that was typed."""
        least = least_length(user)
        if len(password) < least:
            raise ValidationError(
                f"Kata sandi terdiri dari paling sedikit {least} karakter; yang ditulis {len(password)}."
            )
        if len(password) > MAXIMUM:
            raise ValidationError(f"Kata sandi terdiri dari paling banyak {MAXIMUM} karakter.")

    def get_help_text(self) -> str:
        """Say the rule before the person types."""
        return (
            f"Paling sedikit {SHORT} karakter ({LONG} untuk koordinator, verifikator, dan administrator). "
            "Beberapa kata yang hanya Anda ingat bersama sudah baik."
        )


class NoContextWords:
    """Does not count the words that everyone here would try first: person, place, product, a year."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError where too little is left without those words."""
        left = "".join(letter for letter in password.lower() if letter.isalnum())
        for word in (*_own_words(user), *CONTEXT_WORDS):
            left = left.replace(word, "")
        left = YEAR.sub("", left)
        if len(left) < LEFT_OVER and len(password) >= SHORT:
            raise ValidationError(
                "Kata sandi ini mudah ditebak: selain nama Anda, daerah, dan instansi serta tahun, "
                "hampir tidak ada yang tersisa. Tambahkan kata lain."
            )

    def get_help_text(self) -> str:
        """Say the rule before the person types."""
        return "Nama Anda, nama daerah, nama perangkat daerah, nama aplikasi, dan tahun tidak ikut dihitung."


def _own_words(user: User | None) -> list[str]:
    """What the person is called and where, now and as expected; longer words first, since some stand in others."""
    if user is None:
        return []
    held = [row.place for row in (user.memberships_now() if user.pk else [])]
    places = {name for place in (*held, *getattr(user, "expected_places", ())) for name in _names_of(place)}
    names = (user.username, user.name, user.nip or "", user.email or "", *places)
    return sorted({word for name in names for word in WORD.findall(name.lower())}, key=len, reverse=True)


def _names_of(place: Agency | Region | ReviewOffice | None) -> list[str]:
    """The names of a place and of what it lies in."""
    if place is None:
        return []
    return [place.name, place.region.name] if isinstance(place, Agency) else [place.name]


class MoreThanDigits:
    """Refuses digits alone, however many, and the same few characters again and again."""

    def validate(self, password: str, _user: User | None = None) -> None:
        """Raise ValidationError with what to write instead."""
        if password.isdigit() or len(set(password.lower())) < FEWEST_CHARACTERS:
            raise ValidationError("Kata sandi ini hanya angka, atau huruf yang diulang-ulang. Pakai beberapa kata.")

    def get_help_text(self) -> str:
        """Nothing to add before the person types."""
        return ""
