"""Reports from other servers, read from files, mailboxes and standard input."""

import io
import json
import mailbox
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from outbox.bounces import Verdict, receive
from outbox.enums import MailStatus
from outbox.models import OutgoingMail
from tests.factories.outbox import OutgoingMailFactory

pytestmark = pytest.mark.django_db

REPORTS = Path(__file__).parent / "reports"


def report(name: str, mail: OutgoingMail, date: datetime | None = None) -> bytes:
    """The report of that name, about the mail."""
    text = (REPORTS / f"{name}.eml").read_text()
    values = {
        "RECIPIENT": mail.recipient,
        "MESSAGE_ID": mail.message_id,
        "REPORT_DATE": format_datetime(date or timezone.now()),
    }
    for word, value in values.items():
        text = text.replace(word, value)
    return text.encode()


@pytest.fixture
def mail() -> OutgoingMail:
    return OutgoingMailFactory(recipient="anna@nacka.example", sent=True)


@pytest.mark.parametrize(
    ("name", "diagnosis"),
    [
        ("postfix_unknown_user", "550 5.1.1 <anna@nacka.example>: Recipient address rejected: User unknown"),
        ("exchange_headers_only", "554 5.2.2 mailbox full"),
        ("gave_up_without_headers", "4.4.7"),
    ],
)
def test_a_final_failure_marks_the_mail_as_bounced_with_the_servers_words(mail, name, diagnosis):
    assert receive([report(name, mail)]) == {Verdict.BOUNCED: 1}

    mail.refresh_from_db()
    assert (mail.status, mail.reply) == (MailStatus.BOUNCED, diagnosis)
    assert mail.events.get().note == diagnosis


@pytest.mark.parametrize("line_ending", [b"\n", b"\r\n"])
def test_both_kinds_of_line_ending_are_read(mail, line_ending):
    content = report("postfix_unknown_user", mail).replace(b"\n", line_ending)

    assert receive([content]) == {Verdict.BOUNCED: 1}


def test_the_same_report_again_changes_nothing(mail):
    content = report("postfix_unknown_user", mail)
    receive([content])

    assert receive([content, content]) == {Verdict.ALREADY: 2}
    assert mail.events.count() == 1


def test_an_old_report_does_not_count_against_a_mail_sent_again(mail):
    content = report("postfix_unknown_user", mail)
    receive([content])
    OutgoingMail.objects.update(status=MailStatus.SENT)  # somebody tried again, and it went well

    assert receive([content]) == {Verdict.ALREADY: 1}
    assert OutgoingMail.objects.get().status == MailStatus.SENT


def test_a_mail_that_waits_to_be_sent_again_is_not_taken_out_of_the_queue(mail):
    OutgoingMail.objects.update(status=MailStatus.QUEUED, due_at=timezone.now())

    assert receive([report("postfix_unknown_user", mail)]) == {Verdict.ALREADY: 1}
    assert OutgoingMail.objects.get().status == MailStatus.QUEUED


@pytest.mark.parametrize(
    ("name", "verdict"),
    [("delayed", Verdict.DELAYED), ("delivered", Verdict.IGNORED), ("out_of_office", Verdict.IGNORED)],
)
def test_what_is_no_failure_is_no_bounce(mail, name, verdict):
    assert receive([report(name, mail)]) == {verdict: 1}
    mail.refresh_from_db()
    assert mail.status == MailStatus.SENT


@pytest.mark.parametrize("content", [b"", b"\0\xff\xfe", b"Content-Type: multipart/report; boundary=x\n\n--x\n--x--"])
def test_rubbish_is_ignored(content):
    assert receive([content]) == {Verdict.IGNORED: 1}


@pytest.mark.parametrize(
    "date", ["", "i går", "Tue, 10 Mar 0001 09:00:00 +0100", "Tue, 99 Mar 2026 99:99:99 +9999", "10 Mar 2026 09:00"]
)
def test_a_broken_date_does_not_hinder(mail, date):
    content = report("postfix_unknown_user", mail).replace(b"Tue, 10 Mar 2026 09:00:00 +0100 (CET)", date.encode(), 1)

    assert receive([content]) == {Verdict.BOUNCED: 1}


def test_a_report_about_somebody_elses_mail_is_counted_and_left(mail):
    other = OutgoingMailFactory.build(recipient="anna@nacka.example", message_id="<other@elsewhere.example>")

    assert receive([report("postfix_unknown_user", other)]) == {Verdict.UNMATCHED: 1}
    mail.refresh_from_db()
    assert mail.status == MailStatus.SENT


def test_without_a_message_id_the_last_recent_mail_to_the_address_is_meant(mail):
    later = OutgoingMailFactory(recipient="anna@nacka.example", sent=True)
    OutgoingMailFactory(recipient="bo@nacka.example", sent=True)

    receive([report("gave_up_without_headers", mail)])

    bounced = OutgoingMail.objects.get(status=MailStatus.BOUNCED)
    assert bounced == later


def test_without_a_message_id_an_old_mail_is_not_meant(mail):
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(days=30))

    assert receive([report("gave_up_without_headers", mail)]) == {Verdict.UNMATCHED: 1}


def test_a_message_id_with_a_nul_is_no_fault(mail):
    content = report("postfix_unknown_user", mail).replace(mail.message_id.encode(), b"<a\0b@lumen.example>")

    assert receive([content]) == {Verdict.UNMATCHED: 1}


# --- The command ------------------------------------------------------------------------------


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


def test_a_maildir_is_read(tmp_path, contents):
    box = mailbox.Maildir(tmp_path / "box")
    for content in contents:
        box.add(content)

    assert run("--maildir", tmp_path / "box") == Counter(bounced=1, delayed=1)


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


def test_the_report_is_dated_as_the_other_server_wrote_it(mail):
    receive([report("postfix_unknown_user", mail)])

    assert mail.events.get().at == datetime(2026, 3, 10, 8, tzinfo=UTC)
