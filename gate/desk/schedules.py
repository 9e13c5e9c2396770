"""Publishes scheduled pages when their time has come, after a screening with today's rules."""

from collections.abc import Iterable
from datetime import datetime

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from outbox.actions import queue

from ..log_actions import SCHEDULE_REFUSED
from ..mails import schedule_refused
from .presentation import sentences
from .reviews import PageReview, review_content

logger = structlog.get_logger("publishing")


def publish_due(now: datetime | None = None) -> None:
    """Publish each revision whose time has come; one that can't be published does not stop the others."""
    due = Revision.objects.filter(approved_go_live_at__lt=now or timezone.now()).order_by("approved_go_live_at")
    for revision in due:
        try:
            publish_scheduled(revision)
        except Exception:
            logger.exception("a scheduled publication failed", revision=revision.pk)


def publish_scheduled(revision: Revision) -> None:
    """Publish the revision, or cancel its schedule if it may no longer be public.

    Approvals given when it was scheduled still count, but rules and files may have changed since.
    """
    try:
        with transaction.atomic():
            page = revision.as_object()
            if isinstance(page, Page):
                reasons = reasons_against(review_content(page, revision=revision, user=None))
                if reasons:
                    raise ValidationError(reasons)
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as error:
        refuse_schedule(revision=revision, reasons=error.messages)


def reasons_against(review: PageReview) -> list[str]:
    """Why scheduled content may not be published, as sentences; empty if it may."""
    reasons = sentences([*review.blocks, *review.new_warnings])
    reasons += [
        f"Filen ”{file.name}” är inte färdig att publiceras." for file in review.files if not file.result.findings
    ]
    return reasons


@transaction.atomic
def refuse_schedule(*, revision: Revision, reasons: Iterable[str]) -> None:
    """Cancel a scheduled publication, and tell why in the page's history and by mail to its editor."""
    reasons = list(reasons)
    page = Page.objects.get(pk=revision.object_id).specific
    page.revisions.update(approved_go_live_at=None)
    log(instance=page, action=SCHEDULE_REFUSED, data={"reasons": reasons}, revision=revision)
    if revision.user is not None and revision.user.email:
        queue(schedule_refused(page, to=revision.user.email, reasons=reasons))
