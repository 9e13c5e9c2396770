"""The link from a row to its purge, for the templates of any room."""

from typing import Any

from django import template
from django.urls import reverse

from ..permissions import user_can_purge
from ..purge import views
from ..purge.kinds import kind_of

register = template.Library()


@register.inclusion_tag("admin_privacy/link.html", takes_context=True)
def purge_link(context: dict[str, Any], instance: Any, button: bool = True, name: str = "") -> dict[str, Any]:
    """A link to the purge of the row; nothing for users who may not purge. `name` is for screen readers."""
    kind = kind_of(instance)
    request = context.get("request")
    if kind is None or request is None or not user_can_purge(request.user):
        return {"url": ""}
    url = reverse(f"{views.NAMESPACE}:purge", args=[kind.path, instance.pk])
    return {"url": url, "label": views.TITLE, "button": button, "name": name}
