"""A piece of material in the library."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django import forms
from django.db import models
from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncDate
from django.http import HttpRequest
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
from wagtail.images import get_image_model
from wagtail.models import Orderable, Page, PageManager
from wagtail.search import index

from contacts.widgets import OrganisationChooser

from ..admin_forms import ThemedPageForm
from ..enums import CategoryKind, DatePrecision, Level, ResourceKind
from ..facets import FACETS, Facet, Option, option_of, options_of_choices
from ..file_labels import file_note
from ..main_button import main_button
from .body_page import BodyPage, BodyPageQuerySet
from .lead_picture import LeadPicturePage
from .vocabulary import Category, ResourceTheme, Theme

# How much of a publication date is written out.
DATE_PATTERNS: dict[str, str] = {DatePrecision.DAY: "j F Y", DatePrecision.MONTH: "F Y", DatePrecision.YEAR: "Y"}


RELATED_SHOWN = 3
# The sizes of a card's picture, as `components/card.html` asks for them.
CARD_PICTURE = ("fill-96x96-c60", "fill-192x192-c60")
# How much a shared value counts towards the closeness of two pieces of material. A part of the
# framework holds a fifth of everything, so it counts least.
CLOSENESS = {"themes": 3, "areas": 2, "framework_parts": 1}


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

    def in_part(self, part: Page) -> Self:
        return self.filter(framework_parts=part)

    def newest_first(self) -> Self:
        """Order by the producer's date of publication or, where that is not known, by the date in LUMEN."""
        return self.order_by(NEWEST, "-first_published_at", "title", "pk")

    def for_lists(self) -> Self:
        """Fetch what a row of a list shows, and no more."""
        return self.select_related("producer").defer_streamfields()

    def for_cards(self) -> Self:
        """Fetch what a card shows: the row of a list, and the small picture. Two queries more where there are any."""
        pictures = get_image_model().objects.select_related("screening").prefetch_renditions(*CARD_PICTURE)
        return self.for_lists().prefetch_related(Prefetch("lead_picture", pictures))

    def related_to(self, resource: "ResourcePage") -> Self:
        """The three that share most themes, areas and framework parts with the material. One query."""
        shares_something = Q()
        closeness: Combinable = Value(0)
        for field_name, weight in CLOSENESS.items():
            field: Any = ResourcePage._meta.get_field(field_name)
            page, value = field.m2m_column_name(), field.m2m_reverse_name()
            rows = field.remote_field.through._default_manager.order_by()
            shared = rows.filter(**{f"{value}__in": rows.filter(**{page: resource.pk}).values(value)})
            number = shared.filter(**{page: OuterRef("pk")}).values(page).annotate(number=Count("pk"))
            shares_something |= Q(pk__in=shared.values(page))
            closeness += Value(weight) * Coalesce(Subquery(number.values("number"), output_field=IntegerField()), 0)
        ranked = self.exclude(pk=resource.pk).filter(shares_something).annotate(closeness=closeness)
        ranked = ranked.order_by("-closeness", F("published_on").desc(nulls_last=True), "pk")
        return ranked.for_cards()[:RELATED_SHOWN]


@dataclass(frozen=True)
class Fact:
    """The material's values in one facet, each with the query that lists all material with that value."""

    term: str
    links: list[tuple[str, str]]


class ResourcePage(LeadPicturePage):
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
    updated_on = models.DateField(
        "uppdaterat", null=True, blank=True, help_text="När innehållet eller en fil senast byttes mot något nytt."
    )
    change_note = models.TextField(
        "vad är nytt",
        max_length=500,
        blank=True,
        default="",
        db_default="",
        help_text="En eller två meningar, överst på sidan. Fylls i när du publicerar en ny version av en fil.",
    )
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
                FieldPanel("producer", widget=OrganisationChooser),
                FieldRowPanel([FieldPanel("published_on"), FieldPanel("published_precision")]),
                FieldPanel("reviewed_on"),
            ],
            heading="Vem som har gjort det, och när",
        ),
        MultiFieldPanel([FieldPanel("updated_on"), FieldPanel("change_note")], heading="Ny version"),
        *LeadPicturePage.lead_picture_panels,
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
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind"], name="resources_by_kind"),
            models.Index(fields=["published_on"], name="resources_by_date"),
        ]

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
        words = [value.label for facet in FACETS for value in self.values_of(facet)]
        words += [keyword.name for keyword in self.keywords.all()]
        if self.producer:
            words.append(self.producer.short_name)
        return "\n".join(dict.fromkeys(words))

    def search_label(self) -> str:
        return self.get_kind_display()

    def search_meta(self) -> str:
        return self.list_meta

    def values_of(self, facet: Facet, categories: list[Category] | None = None) -> list[Option]:
        """The material's values in a facet. `categories` are all its categories, if they are loaded already."""
        field, value = facet.model_field(ResourcePage), getattr(self, facet.field)
        if field.choices:
            return [option for option in options_of_choices(field) if option.key == value]
        if categories is not None and field.related_model is Category:
            kind = field.get_limit_choices_to()["kind"]
            return [option_of(category) for category in categories if category.kind == kind]
        rows = value.all() if field.many_to_many else filter(None, [value])
        return [option_of(row) for row in rows]

    def facts(self, *, in_memory: bool) -> list[Fact]:
        """The material's values in every facet, each with the query that lists more of the same.

        A preview has its categories in memory; otherwise one query reads those of every kind.
        """
        categories = None if in_memory else list(Category.objects.of_resource(self))
        facts = []
        for facet in FACETS:
            if facet.is_on_page and (values := self.values_of(facet, categories)):
                links = [(value.label, facet.query(value.slug)) for value in values]
                facts.append(Fact(facet.page_label or facet.label, links))
        return facts

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        files = [(file, file_note(file.document)) for file in self.files.select_related("document__screening")]
        button = main_button(self, files[0][0].document if files else None)
        return super().get_context(request, *args, **kwargs) | {
            "main_action": button,
            # A single file is the main button already, once it may be downloaded.
            "files": [] if button and len(files) == 1 and not self.external_url else files,
            "links": self.links.all(),
            "facts": self.facts(in_memory=getattr(request, "is_preview", False)),
            "related": ResourcePage.objects.on_display().related_to(self),
            "library_url": self.get_parent().get_url(request),
        }


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
