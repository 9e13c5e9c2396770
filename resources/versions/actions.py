"""Upload, publish, discard and bring back a version of a document's file."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import log

from gate.files.presentation import advice_on

from ..models import Document, DocumentVersion, ResourcePage
from ..permissions import user_can_change_document, user_can_publish_version
from .log_actions import BRING_BACK, DISCARD, PUBLISH, TELL, UPLOAD

HAS_DRAFT = "Det finns redan en version som inte är publicerad. Publicera eller kasta den först."
NO_DRAFT = "Det finns ingen version som väntar på att publiceras. Någon har kanske hunnit före dig."
IS_CURRENT = "Det är samma fil som den gällande versionen. Välj den nya filen."
IS_GONE = "Filen finns inte kvar i lagringen. Ladda upp den från din dator i stället."
NOT_YOURS = "Du får inte publicera alla sidor som har dokumentet. Be någon som får det att publicera versionen."


@transaction.atomic
def upload_version(*, version: DocumentVersion, by: Any, action: str = UPLOAD) -> DocumentVersion:
    """Store a version as the draft of its document. `version` is new, with document, file, title and note.

    Visitors get the current file until `publish_version`. Raises PermissionDenied, and ValidationError (also
    `Blocked`) with a sentence for the editor.
    """
    document = _locked(version.document)
    if not user_can_change_document(by, document):
        raise PermissionDenied
    if document.versions.drafts().exists():
        raise ValidationError(HAS_DRAFT)
    version.number, version.uploaded_by_user = document.version + 1, by
    version.save()
    log(instance=document, action=action, user=by, data={"version": version.number})
    return version


@transaction.atomic
def publish_version(*, document: Document, by: Any, tell_on: Iterable[ResourcePage] = ()) -> DocumentVersion:
    """Make the draft the document's current file, and keep the former one as an earlier version, which is returned.

    On the pages in `tell_on` today's date and the version's note are written. Raises PermissionDenied, and
    ValidationError with a sentence for the editor, when there is no draft or it may not be public.
    """
    document = _locked(document)
    draft = document.versions.drafts().select_related("screening").first()
    if draft is None:
        raise ValidationError(NO_DRAFT)
    if not user_can_publish_version(by, document):
        raise PermissionDenied(NOT_YOURS)
    if not draft.is_approved:
        raise ValidationError(advice_on(draft.screening) if draft.screening else "Filen granskas först.")
    earlier = _earlier(document)
    _take_over(document, draft)
    draft.delete()
    document.save()
    # The guard has seen these texts before, and visitors do not: a new rule must not keep a mended file from them.
    DocumentVersion.objects.bulk_create([earlier])
    log(instance=document, action=PUBLISH, user=by, data={"version": document.version})
    for page in tell_on:
        _tell(page, document, by)
    return earlier


@transaction.atomic
def discard_version(*, document: Document, by: Any) -> None:
    """Remove the draft with its file. Nothing happens when there is none."""
    document = _locked(document)
    if not user_can_change_document(by, document):
        raise PermissionDenied
    draft = document.versions.drafts().first()
    if draft is not None:
        draft.delete()
        log(instance=document, action=DISCARD, user=by, data={"version": draft.number})


def bring_back(*, version: DocumentVersion, by: Any) -> DocumentVersion:
    """Make a draft with the file of an earlier version; the earlier one stays in the history. Raises as an upload."""
    if version.screening_id is not None and version.screening_id == version.document.screening_id:
        raise ValidationError(IS_CURRENT)
    try:
        with version.file.storage.open(str(version.file)) as file:
            again = DocumentVersion(
                document=version.document,
                file=File(file, name=version.filename),
                title=version.title,
                note=f"Version {version.number} gäller igen.",
            )
            return upload_version(version=again, by=by, action=BRING_BACK)
    except FileNotFoundError as error:
        raise ValidationError(IS_GONE) from error


def _locked(document: Document) -> Document:
    return Document.objects.select_for_update().get(pk=document.pk)


def _earlier(document: Document) -> DocumentVersion:
    """The document's current file as a row of its own."""
    since = document.version_at or document.created_at
    return DocumentVersion(
        document=document,
        number=document.version,
        file=document.file.name,
        title=document.title,
        note=document.version_note,
        uploaded_by_user=document.uploaded_by_user,
        uploaded_at=since,
        published_at=since,
        screening=document.screening,
        screened_name=document.screened_name,
    )


def _take_over(document: Document, draft: DocumentVersion) -> None:
    """Give the document all that the draft has. The caller saves it."""
    document.file = draft.file.name
    document.screening, document.screened_name = draft.screening, draft.screened_name
    document.file_size, document.file_hash = draft.screening and draft.screening.size, ""
    document.title, document.uploaded_by_user = draft.title, draft.uploaded_by_user
    document.version, document.version_note, document.version_at = draft.number, draft.note, timezone.now()


def _tell(page: ResourcePage, document: Document, by: Any) -> None:
    """Write the day and what is new on the published page, and in its drafts, without publishing anything of those."""
    page = ResourcePage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    now = timezone.now()
    page.updated_on, page.change_note = timezone.localdate(now), document.version_note
    page.last_published_at = now  # what the feed and the site map tell
    page.save(clean=False, update_fields=["updated_on", "change_note", "last_published_at"])
    told = {"updated_on": page.updated_on.isoformat(), "change_note": page.change_note}
    # Those from the published one on: the newest draft, one that is scheduled, one that somebody is asked to look at.
    for revision in page.revisions.filter(models.Q(pk__gte=page.live_revision_id or 0)):
        revision.content |= told
        if revision.pk == page.latest_revision_id:
            revision.created_at = now  # Whoever has it open is told that it has changed.
        revision.save(update_fields=["content", "created_at"])
    ResourcePage.objects.filter(pk=page.pk, latest_revision__isnull=False).update(latest_revision_created_at=now)
    log(instance=page, action=TELL, user=by, data={"version": document.version})
