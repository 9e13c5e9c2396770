"""Older versions of a page that itself stays."""

from typing import Any

from django.db import models
from wagtail.admin.models import EditingSession, FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, Page, PageLogEntry, Revision, WorkflowState

from gate.models import Clearance
from gate.publishing.log_actions import PASSED
from gate.publishing.texts import digest_of

from . import words
from .erasing import Removal
from .errors import PurgeRefused
from .traces import content_types_of, empty_log


def erase_versions(page: Page) -> Removal:
    """Keep one version: the published one, or the latest of a page that is not published.

    Drafts, comments, workflows, former addresses and the log's texts go. What was answered for about exactly
    the content that stays is kept: who did it, and the reason for a warning.
    """
    page = Page.objects.get(pk=page.pk).specific
    if page.alias_of_id:
        raise PurgeRefused("Sidan visar en annan sidas text. Rensa tidigare versioner av den.")
    free_words = words.words_of([page])
    # Read before the versions go: an unpublished page's newest text is in its latest version only.
    kept = page if page.live else page.get_latest_revision_as_object()
    versions = Revision.objects.filter(content_type__in=content_types_of(type(page)), object_id=str(page.pk))
    removal = Removal()
    about = {"content_type__in": content_types_of(type(page)), "object_id": str(page.pk)}
    for rows in (
        WorkflowState.objects.filter(**about),
        EditingSession.objects.filter(**about),
        FormState.objects.filter(content_type__in=about["content_type__in"]),
        Comment.objects.filter(page=page),
        Redirect.objects.filter(redirect_page=page),
    ):
        removal.counts[rows.model._meta.label] += rows.count()
        rows.delete()
    removal.counts[Revision._meta.label] += versions.count()
    Page.objects.filter(pk=page.pk).update(latest_revision=None, live_revision=None)
    versions.delete()
    _write_only_version(page.pk, kept)
    clearances = Clearance.objects.filter(**about)
    in_force = _in_force(clearances, kept)
    others = clearances.exclude(pk__in=[clearance.pk for clearance in in_force])
    removal.counts[Clearance._meta.label] += others.count()
    others.delete()
    reasons = _log_rows_of(in_force, page.pk)
    removal.counts += empty_log(type(page), [page.pk], keep=reasons)
    removal.counts += words.remove_unused(free_words)
    return Removal(+removal.counts)


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


def _in_force(clearances: models.QuerySet[Clearance], kept: Page) -> list[Clearance]:
    """The newest word about exactly this content, and the newest that has a reason: a second publication asks none."""
    about_this = clearances.filter(digest=digest_of(kept)).order_by("-at", "-pk")
    found = [about_this.first(), about_this.exclude(reason="").first()]
    return list({clearance.pk: clearance for clearance in found if clearance is not None}.values())


def _log_rows_of(clearances: list[Clearance], page_id: int) -> list[int]:
    """The rows of the page's history that tell the reasons; each was written right after its clearance."""
    found: list[int] = []
    for clearance in clearances:
        if clearance.reason:
            rows = PageLogEntry.objects.filter(page_id=page_id, action=PASSED, user=clearance.by_id)
            rows = rows.filter(timestamp__gte=clearance.at, data__reason=clearance.reason)
            found += rows.order_by("timestamp").values_list("pk", flat=True)[:1]
    return found
