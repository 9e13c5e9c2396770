"""How often something may be done: mails to a mailbox, and requests from an address on the network.

Each kind of mail has a limit of its own, so that a forwarded invitation or a cancellation never uses
up what a registration needs. The numbers of mails are settings; addresses are in normal form.
"""

import hashlib
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from outbox.models import OutgoingMail

from .enums import MailCategory


def may_confirm(address: str) -> bool:
    """Whether a registration form, which anybody can fill in, may cause one more mail to the address."""
    recent = OutgoingMail.objects.in_last_hour(MailCategory.REGISTRATION)
    to_address = recent.filter(recipient=address).count()
    return to_address < settings.REGISTRATION_MAILS_AN_ADDRESS_AN_HOUR and (
        recent.count() < settings.REGISTRATION_MAILS_AN_HOUR
    )


def may_change_again(address: str) -> bool:
    """Whether the holder of a personal link may register again this hour."""
    recent = OutgoingMail.objects.in_last_hour(MailCategory.PARTICIPANT).filter(recipient=address)
    return recent.count() < settings.PARTICIPANT_MAILS_AN_ADDRESS_AN_HOUR


def may_forward_to(address: str) -> bool:
    """Whether contact persons may send the mailbox one more invitation this hour."""
    recent = OutgoingMail.objects.in_last_hour(MailCategory.FORWARD).filter(recipient=address)
    return recent.count() < settings.FORWARD_MAILS_AN_ADDRESS_AN_HOUR


@dataclass(frozen=True)
class Limit:
    """At most `times` in every window of `seconds`, counted for each client."""

    name: str
    times: int
    seconds: int

    def allows(self, request: HttpRequest) -> bool:
        """Count one more try from this client and say whether it is within the limit."""
        # allauth's adapter knows which proxies to trust (ALLAUTH_TRUSTED_PROXY_COUNT).
        client = hashlib.sha256(get_adapter().get_client_ip(request).encode()).hexdigest()[:32]
        key = f"limit:{self.name}:{client}"
        cache.add(key, 0, timeout=self.seconds)
        try:
            return cache.incr(key) <= self.times
        except ValueError:  # The window closed between the two calls.
            return True


# A whole town hall may share one address, so the limits stop machines, not people.
REGISTRATION = Limit("registration", times=300, seconds=3600)
PARTICIPANT_CHANGE = Limit("participant-change", times=120, seconds=3600)
FORWARD = Limit("forward", times=30, seconds=3600)
