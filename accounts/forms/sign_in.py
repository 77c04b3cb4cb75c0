"""The form at the door."""

from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms

LONGEST_NAME = 254  # an e-mail address; user names and NIPs are shorter


class LoginForm(AllauthLoginForm):
    """One field for NIP, e-mail or user name, and the password."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label="NIP, e-mail, atau nama pengguna",
            max_length=LONGEST_NAME,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        )
        self.order_fields(["login", "password"])
        self.fields["password"].label = "Kata sandi"
        self.fields["password"].widget.attrs.update(placeholder="", autocomplete="current-password")
