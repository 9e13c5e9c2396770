"""The words that material is sorted by."""

from typing import Self

from django.db import models
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase

from gate.models import Screened

from ..enums import CategoryKind


class Word(TagBase, Screened):
    """A tag, with labels in Swedish."""

    name = models.CharField("namn", max_length=100, unique=True)
    slug = models.SlugField("namn i adresser", max_length=100, unique=True, allow_unicode=True)

    objects: models.Manager = models.Manager()

    class Meta:
        abstract = True


# The managers of relations to these models are made at run time, where the type checker can't see.
class Theme(Word):  # type: ignore[django-manager-missing]
    """A theme of the forum: a controlled vocabulary, so editors choose but cannot type new ones."""

    free_tagging = False
    summary = models.TextField("kort beskrivning", blank=True)

    class Meta:
        verbose_name = "tema"
        verbose_name_plural = "teman"
        ordering = ["name"]


class Keyword(Word):  # type: ignore[django-manager-missing]
    """A free keyword of a resource."""

    class Meta:
        verbose_name = "nyckelord"
        verbose_name_plural = "nyckelord"
        ordering = ["name"]


class ResourceTheme(ItemBase):
    tag = models.ForeignKey(Theme, models.CASCADE, related_name="tagged_resources")
    content_object = ParentalKey("resources.ResourcePage", on_delete=models.CASCADE, related_name="tagged_themes")


class ResourceKeyword(ItemBase):
    tag = models.ForeignKey(Keyword, models.CASCADE, related_name="tagged_resources")
    content_object = ParentalKey("resources.ResourcePage", on_delete=models.CASCADE, related_name="tagged_keywords")


class CategoryQuerySet(models.QuerySet["Category"]):
    def of_resource(self, resource: models.Model) -> Self:
        """Every category, of whatever kind, that the resource has."""
        has_it = models.Q()
        for kind in CategoryKind.values:
            name = f"{kind}_resources"
            has_it |= models.Q(pk__in=Category.objects.filter(**{name: resource.pk}).order_by().values("pk"))
        return self.filter(has_it)


class Category(Screened):
    """A sector, an activity area, an institutional arrangement or an audience."""

    not_typed = frozenset({"code"})

    kind = models.CharField("slag", max_length=20, choices=CategoryKind)
    name = models.CharField("namn", max_length=80)
    slug = models.SlugField(
        "namn i adresser", max_length=100, unique=True, help_text="Syns i webbadressen när någon filtrerar material."
    )
    # The English name of a category that comes with LUMEN; empty for those that editors add.
    code = models.CharField(max_length=40, blank=True, editable=False)
    position = models.PositiveSmallIntegerField("ordning", default=0, help_text="Lägst nummer visas först.")

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = "kategori"
        verbose_name_plural = "kategorier"
        ordering = ["kind", "position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name"], name="one_category_a_name"),
            models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="one_category_a_code"),
        ]

    def __str__(self) -> str:
        return self.name
