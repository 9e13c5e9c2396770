"""The panel about meetings on the admin's start page: what waits to be done, and the state of the next meeting."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from wagtail.admin.ui.components import Component

from contacts.models import Organisation
from outbox.models import OutgoingMail
from outbox.views import mail_url

from .actions import receivers_without_invitation
from .enums import MailOutKind
from .mail_out_status import Progress
from .models import MeetingPage, Registration
from .organisation_status import numbers_of
from .views.admin.base import admin_url

# In the singular and the plural.
KINDS = {
    MailOutKind.INVITATION: ("inbjudan", "inbjudningar"),
    MailOutKind.UPDATE: ("besked om ändring", "besked om ändring"),
    MailOutKind.CANCELLATION: ("besked om inställt möte", "besked om inställt möte"),
}
ANSWERS = ("mejl till en anmäld eller en kollega", "mejl till anmälda och kollegor")


class MeetingsPanel(Component):
    name = "meetings"
    template_name = "admin_meetings/home_panel.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        meeting = MeetingPage.objects.coming().not_cancelled().first()
        invitation = meeting.invitation_mail_out if meeting else None
        return {
            "waiting": waiting(),
            "undelivered": undelivered(),
            "uninvited": uninvited(),
            # Counted as by the register's filters, since the links lead there.
            "without_contact_person": Organisation.objects.covered().without_contact_person().count(),
            "without_working_address": Organisation.objects.covered().without_working_address().count(),
            "nobody_to_mail": Organisation.objects.covered().nobody_to_mail().count(),
            "meeting": meeting,
            "meeting_url": admin_url("meeting", meeting.pk) if meeting else "",
            "numbers": numbers_of(meeting) if meeting else None,
            "invitation": invitation,
            "progress": Progress.of(invitation) if invitation else None,
        }


def waiting() -> list[tuple[MeetingPage, int, str]]:
    """Coming meetings with registrations to match: how many, and where to do it."""
    meetings = MeetingPage.objects.coming().not_cancelled()
    rows = Registration.objects.waiting().filter(meeting__in=meetings).order_by()
    counts = dict(rows.values_list("meeting").annotate(number=Count("pk")))
    return [(row, counts[row.pk], admin_url("unmatched", row.pk)) for row in meetings if row.pk in counts]


def uninvited() -> list[tuple[MeetingPage, int, str]]:
    """Coming meetings whose invitation some contact persons have not got: how many, and where to see it."""
    meetings = MeetingPage.objects.coming().not_cancelled().filter(mail_outs__kind=MailOutKind.INVITATION).distinct()
    counts = [(row, receivers_without_invitation(row).order_by().count()) for row in meetings]
    return [(row, number, admin_url("meeting", row.pk)) for row, number in counts if number]


@dataclass(frozen=True)
class Undelivered:
    """Mails about a coming meeting that did not arrive: how many, of what kind, and where to see which."""

    meeting: MeetingPage
    number: int
    kind: str  # in Swedish, in the plural or singular that the number asks for
    url: str


def undelivered() -> list[Undelivered]:
    """What did not arrive of each mail-out about a coming meeting, and of the mails to single participants."""
    found = []
    for meeting in MeetingPage.objects.coming():
        failed = OutgoingMail.objects.filter(stream__startswith=f"{meeting.calendar.stream}:").failed_now()
        numbers = dict(failed.order_by().values_list("batch").annotate(number=Count("pk")))
        for sent in meeting.mail_outs.order_by("pk"):
            if number := numbers.pop(sent.batch, 0):
                url = f"{admin_url('mail_out', meeting.pk, sent.pk)}?visa=failed"
                found.append(Undelivered(meeting, number, KINDS[MailOutKind(sent.kind)][number != 1], url))
        if rest := sum(numbers.values()):
            found.append(
                Undelivered(meeting, rest, ANSWERS[rest != 1], f"{mail_url('index')}?status=failed&status=bounced")
            )
    return found
