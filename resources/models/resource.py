"""A piece of material in the library."""

from typing import Any, ClassVar


from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField

from wagtail.models import Orderable
from wagtail.search import index

from ..enums import CategoryKind, Level, ResourceKind
from .pages import BodyPage


def _categories(kind: CategoryKind, label: str) -> ParentalManyToManyField:
    return ParentalManyToManyField(
        "resources.Category", blank=True, related_name=f"{kind}_resources", limit_choices_to={"kind": kind}, verbose_name=label
    )


class ResourcePage(BodyPage):
    """Something to read, use, watch or listen to, made by a producer."""

    template = "pages/resource_page.html"
    parent_page_types: ClassVar[list[str]] = ["resources.ResourceIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    kind = models.CharField("slag", max_length=20, choices=ResourceKind)
    producer = models.ForeignKey(
        "contacts.Organisation", models.PROTECT, null=True, blank=True, related_name="resources", verbose_name="avsändare"
    )
    published_on = models.DateField("utgivet", null=True, blank=True)
    reviewed_on = models.DateField("granskat", null=True, blank=True, help_text="När innehållet senast sågs över.")
    purpose = models.TextField("vad det är till för, och för vem", blank=True)
    level = models.CharField("nivå", max_length=20, choices=Level, blank=True)
    external_url = models.URLField("adress till materialet", blank=True, help_text="Om materialet finns hos avsändaren.")

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
        through="resources.ResourceKeyword", blank=True, verbose_name="nyckelord", related_name="resources"
    )

    class Meta:
        verbose_name = "material"
        verbose_name_plural = "material"


class ResourceFile(Orderable):
    """A file of a resource."""

    resource = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey("resources.Document", models.PROTECT, related_name="+", verbose_name="dokument")
    description = models.CharField("kort om filen", max_length=250, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "fil"
        verbose_name_plural = "filer"
