"""The panel on the admin's start page: what waits, and how the next meeting stands."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count
from wagtail.admin.ui.components import Component

from contacts.models import Organisation

from . import overview
from .models import MeetingPage
from .views.admin.base import admin_url


class MeetingsPanel(Component):
    name = "meetings"
    template_name = "admin_meetings/home_panel.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        meeting = overview.next_meeting()
        invitation = overview.invitation_of(meeting) if meeting else None
        return {
            "waiting": waiting(),
            "undelivered": [
                (row, number, admin_url("mail_out", row.pk, sent.pk) + "?visa=failed")
                for row, number in overview.undelivered_of_coming_meetings().items()
                if (sent := overview.invitation_of(row))
            ],
            # As the register's own filters count them, for that is where the links lead.
            "without_contact_person": Organisation.objects.covered().without_contact_person().count(),
            "without_working_address": Organisation.objects.covered().without_working_address().count(),
            "nobody_to_mail": Organisation.objects.covered().nobody_to_mail().count(),
            "meeting": meeting,
            "meeting_url": admin_url("meeting", meeting.pk) if meeting else "",
            "numbers": overview.numbers_of(meeting) if meeting else None,
            "invitation": invitation,
            "progress": overview.Progress.of(invitation) if invitation else None,
        }


def waiting() -> list[tuple[MeetingPage, int, str]]:
    """Coming meetings with registrations to match: how many, and where to do it."""
    counts = dict(overview.waiting_registrations().order_by().values_list("meeting").annotate(number=Count("pk")))
    meetings = MeetingPage.objects.filter(pk__in=counts).order_by("starts_at")
    return [(row, counts[row.pk], admin_url("unmatched", row.pk)) for row in meetings]
