"""What can be done to the outbox: queue a mail, try again, release a held queue."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import css_inline
from django.conf import settings
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.context import Context

from .composition import Attachment, CalendarPart, CompositionError, compose
from .models import OutgoingMail

__all__ = ["Attachment", "CalendarPart", "CompositionError", "queue_mail", "queue_templated_mail", "render_templates"]

# Mail programs drop <style>, so each rule goes to the elements it concerns. Nothing is fetched.
INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)


def queue_mail(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    attachments: Sequence[Attachment] = (),
    calendar: CalendarPart | None = None,
    stream: str = "",
    batch: str = "",
    category: str = "",
    urgent: bool = False,
    sensitive: bool = False,
    unsubscribe_url: str = "",
) -> OutgoingMail:
    """Write a mail to the outbox, in the caller's transaction: a rollback leaves no mail.

    `stream` names mails to be delivered in the order they were queued, such as all that concern one
    meeting and one receiver. Two transactions that write to the same stream at the same time must
    first lock the same row, or the order between them is open. `batch` groups the mails of one
    mail-out, `category` tells what kind of mail it is. `urgent` mails go before all others.
    The body of a `sensitive` mail is hidden in the admin and wiped after delivery.

    Raises CompositionError for an address or link that cannot be used.
    """
    composed = compose(
        to=to,
        subject=subject,
        text=text,
        html=html,
        attachments=attachments,
        calendar=calendar,
        unsubscribe_url=unsubscribe_url,
    )
    return OutgoingMail.objects.create(
        recipient=composed.recipient,
        subject=composed.subject,
        text=text,
        message=composed.content,
        message_id=composed.message_id,
        stream=stream,
        batch=batch,
        category=category,
        urgent=urgent,
        sensitive=sensitive,
    )


def queue_templated_mail(
    *, to: str, subject: str, template: str, context: Mapping[str, Any], **options: Any
) -> OutgoingMail:
    """Queue a mail rendered from `emails/<template>.txt` and `emails/<template>.html`.

    `options` are those of `queue_mail`.
    """
    text, html = render_templates(subject=subject, template=template, context=context)
    return queue_mail(to=to, subject=subject, text=text, html=html, **options)


def render_templates(*, subject: str, template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """The plain text and the HTML of a mail, as they would be queued (also for a preview).

    The templates get `subject` and `base_url` beside the context.
    """
    values = {"base_url": settings.BASE_URL, "subject": subject, **context}
    # The tags of a template leave empty lines behind.
    text = re.sub(r"\n\s*\n", "\n\n", render(f"emails/{template}.txt", values, autoescape=False)).strip()
    html = INLINER.inline(render(f"emails/{template}.html", values, autoescape=True))
    return text, html


def render(template_name: str, values: Mapping[str, Any], *, autoescape: bool) -> str:
    """Render a mail template; plain text is not to be HTML-escaped."""
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)  # noqa: S101  (narrows the type; settings say so)
    return engine.engine.get_template(template_name).render(Context(dict(values), autoescape=autoescape))
