"""What the logs tell: what the person has done as an editor, and who has looked at the person's data."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django_tasks_db.models import DBTaskResult
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import Image as WagtailImage
from wagtail.log_actions import registry
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    Revision,
    TaskState,
    UploadedFile,
    WorkflowState,
)

from contacts.models import ContactPerson, Person
from gate.models import FileScreening, Objection, PageApproval
from meetings.models import MailOut
from resources.models import Document, DocumentVersion, Image

from ..enums import RetentionKind
from ..models import AccessLogEntry, Purge
from ..subjects import Subject
from .record import Record, Row, when

STAYS_BY_NUMBER = (
    "Står kvar, men med ett nummer i stället för namnet: det ska gå att se att någon har gjort det, och när."
)


def _entries_by(subject: Subject) -> Iterable[Any]:
    if subject.person is None:
        return
    yield from PageLogEntry.objects.filter(user=subject.person).order_by("timestamp", "pk")
    yield from ModelLogEntry.objects.filter(user=subject.person).order_by("timestamp", "pk")


def _show_entry(entry: Any) -> Row:
    return {"När": when(entry.timestamp), "Vad": str(registry.get_action_label(entry.action)), "Om": entry.label}


HISTORY = Record(
    kind="history",
    label="Det personen har gjort, enligt historiken",
    models=(PageLogEntry, ModelLogEntry),
    purpose="För att det ska gå att se vem som har ändrat, publicerat och svarat.",
    rows=_entries_by,
    show=_show_entry,
    rules=(RetentionKind.FORMER_EDITORS,),
    erasure=STAYS_BY_NUMBER,
)


def _entries_about(subject: Subject) -> Iterable[ModelLogEntry]:
    if subject.person is None:
        return ()
    types = ContentType.objects.get_for_models(Person, ContactPerson)
    about = Q(content_type=types[Person], object_id=str(subject.person.pk))
    about |= Q(content_type=types[ContactPerson], object_id__in=[str(pk) for pk in subject.role_ids])
    return ModelLogEntry.objects.filter(about).order_by("timestamp", "pk")


CHANGES = Record(
    kind="changes",
    label="Ändringar av uppgifterna i registret",
    models=(),
    purpose="För att det ska gå att se när ett uppdrag eller en uppgift ändrades.",
    rows=_entries_about,
    show=_show_entry,
    rules=(RetentionKind.FORMER_ROLES,),
    erasure="Står kvar utan namn: vad som hände med uppdraget, och när.",
)


def _approvals(subject: Subject) -> Iterable[Any]:
    if subject.person is None:
        return
    yield from PageApproval.objects.filter(approved_by=subject.person).order_by("pk")
    yield from FileScreening.objects.filter(approved_by=subject.person).order_by("pk")


def _show_approval(row: Any) -> Row:
    what = "Sida" if isinstance(row, PageApproval) else "Fil"
    number = row.object_id if isinstance(row, PageApproval) else row.pk
    return {"Godkände": f"{what} {number}", "När": when(row.approved_at), "Skäl": row.reason}


def _objections(subject: Subject) -> Iterable[Objection]:
    if subject.person is None:
        return ()
    theirs = Q(proposed_by=subject.person) | Q(agreed_by=subject.person)
    return Objection.objects.filter(theirs).order_by("pk")


def _show_objection(row: Objection) -> Row:
    what = f"Sida {row.page_id}" if row.page_id else f"Fil {row.content_id}"
    return {"Släppte ett stopp i": what, "När": when(row.agreed_at or row.proposed_at), "Skäl": row.reason}


OBJECTIONS = Record(
    kind="objections",
    label="Stopp som personen har sagt är fel",
    models=(Objection,),
    purpose="För att det ska gå att se vilka två som har svarat för att ett stopp är fel.",
    rows=_objections,
    show=_show_objection,
    rules=(RetentionKind.FORMER_EDITORS,),
    erasure=STAYS_BY_NUMBER,
)

APPROVALS = Record(
    kind="approvals",
    label="Godkännanden av sidor och filer",
    models=(PageApproval, FileScreening),
    purpose="För att det ska gå att se vem som har svarat för att något får publiceras.",
    rows=_approvals,
    show=_show_approval,
    rules=(RetentionKind.FORMER_EDITORS,),
    erasure=STAYS_BY_NUMBER,
)

# The foreign keys by which a page, file or mail-out says who made it.
AUTHORSHIP: tuple[tuple[Any, str], ...] = (
    (Page, "owner"),
    (Page, "locked_by"),
    (Revision, "user"),
    (Document, "uploaded_by_user"),
    (DocumentVersion, "uploaded_by_user"),
    (Image, "uploaded_by_user"),
    (WagtailDocument, "uploaded_by_user"),
    (WagtailImage, "uploaded_by_user"),
    (UploadedFile, "uploaded_by_user"),
    (Comment, "user"),
    (Comment, "resolved_by"),
    (CommentReply, "user"),
    (WorkflowState, "requested_by"),
    (TaskState, "finished_by"),
    (MailOut, "created_by"),
)


def _made_by(subject: Subject) -> Iterable[Any]:
    if subject.person is None:
        return
    for model, field in AUTHORSHIP:
        rows = model._default_manager.filter(**{field: subject.person}).order_by("pk")
        yield from rows.defer("content") if model is Revision else rows


def _show_made(row: Any) -> Row:
    text = row.text if isinstance(row, Comment | CommentReply) else getattr(row, "title", "")
    return {"Vad": str(row._meta.verbose_name).capitalize(), "Nummer": row.pk, "Text": text}


WORK = Record(
    kind="editorial_work",
    label="Sidor, filer, kommentarer och utskick som personen har gjort",
    models=(
        *(Page, Revision, Document, DocumentVersion, Image, WagtailDocument, WagtailImage, UploadedFile),
        *(Comment, CommentReply, WorkflowState, TaskState, MailOut),
    ),
    purpose="För att redaktionen ska se vem som har gjort vad.",
    rows=_made_by,
    show=_show_made,
    rules=(RetentionKind.FORMER_EDITORS,),
    erasure=STAYS_BY_NUMBER,
)


def _readings_by(subject: Subject) -> Iterable[AccessLogEntry]:
    if subject.person is None:
        return ()
    return AccessLogEntry.objects.filter(who=subject.person).order_by("when", "pk")


def _show_reading(entry: AccessLogEntry) -> Row:
    # Without who: the log protects the person that is looked at, and the extract is about that person.
    return {"När": when(entry.when), "Vad": entry.get_kind_display(), "Uppgifter": entry.what, "Antal": entry.rows}


READINGS = Record(
    kind="readings",
    label="Personuppgifter som personen har läst eller hämtat",
    models=(AccessLogEntry,),
    purpose="För att kunna se att ingen läser uppgifter utan skäl.",
    rows=_readings_by,
    show=_show_reading,
    rules=(RetentionKind.ACCESS_LOG,),
    erasure=STAYS_BY_NUMBER,
)


def _readings_about(subject: Subject) -> Iterable[AccessLogEntry]:
    return AccessLogEntry.objects.about(
        person=subject.person_id, roles=subject.role_ids, mails=subject.mail_ids
    ).order_by("when", "pk")


READINGS_ABOUT = Record(
    kind="readings_about",
    label="När någon har läst just den här personens uppgifter",
    models=(),
    purpose="För att kunna se att ingen läser uppgifter utan skäl. Listor som många står i är inte med här.",
    rows=_readings_about,
    show=_show_reading,
    rules=(RetentionKind.ACCESS_LOG,),
    erasure="Står kvar med numret, som utan registret inte säger vem det var.",
)


def _purges_by(subject: Subject) -> Iterable[Purge]:
    return Purge.objects.filter(by=subject.person).order_by("pk") if subject.person else ()


PURGES = Record(
    kind="purges",
    label="Det personen har rensat bort för gott",
    models=(Purge,),
    purpose="För att det ska gå att se vem som har tagit bort något, och varför.",
    rows=_purges_by,
    show=lambda row: {"När": when(row.at), "Vad": f"{row.kind} {row.object_id}", "Skäl": row.reason},
    rules=(RetentionKind.REMOVAL_LOGS,),
    erasure=STAYS_BY_NUMBER,
)


def _tasks(subject: Subject) -> Iterable[DBTaskResult]:
    return DBTaskResult.objects.filter(args_kwargs__icontains=subject.email).order_by("enqueued_at")


TASKS = Record(
    kind="tasks",
    label="Arbete i bakgrunden där adressen står",
    models=(DBTaskResult,),
    purpose="För att det som tar tid ska kunna göras efter att sidan har svarat.",
    rows=_tasks,
    show=lambda task: {"Vad": task.task_path, "När": when(task.enqueued_at)},
    rules=(RetentionKind.TASKS,),
    erasure="Tas bort.",
    erase=lambda subject, removal: removal.delete(_tasks(subject)),  # type: ignore[arg-type]
)

RECORDS = (HISTORY, CHANGES, APPROVALS, OBJECTIONS, WORK, READINGS, READINGS_ABOUT, PURGES, TASKS)
