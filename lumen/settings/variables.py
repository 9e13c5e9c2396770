"""Reads the variables of the environment, and says in one line what is wrong with one that cannot be read."""

import difflib
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

import environ
from django.core.exceptions import ImproperlyConfigured

# Every variable that the settings read, so that one that is misspelt is noticed. `LIMIT_…` are those of LIMITS.
KNOWN = (
    *("LUMEN_ENV", "DJANGO_SETTINGS_MODULE", "SECRET_KEY", "SECRET_KEY_FALLBACKS", "DEBUG", "ALLOWED_HOSTS"),
    *("BASE_URL", "DATABASE_URL", "CACHE_URL", "EMAIL_URL", "STATE_DIR", "STATIC_ROOT", "MEDIA_ROOT", "LOG_LEVEL"),
    *("DEFAULT_FROM_EMAIL", "REPLY_TO_EMAIL", "BOUNCE_EMAIL", "BOUNCE_VERP", "TRUSTED_PROXY_COUNT"),
    *("PASSWORD_LIST", "STAFF_SESSION_HOURS", "STAFF_IDLE_HOURS", "CONTACT_SESSION_DAYS", "STAFF_MFA_REQUIRED"),
    *("OIDC_NAME", "OIDC_CLIENT_ID", "OIDC_MFA", "OIDC_MFA_CLAIMS", "OIDC_SECRET", "OIDC_SERVER_URL"),
    *("OUTBOX_CONNECTIONS", "OUTBOX_MAILS_A_MINUTE", "FORWARD_ADDRESSES_A_DAY"),
    *("ASK_AFTER_DAYS", "REMIND_AFTER_DAYS", "NEXT_STEP_AFTER_DAYS"),
    *("AWS_STORAGE_BUCKET_NAME", "AWS_S3_ENDPOINT_URL", "AWS_S3_REGION_NAME"),
)
EXAMPLES = {
    "DATABASE_URL": "postgres://namn:lösenord@värd:5432/databas",
    "CACHE_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://namn:lösenord@värd:587",
}
_LINE = re.compile(r"(?:export )?([A-Za-z_0-9]+)=.*")  # as django-environ reads it: no space around =
_ALIKE = 0.8  # how alike two names are, of 1, for one of them to be a misspelling


def stop(reason: str) -> NoReturn:
    """End the process with one line that says why."""
    sys.exit(f"LUMEN startar inte: {reason}")


def read_env_file(path: Path) -> None:
    """Take the variables of the file that the environment does not have. Most installations have no such file."""
    if not path.exists():
        return
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        stop(f"filen {path.name} går inte att läsa. Den ska vara en vanlig textfil (UTF-8).")
    _check(path.name, lines)
    environ.Env.read_env(path, encoding="utf-8-sig")


def _check(name: str, lines: Iterable[str]) -> None:
    for number, line in enumerate(map(str.strip, lines), start=1):
        if not line or line.startswith("#"):
            continue
        written = _LINE.fullmatch(line)
        if written is None:
            stop(f"rad {number} i {name} går inte att läsa. Skriv NAMN=värde, utan mellanslag.")
        variable = written[1]
        if variable not in KNOWN and (meant := difflib.get_close_matches(variable, KNOWN, n=1, cutoff=_ALIKE)):
            stop(f"rad {number} i {name} har {variable}, som inte finns. Menade du {meant[0]}?")


def writable_folder(path: Path, variable: str) -> Path:
    """Make the folder, and see that files can be written there."""
    attempt = path / f".skrivprov-{os.getpid()}"
    try:
        path.mkdir(parents=True, exist_ok=True)
        attempt.touch()
        attempt.unlink()
    except OSError:
        stop(f"det går inte att skriva i mappen {path}. Ändra rättigheterna, eller välj en annan med {variable}.")
    return path


class Variables(environ.Env):
    """The variables of the environment; one that cannot be read stops the start."""

    def get_value(self, var: str, cast: Any = None, *args: Any, **options: Any) -> Any:
        try:
            return super().get_value(var, cast, *args, **options)
        except ValueError:
            stop(f"{var} är {os.environ.get(var, '')!r}, men ska vara ett tal.")

    def db_url(self, var: str = "DATABASE_URL", *args: Any, **options: Any) -> dict[str, Any]:
        return self._url(super().db_url, var, *args, **options)

    db = db_url

    def cache_url(self, var: str = "CACHE_URL", *args: Any, **options: Any) -> dict[str, Any]:
        return self._url(super().cache_url, var, *args, **options)

    def email_url(self, var: str = "EMAIL_URL", *args: Any, **options: Any) -> dict[str, Any]:
        return self._url(super().email_url, var, *args, **options)

    def _url(self, read: Callable[..., Any], var: str, *args: Any, **options: Any) -> dict[str, Any]:
        try:
            with warnings.catch_warnings(action="ignore"):  # about an unknown scheme, in English
                found: dict[str, Any] = read(var, *args, **options)
        except (ImproperlyConfigured, ValueError, KeyError):
            found = {}
        # Each kind of address names the module that reads it; one without a known scheme does not.
        if not any("." in found.get(key, "") for key in ("ENGINE", "BACKEND", "EMAIL_BACKEND")):
            stop(f"{var} går inte att läsa. Skriv till exempel {EXAMPLES[var]}.")
        return found
