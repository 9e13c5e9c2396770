"""The main button of a piece of material: what it says, and where it leads."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .enums import ResourceKind
from .file_labels import file_note

if TYPE_CHECKING:
    from .models import Document, ResourcePage

# The label of a link to material elsewhere, and the noun for a download, by kind.
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
class MainButton:
    text: str
    url: str
    note: str = ""


def main_button(resource: "ResourcePage", first_document: "Document | None") -> MainButton | None:
    """The main thing to do with the material; None when all of it stands on the page."""
    kind = ResourceKind(resource.kind) if resource.kind in ResourceKind.values else ResourceKind.REPORT
    if resource.external_url:
        at = f" hos {resource.producer.short_name}" if resource.producer else ""
        return MainButton(OPEN.get(kind, f"Läs {DEFINITE[kind]}") + at, resource.external_url)
    if first_document and first_document.public_url:
        return MainButton(f"Ladda ner {DEFINITE[kind]}", first_document.public_url, file_note(first_document))
    return None
