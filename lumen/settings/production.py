"""Settings for production. Everything that differs between installations comes from the environment."""

import sys

from .base import *
from .base import STORAGES, env

REQUIRED = ("SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "BASE_URL", "ALLOWED_HOSTS", "DEFAULT_FROM_EMAIL")
missing = [name for name in REQUIRED if not env.str(name, default="")]
if missing:
    sys.exit(f"LUMEN startar inte: sätt miljövariablerna {', '.join(missing)} (se docs/drift.md).")
if env("OIDC_CLIENT_ID", default="") and not env("OIDC_SERVER_URL", default="").startswith("https://"):
    sys.exit(
        "LUMEN startar inte: OIDC_SERVER_URL måste börja med https:// när OIDC_CLIENT_ID är satt (se docs/drift.md)."
    )

DEBUG = False
SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
if len(SECRET_KEY) < 50:
    sys.exit("LUMEN startar inte: SECRET_KEY måste ha minst 50 tecken (se docs/drift.md).")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [env("BASE_URL").rstrip("/")]
SECURE_SSL_REDIRECT = True
# How many proxies stand in front, so that limits by IP address see the visitor and not the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
# Browsers take a cookie of such a name only from this host, over TLS and for the whole site.
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_HTTPONLY = True
OUTBOX_HOLD_WITHOUT_MARK = True
# A cache in the memory of each process would let each of them count its own tries to log in.
if not env("CACHE_URL", default=""):
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "lumen_cache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }
STORAGES["staticfiles"] = {"BACKEND": "lumen.stylesheet_bundle.OneStylesheetStorage"}
if env("AWS_STORAGE_BUCKET_NAME", default=""):
    bucket = {
        "bucket_name": env("AWS_STORAGE_BUCKET_NAME"),
        "endpoint_url": env("AWS_S3_ENDPOINT_URL", default=None),
        "region_name": env("AWS_S3_REGION_NAME", default=None),
        "default_acl": None,
        "file_overwrite": False,
    }
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {**bucket, "location": "private"},
    }
    STORAGES["renditions"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {**bucket, "location": "renditions"},
    }
