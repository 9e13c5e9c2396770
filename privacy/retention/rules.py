"""The rules of retention: for each kind of record what is due, and what happens to it.

How long, and on which decision, stands in the rows of `RetentionRule`, which an administrator edits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Revision

from contacts.erasure import erase_person
from contacts.models import Inquiry, LogIn, Nomination, PendingImport, Person
from gate.models import FileScreening, PageApproval
from meetings.actions import anonymise_registrations
from meetings.models import Colleague, MailOut, Registration
from outbox.actions import empty_mails, remove_mails
from outbox.models import OutgoingMail
from resources.models import DraftLink, MissedSearch

from ..enums import RetentionKind
from ..models import AccessLogEntry, Purge
from ..purge.log_entries import empty_log
from ..purge.removal import Removal
from ..sessions import end_sessions_of

# What a person leaves behind who has worked as an editor.
EDITORS_TRACES: tuple[tuple[Any, str], ...] = (
    *((PageApproval, "approved_by"), (FileScreening, "approved_by"), (Revision, "user")),
    *((MailOut, "created_by"), (AccessLogEntry, "who"), (Purge, "by")),
)


@dataclass(frozen=True)
class Rule:
    """What the time of one kind is counted from, and what happens when it is over: Swedish, for the public page."""

    kind: RetentionKind
    counted_from: str
    outcome: str
    # The records whose time began at the moment or earlier.
    due: Callable[[datetime], QuerySet[Any]]
    remove: Callable[[Any], int]


def former_editors() -> QuerySet[Person]:
    """Persons with no duty left who have worked as editors."""
    persons = Person.objects.not_erased().without_duties()
    found = Person.objects.none()
    for model, field in EDITORS_TRACES:
        found = found | persons.filter(Exists(model._default_manager.filter(**{field: OuterRef("pk")})))
    return persons.filter(pk__in=found.values("pk"))


def due_former_editors(moment: datetime) -> QuerySet[Person]:
    recent = Person.objects.with_role_after(timezone.localdate(moment))
    return former_editors().not_seen_since(moment).exclude(pk__in=recent.values("pk"))  # type: ignore[attr-defined]


def due_former_roles(moment: datetime) -> QuerySet[Person]:
    recent = Person.objects.with_role_after(timezone.localdate(moment))
    persons = Person.objects.not_erased().without_duties().with_any_role()
    return persons.exclude(pk__in=recent.values("pk")).exclude(pk__in=former_editors().values("pk"))


def due_without_role(moment: datetime) -> QuerySet[Person]:
    persons = Person.objects.not_erased().without_duties().not_seen_since(moment)
    with_role = Person.objects.with_any_role()
    return persons.exclude(pk__in=with_role.values("pk")).exclude(pk__in=former_editors().values("pk"))


def remove_persons(persons: QuerySet[Person]) -> int:
    """Erase the persons and end their sessions; return how many."""
    chosen = list(persons)
    ids = [person.pk for person in chosen]
    end_sessions_of(ids)
    for person in chosen:
        erase_person(person)
    empty_log(Person, ids, Removal())
    return len(chosen)


def delete(rows: QuerySet[Any]) -> int:
    """Delete the rows; return how many, without those deleted along with them."""
    number = rows.count()
    rows.delete()
    return number


RULES: tuple[Rule, ...] = (
    Rule(
        RetentionKind.REGISTRATIONS,
        "mötets slut",
        "Namn, adress, roll och enhet tas bort. Organisation och närvaro står kvar utan namn, så att antalen stämmer.",
        lambda moment: Registration.objects.with_details().to_meetings_ended(moment),
        anonymise_registrations,
    ),
    Rule(
        RetentionKind.FORMER_ROLES,
        "att det sista uppdraget upphörde",
        "Namn, adress, titel, telefon och inloggning tas bort. Organisationens uppdrag står kvar utan namn.",
        due_former_roles,
        remove_persons,
    ),
    Rule(
        RetentionKind.WITHOUT_ROLE,
        "att personen lades till eller senast loggade in",
        "Personen tas bort.",
        due_without_role,
        remove_persons,
    ),
    Rule(
        RetentionKind.FORMER_EDITORS,
        "den senaste inloggningen",
        "Namn, adress och inloggning tas bort. I historiken står ett nummer i stället för namnet.",
        due_former_editors,
        remove_persons,
    ),
    Rule(
        RetentionKind.MAIL_CONTENT,
        "att mejlet gick fram",
        "Texten tas bort. Mottagare, ämne och tid står kvar.",
        lambda moment: OutgoingMail.objects.delivered_before(moment).with_content(),
        empty_mails,
    ),
    Rule(
        RetentionKind.MAILS,
        "att mejlet gick fram",
        "Mejlet tas bort helt.",
        lambda moment: OutgoingMail.objects.delivered_before(moment),
        remove_mails,
    ),
    Rule(
        RetentionKind.UNDELIVERED_MAILS,
        "att mejlet skrevs",
        "Adress, ämne och innehåll tas bort. Att ett mejl inte gick fram står kvar.",
        lambda moment: OutgoingMail.objects.undelivered_before(moment),
        remove_mails,
    ),
    Rule(
        RetentionKind.SESSIONS,
        "att inloggningen slutade gälla",
        "Inloggningen tas bort.",
        lambda moment: Session.objects.filter(expire_date__lte=moment).order_by("pk"),
        delete,
    ),
    Rule(
        RetentionKind.LOG_INS,
        "inloggningen",
        "Raden tas bort.",
        lambda moment: LogIn.objects.filter(when__lte=moment),
        delete,
    ),
    Rule(
        RetentionKind.MISSED_SEARCHES,
        "dagen då sökningen räknades",
        "Räkningen av den dagens sökningar tas bort.",
        lambda moment: MissedSearch.objects.before(timezone.localdate(moment)),
        delete,
    ),
    Rule(
        RetentionKind.DRAFT_LINKS,
        "att länken slutade gälla",
        "Länken och kommentarerna tas bort.",
        lambda moment: DraftLink.objects.ended_by(moment).order_by("pk"),
        delete,
    ),
    Rule(
        RetentionKind.NOMINATIONS,
        "anmälan",
        "Anmälan tas bort. Den som har utsetts står kvar i registret.",
        lambda moment: Nomination.objects.made_before(moment),
        delete,
    ),
    Rule(
        RetentionKind.INQUIRIES,
        "frågan",
        "Frågan och svaret tas bort.",
        lambda moment: Inquiry.objects.made_before(moment),
        delete,
    ),
    Rule(
        RetentionKind.COLLEAGUES,
        "att någon senast lade till eller vidarebefordrade till kollegan",
        "Kollegan tas bort från organisationens lista. Den som inte vill ha fler inbjudningar står kvar som en adress "
        "utan namn, så länge LUMEN finns, för att ingen ska mejla den igen.",
        lambda moment: Colleague.objects.used_before(moment),
        delete,
    ),
    Rule(
        RetentionKind.PENDING_IMPORTS,
        "att filen laddades upp",
        "Filen tas bort.",
        lambda moment: PendingImport.objects.filter(created_at__lte=moment).order_by("pk"),
        delete,
    ),
    Rule(
        RetentionKind.TASKS,
        "att arbetet var klart",
        "Raden tas bort.",
        lambda moment: DBTaskResult.objects.finished().filter(finished_at__lte=moment),
        delete,
    ),
    Rule(
        RetentionKind.ACCESS_LOG,
        "läsningen",
        "Raden tas bort.",
        lambda moment: AccessLogEntry.objects.filter(when__lte=moment),
        delete,
    ),
    Rule(
        RetentionKind.REMOVAL_LOGS,
        "borttagningen",
        "Raden tas bort.",
        lambda moment: Purge.objects.exclude(finished_at=None).filter(at__lte=moment),
        delete,
    ),
)
