"""How often one address on the network may do something. The caps per mailbox lie in the actions."""

import hashlib
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


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
