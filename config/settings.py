"""Every setting of an installation, read once. docs/settings.md explains each by name.

Nothing here asks whether we are "local": an installation is what its settings say.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from . import client_files, databases, folder_queue, logs, secret_key, storages
from .env import Environment, SettingError

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(BASE_DIR / ".env")

# --- Places on disk ---------------------------------------------------------------------------
VAR_DIR = env.path("VAR_DIR", BASE_DIR / "var")
KEYS_DIR = env.path("KEYS_DIR", VAR_DIR / "keys")
MASTER_KEY = env.text("MASTER_KEY", "")  # instead of the file in KEYS_DIR, never beside it
MASTER_KEY_OLD = env.words("MASTER_KEY_OLD", [])
VAULT_DIR = env.path("VAULT_DIR", VAR_DIR / "vault")
UPLOADS_DIR = env.path("UPLOADS_DIR", VAR_DIR / "uploads")
SCRATCH_DIR = env.path("SCRATCH_DIR", VAR_DIR / "scratch")
DEMO_DIR = env.path("DEMO_DIR", VAR_DIR / "demo")
FONT_DIR = env.path("FONT_DIR", BASE_DIR / "var" / "fonts")  # laid by set-up, not ours alone
CLIENT_DIR = env.path("CLIENT_DIR", BASE_DIR / "pwa" / "dist")
CHECK_PAGE = env.path("CHECK_PAGE", BASE_DIR / "pwa" / "dist-check" / "4_CHECK.html")
LOCALE_DIR = BASE_DIR / "locale"
LEGAL_DIR = BASE_DIR / "docs" / "legal"
SCHEMA_FILE = BASE_DIR / "docs" / "openapi.json"

# --- Who runs this, and where it answers ------------------------------------------------------
OPERATOR_NAME = env.text("OPERATOR_NAME", "")
OPERATOR_CONTACT = env.text("OPERATOR_CONTACT", "")
OPERATOR_ADDRESS = env.text("OPERATOR_ADDRESS", "")
SITE_ORIGIN = env.text("SITE_ORIGIN", "http://127.0.0.1:8000").rstrip("/")
_origin = urlsplit(SITE_ORIGIN)
if _origin.scheme not in {"http", "https"} or not _origin.hostname or _origin.path:
    raise SettingError("The setting SITE_ORIGIN must look like https://example.org, without path.")
IS_HTTPS = _origin.scheme == "https"
ALLOWED_HOSTS = [
    _origin.hostname,
    *env.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"]),
]
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
# Nothing but the sample data of an empty database depends on this.
DEMO = env.flag("DEMO", False)

# --- Limits -----------------------------------------------------------------------------------
MIB = 1024 * 1024
EVIDENCE_MAX_BYTES = env.number("EVIDENCE_MAX_BYTES", 2048 * MIB)
MULTIPART_MAX_BYTES = 8 * MIB  # part of the API: larger files come by tus
UPLOAD_LIFETIME_DAYS = env.number("UPLOAD_LIFETIME_DAYS", 14)
QUOTA_BYTES = env.number("QUOTA_BYTES", 20 * 1024 * MIB)
QUOTA_OPEN_UPLOADS = env.number("QUOTA_OPEN_UPLOADS", 50)
QUOTA_PACKAGES_PER_DAY = env.number("QUOTA_PACKAGES_PER_DAY", 20)

# --- Evidence and complaints ------------------------------------------------------------------
# Each outside TSA is an object with a name, a url and, as a path, the roots we trust for it.
TSA_URLS: list[dict[str, Any]] = env.document("TSA_URLS", [])
TSA_STAMPS_ITEMS = env.flag("TSA_STAMPS_ITEMS", True)
TSA_QUORUM = env.number("TSA_QUORUM", 1)  # different authorities that make an outside time
TSA_LATE_S = env.number("TSA_LATE_S", 24 * 3600)  # a stamp waited for longer fails health
TSA_RENEW_DAYS = env.number("TSA_RENEW_DAYS", 180)  # before a token's strength ends
TSA_CLOCK_TOLERANCE_S = env.number("TSA_CLOCK_TOLERANCE_S", 300)  # theirs against ours
LOG_ORIGIN = env.text("LOG_ORIGIN", "")
LOG_PUBLISH_EVERY_S = env.number("LOG_PUBLISH_EVERY_S", 3600)
LOG_STAMP_EVERY_S = env.number("LOG_STAMP_EVERY_S", 60)  # outside TSAs are asked at most so often
ERASURE_GRACE_DAYS = env.number("ERASURE_GRACE_DAYS", 7)  # of an account or a case
ERASURE_ITEM_GRACE_DAYS = env.number("ERASURE_ITEM_GRACE_DAYS", 0)
COMPLAINT_REVIEW = env.text("COMPLAINT_REVIEW", "offered")
# Compare collectors across the cases whose borrowers agreed (docs/matching.md).
COLLECTOR_MATCHING = env.flag("COLLECTOR_MATCHING", False)

# --- Work -------------------------------------------------------------------------------------
JOB_LEASE_S = env.number("JOB_LEASE_S", 60)  # renewed while a worker lives; then the job is free
SWEEP_EVERY_S = env.number("SWEEP_EVERY_S", 15)
WORKER_SWEEPS = env.flag("WORKER_SWEEPS", True)  # 0 where `celery -A config beat` rings
FIXITY_EVERY_S = env.number("FIXITY_EVERY_S", 900)  # between two runs of the sweep over the vault
FIXITY_ITEMS_PER_RUN = env.number("FIXITY_ITEMS_PER_RUN", 200)
FIXITY_BYTES_PER_S = env.number("FIXITY_BYTES_PER_S", 20 * MIB)
FIXITY_PERIOD_DAYS = env.number("FIXITY_PERIOD_DAYS", 30)  # then an envelope's turn comes again
READ_AGAIN = env.flag("READ_AGAIN", True)  # what earlier reading engines read, a few at a time
READING_TIMEOUT_S = env.number("READING_TIMEOUT_S", 600)  # of one file, wall clock
READING_CPU_S = env.number("READING_CPU_S", 600)
READING_MEMORY_BYTES = env.number("READING_MEMORY_BYTES", 4096 * MIB)  # address space of a reader

# --- Speech to text (docs/transcripts.md): off until an engine is named ---------------------------
SPEECH_ENGINE = env.text("SPEECH_ENGINE", "")  # sherpa_onnx, openai_http or nothing
SPEECH_LANGUAGE = env.text("SPEECH_LANGUAGE", "zh")
SPEECH_MAX_SECONDS = env.number("SPEECH_MAX_SECONDS", 2 * 3600)  # of one recording
SPEECH_TIMEOUT_S = env.number("SPEECH_TIMEOUT_S", 3600)  # for one recording
SPEECH_SHERPA_MODEL = env.text("SPEECH_SHERPA_MODEL", "")
SPEECH_SHERPA_TOKENS = env.text("SPEECH_SHERPA_TOKENS", "")
SPEECH_HTTP_URL = env.text("SPEECH_HTTP_URL", "").rstrip("/")
SPEECH_HTTP_KEY = env.text("SPEECH_HTTP_KEY", "")
SPEECH_HTTP_MODEL = env.text("SPEECH_HTTP_MODEL", "whisper-1")
SPEECH_HTTP_TIMEOUT_S = env.number("SPEECH_HTTP_TIMEOUT_S", 300)  # for one piece
SPEECH_HTTP_MAX_BYTES = env.number("SPEECH_HTTP_MAX_BYTES", 20 * MIB)  # of one piece
SPEECH_HTTP_IS_OURS = env.flag("SPEECH_HTTP_IS_OURS", False)  # the operator's own machine
SPEECH_HTTP_PARTY = env.text("SPEECH_HTTP_PARTY", "")  # else: who gets the sound, in full

# --- Applications -----------------------------------------------------------------------------
INSTALLED_APPS = [
    "config",
    "accounts",
    "evidence",
    "complaints",
    "complaints.console",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "django_structlog",
    "csp",
]
MIDDLEWARE = [
    "config.logs.RequestMiddleware",
    "config.client.PolicyHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.unbearable.RefusalMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- Database, cache, storage, queue ----------------------------------------------------------
_database = env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
# Not ATOMIC_REQUESTS: DRF would roll back a handled refusal together with its custody event.
DATABASES = {"default": databases.configured(_database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.text("REDIS_URL", "")
CACHES = {"default": storages.cache(REDIS_URL, VAR_DIR / "cache")}
STORAGES = storages.configured(
    VAULT_DIR,
    bucket=env.text("S3_BUCKET", ""),
    endpoint=env.text("S3_ENDPOINT", ""),
    region=env.text("S3_REGION", ""),
    access_key=env.text("S3_ACCESS_KEY", ""),
    secret_key=env.text("S3_SECRET_KEY", ""),
    prefix=env.text("S3_PREFIX", "").strip("/"),
)
CELERY_BROKER_URL = REDIS_URL or f"{folder_queue.NAME}://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {} if REDIS_URL else storages.queue(VAR_DIR / "queue")
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True  # job rows are the only result we keep
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200  # readers and the typesetter keep memory
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "evidence.tasks.sweep",
        "schedule": float(SWEEP_EVERY_S),
        "options": {"expires": SWEEP_EVERY_S},  # a worker that was away needs one look, not all
    }
}
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"  # in memory: there is nothing to remember

# --- Sign-in ----------------------------------------------------------------------------------
SECRET_KEY = secret_key.read(KEYS_DIR)
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username"]},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
HEADLESS_ONLY = True
HEADLESS_ADAPTER = "accounts.adapter.HeadlessAdapter"
HEADLESS_CLIENTS = ["browser"]
HEADLESS_FRONTEND_URLS: dict[str, str] = {}
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Liuzheng"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
SESSION_COOKIE_AGE = env.number("SESSION_LIFETIME_S", 14 * 24 * 3600)

# --- The browser's rules ----------------------------------------------------------------------
# __Host- binds a cookie to this very host; browsers accept it over https only.
_HOST = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME = f"{_HOST}session"
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_NAME = f"{_HOST}csrftoken"  # read by the client's script, so not HttpOnly
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_TRUSTED_ORIGINS = [SITE_ORIGIN]
CSRF_FAILURE_VIEW = "config.problems.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 31_536_000 if IS_HTTPS else 0)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- HTTP -------------------------------------------------------------------------------------
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = MULTIPART_MAX_BYTES + 64 * 1024  # and what surrounds the file
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * MIB  # bodies that are not files
STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = []
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ROOT = CLIENT_DIR if CLIENT_DIR.is_dir() else None
WHITENOISE_INDEX_FILE = True
WHITENOISE_IMMUTABLE_FILE_TEST = client_files.is_immutable
WHITENOISE_ADD_HEADERS_FUNCTION = client_files.add_headers
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_RATES": {
        "place": "600/hour",
        "recover": "10/hour",
        "upload": "3000/hour",
        "verify": "300/hour",
        "witness": "120/hour",
    },
    "EXCEPTION_HANDLER": "config.problems.exception_handler",
    "NUM_PROXIES": TRUSTED_PROXY_COUNT,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Liuzheng",
    "DESCRIPTION": "Keep the proof: evidence items, their seals, and complaint packages.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SCHEMA_PATH_PREFIX": "/api/",
    "ENUM_NAME_OVERRIDES": {
        "UserRole": "accounts.models.Role",
        "NumberRole": "evidence.models.tags.NumberRole.Role",
        "TagDecision": "evidence.models.tags.TagDecision.Decision",
        "SegmentDecision": "evidence.models.transcripts.SegmentDecision.Decision",
        "WitnessLinkState": "complaints.models.witnesses.LinkState",
        "WitnessWish": "complaints.models.witnesses.WitnessStatement.Wish",
        "WitnessForm": "complaints.models.witnesses.WitnessForm.Form",
        "YesNo": "complaints.witness_serializers.YES_NO",
        "YesNoUnsure": "complaints.witness_serializers.YES_NO_UNSURE",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# --- Languages and times ----------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # stored and sent in UTC; screens show 北京时间

# --- Logs -------------------------------------------------------------------------------------
LOGGING = logs.configured(level=env.text("LOG_LEVEL", "INFO").upper())
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10  # one line a request: when it is answered
DJANGO_STRUCTLOG_STATUS_DEFAULT_LOG_LEVEL = 20
