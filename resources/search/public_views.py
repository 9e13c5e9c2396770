"""Public views beside the tree of pages, such as the list of organisations, in the search index.

They belong to other rooms, so `lumen` passes them in when it starts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..models.search import SearchEntry
from .indexing import index_view, remove_views


@dataclass(frozen=True)
class PublicView:
    """A view as the search knows it: what it shows to anybody, now."""

    path: str
    label: str  # what kind of page it is, as a hit shows it
    title: str
    lead: str
    text: str

    @property
    def shown(self) -> str:
        return " ".join(f"{self.lead} {self.text}".split())


_MAKERS: list[Callable[[], PublicView]] = []


def name_public_views(makers: Sequence[Callable[[], PublicView]]) -> None:
    """Set the views that are searched, each as a function that reads what it shows."""
    _MAKERS[:] = makers


def index_public_views() -> int:
    """Index the views whose text has changed, and forget those that are no more; returns how many were written."""
    views = [make() for make in _MAKERS]
    remove_views(but=[view.path for view in views])
    stored = dict(SearchEntry.objects.exclude(path="").values_list("path", "text"))
    changed = [view for view in views if stored.get(view.path) != view.shown]
    for view in changed:
        index_view(path=view.path, title=view.title, lead=view.lead, text=view.text, label=view.label)
    return len(changed)
