"""Merges two rows of the register that are the same person."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from wagtail.models import ReferenceIndex

from gate.models import Objection
from outbox.actions import withdraw_all
from outbox.models import OutgoingMail

from .. import permissions
from ..consequences import Merge, follow_merge
from ..log_entries import note
from ..models import ContactPerson, Membership, Nomination, Organisation, Person
from .periods import clusters, spans_of
from .relations import Replaced, follow

MERGED = "Mottagaren fanns två gånger i registret, och får mejlet en gång"


def why_not(*, stays: Person, goes: Person) -> str:
    """Why the two can't be merged, in Swedish; "" when they can."""
    if stays.pk == goes.pk:
        return "Det är samma rad. Välj en annan person."
    if stays.is_erased or goes.is_erased:
        return "En av raderna är raderad, så det finns inga uppgifter att slå ihop."
    if goes.is_superuser or goes.groups.exists() or goes.user_permissions.exists():
        return (
            f"{goes.email} har behörigheter i redaktionens verktyg, och den raden behöver vara kvar. "
            "Behåll den, eller be en administratör ta bort behörigheterna först."
        )
    if goes.is_active and not stays.is_active:
        return f"{stays.email} får inte logga in. Behåll den andra raden, eller öppna inloggningen först."
    together = Objection.objects.filter(proposed_by__in=(stays, goes), agreed_by__in=(stays, goes))
    if together.exists():
        return (
            "De två raderna har tillsammans sagt att ett stopp är fel, och det ska två personer göra. "
            "Ta tillbaka den invändningen under Granskning först."
        )
    return ""


@transaction.atomic
def merge(*, stays: Person, goes: Person, by: Person | None) -> Person:
    """Let the row `stays` take over all that the row `goes` has, and remove `goes` with its address.

    Roles and seats that overlap become one period, so that no day is counted twice. The details of `stays` hold; what
    is blank there comes from `goes`. Raises PermissionDenied, and ValidationError with the reason.
    """
    _lock(stays, goes)
    rows = Person.objects.select_for_update(of=("self",)).in_bulk([stays.pk, goes.pk])
    if len(rows) < len({stays.pk, goes.pk}):
        raise ValidationError("En av raderna finns inte längre. Någon annan kan redan ha slagit ihop dem.")
    stays, goes = rows[stays.pk], rows[goes.pk]
    if by is not None and not all(permissions.user_can_change_person(by, person) for person in (stays, goes)):
        raise PermissionDenied
    if reason := why_not(stays=stays, goes=goes):
        raise ValidationError(reason)
    referring = [row for row, _ in ReferenceIndex.get_grouped_references_to(goes)]
    replaced: Replaced = {}
    _join_roles(stays, goes, replaced)
    _join_seats(stays, goes, replaced)
    for model, pairs in follow(stays=stays, goes=goes).items():
        replaced.setdefault(model, {}).update(pairs)
    Nomination.objects.of_address(goes.email).update(email=stays.email)
    _redirect_waiting_mails(stays, goes, replaced)
    follow_merge(Merge(stays=stays, gone=goes.pk, former_address=goes.email, replaced=replaced))
    gone = goes.pk
    _take_over_details(stays, goes)
    Person.objects.filter(pk=goes.pk).delete()
    for row in referring:
        ReferenceIndex.create_or_update_for_object(row)
    note(stays, "contacts.merge", by=by, gone=gone)
    return stays


def _lock(*persons: Person) -> None:
    """Lock the organisations of the persons' roles, which comes before the persons, as in `contacts.actions`."""
    organisations = Organisation.objects.filter(contact_persons__person__in=persons).values("pk")
    list(Organisation.objects.filter(pk__in=organisations).order_by("pk").select_for_update())


def _take_over_details(stays: Person, goes: Person) -> None:
    """Fill in what is blank, and keep the earliest day and the latest log-in (saved)."""
    for field in ("title", "phone", "organisation"):
        if not getattr(stays, field):
            setattr(stays, field, getattr(goes, field))
    stays.date_joined = min(stays.date_joined, goes.date_joined)
    if goes.proved_at and (stays.proved_at is None or stays.proved_at < goes.proved_at):
        stays.proved_at, stays.proved_by = goes.proved_at, goes.proved_by
    stays.last_login = max((each for each in (stays.last_login, goes.last_login) if each), default=None)
    stays.save(update_fields=["title", "phone", "organisation", "date_joined", "last_login", "proved_at", "proved_by"])


