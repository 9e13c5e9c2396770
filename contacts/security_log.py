"""Security events, one structured log line each: who (by number), from which address, what happened.

No line holds a name, an e-mail address, a code or a password. The events are listed in docs/drift.md.
"""

from typing import Any

import structlog
from django.http import HttpRequest

from .clients import client_address

log = structlog.get_logger("security")


def log_event(event: str, request: HttpRequest | None, *, person: Any = None, **details: object) -> None:
    """Log a security event of a person (None when it is not known who) and the client of a request."""
    client = client_address(request) if request is not None else ""
    log.info(event, person=getattr(person, "pk", None), client=client, **details)
