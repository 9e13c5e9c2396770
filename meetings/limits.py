"""How many mails a stranger can make LUMEN send: to one mailbox and in all, counted in the outbox."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from outbox.models import OutgoingMail

from .enums import MailCategory

# Mails that anybody can cause by filling in a form.
CAUSED_BY_STRANGERS = (MailCategory.REGISTRATION, MailCategory.FORWARD)
WINDOW = timedelta(hours=1)


def within_address_limit(address: str) -> bool:
    """Whether the mailbox may get one more of these mails this hour."""
    recent = OutgoingMail.objects.since(timezone.now() - WINDOW).filter(category__in=CAUSED_BY_STRANGERS)
    return recent.to_address(address).count() < settings.REGISTRATION_MAILS_AN_ADDRESS_AN_HOUR


def within_global_limit() -> bool:
    """Whether registration may cause one more mail this hour, to whomever."""
    recent = OutgoingMail.objects.since(timezone.now() - WINDOW).filter(category=MailCategory.REGISTRATION)
    return recent.count() < settings.REGISTRATION_MAILS_AN_HOUR
