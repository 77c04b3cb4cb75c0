"""The databases of the national bench on one engine: made in a folder, cloned, and thrown away with it."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from tests.bench.serving import ROOT


class Sqlite:
    """Files in a folder."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, name: str) -> str:
        """Return the address of a database, as DATABASE_URL wants it."""
        return f"sqlite:///{self._folder / name}.sqlite3"

    def clone(self, source: str, name: str) -> None:
        """Make a database that is like another one."""
        shutil.copy(self._folder / f"{source}.sqlite3", self._folder / f"{name}.sqlite3")


class Postgres:
    """A server of its own, beside whatever else runs on the machine."""

    name = "PostgreSQL"

    def __init__(self, address: str) -> None:
        self._address = address

    def url(self, name: str) -> str:
        """Return the address of a database, as DATABASE_URL wants it."""
        return urlsplit(self._address)._replace(path=f"/{name}").geturl()

    def clone(self, source: str, name: str) -> None:
        """Make a database that is like another one."""
        self._tell(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')

    def _tell(self, statement: str) -> None:
        connection = psycopg2.connect(self._address)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
        connection.close()


@contextmanager
def engine(kind: str, folder: Path) -> Iterator[Sqlite | Postgres]:
    """Yield an engine with an empty database named "one"."""
    if kind == "sqlite":
        yield Sqlite(folder)
        return
    home = tempfile.mkdtemp(prefix="peduli-ham-postgres-")
    command = [ROOT / ".ci" / "postgres"]
    address = subprocess.run([*command, "start", home], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    try:
        postgres = Postgres(address)
        postgres.clone("template1", "one")
        yield postgres
    finally:
        subprocess.run([*command, "stop", home], check=True)
