"""Wagtail's lists of documents and images, with a column and a filter for the state of each file."""

from functools import cached_property
from typing import Any

import django_filters
from django.db.models import QuerySet
from wagtail.admin.ui.tables import Column, DownloadColumn
from wagtail.documents.views import documents
from wagtail.images.views import images

from ..enums import FileState
from .presentation import screening_url, state_of

SPARE_COLUMNS = ("preview", "filename", "created_at", "collection")


class StateColumn(Column):
    """The state of a file, with a link to its screening."""

    cell_template_name = "admin_gate/state_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        screening = instance.screening
        return super().get_cell_context_data(instance, parent_context) | {
            "state": state_of(screening),
            "url": screening_url(screening) if screening is not None else "",
        }


def _with_state(columns: list[Column]) -> list[Column]:
    """Add the state before the last column, and mark the columns that narrow screens leave out."""
    if not columns:
        return columns
    for column in columns:
        if column.name in SPARE_COLUMNS:
            column.classname = f"{column.classname or ''} spare-column".strip()
        if isinstance(column, DownloadColumn):
            column.cell_template_name = "admin_gate/download_cell.html"  # Wagtail's own ignores the class
    return [*columns[:-1], StateColumn("screening", label="Granskning"), columns[-1]]


class _StateFilter(django_filters.ChoiceFilter):
    """Filters files by state."""

    def __init__(self) -> None:
        super().__init__(label="Granskning", choices=FileState.choices)

    def filter(self, rows: Any, value: str) -> Any:
        return rows.in_state(value) if value else rows


class DocumentFilters(documents.DocumentsFilterSet):
    granskning = _StateFilter()

    class Meta(documents.DocumentsFilterSet.Meta):
        pass


class ImageFilters(images.ImagesFilterSet):
    granskning = _StateFilter()

    class Meta(images.ImagesFilterSet.Meta):
        pass


class DocumentIndexView(documents.IndexView):
    filterset_class = DocumentFilters

    @cached_property
    def columns(self) -> list[Column]:
        return _with_state(super().columns)

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().select_related("screening")


class ImageIndexView(images.IndexView):
    filterset_class = ImageFilters

    @cached_property
    def columns(self) -> list[Column]:
        return _with_state(super().columns)

    @cached_property
    def layout(self) -> str:
        # The grid has no room for the state, so the list comes first.
        return str(self.request.GET.get("layout", "list"))

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().select_related("screening")
