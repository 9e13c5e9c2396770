"""What the register's own notes keep of something that is removed for good."""

from collections import Counter
from collections.abc import Iterable

from privacy.purging.registry import register

from .models import Group, Organisation, RegisterAccess

REMOVED = "(bortrensat)"


def register_contacts() -> None:
    register(Group, lambda group: forget_in_accesses([group.name]))
    register(Organisation, lambda organisation: forget_in_accesses([organisation.name]))


def forget_in_accesses(names: Iterable[str]) -> Counter[str]:
    """Take the names out of the notes of who read which list; the notes stay."""
    changed = 0
    for name in names:
        for access in RegisterAccess.objects.filter(what__contains=name[:60]):
            start = access.what.index(name[:60])
            # A long name fills the note to its end.
            rest = access.what[start + len(name) :]
            RegisterAccess.objects.filter(pk=access.pk).update(what=f"{access.what[:start]}{REMOVED}{rest}"[:200])
            changed += 1
    return Counter({RegisterAccess._meta.label: changed}) if changed else Counter()
