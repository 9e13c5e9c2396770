"""Store what a file of contact persons says: at once, or when its owner has confirmed it."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from gate.guard import refuse_what_blocks

from .. import permissions
from ..log_entries import note
from ..models import ContactPerson, Organisation, PendingImport, Person
from .plan import Change, ImportPlan, make_plan
from .reading import read_file
from .rows import ImportRow


class ImportRefused(Exception):
    """The rows have faults, listed in `plan`, so nothing was stored."""

    def __init__(self, plan: ImportPlan) -> None:
        super().__init__(f"{len(plan.errors)} rader har fel.")
        self.plan = plan


def preview_import(*, rows: Sequence[ImportRow], by: Person | None) -> ImportPlan:
    """Tell what `apply_import` would do."""
    if by is not None and not permissions.user_can_change_register(by):
        raise PermissionDenied
    return make_plan(rows)


@transaction.atomic
def apply_import(*, rows: Sequence[ImportRow], by: Person | None) -> ImportPlan:
    """Store all the rows, or none: raises ImportRefused when any of them has a fault.

    The plan is made again here, since the register may have changed since the preview.
    """
    if by is not None and not permissions.user_can_change_register(by):
        raise PermissionDenied
    # Two imports at once wait for each other, so that neither plans from rows that the other changes.
    list(Organisation.objects.covered().select_for_update().order_by("pk").values_list("pk"))
    plan = make_plan(rows)
    if plan.errors:
        raise ImportRefused(plan)
    changes = [outcome.change for outcome in plan.outcomes if outcome.change]
    _store_persons(changes, by)
    _store_roles(changes, by)
    return plan


def _store_persons(changes: Sequence[Change], by: Person | None) -> None:
    persons = {change.person.email: change.person for change in changes}
    new = [person for person in persons.values() if person.pk is None]
    changed = {change.person.email: change.person for change in changes if change.details_changed and change.person.pk}
    for person in new:
        person.set_unusable_password()
    refuse_what_blocks(persons.values())  # The plan screened the file; this screens what is stored.
    Person.objects.bulk_create(new)
    Person.objects.bulk_update(changed.values(), ["name", "title", "phone", "organisation"], batch_size=500)
    for person in changed.values():
        note(person, "contacts.change_details", by=by, source="import")


def _store_roles(changes: Sequence[Change], by: Person | None) -> None:
    for change in changes:
        change.role.person = change.person
    new = [change.role for change in changes if change.role.pk is None]
    changed = [change.role for change in changes if change.role.pk and change.role_changed]
    ContactPerson.objects.bulk_create(new)
    ContactPerson.objects.bulk_update(changed, ["start", "end", "deputy"], batch_size=500)
    for role in new:
        note(role, "contacts.appoint", by=by, organisation=role.organisation_id, source="import")
    for role in changed:
        note(role, "contacts.change_role", by=by, source="import")


@transaction.atomic
def keep_import_until_confirmed(*, name: str, content: bytes, owner: Person) -> PendingImport:
    """Store an uploaded file until its owner confirms it. An earlier file of theirs is deleted."""
    if not permissions.user_can_change_register(owner):
        raise PermissionDenied
    forget_expired_imports()
    PendingImport.objects.filter(owner=owner).delete()
    return PendingImport.objects.create(name=name[:255], content=content, owner=owner)


@transaction.atomic
def apply_kept_import(*, pending: PendingImport, by: Person) -> ImportPlan:
    """Store the rows of an uploaded file and delete the file, in one transaction.

    Raises PendingImport.DoesNotExist if it was used already (a double click), ImportRefused if
    the register has changed so that a row no longer fits.
    """
    kept = PendingImport.objects.waiting_for(by).select_for_update().get(pk=pending.pk)
    plan = apply_import(rows=read_file(kept.name, bytes(kept.content)).rows, by=by)
    kept.delete()
    return plan


def forget_expired_imports() -> int:
    """Delete uploaded files that nobody confirmed in time; return how many."""
    return PendingImport.objects.expired().delete()[0]
