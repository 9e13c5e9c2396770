"""`{% load coverage %}{% coverage_map %}`: how many take part, as map, numbers and table."""

from typing import Any

from django import template
from django.urls import reverse

from ..coverage import coverage_picture

register = template.Library()


@register.inclusion_tag("components/coverage_map.html")
def coverage_map() -> dict[str, Any]:
    """The component with today's coverage and a link to the page with all organisations. One query."""
    return {**coverage_picture(), "url": reverse("contacts:organisations")}
