"""Asking for the password once more, before something that cannot be undone."""

from django.contrib.auth import authenticate
from django.http import HttpRequest


def is_own_password(request: HttpRequest, password: str) -> bool:
    """Whether this is the password of the person who is signed in; failures count like those at the door."""
    person = authenticate(request, username=request.user.username, password=password)
    return person is not None and person.pk == request.user.pk
