"""Material that is close to other material."""

from typing import Any

from django.db.models import Count, F, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from .models import ResourcePage, ResourceTheme

RELATED_SHOWN = 3
# What a shared value says about how close two pieces of material are. A part of the framework
# holds a fifth of everything, so it says least.
THEME_WEIGHT, AREA_WEIGHT, PART_WEIGHT = 3, 2, 1


def related_to(resource: ResourcePage) -> QuerySet[ResourcePage]:
    """Other material on display that shares themes, activity areas or framework parts, the closest first. One query."""
    areas, parts = ResourcePage.areas.through, ResourcePage.framework_parts.through
    shared = (
        (THEME_WEIGHT, *_shared(ResourceTheme, "content_object_id", "tag_id", resource)),
        (AREA_WEIGHT, *_shared(areas, "resourcepage_id", "category_id", resource)),
        (PART_WEIGHT, *_shared(parts, "resourcepage_id", "frameworkpartpage_id", resource)),
    )
    near = Q()
    closeness: Combinable = Value(0)
    for weight, anywhere, number in shared:
        near |= Q(pk__in=anywhere)
        closeness = closeness + Value(weight) * Coalesce(number, 0)
    others = ResourcePage.objects.on_display().exclude(pk=resource.pk).filter(near)
    ranked = others.annotate(closeness=closeness).order_by("-closeness", F("published_on").desc(nulls_last=True), "pk")
    return ranked.for_lists()[:RELATED_SHOWN]


def _shared(model: type[Model], page: str, value: str, resource: ResourcePage) -> tuple[QuerySet[Any], Subquery]:
    """The pages that share a value with the resource, and how many values a page shares with it."""
    rows = model._default_manager.all()
    mine = rows.filter(**{page: resource.pk}).values(value)
    shared = rows.filter(**{f"{value}__in": mine}).order_by()
    number = shared.filter(**{page: OuterRef("pk")}).values(page).annotate(number=Count("pk")).values("number")
    return shared.values(page), Subquery(number, output_field=IntegerField())
