"""Settings, all from the environment (a `.env` file is read if present); with none set, everything works.

With the other files of this folder, the only place that names all apps. `docs/settings.md` lists the variables.
"""

import os
import secrets
import sys
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# Python's own SQLite is older than 3.51.3 on today's systems, and has the race that can lose a write when the
# write-ahead log is reset: take the newer one from its wheel, before anything imports the old one.
try:
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
except ImportError:  # no wheel for this system: a check says so when the version is too old
    pass

# Small matrices: more threads than one only wait for each other. Read by numpy when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# --- Where things are -----------------------------------------------------------------------------------------

DATA_DIR = Path(env.str("PALMARES_DATA", str(BASE_DIR / "data"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)


def kept_secret() -> str:
    """The installation's own key: made on the first start, kept beside the database, readable by its owner only."""
    path = DATA_DIR / "secret_key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key


SECRET_KEY = env.str("SECRET_KEY", "") or kept_secret()
ALLOWED_HOSTS = [host for host in env.list("ALLOWED_HOSTS", default=[]) if host] or [
    "127.0.0.1",
    "localhost",
    "[::1]",
    "testserver",
]
CSRF_TRUSTED_ORIGINS = [
    f"https://{host}" for host in ALLOWED_HOSTS if "." in host and not host.startswith(".")
]
PORT = env.int("PORT", 8000)
DEBUG = env.bool("DEBUG", False)

# The demo is on by itself only on a machine where nobody has set anything, listening to itself alone.
IS_PRODUCTION = any(os.environ.get(name) for name in ("SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL"))
DEMO = env.bool("DEMO", not IS_PRODUCTION)

# --- Apps -----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, which it extends
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "import_export",
    "knox",
    "rest_framework",
    "rules",
    "hackathon",
    "teams",
    "judging",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hackathon.views.passes.open_passes",
    "hackathon.views.zone.event_zone",
]

ROOT_URLCONF = "hackathon.project.urls"
WSGI_APPLICATION = "hackathon.project.wsgi.application"

# --- Templates and forms --------------------------------------------------------------------------------------

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hackathon.views.context.page",
            ],
            # cotton's own automatic set-up rewrites the loaders; listed by hand, they do what they say
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
COTTON_DIR = "components"

# --- Database, cache, files -----------------------------------------------------------------------------------

DATABASES = {
    "default": env.db_url_config(env.str("DATABASE_URL", "") or f"sqlite:///{DATA_DIR / 'palmares.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # A transaction takes the write lock when it begins, so that two never fail for having read first
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # « saved » means saved: FULL waits for the disk at each commit
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
    # Race tests need a database that several threads can open: a file, not memory
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

REDIS_URL = env.str("REDIS_URL", "")
# Workers share the cache (limits on sign-in codes count across them): Redis, or files where there is none.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(DATA_DIR / "cache"),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Our tokens replace knox's only table: made all the same, it would point at our accounts and forbid to empty them
MIGRATION_MODULES = {"knox": None}
MEDIA_ROOT = DATA_DIR / "media"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
# `./run` collects and compresses the static files, and says so; any other command takes them from where they lie.
STATIC_COLLECTED = env.bool("STATIC_COLLECTED", False)


def bootstrap_folder() -> Path:
    import bootstrap

    return Path(bootstrap.__path__[0])


STATICFILES_DIRS = [("bootstrap", bootstrap_folder())]
WHITENOISE_USE_FINDERS = not STATIC_COLLECTED
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "jpg", "png", "gz", "br", "woff2", "woff")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "hackathon.kit.static.StaticFiles"
        if STATIC_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- Languages and time ---------------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
MODELTRANSLATION_DEFAULT_LANGUAGE = "fr"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("fr", "en")
LOCALE_PATHS = [BASE_DIR / "hackathon" / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

# --- Accounts: a code by e-mail, no password ------------------------------------------------------------------

AUTH_USER_MODEL = "hackathon.Account"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "hackathon:account_home"
ACCOUNT_ADAPTER = "hackathon.views.signing.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# The code that signs in is what proves the address: there is nothing left to verify
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {"request_login_code": "hackathon.forms.signing.RequestCodeForm"}
# A whole venue is one address: the limits per address are wide, those per key (e-mail) stay narrow.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "200/m/ip,10/5m/key",
    "request_login_code": "600/m/ip,4/m/key",
    "signup": "200/m/ip",
    "confirm_email": "5/m/key",
}
# Addresses are believed from our own proxy alone: behind it, each visitor has their own again
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if IS_PRODUCTION else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Palmarès"
MFA_FORMS = {
    "activate_totp": "hackathon.forms.second_factor.AppForm",
    "add_webauthn": "hackathon.forms.second_factor.NewKeyForm",
    "edit_webauthn": "hackathon.forms.second_factor.KeyForm",
}
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
# Security keys ask for HTTPS; on the machine itself http://localhost does
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PRODUCTION

# Read from the cache, written to the database too: a page spares a query, and a lost cache loses nobody
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# --- Safe by construction -------------------------------------------------------------------------------------

if IS_PRODUCTION and not DEBUG:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# --- Mail and jobs --------------------------------------------------------------------------------------------

# Without EMAIL_URL nothing leaves: letters stay readable in the demo's mailbox page. The worker says before it hands
# a letter to an SMTP server (kit/smtp.py), so that it leaves once even when the worker dies.
EMAIL_URL = env.str("EMAIL_URL", "")
EMAIL_TIMEOUT = 30  # seconds without a word from the mail server
if EMAIL_URL:
    vars().update(env.email_url("EMAIL_URL"))
    if vars()["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
        EMAIL_BACKEND = "hackathon.kit.smtp.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Palmarès <palmares@localhost>")
SITE_URL = env.str("SITE_URL", "") or f"http://127.0.0.1:{PORT}"

KNOX_TOKEN_MODEL = "hackathon.ApiToken"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- API ------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "knox.auth.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["hackathon.kit.access.ApiGuard"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "hackathon.kit.api.refusal_response",
    # Per account, or per address for strangers; a whole venue is one address
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": "1200/min"},
    # Addresses are believed from our own proxy alone: anybody can write the header
    "NUM_PROXIES": 1 if IS_PRODUCTION else 0,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Palmarès",
    "VERSION": "1",
    "DESCRIPTION": "The same verbs and the same rules as the pages. Sign in, or send `Authorization: Token …`: "
    "`manage.py api_token EVENT --permissions NAME,… --as EMAIL` makes a token for one event and the permissions "
    "named under each operation. Sentences follow `Accept-Language`; codes never change. Times are aware; totals "
    "are decimals, as text.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "RegistrationState": "hackathon.enums.RegistrationState",
        "ProjectState": "teams.enums.ProjectState",
        "RoundState": "judging.enums.RoundState",
        "BallotState": "judging.enums.BallotState",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "hackathon.kit.api.describe_refusals",
    ],
}

# --- Logs -----------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    # A level of its own: the worker sets its loggers to INFO, and would print two lines per letter
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "level": "WARNING"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
