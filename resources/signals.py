"""Keeps the search index and Wagtail's reference index up to date when a page or a row that it names changes.

| what is saved or removed | what is updated |
|---|---|
| a page of ours | its search entry and its references; the words of a removed page are deleted |
| a file or a content that is removed | the search entries of its pages are deleted |
| a row of `NAMED_ON_PAGES` | the search entries of the published pages that name it |
| the screening of a content | the search entries of the published pages that use a file with it |
| a version of a document | its file is removed with it, as Wagtail does for the document itself |

Nothing of the domain is written here; both indexes can be rebuilt from the pages at any time.
"""

from functools import partial
from typing import Any

from django.core.files.storage import Storage
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from taggit.models import ItemBase
from wagtail.models import Page, ReferenceIndex, get_page_models

from contacts.models import Organisation
from gate.models import FileScreening

from .models import BodyPage, Category, Document, DocumentVersion, Keyword, SearchEntry, Theme
from .search.indexing import forget_entries, index_page, remove_unused_words

NAMED_ON_PAGES = (Theme, Keyword, Category, Document, Organisation)


def connect() -> None:
    """Connect the handlers to pages and to `NAMED_ON_PAGES`. Called when all models are loaded."""
    for model in get_page_models():
        if issubclass(model, BodyPage):
            post_save.connect(_page_saved, sender=model)
            pre_delete.connect(partial(_forget, "page"), sender=model, weak=False)
    for model in NAMED_ON_PAGES:
        post_save.connect(_name_saved, sender=model)
    post_save.connect(_content_saved, sender=FileScreening)
    pre_delete.connect(partial(_forget, "document"), sender=Document, weak=False)
    pre_delete.connect(partial(_forget, "content"), sender=FileScreening, weak=False)
    post_delete.connect(_version_deleted, sender=DocumentVersion)


def _page_saved(instance: Page, raw: bool = False, **kwargs: Any) -> None:
    # After the commit, and from the database: at this moment the page may hold an unpublished
    # draft, and its themes and files are not written yet.
    if not raw:
        transaction.on_commit(partial(_refresh_references, type(instance), instance.pk), robust=True)
        transaction.on_commit(partial(index_page, instance.pk), robust=True)


def _refresh_references(model: type[BodyPage], page_id: int) -> None:
    """Update Wagtail's reference index from the whole page, since it decides which documents are public.

    Wagtail itself reads the page before its files are saved, and not again when one of them is removed.
    """
    page = model.objects.filter(pk=page_id).first()
    if page:
        with transaction.atomic():
            ReferenceIndex.create_or_update_for_object(page)


def _forget(field: str, instance: models.Model, **kwargs: Any) -> None:
    """Delete the entries while their words can still be counted; the cascade would only delete them."""
    forget_entries(SearchEntry.objects.filter(**{field: instance.pk}))
    transaction.on_commit(remove_unused_words, robust=True)


def _name_saved(instance: models.Model, raw: bool = False, created: bool = False, **kwargs: Any) -> None:
    if not raw and not created:
        transaction.on_commit(partial(_index_pages_that_name, instance), robust=True)


def _version_deleted(instance: DocumentVersion, **kwargs: Any) -> None:
    transaction.on_commit(partial(_remove_file, instance.file.storage, str(instance.file)), robust=True)


def _remove_file(storage: Storage, name: str) -> None:
    """Remove the file, unless it became the current one of its document."""
    if not any(model.objects.filter(file=name).exists() for model in (Document, DocumentVersion)):
        storage.delete(name)


def _content_saved(instance: FileScreening, raw: bool = False, created: bool = False, **kwargs: Any) -> None:
    if not raw and not created:
        transaction.on_commit(partial(_index_pages_with_content, instance.pk), robust=True)


def _index_pages_with_content(screening_id: int) -> None:
    """Index the pages whose files have the content, since its text has been read or it has been withdrawn."""
    for document in Document.objects.filter(screening=screening_id):
        _index_pages_that_name(document)


def pages_that_name(instance: models.Model) -> set[int]:
    """The ids of the published pages whose search entries include the row's name."""
    ids = _pages_that_refer_to(instance) | _pages_sorted_by(instance)
    return set(Page.objects.filter(pk__in=ids, live=True).values_list("pk", flat=True))


def _index_pages_that_name(instance: models.Model) -> None:
    for page_id in pages_that_name(instance):
        index_page(page_id)


def _pages_that_refer_to(instance: models.Model) -> set[int]:
    references = ReferenceIndex.get_references_to(instance).values_list("object_id", "base_content_type__model")
    return {int(object_id) for object_id, model in references if model == "page"}


def _pages_sorted_by(instance: models.Model) -> set[int]:
    """Pages that have the theme, keyword or category: relations that the reference index leaves out."""
    if isinstance(instance, Category):
        return set(getattr(instance, f"{instance.kind}_resources").values_list("pk", flat=True))
    # Page types of rooms above have their own tables between page and theme.
    tagged = (
        relation.related_model
        for relation in instance._meta.related_objects
        if isinstance(relation.related_model, type)
        and issubclass(relation.related_model, ItemBase)
        and relation.field.name == "tag"
    )
    return {
        pk
        for model in tagged
        for pk in model._default_manager.filter(tag=instance).values_list("content_object", flat=True)
    }
