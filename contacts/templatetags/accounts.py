"""`{% load accounts %}{% log_ins %}`: the user's latest log-ins, and the button that ends all sessions."""

from typing import Any

from django import template

from ..models import LogIn

register = template.Library()


@register.inclusion_tag("components/log_ins.html", takes_context=True)
def log_ins(context: dict[str, Any]) -> dict[str, Any]:
    """The component with the user's latest log-ins. One query."""
    return {"log_ins": LogIn.objects.latest_of(context["request"].user)}
