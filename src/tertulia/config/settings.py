"""Django's settings, fed by the environment through `env.py` alone. Each says why it is as it is."""

import os
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from tertulia.config import home
from tertulia.config.databases import database_settings
from tertulia.config.env import BadSettings, read_env
from tertulia.config.languages import LOCALE, languages
from tertulia.config.parse import is_loopback

try:
    ENV = read_env(os.environ)
except BadSettings as error:
    raise ImproperlyConfigured(str(error)) from error

RELEASE = version("tertulia")
# The public address, for links in letters and in the terminal.
ADDRESS = ENV.address
HTTPS = ADDRESS.startswith("https:")
# Pages show the doors of the demo, and its outbox, only here.
DEMO = ENV.demo

# Never on: a page of local variables is not for visitors. Errors are in the terminal.
DEBUG = False
SECRET_KEY = home.secret_key(ENV)
# On loopback every name of this machine will do; elsewhere only the public one, so that no link can be forged.
HOST = urlsplit(ADDRESS).hostname or ""
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"] if is_loopback(HOST) else [HOST]

INSTALLED_APPS = [
    "tertulia.ledger",
    "tertulia.people",
    "tertulia.spaces",
    "tertulia.ideas",
    "tertulia.readings",
    "tertulia.history",
    "tertulia.web",
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before sessions: a style sheet needs none.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Times in the reader's zone; after the person is known.
    "tertulia.web.middleware.reader",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tertulia.web.middleware.content_policy",
    # Last, as allauth asks.
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "tertulia.config.urls"
WSGI_APPLICATION = "tertulia.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        # A page is a dataclass of plain values; allauth's own pages need the request.
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

# --- Data ---

DATABASES = {"default": database_settings(ENV.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"

# Sessions are rows: one cheap query for those signed in. Signed cookies would save it, but a copied one could not be
# ended, and allauth keeps a mailed code in the session, which a signed cookie shows to the browser. A cache in each
# process's memory would let a session that was ended in one process live on in another.
SESSION_ENGINE = "tertulia.people.sessions"
# Browsers share cookies between the ports of a host: a demo must not sign anybody out of a site beside it. The prefix
# __Host- ties the cookie to this host and to https.
COOKIE_PREFIX = "__Host-" if HTTPS else "demo_" if DEMO else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}tertulia_session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}tertulia_csrf"
# A month without signing in again: people come back by a weekly letter.
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True

# Work for later waits in the database: nothing else to run. The worker of `tertulia serve` takes it from there.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Language and time ---

# English is shipped; every sentence goes through gettext, so that another language is a catalogue, not a rewrite. One
# that lies compiled in the package can be chosen, from a wheel as from a clone (docs/howto/translate.md).
LANGUAGE_CODE = ENV.language
LANGUAGES = [(code, code) for code in languages()]
LOCALE_PATHS = [LOCALE]
USE_I18N = True
# Rows hold UTC; a reader's zone is applied to what is shown, and this one where nobody chose.
USE_TZ = True
TIME_ZONE = ENV.time_zone

# --- Static files ---

# Collected into the data folder when the release changed (config/static.py), under names that hold a digest of the
# content: browsers keep them for ever, from a wheel as from a clone.
STATIC_URL = "/static/"
STATIC_ROOT = ENV.home / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Our files are ours: nobody else's page has to read them.
WHITENOISE_ALLOW_ALL_ORIGINS = False

# The sheet that changes an idea has a line for every reply, and threads of a thousand are read here: at Django's 1,000
# fields such a sheet was refused, and its words were lost with it.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# --- What browsers are told ---

# No inline script or style, and no nonce: a page that answers 304 would carry a nonce that its scripts no longer match.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = [ADDRESS]
SECURE_SSL_REDIRECT = HTTPS
# The proxy that ends TLS says so; with an https address there is at least one (env.py sees to it).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.trusted_proxies else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
# Subdomains (W005) and the browsers' preload list (W021) bind hosts that are not ours to promise for.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# --- Mail ---

DEFAULT_FROM_EMAIL = ENV.mail_from
SERVER_EMAIL = ENV.mail_from
# A mail server that does not answer must not hold the worker.
EMAIL_TIMEOUT = 10
if ENV.smtp_url:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = ENV.smtp_url.host
    EMAIL_PORT = ENV.smtp_url.port
    EMAIL_HOST_USER = ENV.smtp_url.user
    EMAIL_HOST_PASSWORD = ENV.smtp_url.password
    EMAIL_USE_TLS = ENV.smtp_url.tls == "starttls"
    EMAIL_USE_SSL = ENV.smtp_url.tls == "ssl"
elif DEMO:
    # The demo shows its letters as a page.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = ENV.home / "outbox"
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# --- Logging ---

# Plain lines on stderr. No addresses of people, no query strings; see config/logs.py.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_path": {"()": "tertulia.config.logs.NoPath"}},
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_path"]},
    },
    "root": {"handlers": ["stderr"], "level": ENV.log_level},
    # Django's own handlers would print twice, and mail to nobody.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
    },
}

# --- Accounts ---

# A mailed code opens the one door, for known and for new addresses alike (people/sign_in.py); there are no passwords.
AUTHENTICATION_BACKENDS = ["tertulia.people.sessions.Backend"]
ACCOUNT_ADAPTER = "tertulia.people.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
# Whoever typed the code has shown that the address is theirs: no second letter.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
# Of some 10^10 codes, five guesses each.
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
# For one machine (a school shares one), and for one address, so that nobody's mailbox is filled by another. Words that
# are sent before signing in wait on the site for two hours: without a limit anybody could fill its disk with them.
ACCOUNT_RATE_LIMITS = {"request_login_code": "30/m/ip,3/m/key,12/h/key", "leave_words": "20/m/ip,60/h/ip"}
# Behind a proxy the limits count visitors, not the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.trusted_proxies
# Counted in files that all page processes share, and that outlive a restart.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": ENV.home / "limits",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
CSRF_FAILURE_VIEW = "tertulia.web.words_back.csrf_failure"
