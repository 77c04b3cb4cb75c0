"""Visits pages over the loopback as one person, and measures how long each answer takes."""

import http.client
import re
import secrets
import time
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
REVISION = re.compile(r'name="seen_revision"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="seen_revision"')


class Visitor:
    """One browser without a cache: cookies, and a clock."""

    def __init__(self, port: int) -> None:
        self._port, self.cookies, self.token = port, {}, ""

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, bytes, float]:
        """Ask once; return status, body, and seconds."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = kind or "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)
        begun = time.perf_counter()
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - begun
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        connection.close()
        return response.status, content, seconds

    def sign_in(self, username: str, password: str) -> None:
        """Sign in at the door."""
        self.token = self._token("/masuk/")
        form = urlencode({"login": username, "password": password, "csrfmiddlewaretoken": self.token}).encode()
        status, _, _ = self.ask("POST", "/masuk/", form)
        assert status == 302, status
        self.token = self._token("/sesi/")

    def revision(self, path: str) -> int:
        """Return the revision that the page of an answer was read at."""
        found = REVISION.search(self.ask("GET", path)[1].decode())
        return int(found[1] or found[2])

    def post(self, path: str, **fields) -> tuple[int, bytes, float]:
        """Send a form, with a token of its own."""
        fields |= {"csrfmiddlewaretoken": self.token, "form_token": secrets.token_urlsafe(12)}
        return self.ask("POST", path, urlencode(fields).encode())

    def upload(self, path: str, content: bytes, **fields) -> tuple[int, bytes, float]:
        """Send a file with a form."""
        fields |= {"csrfmiddlewaretoken": self.token, "form_token": secrets.token_urlsafe(12)}
        border = secrets.token_hex(16)
        parts = [f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
                 for name, value in fields.items()]  # fmt: skip
        head = f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="pindai.pdf"\r\n'
        parts.append(
            f"{head}Content-Type: application/pdf\r\n\r\n".encode() + content + f"\r\n--{border}--\r\n".encode()
        )
        return self.ask("POST", path, b"".join(parts), f"multipart/form-data; boundary={border}")

    def _token(self, path: str) -> str:
        return TOKEN.search(self.ask("GET", path)[1].decode())[1]
