"""The product's settings, with what would slow tests down or reach outside replaced."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 40)
# Each process of the run has a folder of its own, or one test would see the files of another.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="peduli-ham-tests-")
os.environ["SITE_URL"] = "http://testserver"
os.environ["DEBUG"] = "false"  # also in a shell in which the site is being developed

from config.settings import *  # noqa: F403
from config.settings import DATA_DIR, DATABASES, Q_CLUSTER, STORAGES

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
Q_CLUSTER["sync"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, since in memory there is no second process and no real concurrency.
    DATABASES["default"]["TEST"] = {"NAME": Path(DATA_DIR) / "test.sqlite3"}
