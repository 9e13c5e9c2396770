"""Which of our mails the log of a mail server says it has passed on."""

import tracemalloc
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from outbox.enums import MailStatus
from outbox.models import OutgoingMail
from outbox.smtp_log import LogReader, match_log, text_lines
from tests.factories.outbox import OutgoingMailFactory

A, B, C = "a.1@lumen.example", "b.2@lumen.example", "c.3@lumen.example"

POSTFIX = f"""\
Nov 28 02:10:01 mx postfix/smtpd[81]: 4XyZ12abcd: client=lumen.example[192.0.2.7]
Nov 28 02:10:01 mx postfix/cleanup[82]: 4XyZ12abcd: message-id=<{A}>
Nov 28 02:10:01 mx postfix/qmgr[80]: 4XyZ12abcd: from=<lumen@lumen.example>, size=31002, nrcpt=1 (queue active)
Nov 28 02:10:02 mx postfix/cleanup[82]: 4XyZ12abce: message-id=<{B}>
Nov 28 02:10:03 mx postfix/smtp[83]: 4XyZ12abcd: to=<anna@nacka.example>, relay=mx.nacka.example[198.51.100.3]:25, \
delay=1.2, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 77)
Nov 28 02:10:04 mx postfix/smtp[83]: 4XyZ12abce: to=<bo@nacka.example>, relay=none, delay=30, dsn=4.4.1, \
status=deferred (host mx.nacka.example said: 450 4.2.0 later, status=sent)
Nov 28 02:10:05 mx postfix/cleanup[82]: 4XyZ12abcf: message-id=<{C}>
Nov 28 02:10:06 mx postfix/smtp[83]: 4XyZ12abcf: to=<c@nacka.example>, relay=x[198.51.100.3]:25, dsn=5.1.1, \
status=bounced (host x said: 550 5.1.1 User unknown)
"""
SENDMAIL = f"""\
Nov 28 02:10:01 mx sm-mta[91]: 4AS2A1xy000091: from=<lumen@lumen.example>, nrcpts=1, msgid=<{A}>, proto=ESMTP
Nov 28 02:10:03 mx sm-mta[92]: 4AS2A1xy000091: to=<anna@nacka.example>, mailer=esmtp, dsn=2.0.0, stat=Sent (ok)
Nov 28 02:10:01 mx sm-mta[91]: 4AS2A1xy000092: from=<lumen@lumen.example>, nrcpts=1, msgid=<{B}>, proto=ESMTP
Nov 28 02:10:03 mx sm-mta[92]: 4AS2A1xy000092: to=<bo@nacka.example>, mailer=esmtp, dsn=4.0.0, stat=Deferred: timed out
"""
EXIM = f"""\
2026-11-28 02:10:01 1tGaBc-000000001Zx-2Abc <= lumen@lumen.example H=lumen [192.0.2.7] P=esmtps S=31002 id={A}
2026-11-28 02:10:02 1tGaBc-000000001Zx-2Abc => anna@nacka.example R=dnslookup T=remote_smtp C="250 Ok"
2026-11-28 02:10:02 1tGaBc-000000001Zx-2Abc Completed
2026-11-28 02:10:03 1tGaBd-0001Zy-Ab <= lumen@lumen.example H=lumen [192.0.2.7] P=esmtps S=31002 id={B}
2026-11-28 02:10:04 1tGaBd-0001Zy-Ab == bo@nacka.example R=dnslookup T=remote_smtp defer (-44): 450 later
2026-11-28 02:10:05 1tGaBe-0001Zz-Ab <= lumen@lumen.example H=lumen [192.0.2.7] P=esmtps S=31002 id={C}
2026-11-28 02:10:06 1tGaBe-0001Zz-Ab ** c@nacka.example R=dnslookup T=remote_smtp: 550 no
"""
EXCHANGE = f"""\
#Software: Microsoft Exchange Server
#Log-type: Message Tracking Log
#Fields: date-time,client-ip,source,event-id,internal-message-id,message-id,recipient-address,message-subject
2026-11-28T02:10:01Z,192.0.2.7,SMTP,RECEIVE,1,<{A}>,anna@nacka.example,"Inbjudan, kom"
2026-11-28T02:10:02Z,192.0.2.7,SMTP,SENDEXTERNAL,1,<{A}>,anna@nacka.example,"Inbjudan, kom"
2026-11-28T02:10:01Z,192.0.2.7,SMTP,RECEIVE,2,<{B}>,bo@nacka.example,Inbjudan
2026-11-28T02:10:02Z,192.0.2.7,ROUTING,FAIL,3,<{C}>,c@nacka.example,Inbjudan
"""
TRACE = f"""\
"origin_timestamp_utc","sender_address","recipient_status","message_id","status"
"2026-11-28T02:10:01Z","lumen@lumen.example","anna@nacka.example","<{A}>","Delivered"
"2026-11-28T02:10:01Z","lumen@lumen.example","bo@nacka.example","<{B}>","Pending"
"""


