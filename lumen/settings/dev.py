"""A developer's machine: `make run`."""

from .base import *  # noqa: F403
from .base import env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env("SECRET_KEY", default="only-for-development-" + "x" * 40)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
STAFF_MFA_REQUIRED = env.bool("STAFF_MFA_REQUIRED", default=False)
OUTBOX_HIDE_SENSITIVE = False
