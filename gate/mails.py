"""The mails of the gate: a file that is stopped, and a scheduled publication that could not be done."""

from collections.abc import Iterable, Sequence
from typing import Any

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from outbox.links import absolute
from outbox.mails import Mail
from screening.descriptions import NAMES, masked_title
from screening.findings import BLOCKING, Finding, Kind
from screening.text import screen_text

from .enums import MailCategory

MOST_PLACES = 10  # of each kind; the page about the file has them all
UNTOLD_TITLE = "en sida vars titel behöver ändras"


def file_stopped(file: Any) -> Mail:
    """The mail to whoever uploaded a document or image that may not be public, which says why."""
    return Mail(
        to=file.uploaded_by_user.email,
        subject="En fil du har laddat upp får inte publiceras",
        template="file_stopped",
        context={
            "title": masked_title(file.title),
            "found": _places_by_kind(file.screening.result.findings),
            "edit_url": absolute(AdminURLFinder().get_edit_url(file) or ""),
        },
        category=MailCategory.FILE,
    )


def schedule_refused(page: Page, *, to: str, reasons: Sequence[str]) -> Mail:
    """The mail to the editor of a scheduled publication that could not be done, which says why."""
    title = page.get_admin_display_title()
    if screen_text(title).findings:
        title = UNTOLD_TITLE  # The title itself may be what is refused, and a sent mail cannot be taken back.
    return Mail(
        to=to,
        subject=f"Kunde inte publiceras: {title}",
        template="schedule_refused",
        context={
            "title": title,
            "reasons": reasons,
            "button_url": absolute("wagtailadmin_pages:edit", page.pk),
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
