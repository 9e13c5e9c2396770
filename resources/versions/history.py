"""The versions of a document as the admin shows them: which one visitors get, the draft, and the earlier ones."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from gate.files.presentation import State, screening_url, state_of

from ..models import Document, DocumentVersion


@dataclass(frozen=True)
class Row:
    """A version in the history."""

    number: int
    label: str  # "Gällande", "Utkast" or "Tidigare"
    day: datetime | None  # when it was published; a draft: uploaded
    who: str
    note: str
    filename: str
    url: str
    state: State | None  # of its screening, where it is not approved
    screening_url: str = ""
    version: DocumentVersion | None = None  # None for the current one, which is the document itself


def versions_of(document: Document) -> list[Row]:
    """Every version, the newest first. Two queries."""
    rows = [_row_of_version(each) for each in document.versions.select_related("screening", "uploaded_by_user")]
    return sorted([*rows, _row_of_current(document)], key=lambda row: -row.number)


def draft_of(document: Document) -> DocumentVersion | None:
    return document.versions.drafts().select_related("screening", "uploaded_by_user").first()


def draft_url(document: Document) -> str:
    """The address of the page about the document's draft."""
    return reverse("document_version_draft", args=[document.pk])


def _row_of_current(document: Document) -> Row:
    return Row(
        number=document.version,
        label="Gällande",
        day=document.version_at or document.created_at,
        who=str(document.uploaded_by_user or ""),
        note=document.version_note,
        filename=document.filename,
        url=document.url,
        **_screening_of(document),
    )


def _row_of_version(version: DocumentVersion) -> Row:
    return Row(
        number=version.number,
        label="Utkast" if version.is_draft else "Tidigare",
        day=version.published_at or version.uploaded_at,
        who=str(version.uploaded_by_user or ""),
        note=version.note,
        filename=version.filename,
        url=version.url,
        version=version,
        **_screening_of(version),
    )


def _screening_of(file: Any) -> dict[str, Any]:
    if file.is_approved:
        return {"state": None}
    screening = file.screening
    return {"state": state_of(screening), "screening_url": screening_url(screening) if screening else ""}
