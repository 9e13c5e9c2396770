"""The groups of staff and their rights. What each may do stands in docs/roller.md; a test tries every cell of it."""

from dataclasses import dataclass

from contacts.permissions import EDITOR_PERMISSIONS as CONTACTS_PERMISSIONS
from gate.permissions import APPROVE_WARNING, OVERRULE_STOP
from meetings.permissions import EDITOR_PERMISSIONS as MEETINGS_PERMISSIONS
from privacy.permissions import PURGE
from resources.permissions import EDITOR_PERMISSIONS as RESOURCES_PERMISSIONS

EDITORS = "Redaktörer"
REVIEWERS = "Granskare"
SUBJECT_REVIEWERS = "Sakgranskare"
REGISTRARS = "Registeransvariga"
PURGERS = "Får rensa bort"

ENTER = "wagtailadmin.access_admin"
REGISTER = tuple(f"contacts.{name}" for name in CONTACTS_PERMISSIONS)


@dataclass(frozen=True)
class Role:
    """A group: its rights by name, those on all pages and those on all collections of files."""

    name: str
    permissions: tuple[str, ...]
    on_pages: tuple[str, ...] = ()
    on_files: tuple[str, ...] = ()


def _on_files(*actions: str) -> tuple[str, ...]:
    return tuple(f"resources.{action}_{model}" for action in actions for model in ("document", "image"))


ROLES = (
    Role(
        EDITORS,
        (
            *(ENTER, APPROVE_WARNING, OVERRULE_STOP, "outbox.view_outgoingmail", "outbox.retry_outgoingmail"),
            *RESOURCES_PERMISSIONS,
            *REGISTER,
            *MEETINGS_PERMISSIONS,
        ),
        on_pages=("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
        on_files=_on_files("add", "change", "choose"),
    ),
    # Reads and corrects drafts and answers for files, but publishes nothing.
    Role(
        REVIEWERS,
        (ENTER, APPROVE_WARNING, OVERRULE_STOP),
        on_pages=("change_page",),
        on_files=_on_files("change", "choose"),
    ),
    # Asked by an editor to look at one draft at a time, which the workflow gives them to read and correct.
    Role(SUBJECT_REVIEWERS, (ENTER,)),
    Role(REGISTRARS, (ENTER, *REGISTER)),
    # Not among the editors' rights, since what is removed for good can't be restored.
    Role(PURGERS, (ENTER, PURGE, "privacy.view_purge")),
)
