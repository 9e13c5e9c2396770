"""The purge of a page's older versions, when the page itself stays."""

from typing import Any

from django.db import models
from wagtail.admin.models import EditingSession, FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, Page, PageLogEntry, WorkflowState

from gate.log_actions import APPROVE_WARNINGS
from gate.models import Objection, PageApproval
from gate.stops import stops_in
from gate.texts import digest_of

from . import tags
from .errors import PurgeRefused
from .generic_relations import content_types_of, revisions_of, rows_about
from .log_entries import empty_log
from .removal import Removal


def delete_older_versions(page: Page) -> Removal:
    """Keep one version: the published one, or the latest of a page that is not published.

    Drafts, comments, workflows, former addresses and the log's texts are removed. The approval of exactly the
    content that stays is kept: who gave it, and the reason for a warning.
    """
    page = Page.objects.get(pk=page.pk).specific
    if page.alias_of_id:
        raise PurgeRefused("Sidan visar en annan sidas text. Rensa tidigare versioner av den.")
    model, removal = type(page), Removal()
    free_tags = tags.tags_of([page])
    # Read before the versions go: an unpublished page's newest text is in its latest version only.
    kept = page if page.live else page.get_latest_revision_as_object()
    for rows in (
        rows_about(WorkflowState, model, [page.pk]),
        rows_about(EditingSession, model, [page.pk]),
        FormState.objects.filter(content_type__in=content_types_of(model)),
        Comment.objects.filter(page=page),
        Redirect.objects.filter(redirect_page=page),
    ):
        removal.delete(rows)
    Page.objects.filter(pk=page.pk).update(latest_revision=None, live_revision=None)
    removal.delete(revisions_of(page))
    _write_only_version(page.pk, kept)
    approvals = rows_about(PageApproval, model, [page.pk])
    in_force = _in_force(approvals, kept)
    removal.delete(approvals.exclude(pk__in=[approval.pk for approval in in_force]))
    still_stopped = {stop.digest for stop in stops_in(kept, passed=True)}
    removal.delete(Objection.objects.filter(page=page.pk).exclude(digest__in=still_stopped))
    empty_log(model, [page.pk], removal, keep=_log_entries_of(in_force, page.pk))
    tags.delete_unused(free_tags, removal)
    return removal


def _write_only_version(pk: int, kept: Any) -> None:
    for name in ("latest_revision", "live_revision"):
        setattr(kept, name, None)
    kept.go_live_at = None
    kept.draft_title = kept.title
    version = kept.save_revision(clean=False, log_action=False)
    state: dict[str, Any] = {"latest_revision": version, "go_live_at": None, "draft_title": kept.title}
    if kept.live:
        state |= {"live_revision": version, "has_unpublished_changes": False}
    else:
        # The row of a draft may hold the text of an earlier version.
        kept.has_unpublished_changes = True
        kept.save(clean=False)
    Page.objects.filter(pk=pk).update(**state)


def _in_force(approvals: models.QuerySet[PageApproval], kept: Page) -> list[PageApproval]:
    """The newest approval of this content, and the newest with a reason, which a later approval may lack."""
    of_this = approvals.filter(digest=digest_of(kept)).order_by("-approved_at", "-pk")
    found = [of_this.first(), of_this.exclude(reason="").first()]
    return list({approval.pk: approval for approval in found if approval is not None}.values())


def _log_entries_of(approvals: list[PageApproval], page_id: int) -> list[int]:
    """The log entries of the page that contain the reasons; each was written right after its approval."""
    found: list[int] = []
    for approval in approvals:
        if approval.reason:
            entries = PageLogEntry.objects.filter(
                page_id=page_id, action=APPROVE_WARNINGS, user=approval.approved_by_id
            )
            entries = entries.filter(timestamp__gte=approval.approved_at, data__reason=approval.reason)
            found += entries.order_by("timestamp").values_list("pk", flat=True)[:1]
    return found
