"""Describes a file where it is linked to: its type and size."""

from wagtail.documents.models import AbstractDocument

KILO = 1000


def file_note(document: AbstractDocument) -> str:
    """Type and size of a file: "PDF, 240 kB"."""
    return ", ".join(filter(None, [document.file_extension.upper(), file_size(document.file_size)]))


def file_size(size: int | None) -> str:
    """A size in bytes in readable form: "240 kB", "1,2 MB"; empty when it is not known."""
    if size is None:
        return ""
    if size < KILO * KILO:
        return f"{max(1, round(size / KILO))}\N{NO-BREAK SPACE}kB"
    return f"{size / KILO / KILO:.1f}".replace(".", ",") + "\N{NO-BREAK SPACE}MB"
