"""The form at the door."""

from allauth.account.forms import LoginForm as AllauthLoginForm


class LoginForm(AllauthLoginForm):
    """One field for NIP, e-mail or user name, and the password."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "NIP, e-mail, atau nama pengguna"
        self.fields["login"].widget.attrs.update(
            placeholder="", autocomplete="username", autocapitalize="none", spellcheck="false"
        )
        self.fields["password"].label = "Kata sandi"
        self.fields["password"].widget.attrs.update(placeholder="", autocomplete="current-password")
