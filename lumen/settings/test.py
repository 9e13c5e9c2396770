"""Settings for the tests: everything they write lies in a temporary folder."""

import atexit
import shutil
import tempfile
from pathlib import Path

from .base import *
from .base import DATABASES, INSTALLED_APPS, STORAGES, TASKS, env

INSTALLED_APPS += ["django_migration_linter"]  # for `make checks`
DEBUG = False
SECRET_KEY = "test-" + "x" * 50
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
BASE_URL = WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://testserver")
STAFF_MFA_REQUIRED = False
OUTBOX_HIDE_SENSITIVE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATE_DIR = Path(tempfile.mkdtemp(prefix="lumen-test-"))
atexit.register(shutil.rmtree, STATE_DIR, ignore_errors=True)
MEDIA_ROOT = STATE_DIR / "media"
STATIC_ROOT = STATE_DIR / "static"  # WhiteNoise warns where there is none
STATIC_ROOT.mkdir()
RENDITION_ROOT = MEDIA_ROOT / "renditions"
STORAGES["default"]["OPTIONS"]["location"] = str(MEDIA_ROOT / "private")
STORAGES["renditions"]["OPTIONS"]["location"] = str(RENDITION_ROOT)
WAGTAIL_AUTOSAVE_INTERVAL = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, since the live server, the worker and the test read it from threads of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(STATE_DIR / "test.sqlite3")}
DEMO_LOGIN = True
TASKS["worker"] = TASKS["default"]
