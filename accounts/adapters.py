"""How allauth is fitted in: nobody signs up, people are invited."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedDoorAdapter(DefaultAccountAdapter):
    """No signing up; the words of a refusal are ours."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "NIP, e-mail, nama pengguna, atau kata sandi belum cocok. "
        "Periksa huruf besar, lalu coba lagi.",
        "enter_current_password": "Kata sandi saat ini belum cocok. Periksa huruf besar, lalu coba lagi.",
        "too_many_login_attempts": "Terlalu banyak percobaan masuk dari jaringan ini. Coba lagi beberapa menit lagi.",
    }

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *rest, **options):
        """Say what allauth says, except that one has signed in: the page that opens shows it."""
        if message_template != "account/messages/logged_in.txt":
            super().add_message(request, level, message_template, *rest, **options)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False
