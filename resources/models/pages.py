"""The pages that hold LUMEN together: start, framework, themes, the library and plain pages."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from ..admin_forms import ThemePageForm
from ..blocks import SHORT_TEXT, BodyBlock, WaysInBlock
from ..page_contexts import context_of
from .vocabulary import Theme


def on_display(pages: PageQuerySet) -> PageQuerySet:
    """Those that anybody may see now: published, open to all and not past their last day."""
    # Wagtail unpublishes expired pages by a timed command; between two runs they are still `live`.
    return pages.live().public().filter(models.Q(expire_at__isnull=True) | models.Q(expire_at__gt=timezone.now()))


class BodyPageQuerySet(PageQuerySet):
    def on_display(self) -> "BodyPageQuerySet":
        """Those that anybody may see now."""
        return on_display(self)


class BodyPage(Page):
    """What our pages share: a lead, a body, and a place in the search."""

    lead = models.TextField("ingress", blank=True, help_text="En eller två meningar överst på sidan.")
    body = StreamField(BodyBlock(), verbose_name="innehåll", blank=True)

    objects = PageManager.from_queryset(BodyPageQuerySet)()

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"breadcrumbs": self._breadcrumbs(request)} | context_of(self, request)

    def _breadcrumbs(self, request: HttpRequest) -> list[dict[str, str]]:
        """The pages above this one, from the start page down. One that isn't published holds its draft, unseen."""
        above = self.get_ancestors().live().filter(depth__gt=1) if self.depth and self.depth > 2 else []
        return [{"title": "Start" if page.depth == 2 else page.title, "url": page.get_url(request)} for page in above]

    def search_text(self) -> str:
        """The running text that the search reads and shows excerpts of, beside title and lead."""
        return " ".join(self.body.stream_block.get_searchable_content(self.body))

    def search_words(self) -> str:
        """Words that the page is sorted by, such as its themes: they weigh more than running text."""
        return ""


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
        verbose_name_plural = "ramverk"


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

    def search_text(self) -> str:
        return f"{get_text_for_indexing(self.questions)} {super().search_text()}"


class ThemeIndexPage(BodyPage):
    """All themes."""

    template = "pages/theme_index_page.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["resources.HomePage"]
    subpage_types: ClassVar[list[str]] = ["resources.ThemePage"]

    class Meta:
        verbose_name = "temasamling"
        verbose_name_plural = "temasamlingar"


class ThemePage(BodyPage):
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
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = "temasida"
        verbose_name_plural = "temasidor"

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
