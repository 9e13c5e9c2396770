"""Sets up a new LUMEN: pages, vocabulary and the editors' permissions."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, WorkflowPage

from contacts.permissions import EDITOR_PERMISSIONS as CONTACTS_PERMISSIONS
from gate.permissions import APPROVE_WARNING
from meetings.actions import ensure_meeting_index
from meetings.permissions import EDITOR_PERMISSIONS as MEETINGS_PERMISSIONS
from privacy.permissions import PURGE
from resources.actions import ensure_structure
from resources.permissions import EDITOR_PERMISSIONS as RESOURCES_PERMISSIONS

EDITORS = "Redaktörer"
PURGERS = "Får rensa bort"
ROOT_TITLE = "Sidor"
COLLECTION_NAME = "Alla filer"
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
COLLECTION_PERMISSIONS = tuple(
    f"resources.{action}_{model}" for action in ("add", "change", "choose") for model in ("document", "image")
)
OTHER_PERMISSIONS = (
    "wagtailadmin.access_admin",
    "outbox.view_outgoingmail",
    "outbox.retry_outgoingmail",
    APPROVE_WARNING,
)
# Not among the editors' permissions, since what is removed for good can't be restored.
PURGE_PERMISSIONS = ("wagtailadmin.access_admin", PURGE, "privacy.view_purge")


@transaction.atomic
def set_up_site() -> None:
    """Create the fixed pages, the vocabulary and the groups of staff; what is there already stays."""
    _name_root()
    ensure_structure()
    ensure_meeting_index()
    _grant_editors()
    _grant_purgers()


def _name_root() -> None:
    """Give the root page and the root collection, which editors see in lists, Swedish names."""
    Page.objects.filter(depth=1, title="Root").update(title=ROOT_TITLE, draft_title=ROOT_TITLE)
    Collection.objects.filter(depth=1, name="Root").update(name=COLLECTION_NAME)


def _permission(name: str) -> Permission:
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _grant_editors() -> None:
    editors, _ = Group.objects.get_or_create(name=EDITORS)
    named = (
        *OTHER_PERMISSIONS,
        *RESOURCES_PERMISSIONS,
        *(f"contacts.{name}" for name in CONTACTS_PERMISSIONS),
        *MEETINGS_PERMISSIONS,
    )
    editors.permissions.add(*(_permission(name) for name in named))
    root = Page.get_first_root_node()
    for codename in PAGE_PERMISSIONS:
        GroupPagePermission.objects.get_or_create(
            group=editors, page=root, permission=_permission(f"wagtailcore.{codename}")
        )
    collection = Collection.get_first_root_node()
    for name in COLLECTION_PERMISSIONS:
        GroupCollectionPermission.objects.get_or_create(
            group=editors, collection=collection, permission=_permission(name)
        )
    # Wagtail comes with two groups in English that nobody here uses.
    Group.objects.filter(name__in=("Editors", "Moderators"), user__isnull=True).delete()
    # Its workflow sends pages to the Moderators, where nobody would see them.
    WorkflowPage.objects.filter(workflow__name="Moderators approval").delete()


def _grant_purgers() -> None:
    purgers, _ = Group.objects.get_or_create(name=PURGERS)
    purgers.permissions.add(*(_permission(name) for name in PURGE_PERMISSIONS))
