"""Who may read a document or see an image, and which version of it a browser already has."""

from django.db.models import prefetch_related_objects
from django.utils.html import format_html
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page, ReferenceIndex

from .models import Document, Image
from .models.body_page import on_display


def document_is_public(document: Document) -> bool:
    """Whether anybody may read the document: it is cleared, its collection is open and a page on display uses it."""
    return _is_public(document)


def image_is_public(image: Image) -> bool:
    """Whether anybody may see the image, in any size; by the same rule as a document."""
    return _is_public(image)


def _is_public(file: Document | Image) -> bool:
    """By Wagtail's reference index, which knows every use in the published version of a page (a file, a block,
    a link or a picture in running text), whichever room the page type belongs to.

    What stands in a draft alone is not public.
    """
    if not file.is_cleared or file.collection.get_view_restrictions():
        return False
    references = ReferenceIndex.get_references_to(file).filter(
        base_content_type__app_label="wagtailcore", base_content_type__model="page"
    )
    # The reference index keeps ids as text.
    pages = [int(page) for page in references.values_list("object_id", flat=True)]
    return on_display(Page.objects.filter(pk__in=pages)).exists()


def remember_content(document: Document) -> None:
    """Store the hash of the file, if nobody has: Wagtail's forms do, a file added by code has none.

    The hash is the ETag. An empty one would be the same for a replaced file. Without a file there is
    nothing to remember.
    """
    if not document.file_hash and document.file.storage.exists(document.file.name):
        document.get_file_hash()


class ClearedDocumentLinkHandler(DocumentLinkHandler):
    """Links in running text: one to a document that is not cleared is no link."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        documents = cls.get_many(attrs_list)
        prefetch_related_objects([document for document in documents if document], "screening")
        return [
            format_html('<a href="{}">', document.url) if document and document.is_cleared else "<a>"
            for document in documents
        ]
