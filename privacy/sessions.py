"""The sessions of a person: who is logged in, and who is on the way to be."""

import json
from collections.abc import Collection, Iterator

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session


def sessions_of(person_ids: Collection[int], addresses: Collection[str] = ()) -> Iterator[Session]:
    """The sessions in which one of the persons is logged in, or that hold one of the addresses.

    An address stands in a session when its owner has asked for a log-in code. What a session holds is encoded, so each
    is read.
    """
    ids = {str(pk) for pk in person_ids}
    if not ids and not addresses:
        return
    for session in Session.objects.order_by("expire_date").iterator(chunk_size=200):
        data = session.get_decoded()
        text = json.dumps(data, ensure_ascii=False, default=str).lower()
        if str(data.get(SESSION_KEY)) in ids or any(address in text for address in addresses):
            yield session


def end_sessions_of(person_ids: Collection[int], addresses: Collection[str] = ()) -> int:
    """Log the persons out everywhere; return how many sessions they had."""
    keys = [session.pk for session in sessions_of(person_ids, addresses)]
    return Session.objects.filter(pk__in=keys).delete()[0]
