"""Django's settings, and the only reader of the environment. Imports no Django: commands that
need neither pages nor database read it too, and start at once.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from pulih.common.errors import Refusal
from pulih.config import rooms
from pulih.config.data_folder import data_folder_of
from pulih.config.databases import both_roles, pooled
from pulih.config.secrets import keep_demo_passwords, key_of, new_secret, read_secrets


def _is_on(name: str) -> bool:
    return os.environ.get(name, "").lower() in ("1", "yes", "true", "on")


def _words(name: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def _number(name: str, usual: int) -> int:
    given = os.environ.get(name, "")
    return int(given) if given.isdigit() and int(given) > 0 else usual


REFUSAL: Refusal | None = None  # Said by the command that would have needed what is amiss.


def _kept(path: Path) -> dict[str, str]:
    global REFUSAL
    try:
        return read_secrets(path)
    except Refusal as refusal:
        REFUSAL = REFUSAL or refusal
        return {}


# ── The installation ──────────────────────────────────────────────────────────────────────────
CLONE = Path(__file__).resolve().parents[2]
DATA = data_folder_of(CLONE, os.environ, is_root=os.geteuid() == 0)
SECRETS = _kept(DATA.secrets)
BIND = os.environ.get("PULIH_BIND", "127.0.0.1:8000")
HTTPS = _is_on("PULIH_HTTPS") or bool(os.environ.get("PULIH_TLS_CERTIFICATE"))
EXPLICIT_SECRET = bool(os.environ.get("PULIH_SECRET_KEY"))
EXPLICIT_HOSTS = _words("PULIH_HOSTS")
TLS_CERTIFICATE = os.environ.get("PULIH_TLS_CERTIFICATE", "")
TLS_KEY = os.environ.get("PULIH_TLS_KEY", "")
# Whose X-Forwarded-For is believed. Where TLS ends in a proxy on this machine, that one's.
BEHIND_LOCAL_PROXY = HTTPS and not TLS_CERTIFICATE
TRUSTED_PROXIES = _words("PULIH_TRUSTED_PROXIES") or (
    ["127.0.0.1", "::1"] if BEHIND_LOCAL_PROXY else []
)
BACKUP_RECIPIENTS = _words("PULIH_BACKUP_RECIPIENTS")  # Public keys of age: see backup_keys.py.
ARCHIVE = os.environ.get("PULIH_ARCHIVE", "")  # A folder; see archive.py. Empty: none is kept.
ARCHIVE_DAYS = _number("PULIH_ARCHIVE_DAYS", 35)
METRICS_TOKEN = os.environ.get("PULIH_METRICS_TOKEN", "")
WEB_THREADS = _number("PULIH_WEB_THREADS", 8)
JOBS_AT_ONCE = _number("PULIH_JOBS_AT_ONCE", 2)
FILES_AT_ONCE = _number("PULIH_FILES_AT_ONCE", 2)
SPOKEN = os.environ.get("PULIH_LANGUAGE") or next(
    (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "id"
)
COMMAND_LANGUAGE = "en" if SPOKEN.startswith("en") else "id"
PROCESS = os.environ.get("PULIH_PROCESS", "")  # web, worker, files or static: from `pulih serve`.

# ── Django ────────────────────────────────────────────────────────────────────────────────────
DEBUG = _is_on("PULIH_DEBUG")
SECRET_KEY = os.environ.get("PULIH_SECRET_KEY") or SECRETS.get("secret_key") or new_secret()
# Proves to PostgreSQL for whom a process speaks: see people/connection_proofs.py. Jobs and commands
# run for hours, requests do not.
PERSON_SECRET = os.environ.get("PULIH_PERSON_SECRET") or key_of(SECRET_KEY, "pulih.person")
# Encrypt and find numbers of persons: see people/number_cipher.py. The newest key stands first.
KEPT_KEYS = _kept(DATA.number_keys)
NUMBER_KEYS = _words("PULIH_NUMBER_KEYS") or KEPT_KEYS.get("keys", "").split()
# A rotation writes this file while others run, so it is read again when it has changed.
NUMBER_KEYS_FILE: Path | None = None if os.environ.get("PULIH_NUMBER_KEYS") else DATA.number_keys
NUMBER_HASH_KEY = os.environ.get("PULIH_NUMBER_HASH_KEY") or KEPT_KEYS.get("hash_key", "")
NUMBERS_ARE_LOST = _is_on("PULIH_NUMBERS_ARE_LOST")
PROOF_SECONDS = 600 if PROCESS == "web" else 24 * 3600
ALLOWED_HOSTS = EXPLICIT_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in EXPLICIT_HOSTS] if HTTPS else []

INSTALLED_APPS = [
    "pulih.config",  # Its `migrate` also runs the SQL files of the rooms.
    *rooms.rooms_with("apps.py"),  # First, so that our templates come before those of others.
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "pulih.config.client_address.ClientAddress",
    "pulih.config.health.Measure",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "pulih.portal.serving.PublicSite",  # Before sessions: what is public asks for nobody.
    "pulih.config.compression.CompressPages",
    "pulih.config.outage.HoldBack",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pulih.config.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pulih.config.access.DenyByDefault",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pulih.people.middleware.SpeakForPerson",
    "pulih.config.access.DemandSafeSignIn",  # A person's factors are shown to that person alone.
    "pulih.workflow.typed_again.FillFormAgain",
    "axes.middleware.AxesMiddleware",
    "pulih.web.middleware.AddressesOfText",
    "pulih.web.middleware.AnswerRefusals",
    "pulih.web.typed_numbers.CutTypedNumbers",
    "pulih.workflow.sending.OncePerForm",  # Last: all that it encloses is one transaction.
]

ROOT_URLCONF = "pulih.config.urls"
WSGI_APPLICATION = "pulih.config.wsgi.application"
# A constraint in SQL is asked of the database alone: models are never cleaned whole here.
SILENCED_SYSTEM_CHECKS = ["models.W045"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SESSION_ENGINE = "pulih.people.sessions"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["pulih.workflow.templatetags.sending"],  # Each form gets a key of its own.
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                *rooms.context_processors(),
            ],
        },
    }
]

# ── Database: the serving role by default; commands that migrate say PULIH_DATABASE_ROLE=owner ──
DATABASE_URL = os.environ.get("DATABASE_URL", "")
IS_EMBEDDED = not DATABASE_URL
SPEAKS_AS_OWNER = os.environ.get("PULIH_DATABASE_ROLE") == "owner"
try:
    OWNER_DATABASE, APP_DATABASE = both_roles(
        DATABASE_URL, os.environ.get("PULIH_APP_DATABASE_URL", ""), DATA, SECRETS
    )
except Refusal as refusal:
    REFUSAL = REFUSAL or refusal
    OWNER_DATABASE, APP_DATABASE = both_roles("", "", DATA, {})
DATABASES = {"default": OWNER_DATABASE if SPEAKS_AS_OWNER else APP_DATABASE}
if PROCESS == "web":
    DATABASES = {"default": pooled(APP_DATABASE, largest=WEB_THREADS + 3)}  # One posts lots.

# ── People ────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "pulih.people.passwords.NotGuessable"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_ADAPTER = "pulih.config.access.NoSignUp"
# allauth's own writes addresses down before anybody has proved to be their person.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  The name of a class.
ACCOUNT_FORMS = {"login": "pulih.web.sign_in_form.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_TOTP_ISSUER = "Pulih"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "pulih.config.passkeys.PasskeyAdapter"
MFA_FORMS = {
    "add_webauthn": "pulih.config.passkeys.AddPasskey",
    "authenticate_webauthn": "pulih.config.passkeys.UsePasskey",
    "edit_webauthn": "pulih.config.passkeys.RenamePasskey",
}
# Who must hold a second factor: those who decide, publish, add people or read everything. A
# demonstration, whose log-ins are printed, asks nobody unless it is told to.
IS_DEMONSTRATION = any(name.startswith("demo_password_") for name in SECRETS)
SECOND_FACTOR_ROLES = _words("PULIH_SECOND_FACTOR") or (
    ["administrator", "planner", "steward", "auditor"]
    if PROCESS == "web" and not IS_DEMONSTRATION
    else []
)  # `none` names no role, so that nobody is asked.
# Axes counts and forgets after a day; how long to wait says sign_in_delay.py.
AXES_LOCK_OUT_AT_FAILURE = False
AXES_COOLOFF_TIME = 24  # hours
AXES_USERNAME_FORM_FIELD = "login"
AXES_SENSITIVE_PARAMETERS = ["username", "login", "ip_address"]
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "pulih.config.access.tried_name"  # allauth hides it from axes.
AXES_ENABLE_ADMIN = False
# Throttled by address alone: a limit by name would let any stranger lock any person.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip"}

# ── Mail: into files of the data folder, or to a server where one is named ─────────────────────
EMAIL_HOST = os.environ.get("PULIH_SMTP_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA.path / "mail"
EMAIL_USE_SSL = os.environ.get("PULIH_SMTP_SECURITY", "") == "tls"
EMAIL_USE_TLS = os.environ.get("PULIH_SMTP_SECURITY", "starttls") == "starttls"
EMAIL_PORT = _number("PULIH_SMTP_PORT", 465 if EMAIL_USE_SSL else 587)
EMAIL_HOST_USER = os.environ.get("PULIH_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PULIH_SMTP_PASSWORD", "")
EMAIL_TIMEOUT = 30  # Seconds; well below the age at which a claimed mail is doubted.
DEFAULT_FROM_EMAIL = os.environ.get("PULIH_MAIL_FROM", "") or "pulih@localhost"
# Where those who find a hole write to, as in security.txt: a mailto: or https: address.
SECURITY_CONTACT = os.environ.get("PULIH_SECURITY_CONTACT", "")
SITE_ADDRESS = f"http{'s' if HTTPS else ''}://{EXPLICIT_HOSTS[0]}" if EXPLICIT_HOSTS else ""
# Who only tries it asks this machine; without an address the catalogue and papers lead nowhere.
DEMONSTRATION_ADDRESS = f"http://{BIND}"
if IS_DEMONSTRATION:
    SITE_ADDRESS = SITE_ADDRESS or DEMONSTRATION_ADDRESS

# ── Language and time ─────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "pulih_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

# ── Files ─────────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = DATA.path / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # Only an installation that collects its files names them by hash.
        "BACKEND": "pulih.config.static.HashedFiles"
        if PROCESS
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PROCESS  # Outside `pulih serve` files are found in the clone.
WHITENOISE_AUTOREFRESH = DEBUG or not PROCESS  # Looks up what is asked for; lists nothing first.
# Files that carry a hash never change: eight characters by the page build, twelve by us.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/web/build/.*-[\w-]{8}\.\w+$|\.[0-9a-f]{12}\.\w+$"
HELP_ROOT = rooms.PACKAGE.parent / "build/help"  # the site of documents; see web/help.py
MEDIA_ROOT = DATA.uploads
SEAL_FILE: Path | None = DATA.path / "seal.json"  # The newest seal of the ledger; None keeps none.
DEMO_FOLDER = DATA.path / "demo"
DOWNLOADS_FOLDER = DATA.path / "downloads"  # Files of large lists, for a day: lists/downloads.py.
PUBLIC_FOLDER = DATA.path / "public"  # What everybody sees: see portal/site.py.
KEEP_DEMO_PASSWORDS = partial(keep_demo_passwords, DATA.secrets)
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20  # Of a form; files stream to the disk.
LARGEST_UPLOAD_BYTES = 100 * 2**20
ROWS_AT_ONCE = 5_000  # Of a file that is made while a person waits; larger ones a worker makes.

# ── Rules that an installation may set ────────────────────────────────────────────────────────
LARGEST_GAP_PERCENT = _number("PULIH_LARGEST_GAP_PERCENT", 5)  # Of a plan that may be adopted.

# ── Open data: who publishes, in the words of the standards' own registers ────────────────────
OCID_PREFIX = os.environ.get("PULIH_OCID_PREFIX", "") or "ocds-000000"  # Of nobody: register one.
GIVING_PREFIX = os.environ.get("PULIH_360G_PREFIX", "") or "360G-pulih"

# ── Background work ───────────────────────────────────────────────────────────────────────────
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_IMPORT_PATHS = ["pulih.config.stalled_jobs", "pulih.config.room_checks"]
PROCRASTINATE_WORKER_DEFAULTS = {"shutdown_graceful_timeout": 2, "delete_jobs": "never"}

# ── Security ──────────────────────────────────────────────────────────────────────────────────
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^metrics$"]  # Asked on the loopback, without a proxy.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = False  # htmx sends the token of the page's body, but allauth reads it.
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # Tabler draws arrows and ticks as data images.
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# ── What is said to machines ──────────────────────────────────────────────────────────────────
LOGGING_CONFIG = "pulih.config.logs.configure"
LOGGING = {"level": os.environ.get("PULIH_LOG_LEVEL", "INFO" if PROCESS else "WARNING")}
