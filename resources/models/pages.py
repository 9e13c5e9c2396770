"""The pages that hold LUMEN together: start, framework, themes, the library and plain pages."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from ..admin_forms import ThemePageForm
from ..blocks import SHORT_TEXT, WaysInBlock
from ..facets import FRAMEWORK_PART, THEME
from ..library import browse
from .body_page import BodyPage
from .lead_picture import LeadPicturePage
from .resource import ResourcePage, ResourceQuerySet
from .vocabulary import ResourceTheme, Theme

NEWEST_SHOWN = 6  # on the start page
FEW_SHOWN = 6  # on the page of a theme or of a part of the framework


def _few(resources: ResourceQuerySet, library_query: str) -> dict[str, Any]:
    """The variables of the component `resource_few`."""
    return {
        "resources": resources.newest_first().for_cards()[:FEW_SHOWN],
        "resources_total": resources.count(),
        "library_query": library_query,
    }


class HomePage(BodyPage):
    """The start page."""

    template = "pages/home_page.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]

    ways_in = StreamField(
        WaysInBlock(),
        verbose_name="ingångar",
        blank=True,
        help_text="Genvägar för olika besökare: kom igång, roller, verksamheter. Visas i den här ordningen.",
    )

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead", heading="Vad LUMEN är", help_text="En mening. Den står stort överst på startsidan."),
        FieldPanel("ways_in"),
        FieldPanel("body", heading="Mer innehåll längst ner"),
    ]

    class Meta:
        verbose_name = "startsida"
        verbose_name_plural = "startsidor"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "parts": framework_parts(),
            "ways_in": [block.value for block in self.ways_in],
            "newest": ResourcePage.objects.on_display().newest_first().for_cards()[:NEWEST_SHOWN],
        }


class StandardPage(LeadPicturePage):
    """A plain page: about LUMEN, accessibility, personal data."""

    template = "pages/standard_page.html"
    parent_page_types: ClassVar[list[str]] = ["resources.HomePage", "resources.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["resources.StandardPage"]

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        *LeadPicturePage.lead_picture_panels,
        FieldPanel("body"),
    ]

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
        verbose_name_plural = "ramverk"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"parts": framework_parts()}


class FrameworkPartPage(BodyPage):
    """One of the five parts of the framework."""

    template = "pages/framework_part_page.html"
    parent_page_types: ClassVar[list[str]] = ["resources.FrameworkPage"]
    subpage_types: ClassVar[list[str]] = []

    short_title = models.CharField("kort namn", max_length=40, help_text="Visas i bilden av ramverket och i filter.")
    questions = RichTextField(
        "frågor att ställa hos er",
        blank=True,
        features=SHORT_TEXT,
        help_text="En lista med frågor som en organisation kan gå igenom tillsammans.",
    )

    content_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [*Page.content_panels, FieldPanel("short_title"), FieldPanel("lead")], heading="Namn och ingress"
        ),
        FieldPanel("questions"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = "del av ramverket"
        verbose_name_plural = "delar av ramverket"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        resources = ResourcePage.objects.on_display().in_part(self)
        context = super().get_context(request, *args, **kwargs)
        return context | _few(resources, FRAMEWORK_PART.query(self.slug)) | {"parts": framework_parts()}

    def search_text(self) -> str:
        return f"{get_text_for_indexing(self.questions)} {super().search_text()}"


def framework_parts() -> list[FrameworkPartPage]:
    """The parts of the framework in order."""
    return list(FrameworkPartPage.objects.on_display().order_by("path").defer_streamfields())


class ThemeIndexPage(BodyPage):
    """All themes."""

    template = "pages/theme_index_page.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["resources.HomePage"]
    subpage_types: ClassVar[list[str]] = ["resources.ThemePage"]

    class Meta:
        verbose_name = "temasamling"
        verbose_name_plural = "temasamlingar"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        shown = ResourcePage.objects.on_display().values("pk")
        tagged = ResourceTheme.objects.filter(tag=OuterRef("theme"), content_object__in=shown).order_by().values("tag")
        number = Subquery(tagged.annotate(number=Count("pk")).values("number"), output_field=models.IntegerField())
        themes = ThemePage.objects.on_display().annotate(resources_total=Coalesce(number, 0)).order_by("title")
        return super().get_context(request, *args, **kwargs) | {"themes": themes.defer_streamfields()}


class ThemePage(LeadPicturePage):
    """A theme: what it is about, its material and its meetings."""

    template = "pages/theme_page.html"
    parent_page_types: ClassVar[list[str]] = ["resources.ThemeIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    theme = models.OneToOneField(
        Theme,
        models.PROTECT,
        related_name="page",
        verbose_name="tema",
        help_text="Materialet och mötena på sidan är de som har det här temat.",
    )

    base_form_class = ThemePageForm
    content_panels: ClassVar[list[Any]] = [
        MultiFieldPanel([*Page.content_panels, FieldPanel("theme"), FieldPanel("lead")], heading="Tema och ingress"),
        *LeadPicturePage.lead_picture_panels,
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = "temasida"
        verbose_name_plural = "temasidor"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        resources = ResourcePage.objects.on_display().with_theme(self.theme)
        context = super().get_context(request, *args, **kwargs)
        return context | _few(resources, THEME.query(self.theme.slug)) | {"theme": self.theme}

    def search_words(self) -> str:
        return f"{self.theme.name} {self.theme.summary}"


class ResourceIndexPage(BodyPage):
    """The library: all material with facets and search."""

    template = "pages/resource_index_page.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["resources.HomePage"]
    subpage_types: ClassVar[list[str]] = ["resources.ResourcePage"]

    class Meta:
        verbose_name = "materialsamling"
        verbose_name_plural = "materialsamlingar"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"listing": browse(request.GET)}
