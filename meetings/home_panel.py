"""The panel about meetings on the admin's start page: whom nobody reaches, the next meeting, and what waits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Min
from django.utils import timezone
from wagtail.admin.ui.components import Component

from contacts.models import Organisation
from gate.waiting import Waiting
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
    MailOutKind.REMINDER: ("påminnelse", "påminnelser"),
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


def waiting_at_meetings() -> list[Waiting]:
    """Registrations to match, mails that did not arrive and invitations on their way, of coming meetings."""
    return [*_unmatched(), *_undelivered(), *_uninvited()]


def _unmatched() -> list[Waiting]:
    meetings = MeetingPage.objects.coming().not_cancelled()
    rows = Registration.objects.waiting().filter(meeting__in=meetings).order_by()
    counts = {
        pk: (number, since)
        for pk, number, since in rows.values_list("meeting").annotate(number=Count("pk"), since=Min("created_at"))
    }
    return [
        Waiting(
            since=counts[meeting.pk][1],
            what=f"{number} {'anmälan' if number == 1 else 'anmälningar'} utan organisation",
            url=admin_url("unmatched", meeting.pk),
            about=f"till {meeting.title}",
        )
        for meeting in meetings
        if meeting.pk in counts and (number := counts[meeting.pk][0])
    ]


def _uninvited() -> list[Waiting]:
    """Coming meetings whose invitation some contact persons have not got: the clock sends it within a minute."""
    meetings = MeetingPage.objects.coming().not_cancelled().filter(mail_outs__kind=MailOutKind.INVITATION).distinct()
    counts = [(row, receivers_without_invitation(row).order_by().count()) for row in meetings]
    return [
        Waiting(
            since=timezone.now(),
            what="1 kontaktperson" if number == 1 else f"{number} kontaktpersoner",
            url=admin_url("meeting", meeting.pk),
            about=f"har inte fått inbjudan till {meeting.title} än. Den skickas av sig själv inom en minut.",
        )
        for meeting, number in counts
        if number
    ]


def _undelivered() -> list[Waiting]:
    """What did not arrive of each mail-out about a coming meeting, and of the mails to single participants."""
    found = []
    for meeting in MeetingPage.objects.coming():
        failed = OutgoingMail.objects.filter(stream__startswith=f"{meeting.calendar.stream}:").failed_now()
        rows = failed.order_by().values_list("batch").annotate(number=Count("pk"), since=Min("created_at"))
        numbers = {batch: (number, since) for batch, number, since in rows}
        for sent in meeting.mail_outs.order_by("pk"):
            if sent.batch in numbers:
                url = f"{admin_url('mail_out', meeting.pk, sent.pk)}?visa=failed"
                found.append(_did_not_arrive(meeting, KINDS[MailOutKind(sent.kind)], url, [numbers.pop(sent.batch)]))
        if numbers:
            url = f"{mail_url('index')}?status=failed&status=bounced"
            found.append(_did_not_arrive(meeting, ANSWERS, url, list(numbers.values())))
    return found


def _did_not_arrive(meeting: MeetingPage, kind: tuple[str, str], url: str, rows: list[tuple[int, datetime]]) -> Waiting:
    number = sum(row[0] for row in rows)
    what = f"{number} {kind[number != 1]} kom inte fram"
    return Waiting(since=min(row[1] for row in rows), what=what, url=url, about=f"({meeting.title})")
