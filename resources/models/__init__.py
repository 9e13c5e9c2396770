"""What we publish: page types, the vocabulary, documents and images."""

from .body_page import BodyPage
from .document_versions import DocumentVersion
from .draft_links import DraftComment, DraftLink
from .files import Document, Image, Rendition
from .missed_searches import MissedSearch
from .pages import (
    FrameworkPage,
    FrameworkPartPage,
    HomePage,
    ResourceIndexPage,
    StandardPage,
    ThemeIndexPage,
    ThemePage,
)
from .resource import ResourceFile, ResourceLink, ResourcePage
from .search import SearchEntry, SearchPart, SearchPosting, SearchWord
from .synonyms import Synonym
from .vocabulary import Category, Keyword, ResourceKeyword, ResourceTheme, Theme

__all__ = [
    "BodyPage",
    "Category",
    "Document",
    "DocumentVersion",
    "DraftComment",
    "DraftLink",
    "FrameworkPage",
    "FrameworkPartPage",
    "HomePage",
    "Image",
    "Keyword",
    "MissedSearch",
    "Rendition",
    "ResourceFile",
    "ResourceIndexPage",
    "ResourceKeyword",
    "ResourceLink",
    "ResourcePage",
    "ResourceTheme",
    "SearchEntry",
    "SearchPart",
    "SearchPosting",
    "SearchWord",
    "StandardPage",
    "Synonym",
    "Theme",
    "ThemeIndexPage",
    "ThemePage",
]