def _join_roles(stays: Person, goes: Person, replaced: Replaced) -> None:
    rows = ContactPerson.objects.select_for_update().filter(person__in=(stays, goes))
    of_organisation: dict[int, list[ContactPerson]] = {}
    for role in rows.order_by("pk"):
        of_organisation.setdefault(role.organisation_id, []).append(role)
    for roles in of_organisation.values():
        for cluster in clusters(roles):
            _join(cluster, stays, replaced)


def _join_seats(stays: Person, goes: Person, replaced: Replaced) -> None:
    rows = Membership.objects.select_for_update().filter(person__in=(stays, goes))
    of_group: dict[tuple[int, int], list[Membership]] = {}
    for seat in rows.order_by("pk"):
        of_group.setdefault((seat.group_id, seat.organisation_id), []).append(seat)
    for seats in of_group.values():
        for cluster in clusters(seats):
            _join(cluster, stays, replaced)


def _join(rows: list[Any], stays: Person, replaced: Replaced) -> None:
    """Let the rows of a cluster, which share days, be as many rows of the person as there are spans."""
    if len(rows) == 1 or {row.person_id for row in rows} == {stays.pk}:
        return  # Nothing is doubled; what belongs to the row that goes follows as it is.
    spans = spans_of(rows, is_deputy=lambda row: getattr(row, "deputy", False))
    # The rows that stay: first those of the person who stays, then the oldest.
    left = sorted(rows, key=lambda row: (row.person_id != stays.pk, row.pk))
    kept, surplus = left[: len(spans)], left[len(spans) :]
    for row in surplus:
        for model, pairs in follow(stays=kept[0], goes=row).items():
            replaced.setdefault(model, {}).update(pairs)
        type(row)._base_manager.filter(pk=row.pk).delete()
    kept.sort(key=lambda row: (row.start, row.pk))
    stops = [row.mail_stopped_at for row in rows if getattr(row, "mail_stopped_at", None)]
    welcomes = [row.welcomed_at for row in rows if getattr(row, "welcomed_at", None)]
    if isinstance(kept[0], ContactPerson):  # Meanwhile none may share a day with another, and an empty one does not.
        ContactPerson.objects.filter(pk__in=[row.pk for row in kept]).update(end=F("start"))
    # The open one last: there may be one only at a time.
    for row, span in sorted(zip(kept, spans, strict=False), key=lambda pair: pair[1].end is None):
        row.person, row.start, row.end = stays, span.start, span.end
        if isinstance(row, ContactPerson):
            row.deputy = span.deputy
            # Who has said no to mail at one of the addresses has said no.
            row.mail_stopped_at = min(stops, default=None)
            row.welcomed_at = min(welcomes, default=None)
        row.save()
    for span in spans[len(kept) :]:
        ContactPerson.objects.create(
            person=stays,
            organisation=rows[0].organisation,
            start=span.start,
            end=span.end,
            deputy=span.deputy,
            mail_stopped_at=min(stops, default=None),
            welcomed_at=min(welcomes, default=None),
        )


def _redirect_waiting_mails(stays: Person, goes: Person, replaced: Replaced) -> None:
    """Let the mails that wait for the person who goes be for the one who stays; what both would get goes once.

    The address is asked for when a mail leaves, so it need not be changed here.
    """
    roles = {f"stop_mail:{gone}": f"stop_mail:{kept}" for gone, kept in replaced.get(ContactPerson, {}).items()}
    for mail in OutgoingMail.objects.pending().filter(condition__person=goes.pk).defer("message", "text"):
        condition = {**(mail.condition or {}), "person": stays.pk}
        same = OutgoingMail.objects.in_batch(mail.batch).exclude(pk=mail.pk).filter(condition=condition)
        if mail.batch and same.exists():
            withdraw_all(OutgoingMail.objects.filter(pk=mail.pk), because=MERGED)
        links = mail.links and {place: roles.get(link, link) for place, link in mail.links.items()}
        OutgoingMail.objects.filter(pk=mail.pk).update(condition=condition, links=links)
