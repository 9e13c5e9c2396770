"""What cannot be read among the settings stops the start with one line that says what to do."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from lumen.settings import variables
from lumen.settings.variables import Variables, read_env_file, writable_folder


def refused(capture: pytest.ExceptionInfo[SystemExit]) -> str:
    told = str(capture.value.code)
    assert told.startswith("LUMEN startar inte: ") and "\n" not in told
    return told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "SECRET_KEY=x\nDATABASE_URL postgres://x",
            "rad 2 i .env går inte att läsa. Skriv NAMN=värde, utan mellanslag.",
        ),
        (
            "# ett skäl\n\nDATABSE_URL=postgres://x",
            "rad 3 i .env har DATABSE_URL, som inte finns. Menade du DATABASE_URL?",
        ),
        ("SECRET_KEY = x", "rad 1 i .env går inte att läsa"),
        ("export ALOWED_HOSTS=x", "Menade du ALLOWED_HOSTS?"),
    ],
)
def test_o19_a_misspelling_in_the_file_is_named(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / ".env"
    file.write_text(text)
    with pytest.raises(SystemExit) as capture:
        read_env_file(file)
    assert told in refused(capture)


def test_o19_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes("STATE_DIR=å".encode("utf-16"))
    with pytest.raises(SystemExit) as capture:
        read_env_file(file)
    assert "vanlig textfil" in refused(capture)


def test_names_of_other_programs_are_left_alone(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(variables.environ.Env, "ENVIRON", {})
    file = tmp_path / ".env"
    file.write_text("\ufeffHTTP_PROXY=http://proxy\nTZ=Europe/Stockholm\nLIMIT_CODES_AN_ADDRESS=3\n")
    read_env_file(file)
    assert set(variables.environ.Env.ENVIRON) == {"HTTP_PROXY", "TZ", "LIMIT_CODES_AN_ADDRESS"}


@pytest.mark.parametrize("name", ["DATABASE_URL", "CACHE_URL", "EMAIL_URL"])
@pytest.mark.parametrize("value", ["postgres", "postgress://x/y", "://", "http://localhost", "smtp//localhost"])
def test_o19_an_address_that_cannot_be_read_is_named_with_an_example(monkeypatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    read = {"DATABASE_URL": "db", "CACHE_URL": "cache_url", "EMAIL_URL": "email_url"}[name]
    with pytest.raises(SystemExit) as capture:
        getattr(Variables(), read)(name)
    assert f"{name} går inte att läsa. Skriv till exempel " in refused(capture)


@pytest.mark.parametrize("name", variables.EXAMPLES)
def test_the_examples_can_be_read(monkeypatch, name: str) -> None:
    monkeypatch.setenv(name, variables.EXAMPLES[name])
    read = {"DATABASE_URL": "db", "CACHE_URL": "cache_url", "EMAIL_URL": "email_url"}[name]
    assert getattr(Variables(), read)(name)


def test_o19_a_word_where_a_number_should_stand_is_named(monkeypatch) -> None:
    monkeypatch.setenv("OUTBOX_CONNECTIONS", "tre")
    with pytest.raises(SystemExit) as capture:
        Variables().int("OUTBOX_CONNECTIONS", default=3)
    assert refused(capture).endswith("OUTBOX_CONNECTIONS är 'tre', men ska vara ett tal.")


def test_o19_a_folder_where_nothing_can_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("ingen mapp")
    with pytest.raises(SystemExit) as capture:
        writable_folder(tmp_path / "fil" / "var", "STATE_DIR")
    assert "går inte att skriva i mappen" in refused(capture) and "STATE_DIR" in refused(capture)
    assert writable_folder(tmp_path / "ny" / "var", "STATE_DIR").is_dir()
    assert list((tmp_path / "ny" / "var").iterdir()) == []


def test_every_variable_that_the_settings_read_is_known() -> None:
    source = "".join(path.read_text() for path in Path(settings.BASE_DIR, "lumen", "settings").glob("*.py"))
    read = set(re.findall(r"env(?:\.\w+)?\(\s*\"([A-Z_]+)\"", source))
    assert {"DATABASE_URL", "OUTBOX_CONNECTIONS"} < read <= set(variables.KNOWN)
