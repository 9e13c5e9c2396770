"""How many mails people can make LUMEN send: to one mailbox and in all, counted in the outbox.

Each way in has a cap of its own, so that a forwarded invitation or a cancellation never uses up
what a registration needs.
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from outbox.models import MailQuerySet, OutgoingMail

from .enums import MailCategory

WINDOW = timedelta(hours=1)


def may_confirm(address: str) -> bool:
    """Whether a registration form, which anybody can fill in, may cause one more mail to the address."""
    recent = _recent(MailCategory.REGISTRATION)
    to_address = recent.to_address(address).count()
    return to_address < settings.REGISTRATION_MAILS_AN_ADDRESS_AN_HOUR and (
        recent.count() < settings.REGISTRATION_MAILS_AN_HOUR
    )


def may_change_again(address: str) -> bool:
    """Whether the holder of a personal link may go in and out once more this hour."""
    recent = _recent(MailCategory.PARTICIPANT).to_address(address)
    return recent.count() < settings.PARTICIPANT_MAILS_AN_ADDRESS_AN_HOUR


def may_forward_to(address: str) -> bool:
    """Whether contact persons may send the mailbox one more invitation this hour."""
    recent = _recent(MailCategory.FORWARD).to_address(address)
    return recent.count() < settings.FORWARD_MAILS_AN_ADDRESS_AN_HOUR


def _recent(category: MailCategory) -> MailQuerySet:
    return OutgoingMail.objects.since(timezone.now() - WINDOW).filter(category=category)
