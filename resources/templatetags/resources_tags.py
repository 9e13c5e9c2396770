"""Template filters for material."""

from django import template

from ..file_labels import file_note as note_of
from ..models import Document

register = template.Library()


@register.filter
def file_note(document: Document) -> str:
    """Type and size of a file: "PDF, 240 kB"."""
    return note_of(document)
