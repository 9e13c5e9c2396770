"""Links to documents in running text."""

from django.db.models import prefetch_related_objects
from django.utils.html import format_html
from wagtail.documents.rich_text import DocumentLinkHandler


class ApprovedDocumentLinkHandler(DocumentLinkHandler):
    """Renders a link to a document, but without an address while the document is not approved."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        documents = cls.get_many(attrs_list)
        prefetch_related_objects([document for document in documents if document], "screening")
        return [
            format_html('<a href="{}">', document.url) if document and document.is_approved else "<a>"
            for document in documents
        ]
