"""The panel on the admin's start page about stops that somebody says are wrong, for those who may agree."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from screening.descriptions import masked_title

from .desk.routing import desk_url
from .files.presentation import screening_url
from .models import Objection
from .permissions import user_can_pass_stops

SHOWN = 10


class ObjectionsPanel(Component):
    name = "objections"
    template_name = "admin_gate/objection_panel.html"
    order = 44

    def __init__(self, user: Any) -> None:
        waiting = Objection.objects.waiting_for(user) if user_can_pass_stops(user) else Objection.objects.none()
        rows = waiting.select_related("page", "content", "proposed_by").order_by("proposed_at", "pk")
        self.places = list(dict.fromkeys(_place(row) for row in rows))[:SHOWN]

    def __bool__(self) -> bool:
        return bool(self.places)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"places": self.places}


def _place(row: Objection) -> tuple[str, str, str]:
    """Who objects, to a stop in what, and the address where it is answered."""
    who = str(row.proposed_by or "Någon")
    if row.page is not None:
        return who, f"sidan ”{masked_title(row.page.draft_title or row.page.title)}”", desk_url([row.page.pk])
    screening: Any = row.content  # an objection is about a page or a content
    file = next(screening.files(), None)
    name = f"filen ”{masked_title(str(file))}”" if file is not None else "en fil som inte är uppladdad än"
    return who, name, screening_url(screening)
