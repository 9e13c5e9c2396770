"""Store what a file of contact persons says: at once, or when its owner has confirmed it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db import transaction

from gate.guard import refuse_what_blocks

from .. import permissions
from ..log_entries import note
from ..models import ContactPerson, Organisation, PendingImport, Person
from .choices import Choices, rows_by_key
from .headings import layout_of
from .kept import read_kept
from .plan import Change, ImportPlan, make_plan
from .rows import ImportRow
from .tables import Table


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
def apply_import(
    *, rows: Sequence[ImportRow], by: Person | None, chosen: Mapping[str, int] | None = None
) -> ImportPlan:
    """Store all the rows, or none: raises ImportRefused when any of them has a fault.

    The plan is made again here, since the register may have changed since the preview. `chosen` as in `make_plan`.
    """
    if by is not None and not permissions.user_can_change_register(by):
        raise PermissionDenied
    # Two imports at once wait for each other, so that neither plans from rows that the other changes.
    list(Organisation.objects.covered().select_for_update().order_by("pk").values_list("pk"))
    plan = make_plan(rows, chosen)
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
def keep_import_until_confirmed(*, name: str, table: Table, owner: Person) -> PendingImport:
    """Store an uploaded file, without numbers of persons, until its owner confirms it. An earlier one is deleted."""
    if not permissions.user_can_change_register(owner):
        raise PermissionDenied
    forget_expired_imports()
    PendingImport.objects.filter(owner=owner).delete()
    content = table.without_forbidden(layout_of(table.rows)).as_bytes()
    return PendingImport.objects.create(name=name[:255], content=content, owner=owner)


@transaction.atomic
def choose_organisation(*, pending: PendingImport, key: str, organisation: Organisation | None, by: Person) -> int:
    """Let a written name mean the organisation, or with None nothing any more; return of how many rows.

    Raises PendingImport.DoesNotExist as `apply_kept_import` does.
    """
    kept = _locked(pending, by)
    file = read_kept(kept)
    rows = rows_by_key(file.rows).get(key, [])
    organisations = {other: pk for other, pk in file.choices.organisations.items() if other != key}
    if organisation is not None and rows:
        organisations[key] = organisation.pk
    _store_choices(kept, replace(file.choices, organisations=organisations))
    return len(rows)


@transaction.atomic
def choose_columns(*, pending: PendingImport, columns: Mapping[int, str], first_row: int, by: Person) -> None:
    """Read the file with these columns, from this row; without columns as its headings tell.

    Raises PendingImport.DoesNotExist as `apply_kept_import` does.
    """
    kept = _locked(pending, by)
    choices = replace(Choices.from_json(kept.assigned), columns=columns, first_row=first_row)
    table = Table.from_bytes(bytes(kept.content))
    # What a column is called is part of the screening.
    kept.content = table.without_forbidden(choices.layout(table)).as_bytes()
    _store_choices(kept, choices)


@transaction.atomic
def choose_to_fill_down(*, pending: PendingImport, fills_down: bool, by: Person) -> None:
    """Let a row without an organisation have that of the row above, or not.

    Raises PendingImport.DoesNotExist as `apply_kept_import` does.
    """
    kept = _locked(pending, by)
    _store_choices(kept, replace(Choices.from_json(kept.assigned), fills_down=fills_down))


@transaction.atomic
def apply_kept_import(*, pending: PendingImport, by: Person, seen: str, without: Collection[int] = ()) -> ImportPlan:
    """Store the rows of an uploaded file and delete the file, in one transaction.

    `seen` is the mark of the choices that were previewed, `without` the numbers of the rows that had faults then.
    Raises PendingImport.DoesNotExist if the file was used already (a double click), ImportRefused if the choices are
    others, or the register has changed so that another row no longer fits.
    """
    kept = _locked(pending, by)
    file = read_kept(kept)
    rows = [row for row in file.rows if row.row not in without]
    if file.choices.mark != seen or not rows:
        raise ImportRefused(file.plan)
    plan = apply_import(rows=rows, by=by, chosen=file.choices.organisations)
    kept.delete()
    return plan


def forget_expired_imports() -> int:
    """Delete uploaded files that nobody confirmed in time; return how many."""
    return PendingImport.objects.expired().delete()[0]


def _locked(pending: PendingImport, by: Person) -> PendingImport:
    if not permissions.user_can_change_register(by):
        raise PermissionDenied
    return PendingImport.objects.waiting_for(by).select_for_update().get(pk=pending.pk)


def _store_choices(kept: PendingImport, choices: Choices) -> None:
    kept.assigned = choices.as_json()
    kept.save(update_fields=["assigned", "content"])
