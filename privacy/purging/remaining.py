"""Files that a page uses: they stay when the page is removed for good."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from wagtail.models import Page, ReferenceIndex

from gate.publishing.texts import files_of
from screening.wording import masked_title

from . import registry
from .erasing import doomed_with


@dataclass(frozen=True)
class RemainingFile:
    title: str  # masked
    place: str  # the list that it stands in: "Dokument"
    url: str  # of its purge; "" while others use it
    users: list[str]  # the other pages and rows that use it, by title


def files_left_by(page: Page) -> list[RemainingFile]:
    """The documents and images of the page, as published and as drafted, and of all that goes with it."""
    doomed = doomed_with(page)
    files: dict[tuple[type, Any], Any] = {}
    for each in doomed:
        for state in (each, each.get_latest_revision_as_object()):
            files.update({(type(file), file.pk): file for file in files_of(state)})
    gone = {each.pk for each in doomed}
    return sorted((_remaining(file, gone) for file in files.values()), key=lambda file: file.title)


def _remaining(file: Any, gone: set[int]) -> RemainingFile:
    kind = registry.kind_of(file)
    users = [
        masked_title(str(row))
        for row, _ in ReferenceIndex.get_grouped_references_to(file)
        if row is not None and not (isinstance(row, Page) and row.pk in gone)
    ]
    url = reverse("purging:purge", args=[kind.path, file.pk]) if kind and not users else ""
    place = str(file._meta.verbose_name_plural).capitalize()
    return RemainingFile(masked_title(str(file)), place, url, sorted(users))
