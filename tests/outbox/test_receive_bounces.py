"""The command that reads what comes back, from files, mailboxes and standard input."""

import io
import json
import mailbox
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from outbox.models import OutgoingMail
from tests.factories.outbox import OutgoingMailFactory

from .bounces.reports import report

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail() -> OutgoingMail:
    return OutgoingMailFactory(recipient="anna@nacka.example", sent=True)


def run(*options: str | Path) -> Counter[str]:
    out = io.StringIO()
    call_command("receive_bounces", *map(str, options), "--json", stdout=out)
    return Counter(json.loads(out.getvalue()))


@pytest.fixture
def contents(mail) -> list[bytes]:
    return [report("postfix_unknown_user", mail), report("delayed", mail)]


def test_an_mbox_is_read(tmp_path, contents):
    box = mailbox.mbox(tmp_path / "box")
    for content in contents:
        box.add(content)
    box.close()

    assert run("--mbox", tmp_path / "box") == Counter(bounced=1, delayed=1)
    assert run("--mbox", tmp_path / "box") == Counter(already=1, delayed=1)


@pytest.fixture
def box(tmp_path, contents) -> Path:
    """A mailbox in maildir format with two unread messages."""
    box = mailbox.Maildir(tmp_path / "box")
    for content in contents:
        box.add(content)
    return tmp_path / "box"


def test_m21_what_is_read_in_a_maildir_is_moved_and_not_read_again(box):
    assert run("--maildir", box) == Counter(bounced=1, delayed=1)
    assert not any((box / "new").iterdir())
    assert [path.name.partition(":2,")[2] for path in (box / "cur").iterdir()] == ["S", "S"]

    assert run("--maildir", box) == Counter()


def test_m21_a_message_keeps_its_bytes_and_its_other_flags(box, contents):
    first, second = sorted((box / "new").iterdir())
    # As a mail program does that has looked into the mailbox.
    first.rename(box / "cur" / f"{first.name}:2,F")

    assert run("--maildir", box) == Counter(bounced=1, delayed=1)
    assert {path.read_bytes() for path in (box / "cur").iterdir()} == set(contents)
    assert (box / "cur" / f"{first.name}:2,FS").is_file()
    assert (box / "cur" / f"{second.name}:2,S").is_file()


def test_m21_what_cannot_be_read_is_left_and_told(box):
    (box / "new" / "0.folder").mkdir()
    errors = io.StringIO()

    call_command("receive_bounces", "--maildir", str(box), stdout=io.StringIO(), stderr=errors)

    assert "Går inte att läsa, och ligger kvar" in errors.getvalue()
    assert [path.name for path in (box / "new").iterdir()] == ["0.folder"]
    assert run("--maildir", box) == Counter(unreadable=1)


def test_files_are_read(tmp_path, contents):
    for number, content in enumerate(contents):
        (tmp_path / f"{number}.eml").write_bytes(content)

    assert run(tmp_path / "0.eml", tmp_path / "1.eml") == Counter(bounced=1, delayed=1)


def test_standard_input_is_read(monkeypatch, contents):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(contents[0])))

    assert run("-") == Counter(bounced=1)


def test_without_json_the_counts_stand_in_words(tmp_path, contents):
    (tmp_path / "a.eml").write_bytes(contents[0])
    out = io.StringIO()

    call_command("receive_bounces", str(tmp_path / "a.eml"), stdout=out)

    assert out.getvalue().startswith("1 studsade, 0 kända sedan förut")


@pytest.mark.parametrize("options", [["--mbox", "finns/inte"], ["--maildir", "finns/inte"], ["finns/inte"], []])
def test_what_cannot_be_read_ends_with_a_reason(options):
    with pytest.raises(CommandError, match="går inte att läsa|Säg var"):
        call_command("receive_bounces", *options)
