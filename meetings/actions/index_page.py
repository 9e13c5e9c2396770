"""The fixed page under which the meetings lie."""

from django.db import transaction
from django.utils import timezone

from resources.models import HomePage

from ..models import MeetingIndexPage

LEAD = "Vi träffas för att dela kunskap om välfärdsbrott. Din kontaktperson har länken för att anmäla sig."


@transaction.atomic
def ensure_meeting_index() -> MeetingIndexPage:
    """The page /moten/, made under the start page if it is missing; otherwise left as editors have made it.

    The start page must be there (`resources.actions.ensure_structure`).
    """
    there = MeetingIndexPage.objects.first()
    if there is not None:
        return there
    now = timezone.now()
    page = MeetingIndexPage(
        title="Möten", slug="moten", lead=LEAD, show_in_menus=True, first_published_at=now, last_published_at=now
    )
    HomePage.objects.get().add_child(instance=page)
    return page
