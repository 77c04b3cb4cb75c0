"""What a password must be: long, longer for those who decide, and without the words of the work."""

import re

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.roles import Role

SHORT, LONG, MAXIMUM = 12, 15, 128
DECIDERS = (Role.COORDINATOR, Role.REVIEWER, Role.ADMINISTRATOR)
CONTEXT_WORDS = ("peduli", "ham", "kabupaten", "kota", "dinas", "password", "katasandi", "sandi", "admin", "qwerty")
YEAR = re.compile(r"(19|20)\d\d")
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
    """Does not count the words that everyone here would try first: the product, the region, the agency, a year."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError where too little is left without those words."""
        left = YEAR.sub("", "".join(letter for letter in password.lower() if letter.isalnum()))
        for word in (*self._places(user), *CONTEXT_WORDS):
            left = left.replace(word, "")
        if len(left) < LEFT_OVER and len(password) >= SHORT:
            raise ValidationError(
                "Kata sandi ini mudah ditebak: selain nama daerah, nama instansi, dan tahun, "
                "hampir tidak ada yang tersisa. Tambahkan kata lain."
            )

    def get_help_text(self) -> str:
        """Say the rule before the person types."""
        return "Nama daerah, nama perangkat daerah, nama aplikasi, dan tahun tidak ikut dihitung."

    def _places(self, user: User | None) -> list[str]:
        if user is None:
            return []
        held = [row.place for row in (user.memberships_now() if user.pk else []) if row.place]
        names = [place.name for place in (*held, *getattr(user, "expected_places", ()))]
        words = {word.lower() for name in names for word in name.split() if len(word) > len("dan")}
        return sorted(words, key=len, reverse=True)


class MoreThanDigits:
    """Refuses digits alone, however many, and the same few characters again and again."""

    def validate(self, password: str, _user: User | None = None) -> None:
        """Raise ValidationError with what to write instead."""
        if password.isdigit() or len(set(password.lower())) < FEWEST_CHARACTERS:
            raise ValidationError("Kata sandi ini hanya angka, atau huruf yang diulang-ulang. Pakai beberapa kata.")

    def get_help_text(self) -> str:
        """Nothing to add before the person types."""
        return ""
