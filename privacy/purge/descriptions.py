"""Describes in Swedish, for an editor, what a purge removes."""

from collections import Counter
from collections.abc import Mapping

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import Model
from django_tasks_db.models import DBTaskResult
from taggit.models import ItemBase, Tag
from wagtail.admin.models import EditingSession, FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Comment,
    CommentReply,
    GroupPagePermission,
    Page,
    PageSubscription,
    PageViewRestriction,
    ReferenceIndex,
    Revision,
    TaskState,
    UploadedFile,
    WorkflowPage,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from gate.models import FileScreening, PageApproval
from meetings.models import AgendaItem, Material
from outbox.models import MailEvent
from resources.models import Rendition, ResourceFile, ResourceLink, SearchEntry, SearchPosting, SearchWord

from ..models import AccessLogEntry

# Singular and plural, for models whose own names do not fit a list of what is removed.
NAMES: dict[type[Model], tuple[str, str]] = {
    Page: ("sida", "sidor"),
    Revision: ("version", "versioner"),
    Comment: ("kommentar", "kommentarer"),
    CommentReply: ("svar på kommentar", "svar på kommentarer"),
    WorkflowState: ("omgång i arbetsflödet", "omgångar i arbetsflödet"),
    WorkflowPage: ("koppling till ett arbetsflöde", "kopplingar till arbetsflöden"),
    PageViewRestriction: ("läsbegränsning", "läsbegränsningar"),
    GroupPagePermission: ("behörighet för en grupp", "behörigheter för grupper"),
    UploadedFile: ("påbörjad uppladdning", "påbörjade uppladdningar"),
    Redirect: ("tidigare adress", "tidigare adresser"),
    UserProfile: ("användarprofil", "användarprofiler"),
    EmailAddress: ("e-postadress för inloggning", "e-postadresser för inloggning"),
    EmailConfirmation: ("bekräftelse av e-postadress", "bekräftelser av e-postadresser"),
    Authenticator: ("sätt att bekräfta inloggningen", "sätt att bekräfta inloggningen"),
    Session: ("inloggning", "inloggningar"),
    DBTaskResult: ("arbete i bakgrunden", "arbeten i bakgrunden"),
    Tag: ("tagg", "taggar"),
    Rendition: ("bildstorlek", "bildstorlekar"),
    ResourceFile: ("rad i en sidas fillista", "rader i sidors fillistor"),
    ResourceLink: ("rad i en sidas länklista", "rader i sidors länklistor"),
    AgendaItem: ("punkt på dagordningen", "punkter på dagordningen"),
    Material: ("rad i ett mötes lista över material", "rader i mötens listor över material"),
}
# The same for what is counted beside rows; {} is replaced by the number.
OTHER_NAMES = {
    "files": ("fil", "filer"),
    "fields": ("textfält", "textfält"),
    "ended_roles": ("uppdrag som avslutas", "uppdrag som avslutas"),
    "emptied_mails": ("texten i 1 mejl till någon annan", "texterna i {} mejl till andra"),
    "log": ("texten i 1 rad av historiken", "texterna i {} rader av historiken"),
    # Such as a file's row in the drafts of a page that listed it.
    "wagtailcore.Revision.changed": (
        "hänvisning i 1 version av en annan sida",
        "hänvisningar i {} versioner av andra sidor",
    ),
}
# Internal rows of a library or of ours, which an editor need not hear of.
UNSEEN: tuple[type[Model], ...] = (
    ReferenceIndex,
    TaskState,
    PageSubscription,
    EditingSession,
    FormState,
    ItemBase,
    PageApproval,
    FileScreening,
    MailEvent,
    AccessLogEntry,
    SearchEntry,
    SearchPosting,
    SearchWord,
)
UNSEEN_APP = "wagtailsearch"  # its models differ by database


def removed_phrases(removed: Mapping[str, int]) -> list[str]:
    """What is removed, as phrases (`4 versioner`): the largest numbers first, the texts of rows that stay last."""
    named: Counter[tuple[str, str]] = Counter()
    for label, count in removed.items():
        name = name_of(label)
        if name:
            named[name] += count
    most_first = sorted(named.most_common(), key=lambda item: "{}" in item[0][1])
    return [_phrase(count, *name) for name, count in most_first]


def _phrase(count: int, one: str, several: str) -> str:
    if "{}" in several:
        return one if count == 1 else several.format(count)
    return f"{count} {one if count == 1 else several}"


def describe_removed(removed: Mapping[str, int]) -> str:
    """What is removed, in one line."""
    return ", ".join(removed_phrases(removed)) or "inget mer än raden själv"


def purge_title(kind: str, object_id: str, removed: Mapping[str, int]) -> str:
    """What a purge removed, a whole row or a part of one: `Äldre versioner av sida 97`.

    The counts tell which: the row itself is counted only if it was removed.
    """
    one = (name_of(kind) or NAMES[Page])[0]
    if kind in removed or Page._meta.label in removed:
        return f"{one} {object_id}".capitalize()
    if "fields" in removed:
        return f"Texter i {one} {object_id}"
    if Revision._meta.label in removed:
        return f"Äldre versioner av {one} {object_id}"
    return f"Spår av {one} {object_id}"


def name_of(label: str) -> tuple[str, str] | None:
    """The singular and plural name for a label in the counts; None for what is not listed."""
    if label in OTHER_NAMES:
        return OTHER_NAMES[label]
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return label, label  # A model of an earlier version.
    if model in NAMES:
        return NAMES[model]
    options = model._meta
    # The rows of page types are counted as pages, and a many-to-many table has no name.
    if options.auto_created or options.app_label == UNSEEN_APP or issubclass(model, (Page, *UNSEEN)):
        return None
    return str(options.verbose_name), str(options.verbose_name_plural)
