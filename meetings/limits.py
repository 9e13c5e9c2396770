"""How often something may be done about a meeting: mails to a mailbox, and requests from a client.

Each kind of mail has a limit of its own, so that a forwarded invitation or a cancellation never uses
up what a registration needs. The numbers are settings (`LIMITS`).
"""

from datetime import datetime, timedelta

import structlog
from django.conf import settings

from outbox import clock
from outbox.limits import Limit, mails_to_mailbox, time_for_category, time_for_mailbox
from outbox.models import OutgoingMail

from .enums import MailCategory

REGISTRATIONS = Limit("registrations_a_client")
PARTICIPANT_CHANGES = Limit("participant_changes_a_client")
FORWARDS = Limit("forwards_a_person")
# A confirmation may wait this long because its mailbox has had many. After that the form asks to come back.
LONGEST_WAIT = timedelta(hours=4)
LATE = timedelta(minutes=1)

log = structlog.get_logger("meetings")


def time_of_confirmation(address: str) -> datetime | None:
    """When a registration form, which anybody can fill in, may mail the address; None when it must not at all."""
    for_mailbox = time_for_mailbox(
        MailCategory.REGISTRATION, address, an_hour=settings.LIMITS["registration_mails_a_mailbox"]
    )
    if for_mailbox > clock.now() + LONGEST_WAIT:
        return None
    for_all = time_for_category(MailCategory.REGISTRATION, an_hour=settings.LIMITS["registration_mails"])
    if for_all > clock.now() + LATE:
        log.warning("confirmation waits, since many have registered this hour", leaves_at=for_all.isoformat())
    return max(for_mailbox, for_all)


def may_change_again(address: str) -> bool:
    """Whether the holder of a personal link may register again this hour."""
    recent = OutgoingMail.objects.in_last_hour(MailCategory.PARTICIPANT).filter(recipient=address)
    return recent.count() < settings.LIMITS["participant_mails_an_address"]


def may_mail_own_link(address: str) -> bool:
    """Whether somebody who asks may have the mailbox sent its personal link once more this hour."""
    return mails_to_mailbox(MailCategory.OWN_LINK, address) < settings.LIMITS["own_link_mails_a_mailbox"]


def may_forward_to(address: str) -> bool:
    """Whether contact persons may send the mailbox one more invitation this hour."""
    return mails_to_mailbox(MailCategory.FORWARD, address) < settings.LIMITS["forward_mails_a_mailbox"]
