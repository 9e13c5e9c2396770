"""Tell those who have come in the place of a receiver whose role ended while a mail waited."""

from django.db import transaction
from django.utils import timezone

from outbox.actions import queue_all
from outbox.enums import MailStatus
from outbox.models import OutgoingMail

from .. import mails
from ..enums import MailOutKind
from ..models import Invitation, MailOut, MeetingPage
from ..receivers import Contact, contacts_of
from .locking import lock_calendar


def tell_successors() -> int:
    """Tell of a cancelled meeting those whose predecessor was no longer to be told; return how many mails.

    A recurring job. Those who are appointed while a meeting is still to be held get its invitation instead
    (`invite_newcomers`). Only an organisation of which nobody has been told is concerned: whoever comes later takes
    over from somebody who knows.
    """
    cancelled = MeetingPage.objects.filter(calendar__cancelled_at__isnull=False, calendar__ends_at__gt=timezone.now())
    return sum(_tell_successors(meeting) for meeting in cancelled.select_related("calendar"))


@transaction.atomic
def _tell_successors(meeting: MeetingPage) -> int:
    if not _never_told(meeting):
        return 0
    entry = lock_calendar(meeting)
    mail_out, _ = MailOut.objects.get_or_create(
        meeting=entry.meeting, kind=MailOutKind.CANCELLATION, defaults={"note": entry.cancellation_note}
    )
    write = mails.MailOutMails(entry, mail_out)
    return len(queue_all(map(write.cancellation_to_contact, _never_told(entry.meeting))))


def _never_told(meeting: MeetingPage) -> list[Contact]:
    """The contact persons of organisations that have got the invitation, but from whose side nobody was to be told."""
    contacts = contacts_of(meeting)
    invited = Invitation.objects.to_meeting(meeting).mailed()
    got_invitation = set(
        invited.exclude(mail__status=MailStatus.WITHDRAWN).values_list("invited__organisation", flat=True)
    )
    batches = [mail_out.batch for mail_out in meeting.mail_outs.filter(kind=MailOutKind.CANCELLATION)]
    rows = OutgoingMail.objects.filter(batch__in=batches).exclude(status=MailStatus.WITHDRAWN)
    told: set[int | None] = set()
    addresses: set[str] = set()
    for condition, address in rows.values_list("condition", "recipient"):
        told.add((condition or {}).get("organisation"))
        addresses.add(address)
    # Who is told as a participant is told for the organisation too.
    told |= {contact.role.organisation_id for contact in contacts if contact.role.person.email in addresses}
    return [row for row in contacts if row.role.organisation_id in got_invitation - told]
