"""Writes the search index: published pages with the text of the published version, and the text of their files."""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from wagtail.models import Page, ReferenceIndex, get_page_models

from gate.models import FileText

from ..models.body_page import BodyPage
from ..models.files import Document
from ..models.search import SearchEntry, SearchPart, SearchPosting, SearchWord
from .compounds import parts_of
from .forms import base, root
from .weights import (
    LEAD_WEIGHT,
    LENGTH_SHARE,
    LONGEST_FACTOR,
    MOST_COUNTED,
    SCALE,
    SORTING_WEIGHT,
    TEXT_WEIGHT,
    TITLE_WEIGHT,
    USUAL_LENGTH,
)
from .words import plain, words_in_place

logger = logging.getLogger(__name__)

TRIES = 3
GAP = 30  # places between two texts, so that no words are near each other across them
TITLE_PLACES = 60  # places of a title; what stands later is no title
MOST_PLACES = 8
BATCH = 500  # rows written in a statement
LARGEST = 2**31 - 1  # number that every database stores


@dataclass
class Text:
    """What is indexed of a page, a view or a page of a file, by weight."""

    title: str = ""
    name: str = ""  # the title that a hit shows, where it is not a part of the text
    sorting: str = ""
    lead: str = ""
    text: str = ""
    address: str = ""  # the last part of a page's address, which people remember: "tredje-motet"
    label: str = ""
    meta: str = ""
    # What identifies the entry, and is stored with it.
    fields: dict[str, object] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The text of which a hit shows a sentence."""
        return " ".join(f"{self.lead} {self.text}".replace("\x00", " ").split())


def index_page(page_id: int) -> None:
    """Index the published version of the page, or remove a page that is not published from the index."""
    _try_again(lambda: _write_page(page_id))


def index_view(*, path: str, title: str, lead: str, text: str, label: str) -> None:
    """Index a public view that is no page."""
    whole = Text(title=title, lead=lead, text=text, label=label, fields={"path": path})
    _try_again(lambda: replace_entries(SearchEntry.objects.filter(path=path), [whole]))


def remove_views(*, but: Iterable[str]) -> None:
    """Remove the views from the index that are not among these addresses."""
    forget_entries(SearchEntry.objects.exclude(path="").exclude(path__in=list(but)))


def _try_again(write: Callable[[], None]) -> None:
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                write()
                remove_unused_words()
            return
        except (IntegrityError, OperationalError):
            # Another process removed an unused word just when this one began to use it, or they wait for each other.
            if not left:
                raise


def _write_page(page_id: int) -> None:
    # The page is locked until the end, so that two processes that index the same page take turns.
    page = Page.objects.select_for_update().filter(pk=page_id, live=True).first()
    page = page and page.specific
    if not isinstance(page, BodyPage):
        forget_entries(SearchEntry.objects.filter(page_id=page_id))
        return
    own = Text(
        title=page.title,
        sorting=page.search_words(),
        lead=page.lead,
        text=page.search_text(),
        address=page.slug,
        label=page.search_label(),
        meta=page.search_meta(),
        fields={"page_id": page_id},
    )
    replace_entries(SearchEntry.objects.filter(page_id=page_id), [own, *_texts_of_files(page)])


def _texts_of_files(page: BodyPage) -> Iterator[Text]:
    """The text of each page of the approved files that the page uses."""
    for document in _documents_of(page).order_by("pk"):
        for text in FileText.objects.filter(content=document.screening) if document.is_approved else ():
            yield Text(
                name=page.title,
                text=text.text,
                label=page.search_label(),
                meta=page.search_meta(),
                fields={
                    "page_id": page.pk,
                    "document_id": document.pk,
                    "content_id": document.screening_id,
                    "position": text.position,
                    "number": text.page,
                },
            )


def _documents_of(page: BodyPage) -> QuerySet[Document]:
    """The documents that the published version uses in any way: those that a visitor of the page may download."""
    references = ReferenceIndex.get_references_for_object(page).filter(
        to_content_type=ContentType.objects.get_for_model(Document)
    )
    ids = [int(pk) for pk in references.values_list("to_object_id", flat=True)]
    return Document.objects.filter(pk__in=ids).select_related("screening")


def replace_entries(former: QuerySet[SearchEntry], texts: Sequence[Text]) -> None:
    """Replace entries by those of the texts."""
    numbers: Counter[int] = Counter()  # by how many entries more each word has
    numbers.subtract(_numbers_of_words(former))
    former.delete()
    for start in range(0, len(texts), BATCH):
        some = texts[start : start + BATCH]
        entries = SearchEntry.objects.bulk_create(
            SearchEntry(
                title=(text.title or text.name)[:255],
                sorting=text.sorting,
                text=text.shown,
                lot=_lot(text),
                label=text.label[:80],
                meta=text.meta[:300],
                **text.fields,
            )
            for text in some
        )
        found = [_postings_of(text) for text in some]
        ids = _word_ids({word for words in found for word in words})
        numbers.update(ids[word] for words in found for word in words)
        SearchPosting.objects.bulk_create(
            (
                SearchPosting(entry=entry, word_id=ids[word], weight=weight, places=places)
                for entry, words in zip(entries, found, strict=True)
                for word, (weight, places) in words.items()
            ),
            batch_size=BATCH,
        )
    _add_to_words(numbers)


@transaction.atomic
def forget_entries(former: QuerySet[SearchEntry]) -> None:
    """Delete entries whose page, file or content goes."""
    replace_entries(former, ())


def _numbers_of_words(entries: QuerySet[SearchEntry]) -> dict[int, int]:
    """In how many of the entries each of their words stands."""
    rows = SearchPosting.objects.filter(entry__in=entries.order_by().values("pk")).order_by()
    return dict(rows.values("word").annotate(number=Count("*")).values_list("word", "number"))


def _add_to_words(numbers: Mapping[int, int]) -> None:
    """Change in how many entries each word stands. Most words of a page that is indexed again need no change."""
    by_number: dict[int, list[int]] = defaultdict(list)
    for word, number in numbers.items():
        if number:
            by_number[number].append(word)
    changed = sorted(word for words in by_number.values() for word in words)
    for start in range(0, len(changed), BATCH):  # in one order, so that two processes never wait for each other
        some = SearchWord.objects.filter(pk__in=changed[start : start + BATCH]).order_by("pk")
        list(some.select_for_update().values_list("pk"))
    for number, words in by_number.items():
        for start in range(0, len(words), BATCH):
            # Never below nothing, should a process of an earlier version have written without counting.
            more = Greatest(F("entries") + number, 0)
            SearchWord.objects.filter(pk__in=words[start : start + BATCH]).update(entries=more)


def _lot(text: Text) -> int:
    """A number made of what is stored, so that equals come in the same order on every database."""
    stored = f"{text.title or text.name}\n{text.fields.get('path', '')}\n{text.shown}"
    return crc32(stored.encode("utf-8", "ignore")) & LARGEST


def _postings_of(text: Text) -> dict[str, tuple[int, str]]:
    """The weight and the first places of each word of a text."""
    weights: dict[str, int] = defaultdict(int)
    places: dict[str, list[int]] = defaultdict(list)
    start, length = 0, 0
    for part, weight in (
        (text.title, TITLE_WEIGHT),
        (text.lead, LEAD_WEIGHT),
        (text.text, TEXT_WEIGHT),
        (text.sorting, SORTING_WEIGHT),
        (text.address, SORTING_WEIGHT),
    ):
        times: dict[str, int] = defaultdict(int)
        last = 0
        for place, word in words_in_place(part):
            times[word] += 1
            last = place
            length += 1
            if len(places[word]) < MOST_PLACES:
                places[word].append(start + place)
            if times[word] <= MOST_COUNTED:
                weights[word] += weight
        start = TITLE_PLACES if part is text.title and not start else start + last + GAP
    # A page of a file is never taken for a short text: it is a part of a long one.
    longer = min(max(length / USUAL_LENGTH, 1.0 if "document_id" in text.fields else 0.0), LONGEST_FACTOR)
    factor = SCALE / (1 - LENGTH_SHARE + LENGTH_SHARE * longer)
    return {
        word: (max(1, round(weight * factor)), ",".join(map(str, places[word]))[:60])
        for word, weight in weights.items()
    }


def _word_ids(words: Iterable[str]) -> dict[str, int]:
    words = sorted(words)  # in one order, so that two processes never wait for each other
    known = _known(words)
    new = [word for word in words if word not in known]
    if not new:
        return known
    SearchWord.objects.bulk_create(
        (SearchWord(word=word, stem=plain(root(word)), lemma=plain(base(word))) for word in new),
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    added = _known(new)
    _add_parts(added)
    return known | added


def _add_parts(words: Mapping[str, int]) -> None:
    SearchPart.objects.bulk_create(
        (
            SearchPart(word_id=pk, part=key, is_last=is_last)
            for word, pk in words.items()
            for key, is_last in _part_keys(word).items()
        ),
        ignore_conflicts=True,
        batch_size=BATCH,
    )


def renew_words() -> None:
    """Take every word of the index apart anew, as after a change in how that is done: a word outlives its pages."""
    ids = list(SearchWord.objects.order_by("word").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            some = list(SearchWord.objects.filter(pk__in=ids[start : start + BATCH]).order_by("word"))
            for row in some:
                row.stem, row.lemma = plain(root(row.word)), plain(base(row.word))
            SearchWord.objects.bulk_update(some, ["stem", "lemma"])
            SearchPart.objects.filter(word__in=some).delete()
            _add_parts({row.word: row.pk for row in some})


def _known(words: Sequence[str]) -> dict[str, int]:
    known: dict[str, int] = {}
    for start in range(0, len(words), BATCH):
        known |= dict(SearchWord.objects.filter(word__in=words[start : start + BATCH]).values_list("word", "pk"))
    return known


def _part_keys(word: str) -> dict[str, bool]:
    """The stems and lemmas of the parts of a compound, each with whether the part stands last."""
    keys: dict[str, bool] = {}
    for part, is_last in parts_of(word):
        for key in (plain(root(part)), plain(base(part))):
            keys[key] = keys.get(key, False) or is_last
    return keys


def remove_unused_words() -> None:
    """Delete words that stand on no page, so that nothing of a removed page stays."""
    SearchWord.objects.filter(entries=0, postings__isnull=True).delete()


def count_entries_of_words() -> None:
    """Count anew in how many entries each word stands, and delete those that stand in none."""
    truth = SearchPosting.objects.filter(word=OuterRef("pk")).order_by().values("word")
    number = Coalesce(Subquery(truth.annotate(number=Count("*")).values("number")), 0)
    SearchWord.objects.annotate(truth=number).exclude(entries=F("truth")).update(entries=number)
    remove_unused_words()


def searched_pages() -> list[int]:
    """The ids of the pages that the index should hold."""
    models = [model for model in get_page_models() if issubclass(model, BodyPage)]
    return list(Page.objects.live().type(*models).order_by("pk").values_list("pk", flat=True))


def index_missing_pages() -> int:
    """Index the published pages that the index lacks, as after an upgrade that made it anew; returns how many."""
    indexed = set(SearchEntry.objects.filter(path="", document=None).values_list("page", flat=True))
    missing = [pk for pk in searched_pages() if pk not in indexed]
    for page_id in missing:
        index_page(page_id)
    return len(missing)


def index_all_pages(tell: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Rebuild the whole index, page by page; returns how many pages it holds.

    Each page is replaced in a transaction of its own, so that all that was found is found all the time. `tell` is
    called with how many pages are done, and of how many.
    """
    renew_words()
    ids = searched_pages()
    forget_entries(SearchEntry.objects.filter(path="").exclude(page__in=ids))
    for done, page_id in enumerate(ids, start=1):
        index_page(page_id)
        tell(done, len(ids))
    count_entries_of_words()
    return len(ids)
