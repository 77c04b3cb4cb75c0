"""The forms at the door: signing in, and another password."""

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts

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


class ChangePasswordForm(AllauthChangePasswordForm):
    """Another password for oneself, in our words."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "Kata sandi saat ini"
        self.fields["password1"].label = "Kata sandi baru"
        self.fields["password1"].help_text = " ".join(password_validators_help_texts()[:2])
        self.fields["password2"].label = "Ulangi kata sandi baru"
        for field in self.fields.values():
            field.widget.attrs["placeholder"] = ""