def read(text: str) -> LogReader:
    reader = LogReader(frozenset({A, B, C}))
    reader.read(text.splitlines())
    return reader


@pytest.mark.parametrize("log", [POSTFIX, SENDMAIL, EXIM, EXCHANGE, TRACE], ids=["p", "s", "e", "x", "m"])
def test_o6_what_the_server_has_passed_on_is_sent_and_what_waits_or_came_back_is_not(log):
    found = read(log)

    assert found.sent == {A}
    assert B in found.named


def test_a_list_of_ids_says_that_they_are_sent():
    assert read(f"<{A}>\n  {B}\nsomebody@else.example\n").sent == {A, B}


def test_a_mail_that_was_sent_at_a_later_try_is_sent():
    later = POSTFIX + "Nov 28 03:10:04 mx postfix/smtp[83]: 4XyZ12abce: to=<b@x>, dsn=2.0.0, status=sent (250 Ok)\n"

    assert read(later).sent == {A, B}


def test_a_queue_id_that_is_used_again_belongs_to_the_later_mail():
    again = (
        f"Nov 28 02:10:01 mx postfix/cleanup[82]: ABCDEF1: message-id=<{A}>\n"
        "Nov 28 02:10:02 mx postfix/cleanup[82]: ABCDEF1: message-id=<other@else.example>\n"
        "Nov 28 02:10:03 mx postfix/smtp[83]: ABCDEF1: to=<x@y>, dsn=2.0.0, status=sent (250 Ok)\n"
    )

    assert read(again).sent == set()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_text_is_read_a_piece_at_a_time_whatever_its_encoding(encoding):
    data = "första raden\r\nandra\nå".encode(encoding)

    assert list(text_lines([data[:5], data[5:7], data[7:]])) == ["första raden", "andra", "å"]


def test_a_large_log_takes_no_more_memory_than_a_small_one():
    def peak(times: int) -> int:
        line = b"Nov 28 02:10:01 mx postfix/cleanup[82]: 4XyZ12abcd: message-id=<x@else.example>\n" * 100
        tracemalloc.start()
        LogReader(frozenset({A})).read(text_lines(line for _ in range(times)))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1)
    assert peak(200) < 2 * peak(20)


@pytest.mark.django_db
class TestMatching:
    def log(self, mail: OutgoingMail, status: str) -> bytes:
        return (
            f"Nov 28 02:10:01 mx postfix/cleanup[82]: A{mail.pk:08}: message-id={mail.message_id}\n"
            f"Nov 28 02:10:02 mx postfix/smtp[83]: A{mail.pk:08}: to=<{mail.recipient}>, status={status} (x)\n"
        ).encode()

    def test_only_mails_that_wait_or_are_uncertain_are_looked_for(self):
        waiting, unsure = OutgoingMailFactory(), OutgoingMailFactory(gone=True, status=MailStatus.UNCERTAIN)
        deferred, failed = OutgoingMailFactory(), OutgoingMailFactory(failed=True)
        log = [self.log(mail, "sent") for mail in (waiting, unsure, failed)] + [self.log(deferred, "deferred")]

        match = match_log(log, OutgoingMail.objects.all())

        assert (match.lines, match.looked_for, match.unsent) == (8, 3, 1)
        assert match.sent == [waiting.pk, unsure.pk]

    def test_o6_the_command_says_first_and_marks_when_asked(self, tmp_path):
        mails = OutgoingMailFactory.create_batch(3)
        path = tmp_path / "mail.log"
        path.write_bytes(b"".join(self.log(mail, "sent") for mail in mails[:2]) + self.log(mails[2], "bounced"))

        out = StringIO()
        call_command("match_smtp_log", str(path), stdout=out)
        assert "Av 3 mejl i kön står 2 som skickade i loggen. 1 nämns utan" in out.getvalue()
        assert OutgoingMail.objects.pending().count() == 3

        out = StringIO()
        call_command("match_smtp_log", str(path), "--apply", "--json", stdout=out)
        assert out.getvalue() == '{"lines": 6, "looked_for": 3, "sent": 2, "unsent": 1, "marked": 2}\n'
        assert list(OutgoingMail.objects.pending()) == [mails[2]]

    def test_a_file_that_is_not_there_is_said_so(self):
        with pytest.raises(CommandError, match="går inte att öppna"):
            call_command("match_smtp_log", "/finns/inte.log")
