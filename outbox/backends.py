"""The e-mail backend for Django's own mail: it writes rows, which the worker delivers."""

from collections.abc import Sequence
from email.message import Message
from email.policy import SMTP
from html import unescape
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.html import strip_tags

from .actions import queue
from .composition import CompositionError
from .mails import Attachment, Mail

# Headers by which the sending code tells the outbox how to treat a mail. They are never sent.
URGENT_HEADER = "X-Outbox-Urgent"
SENSITIVE_HEADER = "X-Outbox-Sensitive"
CATEGORY_HEADER = "X-Outbox-Category"


class OutboxBackend(BaseEmailBackend):
    """Queue every message that Django, Wagtail or allauth sends, one row a receiver.

    Sender and Reply-To are always the site's own (DEFAULT_FROM_EMAIL, REPLY_TO_EMAIL).
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the messages in the caller's transaction; return how many had a receiver.

        Raises CompositionError for a message that cannot be sent, unless told to fail silently.
        """
        try:
            with transaction.atomic():
                return sum(queue_django_message(message) for message in email_messages)
        except CompositionError:
            if not self.fail_silently:
                raise
            return 0


def queue_django_message(message: EmailMessage) -> bool:
    """Queue one message to each of its receivers; False when it has none."""
    text, html = bodies(message)
    receivers = message.recipients()
    for receiver in receivers:
        mail = Mail(
            to=receiver,
            subject=str(message.subject),
            text=text,
            html=html,
            attachments=[as_attachment(item) for item in message.attachments],
            category=message.extra_headers.get(CATEGORY_HEADER, ""),
            urgent=URGENT_HEADER in message.extra_headers,
            sensitive=SENSITIVE_HEADER in message.extra_headers,
        )
        queue(mail)
    return bool(receivers)


def bodies(message: EmailMessage) -> tuple[str, str]:
    """The plain text and the HTML of a message ("" when it has no HTML)."""
    if message.content_subtype == "html":
        return unescape(strip_tags(str(message.body))).strip(), str(message.body)
    for content, mimetype in getattr(message, "alternatives", ()):
        if mimetype == "text/html":
            return str(message.body), str(content)
    return str(message.body), ""


def as_attachment(item: Any) -> Attachment:
    """Turn what Django calls an attachment (a triple or a MIME part) into ours."""
    if isinstance(item, Message):
        payload = item.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else item.as_bytes(policy=SMTP)
        return Attachment(item.get_filename() or "bilaga", content, item.get_content_type())
    name, content, mimetype = item
    return Attachment(
        name or "bilaga",
        content.encode() if isinstance(content, str) else content,
        mimetype or "application/octet-stream",
    )
