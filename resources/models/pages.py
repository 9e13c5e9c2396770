"""The pages that hold LUMEN together: start, framework, themes, the library and plain pages."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from ..blocks import SHORT_TEXT, BodyBlock
from .vocabulary import Theme


class BodyPage(Page):
    """What our pages share: a lead and a body."""

    lead = models.TextField("ingress", blank=True, help_text="En eller två meningar överst på sidan.")
    body = StreamField(BodyBlock(), verbose_name="innehåll", blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, "lead", "body"]
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        abstract = True


class HomePage(BodyPage):
    """The start page."""

    template = "pages/home_page.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]

    class Meta:
        verbose_name = "startsida"


class StandardPage(BodyPage):
    """A plain page: about LUMEN, accessibility, personal data."""

    template = "pages/standard_page.html"
    parent_page_types: ClassVar[list[str]] = ["resources.HomePage", "resources.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["resources.StandardPage"]

    class Meta:
        verbose_name = "vanlig sida"
        verbose_name_plural = "vanliga sidor"


class FrameworkPage(BodyPage):
    """The framework: a picture of its five parts."""

    template = "pages/framework_page.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["resources.HomePage"]
    subpage_types: ClassVar[list[str]] = ["resources.FrameworkPartPage"]

    class Meta:
        verbose_name = "ramverket"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["parts"] = FrameworkPartPage.objects.live().child_of(self).order_by("path")
        return context


class FrameworkPartPage(BodyPage):
    """One of the five parts of the framework."""

    template = "pages/framework_part_page.html"
    parent_page_types: ClassVar[list[str]] = ["resources.FrameworkPage"]
    subpage_types: ClassVar[list[str]] = []

    short_title = models.CharField("kort namn", max_length=40)
    questions = RichTextField("frågor att ställa hos er", blank=True, features=SHORT_TEXT)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, "short_title", "lead", "questions", "body"]

    class Meta:
        verbose_name = "del av ramverket"
        verbose_name_plural = "delar av ramverket"


class ThemeIndexPage(BodyPage):
    template = "pages/theme_index_page.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["resources.HomePage"]
    subpage_types: ClassVar[list[str]] = ["resources.ThemePage"]

    class Meta:
        verbose_name = "temasamling"


class ThemePage(BodyPage):
    """A theme: what it is about, its material and its meetings."""

    template = "pages/theme_page.html"
    parent_page_types: ClassVar[list[str]] = ["resources.ThemeIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    theme = models.OneToOneField(Theme, models.PROTECT, related_name="page", verbose_name="tema")

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, "theme", "lead", "body"]

    class Meta:
        verbose_name = "temasida"
        verbose_name_plural = "temasidor"


class ResourceIndexPage(BodyPage):
    """The library: all material with facets and search."""

    template = "pages/resource_index_page.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["resources.HomePage"]
    subpage_types: ClassVar[list[str]] = ["resources.ResourcePage"]

    class Meta:
        verbose_name = "materialsamling"
