"""The order in which an editor meets the fields of a page."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import models
from wagtail.models import Page


@cache
def form_order(model: type[models.Model]) -> tuple[str, ...]:
    """The names of the fields and child relations of a page type, as its form in the admin has them."""
    return tuple(_names(model.get_edit_handler())) if issubclass(model, Page) else ()  # type: ignore[attr-defined]


def _names(panel: Any) -> Iterator[str]:
    name = getattr(panel, "field_name", "") or getattr(panel, "relation_name", "")
    if name:
        yield name
    else:
        for child in getattr(panel, "children", ()):
            yield from _names(child)
