"""The words on the main button of a piece of material, and the words for a file."""

from dataclasses import dataclass

from .enums import ResourceKind
from .models import Document, ResourcePage

KILO = 1000

# What one does with each kind where it lies, and what one downloads.
OPEN = {
    ResourceKind.PODCAST: "Lyssna på podden",
    ResourceKind.FILM: "Se filmen",
    ResourceKind.ELEARNING: "Gå till utbildningen",
}
DEFINITE = {
    ResourceKind.REPORT: "rapporten",
    ResourceKind.SUPPORT: "stödmaterialet",
    ResourceKind.CHECKLIST: "checklistan",
    ResourceKind.TEMPLATE: "mallen",
    ResourceKind.GUIDELINE: "rutinen",
    ResourceKind.PRESENTATION: "presentationen",
    ResourceKind.PODCAST: "avsnittet",
    ResourceKind.FILM: "filmen",
    ResourceKind.ELEARNING: "utbildningen",
    ResourceKind.JUDGMENT: "domen",
    ResourceKind.SURVEY: "undersökningen",
    ResourceKind.EXPERIENCE: "erfarenheten",
}


@dataclass(frozen=True)
class MainAction:
    text: str
    url: str
    note: str = ""


def main_action(resource: ResourcePage, first_document: Document | None) -> MainAction | None:
    """The main thing to do with the material; None when all of it stands on the page."""
    kind = ResourceKind(resource.kind) if resource.kind in ResourceKind.values else ResourceKind.REPORT
    if resource.external_url:
        at = f" hos {resource.producer.short_name}" if resource.producer else ""
        return MainAction(OPEN.get(kind, f"Läs {DEFINITE[kind]}") + at, resource.external_url)
    if first_document and first_document.public_url:
        return MainAction(f"Ladda ner {DEFINITE[kind]}", first_document.public_url, file_note(first_document))
    return None


def file_note(document: Document) -> str:
    """Type and size of a file: "PDF, 240 kB"."""
    return ", ".join(filter(None, [document.file_extension.upper(), file_size(document.file_size)]))


def file_size(size: int | None) -> str:
    """A size in bytes as one reads it: "240 kB", "1,2 MB"; empty when it is not known."""
    if size is None:
        return ""
    if size < KILO * KILO:
        return f"{max(1, round(size / KILO))}\N{NO-BREAK SPACE}kB"
    return f"{size / KILO / KILO:.1f}".replace(".", ",") + "\N{NO-BREAK SPACE}MB"
