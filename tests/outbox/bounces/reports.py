"""Reports about a mail, as other servers write them."""

from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

from django.utils import timezone

from outbox.models import OutgoingMail

REPORTS = Path(__file__).parent.parent / "reports"


def report(name: str, mail: OutgoingMail, date: datetime | None = None) -> bytes:
    """The report of that name, about the mail."""
    return about(mail, (REPORTS / f"{name}.eml").read_text(), date)


def about(mail: OutgoingMail, text: str, date: datetime | None = None) -> bytes:
    """The text with the mail's receiver and Message-ID in it."""
    values = {
        "RECIPIENT": mail.recipient,
        "MESSAGE_ID": mail.message_id,
        "REPORT_DATE": format_datetime(date or timezone.now()),
    }
    for word, value in values.items():
        text = text.replace(word, value)
    return text.encode()
