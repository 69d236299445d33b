"""Django settings; what differs between installations comes from the environment (docs/operations.md)."""

from __future__ import annotations

import os
from pathlib import Path

from rozlicz.portal import data_folder
from rozlicz.portal.database import database_settings

PORTAL = Path(__file__).parent
DATA = Path(os.environ.get("ROZLICZ_DATA", "var")).absolute()

TRUSTED_ISSUERS = data_folder.DataFolder(DATA).trusted_issuers
"""Folder with the certificates of issuers whom the branch trusts (docs/operations.md)."""

SECRET_KEY = data_folder.secret_key(DATA)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ROZLICZ_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
BRANCH = os.environ.get("ROZLICZ_BRANCH", "05")
"""One installation serves one branch of the Fund."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "procrastinate.contrib.django",
    "pgtrigger",
    "pghistory",
    "rozlicz.portal.house",
    "rozlicz.portal.accounts",
    "rozlicz.portal.audit",
    "rozlicz.portal.providers",
    "rozlicz.portal.registration",
    "rozlicz.portal.contracts",
    "rozlicz.portal.periods",
    "rozlicz.portal.reports",
    "rozlicz.portal.settlements",
    "rozlicz.portal.bills",
    "rozlicz.portal.payments",
    "rozlicz.portal.requests",
    "rozlicz.portal.correspondence",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "rozlicz.portal.house.middleware.safe_browsing",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "rozlicz.portal.api.door.calls",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "rozlicz.portal.house.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "rozlicz.portal.audit.middleware.whence",
    "rozlicz.portal.accounts.entering.sessions.keep_session",
    "rozlicz.portal.accounts.gates.gates",
    "rozlicz.portal.api.door.programs",
    "rozlicz.portal.tenancy.act_for_operator",
    "rozlicz.portal.accounts.acting.act_for_subordinate",
]

ROOT_URLCONF = "rozlicz.portal.urls"
WSGI_APPLICATION = "rozlicz.portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PORTAL / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rozlicz.portal.house.context.frame",
            ],
        },
    },
]
FORM_RENDERER = "rozlicz.portal.house.forms.PortalFormRenderer"

DATABASES = {"default": database_settings(os.environ)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "house_cache",
        # Limits and used codes live here: what has expired is swept out, what counts still must not be.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PORTAL / "static"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 20
API_CALLS_A_MINUTE = 600
"""Calls that one access token has in a minute."""
API_FAILURES_A_MINUTE = 30
"""Calls with a wrong token that one network address has in a minute."""

AUTH_USER_MODEL = "accounts.Operator"
AUTHENTICATION_BACKENDS = ["rozlicz.portal.accounts.entering.backend.OperatorBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "rozlicz.portal.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_FORMS = {"login": "rozlicz.portal.accounts.forms.LoginForm"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login_failed": None,  # counted by accounts.entering.attempts, after the branch's rules of access
    "login": "60/m/ip",
    "registration": "10/h/ip",
    "registration_link": "30/m/ip",
}
MFA_ADAPTER = "rozlicz.portal.accounts.second_factor.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "rozlicz.portal.accounts.second_factor.forms.AuthenticateForm",
    "reauthenticate": "rozlicz.portal.accounts.second_factor.forms.ReauthenticateForm",
    "activate_totp": "rozlicz.portal.accounts.second_factor.forms.ActivateTOTPForm",
    "add_webauthn": "rozlicz.portal.accounts.second_factor.forms.AddWebAuthnForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # no addresses are kept by allauth, so there is none to verify
MFA_TOTP_ISSUER = "Rozlicz"
MFA_TOTP_TOLERANCE = 1
"""Steps of half a minute by which the clock of a telephone may be wrong."""
SESSION_ENGINE = "rozlicz.portal.accounts.entering.store"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
HTTPS = os.environ.get("ROZLICZ_HTTPS") == "yes"
"""Whether a reverse proxy with a certificate stands in front, which sets X-Forwarded-Proto itself."""
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrftoken"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("ROZLICZ_PROXIES", "1" if HTTPS else "0"))
"""Reverse proxies in front: as many of the last addresses in X-Forwarded-For were written by them."""
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", "Polski"), ("en", "English")]
LOCALE_PATHS = [PORTAL / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Warsaw"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
HEARTBEAT = float(os.environ.get("ROZLICZ_HEARTBEAT", "2"))
"""Seconds between two signs of life of a worker; after three without, another worker takes its job over."""
PROCRASTINATE_WORKER_DEFAULTS = {
    "update_heartbeat_interval": HEARTBEAT,
    "stalled_worker_timeout": 3 * HEARTBEAT,
    "fetch_job_polling_interval": 1,
    "shutdown_graceful_timeout": 20,
    "delete_jobs": "successful",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "rozlicz.portal.house.logs.WithoutRows",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # What is wrong with a file that somebody sends is told to the sender; its words have no place in a log.
    "loggers": {
        "rozlicz": {"level": "INFO"},
        "pyhanko": {"level": "CRITICAL"},
        "pyhanko_certvalidator": {"level": "CRITICAL"},
    },
}
