"""The mails of the gate: a file that is stopped, and a scheduled publication that could not be done."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, Revision

from outbox.actions import queue_templated_mail
from screening.descriptions import NAMES, masked_title
from screening.findings import BLOCKING, Finding, Kind
from screening.text import screen_text

from .enums import MailCategory

MOST_PLACES = 10  # of each kind; the page about the file has them all
UNTOLD_TITLE = "en sida vars titel behöver ändras"


def queue_file_stopped(file: Any) -> None:
    """Tell the one who uploaded a document or image that it may not be public, and why."""
    uploader = file.uploaded_by_user
    if uploader is None or not uploader.is_active or not uploader.email:
        return
    queue_templated_mail(
        to=uploader.email,
        subject="En fil du har laddat upp får inte publiceras",
        template="file_stopped",
        context={
            "title": masked_title(file.title),
            "found": _places_by_kind(file.screening.result.findings),
            "edit_url": f"{settings.BASE_URL}{AdminURLFinder().get_edit_url(file) or ''}",
        },
        category=MailCategory.FILE,
    )


def queue_schedule_refused(*, page: Page, revision: Revision, reasons: Sequence[str]) -> None:
    """Tell the editor of a scheduled publication that it could not be done, and why."""
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
        category=MailCategory.SCHEDULE,
    )


def _places_by_kind(findings: Iterable[Finding]) -> list[str]:
    """A line for each kind that blocks, with the first of its places."""
    places: dict[Kind, dict[str, None]] = {}
    for finding in findings:
        if finding.kind in BLOCKING:
            places.setdefault(finding.kind, {})[finding.where or "i filen"] = None
    lines = []
    for kind, where in places.items():
        more = f" och {len(where) - MOST_PLACES} till" if len(where) > MOST_PLACES else ""
        lines.append(f"{NAMES[kind]}: {'; '.join(list(where)[:MOST_PLACES])}{more}")
    return lines
