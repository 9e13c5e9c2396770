"""What a purge removes, in words that an editor understands."""

from collections import Counter
from collections.abc import Mapping

from django.apps import apps
from taggit.models import ItemBase

from . import registry

# Label of a model, or a name of ours: one, several. The number stands first, or in the place of {}.
# Rows that only hold things together are not listed.
NAMES: dict[str, tuple[str, str]] = {
    "wagtailcore.Page": ("sida", "sidor"),
    "wagtailcore.Revision": ("version", "versioner"),
    "wagtailcore.Comment": ("kommentar", "kommentarer"),
    "wagtailcore.CommentReply": ("svar på kommentar", "svar på kommentarer"),
    "wagtailcore.WorkflowState": ("omgång i arbetsflödet", "omgångar i arbetsflödet"),
    "wagtailcore.WorkflowPage": ("koppling till ett arbetsflöde", "kopplingar till arbetsflöden"),
    "wagtailcore.PageViewRestriction": ("läsbegränsning", "läsbegränsningar"),
    "wagtailcore.GroupPagePermission": ("behörighet för en grupp", "behörigheter för grupper"),
    "wagtailcore.UploadedFile": ("påbörjad uppladdning", "påbörjade uppladdningar"),
    # Such as a file's row in the drafts of a page that listed it.
    "wagtailcore.Revision.changed": (
        "hänvisning i 1 version av en annan sida",
        "hänvisningar i {} versioner av andra sidor",
    ),
    "wagtailredirects.Redirect": ("tidigare adress", "tidigare adresser"),
    "wagtailusers.UserProfile": ("användarprofil", "användarprofiler"),
    "wagtailimages.Rendition": ("bildstorlek", "bildstorlekar"),
    "account.EmailAddress": ("e-postadress för inloggning", "e-postadresser för inloggning"),
    "account.EmailConfirmation": ("bekräftelse av e-postadress", "bekräftelser av e-postadresser"),
    "mfa.Authenticator": ("sätt att bekräfta inloggningen", "sätt att bekräfta inloggningen"),
    "taggit.Tag": ("tagg", "taggar"),
    "files": ("fil", "filer"),
    "fields": ("textfält", "textfält"),
    "log": ("texten i 1 rad av historiken", "texterna i {} rader av historiken"),
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
        "resources.SearchWord",
    }
)


def lines(removed: Mapping[str, int]) -> list[str]:
    """What goes, one thing a line, the most first and the texts of what stays last: `4 versioner`."""
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


def counted(removed: Mapping[str, int]) -> str:
    """The same in one line."""
    return ", ".join(lines(removed)) or "inget mer än raden själv"


def what_went(kind: str, object_id: str, removed: Mapping[str, int]) -> str:
    """What a row of the log was about: all of it, or a part. `Äldre versioner av sida 97`.

    What was counted tells it: only when all of it went was the row itself among it.
    """
    one = (name_of(kind) or NAMES["wagtailcore.Page"])[0]
    if kind in removed or "wagtailcore.Page" in removed:
        return f"{one} {object_id}".capitalize()
    if "fields" in removed:
        return f"Texter i {one} {object_id}"
    if "wagtailcore.Revision" in removed:
        return f"Äldre versioner av {one} {object_id}"
    return f"Spår av {one} {object_id}"


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
