"""Publish what somebody has answered for."""

from dataclasses import asdict
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import TaskState

from ..models import Clearance
from ..uploads.actions import give_word
from .log_actions import CONFIRMED, PASSED, PASSED_LATER
from .review import PageReview


@transaction.atomic
def publish_reviewed(
    review: PageReview, *, by: Any, reason: str = "", approving: TaskState | None = None, comment: str = ""
) -> Clearance:
    """Publish, or schedule, the reviewed draft on the person's word, and keep the word.

    `reason` is for the warnings and is kept with them; `approving` is the last task of a workflow, which
    publishes when it is approved with `comment`. Raises ValidationError (also `Blocked`) when the page may
    not be published after all, and PermissionDenied for somebody who may not.
    """
    page = review.page
    revision = review.revision or page.save_revision(user=by)
    passed = reason if review.warnings else ""
    passed_now = review.new_warnings  # asked before the new clearance makes them old
    clearance = Clearance.objects.create(
        content_type=ContentType.objects.get_for_model(page),
        object_id=str(page.pk),
        digest=review.digest,
        by=by,
        reason=passed,
        findings=[asdict(finding) for finding in review.warnings],
    )
    for file in review.files:
        if file.screening is not None:
            give_word(file.screening, by=by, reason=reason if file.result.findings else "")
    log(instance=page, action=CONFIRMED, user=by, revision=revision)
    if passed_now:
        data = {"reason": passed, "findings": [asdict(finding) for finding in passed_now]}
        action = PASSED_LATER if review.is_scheduled else PASSED
        log(instance=page, action=action, user=by, revision=revision, data=data)
    if approving is not None:
        approving.task.specific.on_action(approving, by, "approve", comment=comment)
    else:
        revision.publish(user=by, changed=revision.pk != page.live_revision_id)
    return clearance
