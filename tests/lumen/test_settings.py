"""Operation does not start half-configured, and nobody is in another environment than they think."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from wagtail.embeds.embeds import get_embed
from wagtail.embeds.exceptions import EmbedUnsupportedProviderException

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


class TestO2TheEnvironmentIsNamed:
    """In `.env` or among the variables; a web server never guesses, a developer's command may."""

    SELECT = (
        "from pathlib import Path; from lumen.settings import select_environment; select_environment({}); import os"
    )
    TELL = "print(os.environ['DJANGO_SETTINGS_MODULE'], os.environ['LUMEN_ENV'])"

    def select(
        self, env_file: Path, *, default: str = "", environment: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        chosen = self.SELECT.format(f"default={default!r}, env_file=Path({str(env_file)!r})")
        return start(environment or {}, f"{chosen}; {self.TELL}")

    @pytest.mark.parametrize("default", ["", "dev"])
    @pytest.mark.parametrize("name", ["dev", "test", "production"])
    def test_o2_the_file_counts_for_every_process(self, tmp_path: Path, name: str, default: str) -> None:
        (tmp_path / ".env").write_text(f"LUMEN_ENV={name}\n")
        told = self.select(tmp_path / ".env", default=default)
        assert told.stdout.split() == [f"lumen.settings.{name}", name], told.stderr

    def test_o2_a_variable_goes_before_the_file(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("LUMEN_ENV=dev\n")
        told = self.select(tmp_path / ".env", environment={"LUMEN_ENV": "production"})
        assert told.stdout.split() == ["lumen.settings.production", "production"]

    def test_o2_it_also_goes_before_settings_named_otherwise(self, tmp_path: Path) -> None:
        both = {"LUMEN_ENV": "production", "DJANGO_SETTINGS_MODULE": "lumen.settings.dev"}
        told = self.select(tmp_path / ".env", environment=both)
        assert told.stdout.split() == ["lumen.settings.production", "production"]

    def test_o2_a_wrong_name_in_the_file_is_told(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("LUMEN_ENV=prod\n")
        told = self.select(tmp_path / ".env", default="dev")
        assert told.returncode != 0
        assert "LUMEN_ENV är 'prod'" in told.stderr

    def test_o2_without_one_the_web_does_not_start(self, tmp_path: Path) -> None:
        told = self.select(tmp_path / ".env")
        assert told.returncode != 0
        assert told.stderr.startswith("LUMEN startar inte: ")
        assert "LUMEN_ENV=production" in told.stderr
        assert "Traceback" not in told.stderr

    def test_o2_a_command_is_a_developers(self, tmp_path: Path) -> None:
        assert self.select(tmp_path / ".env", default="dev").stdout.split() == ["lumen.settings.dev", "dev"]

    def test_o2_wsgi_names_no_default_and_manage_does(self) -> None:
        from lumen import settings

        root = settings.ENV_FILE.parent
        assert "select_environment()" in (root / "lumen/wsgi.py").read_text()
        assert 'select_environment(default="dev")' in (root / "manage.py").read_text()


@pytest.mark.parametrize("address", ["", "http://id.example"])
def test_an_identity_service_without_tls_stops_the_start(tmp_path: Path, address: str) -> None:
    service = {"OIDC_CLIENT_ID": "lumen", "OIDC_SERVER_URL": address}
    done = start({**COMPLETE, "STATE_DIR": str(tmp_path), **service})
    assert done.returncode != 0
    assert "OIDC_SERVER_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_identity_service_is_set_up_by_variables_alone(tmp_path: Path) -> None:
    service = {
        "OIDC_CLIENT_ID": "lumen",
        "OIDC_SECRET": "hemlig",
        "OIDC_SERVER_URL": "https://id.example/realms/a",
        "OIDC_NAME": "Socialstyrelsens",
        "OIDC_MFA": "true",
        "OIDC_MFA_CLAIMS": "mfa,loa3",
    }
    ask = f"""{START}
from django.conf import settings
app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
print(app["client_id"], app["secret"], app["settings"]["server_url"], settings.OIDC_MFA, settings.OIDC_MFA_CLAIMS)
"""
    done = start({**COMPLETE, "STATE_DIR": str(tmp_path), **service}, ask)
    assert done.stdout.strip() == "lumen hemlig https://id.example/realms/a True ['mfa', 'loa3']", done.stderr


def test_k9_every_limit_stands_in_the_text_for_operators_with_its_number() -> None:
    text = (settings.BASE_DIR / "docs" / "drift.md").read_text()
    rows = re.findall(r"^\| `LIMIT_(\w+)` \|[^|]+\| (\d+) \|$", text, re.M)
    assert {name.lower(): int(times) for name, times in rows} == settings.LIMITS


@pytest.mark.django_db
def test_no_address_that_is_typed_is_fetched() -> None:
    with pytest.raises(EmbedUnsupportedProviderException):
        get_embed("https://www.youtube.com/watch?v=abc")


def test_o7_a_cache_that_is_away_is_done_without(tmp_path: Path) -> None:
    code = (
        "from django.conf import settings; settings.CACHES; "
        "from django.core.cache import cache; "
        "cache.set('a', 1); cache.delete('a'); print(cache.get('a', 'nothing'), cache.get_many(['a']))"
    )
    nobody = "redis://127.0.0.1:1/0"
    environment = {"LUMEN_ENV": "dev", "CACHE_URL": nobody}
    done = start({**environment, "DJANGO_SETTINGS_MODULE": "lumen.settings.dev", "STATE_DIR": str(tmp_path)}, code)
    assert done.stdout.split() == ["nothing", "{}"], done.stderr
