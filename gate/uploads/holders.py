"""Which files hold a content."""

from collections.abc import Iterator
from typing import Any

from django.db.models import ManyToOneRel, Model
from wagtail.models import Page, ReferenceIndex

from ..models import FileScreening

FIELD = "screening"


def file_models() -> list[type[Any]]:
    """Every model whose files are screened, whichever room it belongs to."""
    # By the foreign key that `ScreenedFile` gives them.
    relations = FileScreening._meta.get_fields(include_hidden=True)
    return [
        relation.related_model
        for relation in relations
        if isinstance(relation, ManyToOneRel) and relation.field.name == FIELD
    ]


def holders_of(screening: FileScreening) -> Iterator[Any]:
    """The documents and images that have exactly this content."""
    for model in file_models():
        yield from model._default_manager.filter(screening=screening).order_by("pk")


def is_on_live_page(instance: Model) -> bool:
    """Whether a published page uses the document or image."""
    if instance.pk is None:
        return False
    references = ReferenceIndex.get_references_to(instance).filter(
        base_content_type__app_label="wagtailcore", base_content_type__model="page"
    )
    pages = [int(page) for page in references.values_list("object_id", flat=True)]
    return Page.objects.filter(pk__in=pages, live=True).exists()
