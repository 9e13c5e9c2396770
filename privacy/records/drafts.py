"""What shared drafts hold about people: who shared one, and who has said something of it."""

from collections.abc import Iterable

from resources.models import DraftComment, DraftLink

from ..enums import RetentionKind
from ..purge.removal import Removal
from ..subjects import Subject
from .record import Record, day, when


def _links(subject: Subject) -> Iterable[DraftLink]:
    return DraftLink.objects.filter(created_by=subject.person_id).select_related("page").order_by("created_at", "pk")


LINKS = Record(
    kind="draft_links",
    label="Utkast som personen har delat med en länk",
    models=(DraftLink,),
    purpose="För att någon utan konto ska kunna läsa ett utkast, och för att länken ska gå att stänga.",
    rows=_links,
    show=lambda row: {
        "Sida": row.page.title,
        "För vem": row.for_whom,
        "Delad": when(row.created_at),
        "Till och med": day(row.last_day),
    },
    rules=(RetentionKind.DRAFT_LINKS,),
    erasure="Står kvar tills länken gallras, utan namn på den som delade.",
)


def _comments(subject: Subject) -> Iterable[DraftComment]:
    return DraftComment.objects.filter(subject.has_name).select_related("link__page").order_by("created_at", "pk")


def _erase_comments(subject: Subject, removal: Removal) -> None:
    removal.delete(DraftComment.objects.filter(subject.has_name))


COMMENTS = Record(
    kind="draft_comments",
    label="Kommentarer på utkast av någon med samma namn",
    models=(DraftComment,),
    purpose="För att redaktionen ska kunna förbättra sidan innan den publiceras. Vi hittar dem på namnet, så det kan "
    "vara en namne.",
    rows=_comments,
    show=lambda row: {
        "Sida": row.link.page.title,
        "Namn": row.name,
        "Kommentar": row.text,
        "När": when(row.created_at),
    },
    rules=(RetentionKind.DRAFT_LINKS,),
    erasure="Tas bort, också om det är en namne som har skrivit: vi har inget annat än namnet att gå efter.",
    erase=_erase_comments,
)

RECORDS = (LINKS, COMMENTS)
