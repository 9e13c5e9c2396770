"""Stops that somebody says are wrong, for the admin's start page."""

from typing import Any

from screening.descriptions import masked_title

from .desk.routing import desk_url
from .files.presentation import screening_url
from .models import Objection
from .permissions import user_can_pass_stops
from .waiting import Waiting

SHOWN = 10


def waiting_objections(user: Any) -> list[Waiting]:
    """A line for each page or file with a stop that somebody says is wrong, for those who may agree."""
    waiting = Objection.objects.waiting_for(user) if user_can_pass_stops(user) else Objection.objects.none()
    places: dict[tuple[str, str, str], Waiting] = {}
    for row in waiting.select_related("page", "content", "proposed_by").order_by("proposed_at", "pk"):
        who, what, url = _place(row)
        sentence = f"{who} säger att ett stopp i {what} är fel"
        places.setdefault((who, what, url), Waiting(row.proposed_at, sentence, url, "Håller du med?"))
    return list(places.values())[:SHOWN]


def _place(row: Objection) -> tuple[str, str, str]:
    """Who objects, to a stop in what, and the address where it is answered."""
    who = str(row.proposed_by or "Någon")
    if row.page is not None:
        return who, f"sidan ”{masked_title(row.page.draft_title or row.page.title)}”", desk_url([row.page.pk])
    screening: Any = row.content  # an objection is about a page or a content
    file = next(screening.files(), None)
    name = f"filen ”{masked_title(str(file))}”" if file is not None else "en fil som inte är uppladdad än"
    return who, name, screening_url(screening)
