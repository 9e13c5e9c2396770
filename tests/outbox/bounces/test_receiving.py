"""What becomes of the mail that an incoming message is about."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from outbox.bounces.receiving import Verdict, receive, receive_one
from outbox.calendar_replies import CalendarReply, name_reply_handler
from outbox.composition import sender_address
from outbox.enums import BounceClass, MailStatus
from outbox.models import OutgoingMail
from outbox.verp import envelope_address
from tests.factories.outbox import OutgoingMailFactory

from .reports import about, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail() -> OutgoingMail:
    return OutgoingMailFactory(recipient="anna@nacka.example", sent=True)


@pytest.mark.parametrize(
    ("name", "diagnosis"),
    [
        ("postfix_unknown_user", "550 5.1.1 <anna@nacka.example>: Recipient address rejected: User unknown"),
        ("exchange_headers_only", "554 5.2.2 mailbox full"),
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
    [("delayed", Verdict.DELAYED), ("delivered", Verdict.IGNORED), ("out_of_office", Verdict.AUTO_REPLY)],
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


def test_m8_without_our_marks_a_report_is_about_no_mail_even_if_it_names_the_receiver(mail):
    assert receive([report("gave_up_without_headers", mail)]) == {Verdict.UNMATCHED: 1}
    mail.refresh_from_db()
    assert mail.status == MailStatus.SENT


def test_a_message_id_with_a_nul_is_no_fault(mail):
    content = report("postfix_unknown_user", mail).replace(mail.message_id.encode(), b"<a\0b@lumen.example>")

    assert receive([content]) == {Verdict.UNMATCHED: 1}


def test_the_report_is_dated_as_the_other_server_wrote_it(mail):
    receive([report("postfix_unknown_user", mail)])

    assert mail.events.get().at == datetime(2026, 3, 10, 8, tzinfo=UTC)


DSN = """From: Mail Delivery System <mailer-daemon@kommun.example>
Date: Tue, 10 Mar 2026 09:00:00 +0100
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; kommun.example

Final-Recipient: rfc822; RECIPIENT
Action: failed
Status: STATUS
Diagnostic-Code: smtp; SAID
--b
Content-Type: text/rfc822-headers

Message-ID: MESSAGE_ID
--b--
"""


@pytest.mark.parametrize(
    ("said", "bounce_class"),
    [
        ("550 5.1.1 No such user", BounceClass.DEAD),
        ("550 5.2.1 Mailbox disabled", BounceClass.DEAD),
        ("550 5.4.4 Host not found", BounceClass.DEAD),
        ("552 5.2.2 Mailbox full", BounceClass.MAILBOX),
        ("500 4.4.7 Message expired", BounceClass.MAILBOX),
        ("552 5.3.4 Message too big", BounceClass.MAILBOX),
        ("550 5.7.1 Message looks like spam", BounceClass.REFUSED),
        ("554 5.6.0 Content refused", BounceClass.REFUSED),
    ],
)
def test_m7_only_some_failures_say_that_the_address_is_dead(mail, said, bounce_class):
    receive([about(mail, DSN.replace("STATUS", said.split()[1]).replace("SAID", said))])

    mail.refresh_from_db()
    assert (mail.status, mail.reply, mail.bounce_class) == (MailStatus.BOUNCED, said, bounce_class)


def test_m19_the_address_that_a_forwarding_failed_at_is_kept(mail):
    content = report("postfix_unknown_user", mail).replace(
        b"Final-Recipient: rfc822; anna@nacka.example", b"Final-Recipient: rfc822; Anna@Hemma.example"
    )
    receive([content])

    mail.refresh_from_db()
    assert (mail.bounce_class, mail.failed_address) == (BounceClass.DEAD, "anna@hemma.example")
    assert OutgoingMail.objects.to_dead_address().exists() is False


PLAIN = """Return-Path: <>
Delivered-To: ENVELOPE
From: server@elsewhere.example
Subject: Hej
Date: Tue, 10 Mar 2026 09:00:00 +0100

Something we have no words for.
"""


def envelope_of(mail: OutgoingMail) -> str:
    return envelope_address(mail, sender_address())


def test_m8_whatever_comes_to_a_mails_own_envelope_address_with_a_null_sender_is_a_bounce(mail):
    content = PLAIN.replace("ENVELOPE", envelope_of(mail)).encode()

    assert receive([content]) == {Verdict.BOUNCED: 1}


@pytest.mark.parametrize("line", ["Subject: Autosvar: Inbjudan", "X-Autoreply: yes", "Auto-Submitted: auto-replied"])
def test_m8_an_automatic_reply_to_the_envelope_address_is_no_bounce(mail, line):
    content = PLAIN.replace("ENVELOPE", envelope_of(mail)).replace("Subject: Hej", line).encode()

    assert receive([content]) == {Verdict.AUTO_REPLY: 1}


def test_m8_a_person_who_writes_to_the_envelope_address_has_not_bounced(mail):
    content = PLAIN.replace("ENVELOPE", envelope_of(mail)).replace("<>", "<anna@nacka.example>").encode()

    assert receive([content]) == {Verdict.IGNORED: 1}


def test_an_envelope_address_that_is_altered_counts_for_nothing(mail):
    other = OutgoingMailFactory(sent=True)
    forged = envelope_of(mail).replace(f"+{mail.pk}.", f"+{other.pk}.")
    content = PLAIN.replace("ENVELOPE", forged).replace("Subject: Hej", "Subject: Undeliverable").encode()

    assert receive([content]) == {Verdict.UNMATCHED: 1}


COMPLAINT = """From: <fbl@brevlada.example>
Date: Tue, 10 Mar 2026 09:00:00 +0100
Content-Type: multipart/report; report-type=feedback-report; boundary=b

