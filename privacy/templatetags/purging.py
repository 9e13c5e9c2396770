"""The link from a thing to its purge, for the templates of any room."""

from typing import Any

from django import template
from django.urls import reverse

from ..permissions import user_can_purge
from ..purge import views
from ..purge.kinds import kind_of

register = template.Library()


@register.inclusion_tag("admin_privacy/link.html", takes_context=True)
def purge_link(context: dict[str, Any], instance: Any, button: bool = True, name: str = "") -> dict[str, Any]:
    """A link to the purge of the row; nothing for those who may not. `name` is read to who can't see the row."""
    kind = kind_of(instance)
    request = context.get("request")
    if kind is None or request is None or not user_can_purge(request.user):
        return {"url": ""}
    url = reverse(f"{views.NAMESPACE}:purge", args=[kind.path, instance.pk])
    return {"url": url, "label": views.TITLE, "button": button, "name": name}
