"""A piece of material in the library."""

from typing import Any, ClassVar, Self

from django import forms
from django.db import models
from django.db.models.functions import Coalesce, TruncDate
from django.utils.formats import date_format
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Orderable, Page, PageManager
from wagtail.search import index

from ..admin_forms import ThemedPageForm
from ..enums import CategoryKind, DatePrecision, Level, ResourceKind
from .pages import BodyPage, BodyPageQuerySet, FrameworkPartPage
from .vocabulary import ResourceTheme, Theme

# How much of a publication date is written out.
DATE_PATTERNS: dict[str, str] = {DatePrecision.DAY: "j F Y", DatePrecision.MONTH: "F Y", DatePrecision.YEAR: "Y"}


def _categories(kind: CategoryKind, label: str, help_text: str = "") -> ParentalManyToManyField:
    return ParentalManyToManyField(
        "resources.Category",
        blank=True,
        related_name=f"{kind}_resources",
        limit_choices_to={"kind": kind},
        verbose_name=label,
        help_text=help_text,
    )


def _checkboxes(field: str) -> FieldPanel:
    return FieldPanel(field, widget=forms.CheckboxSelectMultiple)


NEWEST = Coalesce("published_on", TruncDate("first_published_at")).desc(nulls_last=True)


class ResourceQuerySet(BodyPageQuerySet):
    def with_theme(self, theme: Theme) -> Self:
        return self.filter(pk__in=ResourceTheme.objects.filter(tag=theme).values("content_object"))

    def in_part(self, part: FrameworkPartPage) -> Self:
        return self.filter(framework_parts=part)

    def newest_first(self) -> Self:
        """By the producer's day; where that is not known, by the day it came to LUMEN."""
        return self.order_by(NEWEST, "-first_published_at", "title", "pk")

    def for_lists(self) -> Self:
        """With what a row of a list shows, and no more."""
        return self.select_related("producer").defer_streamfields()


