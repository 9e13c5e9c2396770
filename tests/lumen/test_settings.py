"""Operation does not start half-configured."""

import os
import subprocess
import sys

import pytest

COMPLETE = {
    "LUMEN_ENV": "production",
    "SECRET_KEY": "hemlig" * 10,
    "DATABASE_URL": "sqlite://:memory:",
    "EMAIL_URL": "smtp://localhost:25",
    "BASE_URL": "https://lumen.example",
    "ALLOWED_HOSTS": "lumen.example",
    "DEFAULT_FROM_EMAIL": "lumen@lumen.example",
}


START = "from lumen.settings import select_environment; select_environment(); import django; django.setup()"
ASK = """
from django.test import Client
for path in ("/healthz/", "/", "/healthz/annat/", "/en/healthz/", "/konto/login/", "/admin/"):
    for secure in (False, True):
        if not secure or path == "/healthz/":
            answer = Client(headers={"host": "lumen.example"}).get(path, secure=secure)
            print(path, secure, answer.status_code, answer.headers.get("Location", ""))
"""


def start(environment: dict[str, str], code: str = START) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of its own, as a server does."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return subprocess.run(
        [sys.executable, "-c", code], env={**kept, **environment}, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize("name", sorted(set(COMPLETE) - {"LUMEN_ENV"}))
def test_a_missing_setting_stops_the_start_and_is_named(name: str, tmp_path) -> None:
    environment = {key: value for key, value in COMPLETE.items() if key != name}
    done = start({**environment, "STATE_DIR": str(tmp_path)})
    assert done.returncode != 0
    assert f"sätt miljövariablerna {name} " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_short_secret_and_an_unknown_environment_are_refused(tmp_path) -> None:
    for change, told in (({"SECRET_KEY": "kort"}, "minst 50 tecken"), ({"LUMEN_ENV": "prod"}, "måste vara något av")):
        done = start({**COMPLETE, "STATE_DIR": str(tmp_path), **change})
        assert done.returncode != 0
        assert told in done.stderr


def test_with_all_of_them_it_starts_and_only_the_health_check_answers_over_http(tmp_path) -> None:
    done = start({**COMPLETE, "STATE_DIR": str(tmp_path)}, f"{START}\n{ASK}")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "/healthz/ False 200 ",
        "/healthz/ True 200 ",
        *(
            f"{path} False 301 https://lumen.example{path}"
            for path in ("/", "/healthz/annat/", "/en/healthz/", "/konto/login/", "/admin/")
        ),
    ]
