"""Settings of Peduli HAM, top to bottom as a request meets them; every variable comes from the environment."""

from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.contrib.messages import ERROR, INFO, SUCCESS, WARNING
from django.core.exceptions import ImproperlyConfigured

from config.logs import lines

# Paths and environment

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

# Core

VERSION = "0.1.0"
DEBUG = env.bool("DEBUG", default=False)
KEPT_KEY = DATA_DIR / "secret-key"  # made by the first start of the embedded default; commands read it too
FALLBACK_KEY = "kunci-pengembangan-yang-bukan-rahasia" if DEBUG else ""
SECRET_KEY = env("SECRET_KEY", default=KEPT_KEY.read_text().strip() if KEPT_KEY.is_file() else FALLBACK_KEY)
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set: pass a long random text, or DEBUG=true on a developer's machine."
    )
SITE_URL = env("SITE_URL", default="http://localhost:8000").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
USE_X_FORWARDED_HOST = False
BEHIND_TLS_PROXY = env.bool("BEHIND_TLS_PROXY", default=False)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=int(BEHIND_TLS_PROXY))
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SIGNED_COOKIE_LEGACY_SALT_FALLBACK = False

# Apps

INSTALLED_APPS = [
    "accounts",
    "indicators",
    "assessment",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_q",
    "django_structlog",
    "rules.apps.AutodiscoverRulesConfig",
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Middleware

MIDDLEWARE = [
    "accounts.middleware.ClientAddress",
    "django.middleware.security.SecurityMiddleware",
    "accounts.middleware.PrivateResponses",
    "accounts.middleware.CompressedPages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SessionLimits",
    "accounts.middleware.KeptForms",
    "accounts.middleware.PartsOfPages",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.RequestLog",
    "axes.middleware.AxesMiddleware",
    "accounts.middleware.DoneOnce",
]

# Templates

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context_processors.frame",
            ],
            "builtins": [
                "rules.templatetags.rules",
                "accounts.templatetags.frame",
                "accounts.templatetags.write_forms",
                "accounts.templatetags.components",
            ],
        },
    },
]

# Database: SQLite unless DATABASE_URL names another

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 60

# Cache: nothing in it that cannot be made again

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}

# Background work: the queue lies in the database, where a killed worker loses nothing

Q_CLUSTER = {
    "name": "peduli-ham",
    "orm": "default",
    "workers": env.int("WORKERS", default=2),
    "timeout": env.int("JOB_TIMEOUT", default=300),
    "retry": env.int("JOB_RETRY", default=360),
    "bulk": 1,
    "queue_limit": 1,
    "poll": 1,
    "recycle": 50,
    "max_rss": 512 * 1024,  # kB; a worker that grew beyond it is replaced after its task
    "ack_failures": False,
    "max_attempts": 3,
    "catch_up": False,
    "daemonize_workers": False,
    "sync": False,
}

# Who signs in and how

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.PersonBackend",
    "rules.permissions.ObjectPermissionBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LengthByRole"},
    {"NAME": "accounts.passwords.NoContextWords"},
    {"NAME": "accounts.passwords.MoreThanDigits"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapters.ClosedDoorAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "accounts.forms.sign_in.LoginForm",
    "change_password": "accounts.forms.sign_in.ChangePasswordForm",
}
# The wide limits per address; axes decides about single accounts.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "100/m/ip"}
USERSESSIONS_TRACK_ACTIVITY = False
AXES_HANDLER = "accounts.backends.OwnFailures"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "accounts.backends.canonical_name"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = "accounts.backends.cooloff"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "accounts.views.sessions.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login"]
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

# Sessions and cookies

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE = timedelta(minutes=env.int("SESSION_IDLE_MINUTES", default=30))
SESSION_ABSOLUTE = timedelta(hours=env.int("SESSION_HOURS", default=10))
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE.total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sesi" if HTTPS else "sesi"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "accounts.views.errors.csrf_failure"
KEPT_FORM_AGE = timedelta(minutes=30)
KEPT_FORM_MAX_BYTES = 1024 * 1024

# Language and time: one language, so that no browser setting makes half-English pages

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env("TIME_ZONE", default="Asia/Jakarta")
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["config.formats"]

# Files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# The path under which a front server serves the stored files itself; empty: we serve them
ACCEL_REDIRECT_PREFIX = env("ACCEL_REDIRECT_PREFIX", default="")
MAX_UPLOAD_BYTES = env.int("MAX_UPLOAD_MB", default=50) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "incoming"
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True)
FILE_UPLOAD_HANDLERS = ["assessment.uploads.receiving.HashingHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600

# Mail

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Peduli HAM <peduli-ham@localhost>")

# Messages bear the style sheet's names of notices; they travel in a signed cookie: a save is one write to the disk

MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"
MESSAGE_TAGS = {INFO: "info", SUCCESS: "good", WARNING: "warn", ERROR: "stop"}

# Security headers

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if BEHIND_TLS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
FORBIDDEN = ("camera", "geolocation", "microphone", "payment", "usb")
PERMISSIONS_POLICY: dict[str, list[str]] = {name: [] for name in FORBIDDEN}
SILENCED_SYSTEM_CHECKS: list[str] = []

# Logging: JSON lines, with a request id on each; a person reads them on a developer's machine

LOGGING = lines(level=env("LOG_LEVEL", default="WARNING"), readable=DEBUG)

# What helps whoever changes the code: only with DEBUG, and where the dev group is installed

TOOLS = {"debug_toolbar": "debug_toolbar.middleware.DebugToolbarMiddleware",
         "django_browser_reload": "django_browser_reload.middleware.BrowserReloadMiddleware"}  # fmt: skip
DEV_TOOLS = DEBUG and all(find_spec(name) for name in TOOLS)
if DEV_TOOLS:
    INSTALLED_APPS += TOOLS
    inside = MIDDLEWARE.index("csp.middleware.CSPMiddleware") + 1  # where pages are not compressed yet
    MIDDLEWARE[inside:inside] = TOOLS.values()
    INTERNAL_IPS = ["127.0.0.1", "::1"]
    DEBUG_TOOLBAR_CONFIG = {"SHOW_COLLAPSED": True}
