"""What is shown of what was found: title, address, kind, producer and date, a sentence, and why it was found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ..models.search import SearchEntry
from .excerpts import Sought, excerpt, has_any
from .finding import Found, Result
from .questions import OWN, Term

INSIDE_PDF = "#page="


@dataclass(frozen=True)
class FileHit:
    """The file in which the words stand, and where."""

    title: str
    url: str  # opens at the page
    number: int  # of the page; 0 when the file has no pages


@dataclass(frozen=True)
class Hit:
    """A page or view among the hits."""

    title: str
    url: str
    kind: str
    meta: str
    text: SafeString
    reason: str  # why it was found, when the words do not stand in its text
    file: FileHit | None


def hits_of(result: Result, found: Sequence[Found]) -> list[Hit]:
    """The hits to show, in order. One query."""
    entries = SearchEntry.objects.select_related("document", "page").in_bulk([one.entry for one in found])
    sought = sought_in(result)
    return [_hit(result, one, entries[one.entry], sought) for one in found if one.entry in entries]


def _hit(result: Result, one: Found, entry: SearchEntry, sought: Sought) -> Hit:
    return Hit(
        title=one.title,
        url=entry.page.url if entry.page else entry.path,
        kind=one.label,
        meta=one.meta,
        text=excerpt(entry.text, sought),
        reason=_reason(result, entry, sought),
        file=_file(entry),
    )


def sought_in(result: Result) -> Sought:
    """Every word of the index that the question matches, with how much it tells."""
    index = result.index
    if index is None:
        return {}
    telling: dict[str, int] = {}
    for term, rarity in zip(index.question.terms, index.rarities, strict=True):
        for way in term.ways:
            for word in way.words:
                for pk, worth in index.matches.found[word].items():
                    written = index.matches.written[pk]
                    telling[written] = max(telling.get(written, 0), rarity * worth * way.worth)
    return telling


def _file(entry: SearchEntry) -> FileHit | None:
    document = entry.document
    if document is None:
        return None
    place = f"{INSIDE_PDF}{entry.number}" if entry.number and document.filename.lower().endswith(".pdf") else ""
    return FileHit(document.title, f"{document.url}{place}", entry.number)


def _reason(result: Result, entry: SearchEntry, sought: Sought) -> str:
    if has_any(f"{entry.title} {entry.text}", sought):
        return _synonym(result, entry)
    for value in entry.sorting.splitlines():
        if has_any(value, sought):
            return f"Sorterat under: {value}"
    return ""


def _synonym(result: Result, entry: SearchEntry) -> str:
    """The synonyms by which the entry was found, where the words themselves do not stand there."""
    whole = f"{entry.title} {entry.text} {entry.sorting}"
    told = []
    for term in result.question.terms:
        synonyms = [way for way in term.ways if way.synonym]
        if synonyms and not has_any(whole, _written(result, term, own=True)):
            told += [way.synonym for way in synonyms if has_any(whole, _written_in(result, way.words))]
    return "; ".join(dict.fromkeys(told))


def _written(result: Result, term: Term, *, own: bool) -> Sought:
    words = [word for way in term.ways if (way.worth == OWN) == own for word in way.words]
    return _written_in(result, words)


def _written_in(result: Result, words: Iterable[str]) -> Sought:
    index = result.index
    if index is None:
        return {}
    return {index.matches.written[pk]: 1 for word in words for pk in index.matches.found[word]}
