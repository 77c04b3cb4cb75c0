"""The floor: a bare Django module without session or middleware, on SQLite; served by gunicorn as tests.bench.floor."""

import os
from pathlib import Path

import django
from django.conf import settings

FOLDER = Path(os.environ["FLOOR_DIR"])
settings.configure(
    DEBUG=False,
    SECRET_KEY="only-for-the-bench-" + "x" * 40,
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    DATA_UPLOAD_MAX_MEMORY_SIZE=None,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "floor.sqlite3",
            "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"},
            "CONN_MAX_AGE": None,
        }
    },
    TEMPLATES=[{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": [("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", {
            "table": "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>"
                     "{% endfor %}</table>",
            "form": "<form method='post'>{% for cell in row %}<input name='f{{ forloop.counter }}' value='{{ cell }}'>"
                    "{% endfor %}</form>",
        })])]},
    }],
)  # fmt: skip
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - the settings come first
from django.db import connection  # noqa: E402
from django.http import HttpResponse, HttpResponseRedirect  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402

ROWS, COLUMNS = 120, "id, a, b, c, d"


def prepare() -> None:
    """Make the two tables, with 120 rows of five columns."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c TEXT, d TEXT)")
        cursor.execute("CREATE TABLE file (id INTEGER PRIMARY KEY, name TEXT, size INTEGER)")
        rows = [(f"Rumusan indikator {number}.", "Dinas Kesehatan", "Draf", "6") for number in range(ROWS)]
        cursor.executemany("INSERT INTO line (a, b, c, d) VALUES (%s, %s, %s, %s)", rows)


def table(request):
    """One query, 120 rows of five columns, in one template."""
    return render(request, "table", {"rows": _select(f"SELECT {COLUMNS} FROM line ORDER BY id")})


def form(request):
    """One row in a form; a POST is one UPDATE."""
    if request.method == "POST":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE line SET d = %s WHERE id = 1", [request.POST["f5"]])
        return HttpResponseRedirect("/form/")
    return render(request, "form", {"row": _select(f"SELECT {COLUMNS} FROM line WHERE id = 1")[0]})


def upload(request):
    """The same file written, and one INSERT."""
    sent = request.FILES["file"]
    with (FOLDER / "received").open("wb") as target:
        for chunk in sent.chunks():
            target.write(chunk)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO file (name, size) VALUES (%s, %s)", [sent.name, sent.size])
    return HttpResponse("ok")


def _select(sql: str) -> list:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


urlpatterns = [path("table/", table), path("form/", form), path("upload/", upload)]
application = get_wsgi_application()
