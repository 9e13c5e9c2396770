"""How often something may be tried, for what belongs to no single room. The numbers are in ACCOUNT_RATE_LIMITS."""

from allauth.core import ratelimit
from django.http import HttpRequest


def too_many(request: HttpRequest, *, action: str, key: str, count: bool = True) -> bool:
    """Whether the action has been tried too often with the key; `count` adds this time to the tries."""
    return not ratelimit.consume(request, action=action, key=key, dry_run=not count)
