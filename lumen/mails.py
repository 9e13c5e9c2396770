"""Mails about LUMEN as a whole, whichever room they come from."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page, Revision

from meetings.enums import MailCategory
from outbox.actions import queue_templated_mail
from screening.text import screen_text

UNTOLD_TITLE = "en sida vars titel behöver ändras"


def queue_schedule_refused(*, page: Page, revision: Revision, reasons: Sequence[str]) -> None:
    """Tell the editor of a scheduled publishing that it could not be done, and why."""
    if revision.user is None or not revision.user.email:
        return
    title = page.get_admin_display_title()
    if screen_text(title).findings:
        title = UNTOLD_TITLE  # What is refused may be the title itself, and a mail is out of reach once it is sent.
    queue_templated_mail(
        to=revision.user.email,
        subject=f"Kunde inte publiceras: {title}",
        template="schedule_refused",
        context={
            "title": title,
            "reasons": reasons,
            "button_url": f"{settings.BASE_URL}{reverse('wagtailadmin_pages:edit', args=[page.pk])}",
            "button_label": "Öppna sidan",
        },
        category=MailCategory.EDITOR,
    )
