"""How is the environment set up? Django's proven parts, switched on; everything else is read from the environment.

KETENREIS_FOLDER names the folder that is served, KETENREIS_DATABASE another database than the file in that folder (a
PostgreSQL address), KETENREIS_HOSTS the names it may be reached by besides localhost, KETENREIS_PERSON how the history calls who works here.
"""

import getpass
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF

from ketenreis.web.features import FEATURES

FOLDER = Path(os.environ.get("KETENREIS_FOLDER", ".")).absolute()
HERE = Path(__file__).parent


def _secret(folder: Path) -> str:
    """The key that signs cookies: made once, kept apart from the data, readable by its owner only."""
    if "KETENREIS_FOLDER" not in os.environ:  # a tool only looks at the settings; nothing is served
        return secrets.token_urlsafe(64)
    file = folder / "keys" / "web"
    try:
        return file.read_text(encoding="ascii")
    except FileNotFoundError:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = secrets.token_urlsafe(64)
        try:
            handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:  # another process was first
            return file.read_text(encoding="ascii")
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(made)
        return made


def _person() -> str:
    """Whose machine this is, for the history of somebody who works alone; empty where the machine does not say."""
    try:
        return os.environ.get("KETENREIS_PERSON") or getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _database(address: str | None) -> dict[str, Any]:
    """The file in the folder, or the PostgreSQL of an address."""
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "workspace.sqlite",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 5,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or parse_qs(parts.query).get("host", [""])[0],
        "PORT": parts.port or "",
    }


DEBUG = False
SECRET_KEY = _secret(FOLDER)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *os.environ.get("KETENREIS_HOSTS", "").split()]
PUBLIC = len(ALLOWED_HOSTS) > 3
PERSON = "" if PUBLIC else _person()
ROOT_URLCONF = "ketenreis.web.urls"
ASGI_APPLICATION = "ketenreis.web.asgi.application"
DATABASES = {"default": _database(os.environ.get("KETENREIS_DATABASE"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "csp",
    "ketenreis.web.changes",
    "ketenreis.web.jobs",
    *(f"ketenreis.web.{feature.name}" for feature in FEATURES),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ketenreis.web.frame.visitor.middleware",
    "ketenreis.web.tour.going_on.middleware",
    "ketenreis.web.impact.proposing.Asking",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "ketenreis.web.frame.visitor.context",
            ],
            "builtins": [
                "ketenreis.web.frame.templatetags.said",
                "ketenreis.web.tour.templatetags.touring",
                "ketenreis.web.impact.templatetags.asking",
            ],
        },
    }
]
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = (
    False  # our sentences stand in catalogues of their own: no gettext is needed to install or to change them
)
STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
CSRF_COOKIE_HTTPONLY = True  # forms carry their token themselves; no script needs to read it
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = PUBLIC
CSRF_FAILURE_VIEW = "ketenreis.web.frame.views.refused"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PUBLIC
SECURE_HSTS_SECONDS = 31_536_000 if PUBLIC else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PUBLIC
SECURE_HSTS_PRELOAD = PUBLIC
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PUBLIC else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_PERMISSIONS = 0o600
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING"}},
}
