"""The parts of Swedish compounds, by a list of words: *välfärdsbrottslighet* has *välfärd* and *brottslighet*.

The list is that of the package hunspell-sv. A part must be a word of it, so that *hot* is no part of *hotell*. A
compound that stands in the list itself has often a meaning of its own (*genombrott*, *domstol*), so its parts must be
longer, and no preposition.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.metadata import distribution
from pathlib import Path

from .words import MAX_WORD_LENGTH, WORD, lemma, plain

SHORTEST_PART = 3
SHORTEST_PART_OF_WORD = 4  # of a compound that is a word of the list
SHORTEST_TO_SPLIT = 6
MOST_LEVELS = 3  # of compounds inside compounds

_NO_HEADS = frozenset(
    WORD.findall(
        """
        an all av be bak bort efter ett fram från för före genom halv hel hem hop icke ihop in inne innan inom isär
        kring lik man med mellan mer mis mot ned ner när om ord på runt sam samman sär till under undan upp ur ut utan
        utom van vid åter över
        """
    )
)
# Endings that the list has as words too.
_NO_TAILS = frozenset(
    WORD.findall(
        """
        ande ans are arna art ast aste ats bar den det dom eller else en ende ens era eri erna ers ert ett het heten
        heter ing inga isk kade kning lig lös nare ning nät orna rar rat sam sel sen sex skap tas tet tion vning
        """
    )
)
# How a word may end as the head of a compound, and as a word: arbets- (arbete), kyrko- (kyrka), flick- (flicka).
_HEAD_ENDINGS = (("s", "e"), ("r", "re"), ("e", ""), ("a", ""), ("u", "a"), ("o", "a"), ("", "a"), ("", "e"))
# Flags of the list: what is forbidden, a stem that needs an ending, and a part that never stands alone.
BEGINS = "X"
ONLY_IN_COMPOUNDS = "Z"
_NO_WORD = frozenset("%¤")


@cache
def _list() -> tuple[dict[str, str], dict[str, str]]:
    """The words of hunspell-sv in small letters, and the parts that never stand alone, both with their flags."""
    words: dict[str, str] = {}
    parts: dict[str, str] = {}
    with _path().open(encoding="utf-8") as lines:
        for line in lines:
            word, _, flags = line.rstrip("\n").partition("/")
            if len(word) >= SHORTEST_PART and word.islower() and word.isalpha() and not _NO_WORD & set(flags):
                kept = parts if ONLY_IN_COMPOUNDS in flags else words
                kept[word] = kept.get(word, "") + flags
    return words, parts


def swedish_words() -> dict[str, str]:
    """The words of the list, with their flags. Read once in a process."""
    return _list()[0]


def _only_in_compounds() -> dict[str, str]:
    return _list()[1]


def _path() -> Path:
    files = distribution("hunspell-sv").files or []
    return Path(str(next(file for file in files if file.name == "sv_SE.dic").locate()))


def is_swedish(word: str) -> bool:
    """Whether the list has the word or its lemma."""
    return word in swedish_words() or lemma(word) in swedish_words()


@cache
def _plain_words() -> frozenset[str]:
    return frozenset(map(plain, swedish_words()))


def is_swedish_without_dots(word: str) -> bool:
    """Whether the word would be in the list if dots and rings were added."""
    return plain(word) in _plain_words()


@lru_cache(maxsize=50_000)
def parts_of(word: str) -> tuple[tuple[str, bool], ...]:
    """The words that a word is compounded of, each with whether it stands last; empty if it is no compound.

    Of a compound of three, both the inner compound and its parts are told.
    """
    # An inflected word of the list has the parts of the word: the end of *kontrollen* is no word.
    whole = lemma(word)
    return tuple(dict.fromkeys(_parts(whole if whole in swedish_words() else word, MOST_LEVELS)))


def _parts(word: str, levels: int) -> Iterator[tuple[str, bool]]:
    pair = split(word) if levels else None
    if pair is None:
        return
    head, tail = pair
    yield tail, True
    yield head, False
    for part, is_last in _parts(tail, levels - 1):
        yield part, is_last
    for part, _ in _parts(head, levels - 1):
        yield part, False


@lru_cache(maxsize=50_000)
def split(word: str) -> tuple[str, str] | None:
    """The head, without the letters that join it, and the tail; of several pairs the most even one."""
    if len(word) < SHORTEST_TO_SPLIT or len(word) >= MAX_WORD_LENGTH or not word.isalpha():
        return None
    shortest = SHORTEST_PART_OF_WORD if is_swedish(word) else SHORTEST_PART
    is_word = shortest == SHORTEST_PART_OF_WORD
    best, evenness = None, (0, False, 0, 0)
    for place in range(shortest, len(word) - shortest + 1):
        tail = word[place:]
        if tail in _NO_TAILS or tail[0] == tail[1] or not _is_tail(tail):
            continue
        head = _head(word[:place], shortest)
        if head is None or (is_word and not _may_begin(head, word[:place])):
            continue
        known = (head in swedish_words()) + is_swedish(tail)
        # After a compound an *s* belongs to no other word: *säkerhetsskydds-lag*, not *-slag*.
        is_joined = place > len(head) and split(head) is not None
        if (found := (known, is_joined, min(len(head), len(tail)), len(tail))) > evenness:
            best, evenness = (head, tail), found
    return best


def _may_begin(head: str, written: str) -> bool:
    """Whether the list says that the word begins compounds, or the letter *s* joins it to the next."""
    return written in (f"{head}s", f"{head[:-1]}s") or BEGINS in swedish_words().get(head, "")


def _is_tail(tail: str) -> bool:
    if len(tail) == SHORTEST_PART:  # too short to be the form of another word
        return tail in swedish_words()
    return is_swedish(tail) or _is_known_compound(tail)


@lru_cache(maxsize=50_000)
def _is_known_compound(word: str) -> bool:
    return len(word) >= 2 * SHORTEST_TO_SPLIT and split(word) is not None


def _head(written: str, shortest: int) -> str | None:
    """The word that a compound begins with, as *brott* in *brotts-* and *skatt* in *skatte-*; None if it is none."""
    words = swedish_words()
    if written in _NO_HEADS:
        return None
    if written.endswith("s") and len(written) > shortest:
        inner = written[:-1]
        if inner in _NO_HEADS:
            return None
        if inner in words or _is_known_compound(inner):
            return inner
    if written in words:
        return written
    for ending, instead in _HEAD_ENDINGS:
        if written.endswith(ending):
            tried = written[: len(written) - len(ending)] + instead
            if len(tried) > shortest and tried in words:
                return tried
    may_begin = BEGINS in _only_in_compounds().get(written, "")
    return written if may_begin or _is_known_compound(written) else None
