"""Publishes a page that somebody has approved at the desk."""

from dataclasses import asdict
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import TaskState

from ..files.actions import approve_file
from ..log_actions import APPROVE_PAGE, APPROVE_WARNINGS, APPROVE_WARNINGS_SCHEDULED
from ..models import PageApproval
from .reviews import PageReview


@transaction.atomic
def publish_reviewed(
    review: PageReview,
    *,
    by: Any,
    reason: str = "",
    refrains: bool = False,
    approving: TaskState | None = None,
    comment: str = "",
) -> PageApproval:
    """Publish or schedule the reviewed draft, and record the approval of the person who publishes it.

    `reason` says why the warnings are acceptable, and is stored with them. `refrains` leaves out what may be left out
    of what publishing causes. `approving` is the last task of a workflow: approving it, with `comment`, publishes the
    page. Raises ValidationError (also `Blocked`) when the
    page may not be published after all, and PermissionDenied when the person lacks the permission.
    """
    page = review.page
    revision = review.revision or page.save_revision(user=by)
    kept_reason = reason if review.warnings else ""
    new_warnings = review.new_warnings  # read first: once the approval is stored they are no longer new
    approval = PageApproval.objects.create(
        content_type=ContentType.objects.get_for_model(page),
        object_id=str(page.pk),
        digest=review.digest,
        approved_by=by,
        reason=kept_reason,
        findings=[asdict(finding) for finding in review.warnings],
    )
    for file in review.files:
        if file.screening is not None:
            approve_file(file.screening, by=by, reason=reason if file.result.findings else "")
    log(instance=page, action=APPROVE_PAGE, user=by, revision=revision)
    if new_warnings:
        data = {"reason": kept_reason, "findings": [asdict(finding) for finding in new_warnings]}
        action = APPROVE_WARNINGS_SCHEDULED if review.is_scheduled else APPROVE_WARNINGS
        log(instance=page, action=action, user=by, revision=revision, data=data)
    for consequence in review.refrainable if refrains else ():
        assert consequence.refrain is not None  # noqa: S101  (narrows the type)
        consequence.refrain(by)
    if approving is not None:
        approving.task.specific.on_action(approving, by, "approve", comment=comment)
    else:
        revision.publish(user=by, changed=revision.pk != page.live_revision_id)
    return approval