--b
Content-Type: text/plain

A complaint.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: FBL/1
Version: 1
--b
Content-Type: text/rfc822-headers

Message-ID: MESSAGE_ID
--b--
"""


def test_a_complaint_is_noted_and_the_mail_still_counts_as_arrived(mail):
    assert receive([about(mail, COMPLAINT)] * 2) == {Verdict.COMPLAINT: 1, Verdict.ALREADY: 1}

    mail.refresh_from_db()
    assert (mail.status, mail.bounce_class) == (MailStatus.SENT, BounceClass.COMPLAINT)
    assert mail.events.get().note == "Anmäldes som skräppost"


def test_a_delay_is_an_event_of_the_mail_once(mail):
    content = report("delayed", mail, date=timezone.now())

    assert receive([content, content]) == {Verdict.DELAYED: 2}
    assert mail.events.get().note.startswith("Försenat hos mottagarens server: ")


def test_a_bounce_shows_what_became_of_an_uncertain_delivery(mail):
    OutgoingMail.objects.update(status=MailStatus.UNCERTAIN)

    assert receive([report("postfix_unknown_user", mail)]) == {Verdict.BOUNCED: 1}


def test_a_message_from_the_future_is_dated_when_it_came(mail):
    receive([report("postfix_unknown_user", mail).replace(b"2026", b"9999")])

    assert mail.events.get().at <= timezone.now()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 20_000, id="many empty parts"),
        pytest.param(
            b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(3000)),
            id="nested deeper than the parser goes",
        ),
        pytest.param(b"Content-Type: text/html\n\n" + b"<style" * 100_000, id="tags that never end"),
        pytest.param(b"Subject: =?utf-8?b?####?= =?no-such?q?x?=\nDate: x\n\n", id="a subject in no charset"),
        pytest.param(
            b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n####", id="base64 that is none"
        ),
    ],
)
def test_hostile_messages_end_in_a_verdict(content):
    assert receive_one(content) in {Verdict.IGNORED, Verdict.UNREADABLE}


# --- Answers of calendars ---------------------------------------------------------------------

ANSWER = """From: Anna Berg <Anna@Nacka.example>
Return-Path: <anna@nacka.example>
Date: Tue, 10 Mar 2026 09:00:00 +0100
Subject: Avvisad: Forum i mars
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain

--b
Content-Type: text/calendar; method=REPLY; charset=utf-8

BEGIN:VCALENDAR
METHOD:REPLY
BEGIN:VEVENT
UID:17@lumen.example
SEQUENCE:3
DTSTAMP:20260310T080000Z
ATTENDEE;PARTSTAT=DECLINED:MAILTO:anna@nacka.example
END:VEVENT
END:VCALENDAR
--b--
"""


@pytest.fixture
def answers() -> Iterator[list[CalendarReply]]:
    """What the named handler is given; it knows the meeting 17."""
    given: list[CalendarReply] = []

    def handle(reply: CalendarReply) -> bool:
        given.append(reply)
        return reply.uid == "17@lumen.example"

    previous = name_reply_handler(handle)
    yield given
    name_reply_handler(previous)


def test_m23_an_answer_of_a_calendar_is_handed_over(answers):
    assert receive([ANSWER.encode()]) == {Verdict.ANSWERED: 1}
    assert answers == [
        CalendarReply(
            uid="17@lumen.example",
            attendee="anna@nacka.example",
            partstat="DECLINED",
            sequence=3,
            sender="anna@nacka.example",
            at=datetime(2026, 3, 10, 8, tzinfo=UTC),
        )
    ]


def test_m23_an_answer_in_an_attached_file_is_read_too(answers):
    attached = ANSWER.replace(
        "Content-Type: text/calendar; method=REPLY; charset=utf-8",
        'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="svar.ics"',
    )

    assert receive([attached.encode()]) == {Verdict.ANSWERED: 1}


def test_m23_an_answer_to_a_meeting_that_nobody_knows_is_ignored(answers):
    assert receive([ANSWER.replace("UID:17@", "UID:18@").encode()]) == {Verdict.IGNORED: 1}
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("METHOD:REPLY", "METHOD:REQUEST"),
        ("ATTENDEE;PARTSTAT=DECLINED:MAILTO:anna@nacka.example\n", ""),
        ("UID:17@lumen.example\n", ""),
        ("SEQUENCE:3", "SEQUENCE:tre"),
        ("BEGIN:VEVENT", "BEGIN:VTODO"),
        ("BEGIN:VCALENDAR", "x" * 300_000),
        ("DTSTAMP:20260310T080000Z", "DTSTAMP:i går"),
    ],
)
def test_m23_what_is_no_answer_or_broken_is_handed_to_nobody(answers, before, after):
    assert receive([ANSWER.replace(before, after).encode()]) == {Verdict.IGNORED: 1}
    assert answers == []
