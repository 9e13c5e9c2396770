"""What follows for the log of access and the sessions when two rows of the register are merged."""

from contacts.consequences import Merge
from contacts.models import ContactPerson

from .models import AccessLogEntry
from .sessions import end_sessions_of


def follow_in_logs(merge: Merge) -> None:
    """Let the entries about the row that went be about the one that stays, and end the sessions of the former."""
    _renumber(f"Person {merge.gone}", f"Person {merge.stays.pk}", person=merge.gone)
    for gone, kept in merge.replaced.get(ContactPerson, {}).items():
        _renumber(f"Kontaktperson {gone}", f"Kontaktperson {kept}", roles=[gone])
    end_sessions_of([merge.gone], [merge.former_address])


def _renumber(before: str, after: str, *, person: int = 0, roles: list[int] | None = None) -> None:
    for entry in AccessLogEntry.objects.about(person=person, roles=roles or [], mails=[]):
        AccessLogEntry.objects.filter(pk=entry.pk).update(what=entry.what.replace(before, after, 1))
