"""The rules of retention on the public page about personal data."""

from typing import Any

from django import template

from ..retention.descriptions import described_rules

register = template.Library()


@register.inclusion_tag("components/retention_rules.html")
def retention_rules() -> dict[str, Any]:
    """The rules as a table: the same rows as the job goes by, so the page says what the software does."""
    return {"rules": described_rules()}
