"""`manage.py screen`."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.screening.numbers import personal_number

NUMBER = personal_number()


@pytest.fixture
def files(tmp_path):
    """A clean one, one that blocks and one that cannot be read, as they are given to the command."""
    contents = {"ren.txt": "Hej", "nummer.txt": f"Om {NUMBER}", "sida.html": "<p>Hej</p>"}
    for name, content in contents.items():
        (tmp_path / name).write_text(content)
    return {name: str(tmp_path / name) for name in contents}


def test_json_tells_of_every_file_in_its_order_and_nothing_else(files, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("screen", *files.values(), "--json")
    assert ended.value.code == 1
    clean, blocked, unread = json.loads(capsys.readouterr().out)
    assert clean == {"file": files["ren.txt"], "verdict": "clean", "findings": []}
    assert unread == {"file": files["sida.html"], "verdict": "unscreened", "findings": []}
    (found,) = blocked.pop("findings")
    assert blocked == {"file": files["nummer.txt"], "verdict": "block"}
    assert NUMBER not in (excerpt := found.pop("excerpt")) and "••••" in excerpt
    assert found == {"kind": "personnummer", "where": "rad 1"}


def test_it_ends_well_when_no_file_is_stopped(files, capsys):
    call_command("screen", files["ren.txt"], files["sida.html"], "--json")
    assert [row["verdict"] for row in json.loads(capsys.readouterr().out)] == ["clean", "unscreened"]


def test_a_table_tells_what_was_found_where_and_what_to_do(files, capsys):
    with pytest.raises(SystemExit):
        call_command("screen", *files.values())
    told = capsys.readouterr().out
    assert "Inget hittat" in told
    assert "    rad 1: personnummer («" in told
    assert "Ta bort numret." in told
    assert "Spara den som pdf" in told
    assert NUMBER not in told


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["table", "json"])
def test_a_file_that_is_not_there_is_told_in_one_line(tmp_path, capsys, options):
    with pytest.raises(CommandError) as error:
        call_command("screen", str(tmp_path / "borta.pdf"), *options)
    assert error.value.returncode == 2
    assert str(error.value).endswith("borta.pdf kan inte läsas: den finns inte.")
    assert capsys.readouterr().out == ""
