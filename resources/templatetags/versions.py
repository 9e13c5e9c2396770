"""The section about versions on the admin's form of a document."""

from typing import Any

from django import template

from gate.files.presentation import help_on

from ..models import Document
from ..versions.history import draft_url, versions_of

register = template.Library()


@register.inclusion_tag("admin_resources/current_file.html")
def current_file(document: Document) -> dict[str, Any]:
    """The file that visitors get, and what its screening says."""
    return {"document": document, "screening": help_on(document.screening)}


@register.inclusion_tag("admin_resources/versions.html", takes_context=True)
def document_versions(context: dict[str, Any], document: Document) -> dict[str, Any]:
    """All versions of the document, with what can be done with each."""
    rows = versions_of(document)
    has_draft = any(row.version is not None and row.version.is_draft for row in rows)
    return {
        "document": document,
        "rows": rows,
        "has_draft": has_draft,
        "draft_url": draft_url(document),
        "request": context.get("request"),
    }
