"""The settings of every environment. The environments add their own on top."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from . import ENV_FILE
from .variables import Variables, read_env_file, writable_folder

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = Variables()
read_env_file(ENV_FILE)

# What the running system writes lies under one folder that no URL reaches.
STATE_DIR = writable_folder(Path(env("STATE_DIR", default=str(BASE_DIR / "var"))), "STATE_DIR")

INSTALLED_APPS = [
    "lumen",
    "meetings",
    "resources",
    "contacts",
    "outbox",
    "gate",
    "privacy",
    "lumen.apps.UsersConfig",
    "wagtail.contrib.redirects",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Above WhiteNoise, so that static files carry the same headers as pages.
    "lumen.middleware.ContentSecurityPolicyMiddleware",
    "lumen.middleware.IsolationHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # whose files are compressed already
    "lumen.answers.TextGzipMiddleware",
    "lumen.answers.UnchangedPageMiddleware",
    "lumen.answers.VisitorCacheMiddleware",
    "lumen.middleware.FormSizeMiddleware",
    "lumen.middleware.UnstorableCharactersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lumen.middleware.PersonalAnswersMiddleware",
    "lumen.staff_sessions.StaffSessionMiddleware",
    "privacy.middleware.AccessLogMiddleware",
    "gate.middleware.RefusalMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "lumen.urls"
WSGI_APPLICATION = "lumen.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
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
            ],
        },
    },
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{STATE_DIR / 'lumen.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets the web server read while the worker writes; IMMEDIATE avoids a deadlock when
    # two transactions that began by reading both want to write.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # What is removed is overwritten with zeros, however SQLite was built; see decision 0014.
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA secure_delete=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
CACHES: dict[str, dict[str, Any]] = {"default": env.cache_url("CACHE_URL", default="locmemcache://lumen")}
# Pages are slower without the cache, but work: nothing that must be kept or counted lies there alone.
WITHOUT_REDIS = {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 0.3, "SOCKET_TIMEOUT": 1}
if CACHES["default"]["BACKEND"] == "django_redis.cache.RedisCache":
    CACHES["default"]["OPTIONS"] = CACHES["default"].get("OPTIONS", {}) | WITHOUT_REDIS
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
DJANGO_REDIS_LOGGER = "lumen.cache"

LANGUAGE_CODE = "sv"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [("sv", "Svenska")]
TIME_ZONE = "Europe/Stockholm"
WAGTAIL_USER_TIME_ZONES = ["Europe/Stockholm"]
USE_I18N = USE_TZ = True

BASE_URL = env("BASE_URL", default="http://localhost:8000").rstrip("/")
WAGTAILADMIN_BASE_URL = BASE_URL
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("DEFAULT_FROM_EMAIL", default="LUMEN <lumen@lumen.example>")
REPLY_TO_EMAIL = env("REPLY_TO_EMAIL", default="lumen@lumen.example")

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/designsystemet", BASE_DIR / "node_modules/@digdir/designsystemet-css/dist/src"),
    ("vendor/inter", BASE_DIR / "node_modules/@fontsource-variable/inter/files"),
]

# Documents and originals of images are served by views that check access, so no URL leads to their
# folder. Renditions lie apart, since they are what public pages show.
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(STATE_DIR / "media")))
RENDITION_ROOT = MEDIA_ROOT / "renditions"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(MEDIA_ROOT / "private")},
    },
    "renditions": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(RENDITION_ROOT), "base_url": "/bilder/"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False  # No other site may read our static files.
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
MAX_UPLOAD_BYTES = 50 * 1024 * 1024

# --- Persons and log-in -----------------------------------------------------------------------
AUTH_USER_MODEL = "contacts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "contacts.passwords.PaddedCommonPasswordValidator"},
    {"NAME": "contacts.passwords.SiteWordsValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email"), "max_similarity": 0.7},
    },
]
# A list of leaked passwords of the operator's own, one a line, instead of Django's 20,000.
if env("PASSWORD_LIST", default=""):
    AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"password_list_path": env("PASSWORD_LIST")}
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "/min-sida/"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "contacts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # Nobody signs up; the setting lets editors use a password.
ACCOUNT_EMAIL_VERIFICATION = "none"  # Persons are entered by editors; nobody signs up.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60  # seconds
PASSWORD_RESET_TIMEOUT = 3600  # seconds that the link to choose a new password holds
# Six digits are quick on a phone; three tries a code and three codes an hour keep them safe.
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_FORMS = {
    "login": "lumen.account_forms.LoginForm",
    "request_login_code": "lumen.account_forms.RequestLoginCodeForm",
    "confirm_login_code": "lumen.account_forms.ConfirmLoginCodeForm",
    "reset_password": "lumen.account_forms.ResetPasswordForm",
    "reset_password_from_key": "lumen.account_forms.ResetPasswordKeyForm",
    "reauthenticate": "lumen.account_forms.PasswordAgainForm",
    "change_password": "lumen.account_forms.ChangePasswordForm",
    "set_password": "lumen.account_forms.SetPasswordForm",
}
MFA_FORMS = {
    "authenticate": "lumen.account_forms.AuthenticateForm",
    "reauthenticate": "lumen.account_forms.ReauthenticateForm",
    "activate_totp": "lumen.account_forms.ActivateTOTPForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
# allauth's own generator would copy the address to its table, and a former address would go on
# letting somebody in. Django's ties the link to the address as well.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True  # A changed password or second factor is told by mail.
ACCOUNT_RATE_LIMITS = {
    # These two are counted by limits of our own; see `contacts.limits`.
    "login_failed": "",
    "request_login_code": "",
    "login": "300/h/ip",
    "reset_password": "300/h/ip",
}
MFA_ADAPTER = "contacts.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "LUMEN"
STAFF_MFA_REQUIRED = True
# A session that enters the admin lasts for so long from the log-in, and so long without being used.
STAFF_SESSION_HOURS = env.float("STAFF_SESSION_HOURS", default=12)
STAFF_IDLE_HOURS = env.float("STAFF_IDLE_HOURS", default=2)
DEMO_LOGIN = False

# The authority's own log-in (OpenID Connect), when OIDC_CLIENT_ID is set. See contacts/identity_provider.py.
OIDC_ID = "myndighet"  # part of the address that the service leads back to
OIDC_NAME = env("OIDC_NAME", default="din myndighets")  # in the genitive: Logga in med … konto
OIDC_CLIENT_ID = env("OIDC_CLIENT_ID", default="")
# Whether its log-in counts as a second factor; with OIDC_MFA_CLAIMS only if `amr` or `acr` says one of them.
OIDC_MFA = env.bool("OIDC_MFA", default=False)
OIDC_MFA_CLAIMS = env.list("OIDC_MFA_CLAIMS", default=[])
SOCIALACCOUNT_ADAPTER = "contacts.identity_provider.IdentityProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_AUTO_SIGNUP = SOCIALACCOUNT_STORE_TOKENS = False
# The button is a link: the policy of forms would refuse a form that leads to the service.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if OIDC_CLIENT_ID:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": OIDC_ID,
            "name": OIDC_NAME,
            "client_id": OIDC_CLIENT_ID,
            "secret": env("OIDC_SECRET", default=""),
            "settings": {"server_url": env("OIDC_SERVER_URL", default="")},
        }
    )
# A session of somebody without staff rights lasts for so long from the log-in. A contact person hears from us a few
# times a year, and should not have to log in each time.
CONTACT_SESSION_DAYS = env.int("CONTACT_SESSION_DAYS", default=90)
SESSION_COOKIE_AGE = CONTACT_SESSION_DAYS * 24 * 3600  # seconds
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# What is said after a form names people; a cookie would keep it in the browser, in clear.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "lumen.views.csrf_failure"

# --- Mail -------------------------------------------------------------------------------------
# Whatever Django sends is written to the outbox; the worker delivers it to EMAIL_URL.
EMAIL_BACKEND = "outbox.backends.OutboxBackend"
OUTBOX_DELIVERY = env.email_url("EMAIL_URL", default="dummymail://")
OUTBOX_HIDE_SENSITIVE = True  # Log-in codes are not shown in the admin.
# The envelope's sender, whose mailbox `receive_bounces` reads; empty is the address of DEFAULT_FROM_EMAIL.
OUTBOX_BOUNCE_ADDRESS = env("BOUNCE_EMAIL", default="")
# Whether each mail has an envelope sender of its own, `studs+17.…@`; the mailbox must take what stands after the plus.
OUTBOX_VERP = env.bool("BOUNCE_VERP", default=False)
# How many connections (1 to 3) one worker keeps busy, and at most how many mails leave in a minute (0: no limit).
OUTBOX_CONNECTIONS = env.int("OUTBOX_CONNECTIONS", default=3)
OUTBOX_MAILS_A_MINUTE = env.int("OUTBOX_MAILS_A_MINUTE", default=0)
# Whether a worker's machine that has never sent for this database must be released by an operator first.
OUTBOX_HOLD_WITHOUT_MARK = False

# --- Work outside the request -----------------------------------------------------------------
TASKS = {
    # Wagtail's own tasks (search index, reference index, removal of files) run at once, as without a queue: the
    # reference index decides what is public, so it must not wait for a worker. See decision 0016.
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "worker": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# --- Meetings ---------------------------------------------------------------------------------
FORWARD_ADDRESSES_AT_ONCE = 50
FORWARD_ADDRESSES_A_DAY = env.int("FORWARD_ADDRESSES_A_DAY", default=200)

# --- Limits -----------------------------------------------------------------------------------
# How long a proof that somebody is reached holds, when they are asked, and how long each step waits: days.
REACHABILITY = {
    "ask_after": env.int("ASK_AFTER_DAYS", default=150),
    "remind_after": env.int("REMIND_AFTER_DAYS", default=14),
    "next_after": env.int("NEXT_STEP_AFTER_DAYS", default=7),
    "mailbox_waits": 30,
    "word_holds": 45,  # a colleague's or the mailbox's word that somebody is there
    "proof_holds": 180,
}
# How many questions a person gets in a year, reminders counted.
MOST_INQUIRIES_A_YEAR = 4

# How often an hour; `outbox.limits` counts. A client is an address on the network: a whole town hall may share one,
# so those limits stop machines, not people. A mailbox is an address without what is written after a plus and without
# dots before the @. Each has an environment variable of its own, such as LIMIT_CODES_A_CLIENT.
LIMITS = {
    name: env.int(f"LIMIT_{name.upper()}", default=times)
    for name, times in {
        # Per address and client, so that nobody can lock another out by asking in their name.
        "codes_an_address_and_client": 3,
        "codes_a_client": 300,
        "wrong_passwords_an_address_and_client": 10,
        "wrong_passwords_a_client": 100,
        "wrong_app_codes_a_person": 10,
        "wrong_page_passwords_a_client": 20,
        "registrations_a_client": 300,
        "participant_changes_a_client": 300,
        "forwards_a_person": 30,
        "nominations_a_client": 30,
        "draft_comments_a_client": 30,
        # Mails that somebody else than the receiver can cause.
        "code_mails_a_mailbox": 10,
        "other_account_mails_a_mailbox": 3,
        "registration_mails_a_mailbox": 3,
        "registration_mails": 2000,
        "own_link_mails_a_mailbox": 3,
        "forward_mails_a_mailbox": 3,
        "deputy_mails_a_mailbox": 3,
        "nomination_mails_a_mailbox": 3,
        # The mails that the holder of a personal link can cause go to the holder's own mailbox only.
        "participant_mails_an_address": 20,
    }.items()
}
# Bytes of a form without a file, on the public pages.
MAX_FORM_BYTES = 100_000

# --- Screening --------------------------------------------------------------------------------
# Larger files are stored at once and screened by the worker; until then they are not public.
SCREENING_DIRECT_BYTES = 2 * 1024 * 1024

# --- Content Security Policy ------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# What no page of ours needs of the browser, sent as Permissions-Policy.
DENIED_PERMISSIONS = (
    *("accelerometer", "autoplay", "bluetooth", "camera", "display-capture", "encrypted-media", "geolocation"),
    *("gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment", "picture-in-picture"),
    *("publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
X_FRAME_OPTIONS = "DENY"

# --- Wagtail ----------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "LUMEN"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/konto/login/"
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # A film is a link; nothing is fetched from an address that is typed.
WAGTAILADMIN_RECENT_EDITS_LIMIT = 5
# Milliseconds from the last change. At Wagtail's half a second the autosave races with the editor's Publicera.
WAGTAIL_AUTOSAVE_INTERVAL = 5_000
WAGTAILIMAGES_IMAGE_MODEL = "resources.Image"
WAGTAILIMAGES_IMAGE_FORM_BASE = "resources.document_forms.ImageForm"
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
# What phones take is turned into JPEG or WebP when it comes in (`resources/pictures.py`).
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "gif", "heic", "heif", "avif"]
WAGTAILDOCS_DOCUMENT_MODEL = "resources.Document"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "resources.document_forms.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "txt"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = MAX_UPLOAD_BYTES
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "resources.search.admin_backend", "SEARCH_CONFIG": "swedish"}}
TAGGIT_CASE_INSENSITIVE = True
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lumen": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "processor": "ext://lumen.logs.render",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lumen"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    # Each save of a page would log several lines; Wagtail's own history tells an editor more.
    "loggers": {name: {"level": "WARNING"} for name in ("django_tasks", "wagtail", "modelsearch")},
}
