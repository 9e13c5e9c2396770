"""What we publish: page types, the vocabulary, documents and images."""

from .files import Document, Image, Rendition
from .pages import (
    FrameworkPage,
    FrameworkPartPage,
    HomePage,
    ResourceIndexPage,
    StandardPage,
    ThemeIndexPage,
    ThemePage,
)
from .resource import ResourceFile, ResourcePage
from .vocabulary import Category, Keyword, ResourceKeyword, ResourceTheme, Theme

__all__ = [
    "Category",
    "Document",
    "FrameworkPage",
    "FrameworkPartPage",
    "HomePage",
    "Image",
    "Keyword",
    "Rendition",
    "ResourceFile",
    "ResourceIndexPage",
    "ResourceKeyword",
    "ResourcePage",
    "ResourceTheme",
    "StandardPage",
    "Theme",
    "ThemeIndexPage",
    "ThemePage",
]
