"""`python -m screening`: the same as `manage.py screen`, without Django."""

import json
import subprocess
import sys

import pytest

from screening.__main__ import main
from tests.screening.numbers import personal_number

NUMBER = personal_number()
# Imports of Django and Wagtail fail, as where they are not installed.
WITHOUT_DJANGO = (
    "import sys; sys.modules.update(dict.fromkeys(('django', 'wagtail', 'lumen')));"
    "from screening.__main__ import main; sys.exit(main())"
)


@pytest.fixture
def files(tmp_path):
    """A clean one, one that blocks and one that cannot be read, as they are given to the command."""
    contents = {"ren.txt": "Hej", "nummer.txt": f"Om {NUMBER}", "sida.html": "<p>Hej</p>"}
    for name, content in contents.items():
        (tmp_path / name).write_text(content)
    return {name: str(tmp_path / name) for name in contents}


def test_json_tells_of_every_file_in_its_order_and_nothing_else(files, capsys):
    assert main([*files.values(), "--json"]) == 1
    clean, blocked, unread = json.loads(capsys.readouterr().out)
    assert clean == {"file": files["ren.txt"], "verdict": "clean", "findings": []}
    assert unread == {"file": files["sida.html"], "verdict": "unscreened", "findings": []}
    (found,) = blocked.pop("findings")
    assert blocked == {"file": files["nummer.txt"], "verdict": "block"}
    assert NUMBER not in (excerpt := found.pop("excerpt")) and "••••" in excerpt
    assert found == {"kind": "personnummer", "where": "rad 1"}


def test_it_ends_well_when_no_file_is_stopped(files, capsys):
    assert main([files["ren.txt"], files["sida.html"], "--json"]) == 0
    assert [row["verdict"] for row in json.loads(capsys.readouterr().out)] == ["clean", "unscreened"]


def test_a_table_tells_what_was_found_where_and_what_to_do(files, capsys):
    assert main([*files.values()]) == 1
    told = capsys.readouterr().out
    assert "ren.txt" in told and "Inget hittat" in told
    assert "    rad 1: personnummer («" in told
    assert "Ta bort numret." in told
    assert "Spara den som pdf" in told
    assert NUMBER not in told


def test_a_picture_that_somebody_has_read_is_clean(tmp_path, capsys):
    from tests.screening.files.makers.images import picture

    path = tmp_path / "bild.png"
    path.write_bytes(picture("PNG"))
    assert main([str(path)]) == 0
    assert "Inte granskad" in capsys.readouterr().out
    assert main([str(path), "--picture-is-read"]) == 0
    assert "Inget hittat" in capsys.readouterr().out


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["table", "json"])
def test_a_file_that_is_not_there_is_told_in_one_line(tmp_path, capsys, options):
    assert main([str(tmp_path / "borta.pdf"), *options]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error == f"{tmp_path / 'borta.pdf'} kan inte läsas: den finns inte.\n"


def test_it_works_where_there_is_no_django(files):
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO, *files.values(), "--json"], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert [row["verdict"] for row in json.loads(done.stdout)] == ["clean", "block", "unscreened"]
