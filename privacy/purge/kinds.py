"""The kinds of rows that can be purged by name in the command, and in the admin."""

from dataclasses import dataclass

from django.db.models import Model
from wagtail.models import Page

from contacts.models import Person
from meetings.models import Registration
from outbox.models import OutgoingMail
from resources.models import Document, DocumentVersion, Image


@dataclass(frozen=True)
class Kind:
    """A kind of row that can be purged, at /admin/granskning/rensa/<path>/<id>/."""

    name: str  # in the command
    path: str  # in the address
    label: str  # in a sentence
    model: type[Model]
    back: str  # the admin view to go to when the row is gone


KINDS = (
    Kind("page", "sida", "sidan", Page, "wagtailadmin_explore_root"),
    Kind("document", "dokument", "dokumentet", Document, "wagtaildocs:index"),
    Kind("version", "version", "versionen", DocumentVersion, "wagtaildocs:index"),
    Kind("image", "bild", "bilden", Image, "wagtailimages:index"),
    Kind("mail", "mejl", "mejlet", OutgoingMail, "outgoing_mail:index"),
    Kind("registration", "anmalan", "anmälan", Registration, "meetings_admin:index"),
)


def kind_named(name: str) -> Kind | None:
    return next((kind for kind in KINDS if kind.name == name), None)


def kind_at(path: str) -> Kind | None:
    return next((kind for kind in KINDS if kind.path == path), None)


def kind_of(instance: Model) -> Kind | None:
    return next((kind for kind in KINDS if isinstance(instance, kind.model)), None)


def names_of(instance: Model) -> list[str]:
    """The titles, names and addresses of a row, which the reason for its purge must not repeat."""
    match instance:
        case Page():
            names = [instance.title, instance.draft_title]
        case Document() | DocumentVersion() | Image():
            names = [instance.title, instance.filename]
        case Registration():
            names = [instance.name, instance.email]
        case Person():
            names = [instance.name, instance.email]
        case OutgoingMail():
            names = [instance.subject, instance.recipient]
        case _:
            names = [str(instance)]
    return [name for name in names if name]
