"""A mail as a value: made in a room's `mails.py`, and put in the queue by `outbox.actions.queue`. No database."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.conf import settings

from . import calendar_text


@dataclass(frozen=True)
class Attachment:
    """A file that goes with the mail. `content_type` may carry parameters, such as
    `text/calendar; method=PUBLISH; charset=utf-8`."""

    name: str
    content: bytes
    content_type: str = "application/octet-stream"

    def without(self, link: "PersonalLink") -> "Attachment":
        """The file with the link's placeholder in its place. Only calendar files hold links."""
        if not self.content_type.startswith("text/calendar"):
            return self
        return replace(self, content=calendar_text.replaced(self.content, {link.url: link.placeholder}))


@dataclass(frozen=True)
class CalendarPart:
    """A calendar message (RFC 6047) that the reader's program acts on.

    `method` must be the METHOD of `body` (UTF-8), or Outlook refuses the part.
    """

    method: str
    body: bytes


@dataclass(frozen=True)
class PersonalLink:
    """A link that works without a log-in, for whoever has it. `kind` and `pk` say how it is made anew at delivery."""

    kind: str  # one of those that `lumen.apps` lists
    pk: int
    url: str
    # What stands for it in the stored mail. It leads nowhere, and is random so that nobody can write one in a field
    # that becomes a part of a mail.
    placeholder: str = field(
        default_factory=lambda: f"{settings.BASE_URL}/personlig-lank/{secrets.token_hex(8)}/", compare=False
    )


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail to one receiver, who may be written with a display name (`Anna <anna@nacka.se>`).

    Its content is either `text`, perhaps with `html`, or the `template` that gives both:
    `emails/<template>.txt` and `emails/<template>.html`, rendered with `context`.
    """

    to: str
    subject: str
    text: str = ""
    html: str = ""
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    attachments: Sequence[Attachment] = ()
    calendar: CalendarPart | None = None
    # Mails of one stream, such as those about a meeting, reach each receiver in the order they were queued. Two
    # transactions that write to a stream at the same time must first lock the same row, or the order is undefined.
    stream: str = ""
    batch: str = ""  # groups the mails of one mail-out
    category: str = ""  # the kind of mail, one of those that `lumen.apps` lists
    urgent: bool = False  # goes before all others
    sensitive: bool = False  # the text is hidden in the admin, and wiped after delivery
    unsubscribe_url: str = ""
    not_before: datetime | None = None  # when it may leave; None is at once
    # What must still hold when it leaves: `kind` is one of those that `lumen.apps` lists, the rest are its facts.
    condition: Mapping[str, Any] | None = None
    reply_to: str = ""  # "" is the editors' mailbox
    # Each personal link in the text, HTML or `unsubscribe_url`: it is never stored, and nobody sees it in the admin.
    personal_links: Sequence[PersonalLink] = ()

    def without_links(self) -> "Mail":
        """The mail, once it is rendered, with the placeholder of each personal link in its place."""
        text, html, unsubscribe_url, attachments = self.text, self.html, self.unsubscribe_url, self.attachments
        # The longest first, since one link may begin like another.
        for link in sorted(self.personal_links, key=lambda link: -len(link.url)):
            text = text.replace(link.url, link.placeholder)
            html = html.replace(link.url, link.placeholder)
            unsubscribe_url = unsubscribe_url.replace(link.url, link.placeholder)
            attachments = [attachment.without(link) for attachment in attachments]
        return replace(self, text=text, html=html, unsubscribe_url=unsubscribe_url, attachments=attachments)
