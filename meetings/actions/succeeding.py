"""Tell those who have come in the place of a receiver whose role ended while a mail waited."""

from django.db import transaction
from django.utils import timezone

from contacts.conditions import ROLE_ENDED
from outbox.actions import queue_all
from outbox.enums import MailStatus
from outbox.models import OutgoingMail

from .. import mails
from ..enums import MailCategory, MailOutKind
from ..models import CalendarEntry, MailOut
from ..receivers import Contact, contacts_of
from .locking import lock_calendar


def tell_successors() -> int:
    """Tell of a cancelled meeting those whose predecessor was no longer to be told; return how many mails.

    A recurring job. Those who are appointed while a meeting is still to be held get its invitation instead
    (`invite_newcomers`). Only an organisation of which nobody has been told is concerned: whoever comes later takes
    over from somebody who knows.
    """
    entries = CalendarEntry.objects.filter(cancelled_at__isnull=False, ends_at__gt=timezone.now())
    mail_outs = MailOut.objects.filter(kind=MailOutKind.CANCELLATION, meeting__calendar__in=entries)
    return sum(_tell_successors(mail_out) for mail_out in mail_outs.select_related("meeting__calendar"))


@transaction.atomic
def _tell_successors(mail_out: MailOut) -> int:
    if not _organisations_never_told(mail_out):
        return 0
    entry = lock_calendar(mail_out.meeting)
    untold = _organisations_never_told(mail_out)
    contacts: list[Contact] = [row for row in contacts_of(entry.meeting) if row.role.organisation_id in untold]
    return len(queue_all(map(mails.MailOutMails(entry, mail_out).cancellation_to_contact, contacts)))


def _organisations_never_told(mail_out: MailOut) -> set[int]:
    """The organisations all of whose mails in the mail-out were withdrawn since the role had ended."""
    rows = OutgoingMail.objects.in_batch(mail_out.batch).filter(category=MailCategory.CANCELLATION)
    ended: set[int | None] = set()
    told: set[int | None] = set()
    for condition, status, reply in rows.values_list("condition", "status", "reply"):
        organisation = (condition or {}).get("organisation")
        (ended if status == MailStatus.WITHDRAWN and reply == ROLE_ENDED else told).add(organisation)
    return {organisation for organisation in ended - told if organisation is not None}
