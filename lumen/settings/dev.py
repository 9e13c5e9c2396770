"""Settings for a developer's machine (`make run`)."""

from .base import *
from .base import STATIC_ROOT, env

# Off unless asked for, so that `make run` shows the pages that visitors see, errors included.
DEBUG = env.bool("DEBUG", default=False)
# Straight from the sources; an empty STATIC_ROOT keeps WhiteNoise from warning that there is none.
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
SECRET_KEY = env("SECRET_KEY", default="only-for-development-" + "x" * 40)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
STAFF_MFA_REQUIRED = env.bool("STAFF_MFA_REQUIRED", default=False)
OUTBOX_HIDE_SENSITIVE = False
DEMO_LOGIN = True  # The demo editor has a known password.