class ResourcePage(BodyPage):
    """Something to read, use, watch or listen to, made by a producer."""

    template = "pages/resource_page.html"
    parent_page_types: ClassVar[list[str]] = ["resources.ResourceIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    # Kind, producer and lead may be missing in a draft; publishing demands them.
    kind = models.CharField("slag", max_length=20, choices=ResourceKind)
    lead = models.TextField("ingress", help_text="En eller två meningar. Visas i listor och överst på sidan.")
    producer = models.ForeignKey(
        "contacts.Organisation",
        models.PROTECT,
        null=True,
        related_name="resources",
        verbose_name="avsändare",
        help_text="Organisationen som har gjort materialet.",
    )
    published_on = models.DateField("utgivet", null=True, blank=True)
    published_precision = models.CharField(
        "så noga är datumet känt", max_length=10, choices=DatePrecision, default=DatePrecision.DAY
    )
    reviewed_on = models.DateField("granskat", null=True, blank=True, help_text="När innehållet senast sågs över.")
    purpose = models.TextField(
        "vad det är till för, och för vem",
        blank=True,
        help_text="Till exempel: För dig som ska skriva en rutin för polisanmälan.",
    )
    level = models.CharField("nivå", max_length=20, choices=Level, blank=True)
    external_url = models.URLField(
        "adress till materialet", blank=True, help_text="Om materialet finns hos avsändaren. Blir sidans huvudknapp."
    )

    framework_parts = ParentalManyToManyField(
        "resources.FrameworkPartPage", blank=True, related_name="resources", verbose_name="delar av ramverket"
    )
    sectors = _categories(CategoryKind.SECTOR, "sektorer")
    areas = _categories(CategoryKind.AREA, "verksamhetsområden")
    arrangements = _categories(CategoryKind.ARRANGEMENT, "hur pengarna betalas ut")
    audiences = _categories(CategoryKind.AUDIENCE, "målgrupper")
    themes = ClusterTaggableManager(
        through="resources.ResourceTheme", blank=True, verbose_name="teman", related_name="resources"
    )
    keywords = ClusterTaggableManager(
        through="resources.ResourceKeyword",
        blank=True,
        verbose_name="nyckelord",
        help_text="Fria ord som hjälper sökningen. Skilj dem åt med komma.",
        related_name="resources",
    )

    objects = PageManager.from_queryset(ResourceQuerySet)()
    base_form_class = ThemedPageForm
    search_fields: ClassVar[list[Any]] = [
        *BodyPage.search_fields,
        index.FilterField("kind"),
        index.FilterField("producer"),
        index.FilterField("published_on"),
    ]

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("lead"),
                FieldPanel("purpose"),
            ],
            heading="Vad det är",
        ),
        MultiFieldPanel(
            [
                FieldPanel("producer"),
                FieldRowPanel([FieldPanel("published_on"), FieldPanel("published_precision")]),
                FieldPanel("reviewed_on"),
            ],
            heading="Vem som har gjort det, och när",
        ),
        FieldPanel("body"),
    ]
    file_panels: ClassVar[list[Any]] = [
        FieldPanel("external_url"),
        InlinePanel(
            "files",
            heading="Filer",
            label="Fil",
            help_text="Den första filen blir sidans huvudknapp om ingen adress är ifylld.",
        ),
        InlinePanel("links", heading="Länkar", label="Länk"),
    ]
    sorting_panels: ClassVar[list[Any]] = [
        MultiFieldPanel([FieldPanel("themes"), FieldPanel("keywords")], heading="Ämne"),
        MultiFieldPanel([_checkboxes("framework_parts")], heading="Ramverket"),
        MultiFieldPanel(
            [_checkboxes("sectors"), _checkboxes("areas"), _checkboxes("arrangements")], heading="Verksamhet"
        ),
        MultiFieldPanel([FieldPanel("level"), _checkboxes("audiences")], heading="För vem"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Innehåll"),
            ObjectList(file_panels, heading="Filer och länkar"),
            ObjectList(sorting_panels, heading="Sortering"),
            ObjectList([*Page.promote_panels, *Page.settings_panels], heading="Adress och publicering"),
        ]
    )

    class Meta:
        verbose_name = "material"
        verbose_name_plural = "material"

    @property
    def producer_name(self) -> str:
        """The producer's name; empty in a draft that has none."""
        return self.producer.name if self.producer else ""

    @property
    def published_text(self) -> str:
        """The day, month or year of publication in words, as far as it is known."""
        pattern = DATE_PATTERNS.get(self.published_precision)
        if not (self.published_on and pattern):
            return ""
        return date_format(self.published_on, pattern).replace(" ", "\N{NO-BREAK SPACE}")

    @property
    def list_meta(self) -> str:
        """Producer and date on one line."""
        # A line may end with the dot, but never begin with it.
        return "\N{NO-BREAK SPACE}· ".join(filter(None, [self.producer_name, self.published_text]))

    def search_text(self) -> str:
        files = (f"{file.document.title} {file.description}" for file in self.files.select_related("document"))
        links = (link.text for link in self.links.all())
        return " ".join([self.purpose, super().search_text(), *files, *links])

    def search_words(self) -> str:
        words = [self.get_kind_display(), self.get_level_display()]
        if self.producer:
            words += [self.producer.name, self.producer.short_name]
        for manager in (self.themes, self.keywords, self.sectors, self.areas, self.arrangements, self.audiences):
            words += [named.name for named in manager.all()]
        words += [part.short_title for part in self.framework_parts.all()]
        return " ".join(words)


class ResourceFile(Orderable):
    """A file of a resource."""

    resource = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey("resources.Document", models.PROTECT, related_name="+", verbose_name="dokument")
    description = models.CharField("kort om filen", max_length=250, blank=True)

    panels: ClassVar[list[Any]] = [FieldPanel("document"), FieldPanel("description")]

    class Meta(Orderable.Meta):
        verbose_name = "fil"
        verbose_name_plural = "filer"


class ResourceLink(Orderable):
    """A link of a resource to something outside LUMEN."""

    resource = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="links")
    text = models.CharField("länktext", max_length=200)
    url = models.URLField("webbadress", max_length=500)

    panels: ClassVar[list[Any]] = [FieldPanel("text"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = "länk"
        verbose_name_plural = "länkar"
