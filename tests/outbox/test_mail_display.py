"""What the admin shows of a stored mail."""

import pytest

from outbox.actions import queue
from outbox.mail_display import display
from outbox.mails import Attachment, CalendarPart, Mail
from tests.factories.outbox import OutgoingMailFactory

pytestmark = pytest.mark.django_db

ICS = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:M\xc3\xb6te\r\nEND:VCALENDAR\r\n"


def test_all_that_the_receiver_gets_is_shown():
    mail = queue(
        Mail(
            to="anna@nacka.example",
            subject="Bekräftelse",
            text="Välkommen åter",
            html="<p>Välkommen åter</p>",
            calendar=CalendarPart("REQUEST", ICS),
            attachments=[Attachment("program.pdf", b"%PDF-1.7", "application/pdf")],
            unsubscribe_url="https://lumen.example/avsta/",
        )
    )
    mail.refresh_from_db()

    displayed = display(mail)

    assert dict(displayed.headers)["Subject"] == "Bekräftelse"
    assert dict(displayed.headers)["List-Unsubscribe"] == "<https://lumen.example/avsta/>"
    assert displayed.text.strip() == "Välkommen åter"
    assert "<p>Välkommen åter</p>" in displayed.html
    calendar, attachment = displayed.parts
    assert "method" in calendar.content_type
    assert "SUMMARY:Möte" in calendar.text
    assert (attachment.name, attachment.size, attachment.text) == ("program.pdf", 8, "")


@pytest.mark.parametrize(
    ("sensitive", "hide", "shown"), [(True, True, False), (True, False, True), (False, True, True)]
)
def test_a_sensitive_mail_is_hidden_where_the_settings_say_so(settings, sensitive, hide, shown):
    settings.OUTBOX_HIDE_SENSITIVE = hide
    mail = OutgoingMailFactory(sensitive=sensitive)

    assert (display(mail) is not None) == shown


def test_a_wiped_mail_has_nothing_to_show():
    assert display(OutgoingMailFactory(sensitive=True, sent=True, message=b"", text="")) is None
