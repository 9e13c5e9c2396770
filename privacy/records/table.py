"""The one table of what LUMEN holds about people, and the list of models without personal data.

A new room adds its records to `RECORDS`, or its models to `WITHOUT_PERSONAL_DATA` with the reason. A test fails for a
model that stands in neither. The extract shows the records in this order; an erasure goes from the last to the first,
so that the person's own row, to which the others refer, goes last.
"""

from allauth.socialaccount.models import SocialApp
from django.apps import apps
from django.contrib.auth.models import Group as AuthGroup
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from taggit.models import Tag, TaggedItem
from wagtail.admin.models import Admin
from wagtail.contrib.redirects.models import Redirect
from wagtail.embeds.models import Embed
from wagtail.images.models import Rendition as WagtailRendition
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Locale,
    PageViewRestriction,
    ReferenceIndex,
    Site,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from contacts.models import Organisation
from gate.models import FileText
from meetings.models import AgendaItem, CalendarEntry, InvitedOrganisation, Material
from meetings.models.meeting import MeetingTheme
from outbox.models import DeliverySlot, QueueState, Tally
from resources.models import (
    Category,
    Keyword,
    MissedSearch,
    Rendition,
    ResourceFile,
    ResourceKeyword,
    ResourceLink,
    ResourceTheme,
    SearchEntry,
    SearchPart,
    SearchPosting,
    SearchWord,
    Synonym,
    Theme,
)

from ..models import FileToRemove, RetentionRule, RetentionRun
from . import accounts, drafts, logs, mails, meetings, register
from .record import Record

RECORDS: tuple[Record, ...] = (
    register.PERSON,
    *register.RECORDS,
    *meetings.RECORDS,
    *mails.RECORDS,
    *accounts.RECORDS,
    *drafts.RECORDS,
    *logs.RECORDS,
)

# Models that tell nothing of a person, by the reason.
WITHOUT_PERSONAL_DATA: dict[str, tuple[type[Model], ...]] = {
    "about organisations; who represents them stands in roles": (Organisation, InvitedOrganisation),
    "the published agenda and calendar, whose speakers stand in a record of their own": (
        *(AgendaItem, Material, CalendarEntry, MeetingTheme),
    ),
    "what is published, or how it is sorted and found; it is screened, and purged if a person stands in it": (
        *(Theme, Keyword, Category, Synonym, ResourceTheme, ResourceKeyword, ResourceFile, ResourceLink, Rendition),
        *(SearchEntry, SearchWord, SearchPart, SearchPosting, Tag, TaggedItem, Redirect, Embed),
        *(WagtailRendition, ReferenceIndex, FileText),
        *apps.get_app_config("wagtailsearch").get_models(),  # they differ by database
    ),
    "what was searched for without an answer, counted by day when the screening finds nothing in it": (MissedSearch,),
    "the state of the queue of mails": (QueueState, DeliverySlot),
    "counts of an hour by a keyed hash of whom they count": (Tally,),
    "names of files and numbers of rows that go": (FileToRemove, RetentionRule, RetentionRun),
    "the identity service, of which the settings tell": (SocialApp,),
    "how the site, its rights and workflows are arranged; who has a right stands with the person": (
        *(Admin, Locale, Site, Collection, CollectionViewRestriction, PageViewRestriction, AuthGroup, Permission),
        *(GroupCollectionPermission, GroupPagePermission, GroupSitePermission, ContentType),
        *(Workflow, WorkflowContentType, WorkflowPage, WorkflowTask, Task, GroupApprovalTask),
    ),
}
# The same for the room above, which can't be imported, by the name of the table.
TABLES_WITHOUT_PERSONAL_DATA = {
    "lumen_jobrun": "when a job ran, by which worker, and the kind of its last error",
    "lumen_heartbeat": "which workers live, on which machines",
}


def models_with_personal_data() -> set[type[Model]]:
    return {model for record in RECORDS for model in record.models}


def unplaced_models() -> list[str]:
    """The labels of installed models that stand neither in the table nor in the lists without personal data.

    A model that inherits another's row, such as a type of page, stands where the other does.
    """
    placed = models_with_personal_data().union(*WITHOUT_PERSONAL_DATA.values())
    return [
        model._meta.label
        for model in apps.get_models()
        if not {model, *model._meta.all_parents} & placed and model._meta.db_table not in TABLES_WITHOUT_PERSONAL_DATA
    ]
