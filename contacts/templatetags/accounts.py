"""`{% load accounts %}`: a person's latest log-ins, and the authority's own log-in."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from ..models import LogIn

register = template.Library()


@register.inclusion_tag("components/log_ins.html", takes_context=True)
def log_ins(context: dict[str, Any]) -> dict[str, Any]:
    """The component with the user's latest log-ins. One query."""
    return {"log_ins": LogIn.objects.latest_of(context["request"].user)}


@register.simple_tag
def identity_provider() -> dict[str, str] | None:
    """The authority's own log-in: `name` in the genitive, and `url`. None when there is none."""
    if not settings.OIDC_CLIENT_ID:
        return None
    return {"name": settings.OIDC_NAME, "url": reverse("openid_connect_login", args=[settings.OIDC_ID])}
