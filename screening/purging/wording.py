"""What a purge removes, in words that an editor understands."""

from collections import Counter
from collections.abc import Mapping

from django.apps import apps
from taggit.models import ItemBase

from . import registry

# Label of a model, or a name of ours: one, several. Rows that only hold things together are not listed.
NAMES: dict[str, tuple[str, str]] = {
    "wagtailcore.Page": ("sida", "sidor"),
    "wagtailcore.Revision": ("version", "versioner"),
    "wagtailcore.Comment": ("kommentar", "kommentarer"),
    "wagtailcore.CommentReply": ("svar på kommentar", "svar på kommentarer"),
    "wagtailcore.WorkflowState": ("granskningsflöde", "granskningsflöden"),
    "wagtailcore.UploadedFile": ("påbörjad uppladdning", "påbörjade uppladdningar"),
    "wagtailcore.Revision.changed": ("ändrad version av andra sidor", "ändrade versioner av andra sidor"),
    "wagtailredirects.Redirect": ("tidigare adress", "tidigare adresser"),
    "files": ("fil", "filer"),
    "fields": ("textfält", "textfält"),
    "log": ("rad i historiken töms", "rader i historiken töms"),
}
# Kept by a library for its own ends, and gone without anybody's missing it.
UNSEEN = frozenset(
    {
        "wagtailcore.ReferenceIndex",
        "wagtailsearch.IndexEntry",
        "wagtailsearch.SQLiteFTSIndexEntry",
        "wagtailcore.TaskState",
        "wagtailcore.PageSubscription",
        "wagtailadmin.EditingSession",
        "wagtailadmin.FormState",
        "taggit.TaggedItem",
        "screening.Clearance",
        "screening.FileScreening",
        "outbox.MailEvent",
        "contacts.RegisterAccess",
        "resources.SearchEntry",
        "resources.SearchPosting",
    }
)


def lines(removed: Mapping[str, int]) -> list[str]:
    """What goes, one thing a line, the most first: `4 versioner`."""
    named: Counter[tuple[str, str]] = Counter()
    for label, count in removed.items():
        name = name_of(label)
        if name:
            named[name] += count
    return [f"{count} {one if count == 1 else several}" for (one, several), count in named.most_common()]


def counted(removed: Mapping[str, int]) -> str:
    """The same in one line."""
    return ", ".join(lines(removed)) or "inget mer än raden själv"


def name_of(label: str) -> tuple[str, str] | None:
    if label in NAMES:
        return NAMES[label]
    if words := registry.words_for(label):
        return words
    if label in UNSEEN:
        return None
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return label, label
    options = model._meta
    # A page type's row is the page's, and a table of pairs has no name.
    if (
        options.auto_created
        or issubclass(model, ItemBase)
        or "wagtailcore.Page" in {parent._meta.label for parent in options.all_parents}
    ):
        return None
    return str(options.verbose_name), str(options.verbose_name_plural)
