"""Splits text into words, and reduces words to stems.

A Swedish word changes in two ways that a search must see through: endings (*upphandlingar*,
*upphandlingen*), which the Snowball stemmer takes away, and compounding (*välfärdsbrottslighet*),
where the sought word is a part. Snowball stems a word differently alone and as the end of a
compound (*brott* but *välfärdsbrot*), so compounds are matched on the word as written.
"""

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

import snowballstemmer

MAX_QUERY_LENGTH = 200
MAX_QUERY_WORDS = 12
MAX_WORD_LENGTH = 60
MIN_PART_LENGTH = 4  # of a sought word inside a compound: *lag* would be found in *slag*
MIN_PREFIX_LENGTH = 3  # of a sought word that is the beginning of a longer one
MIN_HEAD_LENGTH = 3  # of what stands before the sought word in a compound: *brott* is no part of *avbrott*
LONGEST_ENDING = 3  # letters that an inflection adds (*-erna* loses its *e* to the stem)

_WORD = re.compile(r"[^\W_]+")
_LOCAL = threading.local()  # A stemmer has state, so each thread has its own.

# Verbs whose nouns have two forms that the stemmer sees as two words: anmälan, anmälningar.
_TWO_FORMS = re.compile(r"(anmäl|ansök|påverk|överklag|begär|berätt|invänd)(?:an|ans|ning\w*)$")

STOP_WORDS = frozenset(
    _WORD.findall(
        """
        alla allt att av blev bli blir de dem den denna deras dess dessa det detta dig din ditt du där då efter
        ej eller en ens er era ett finns från för ha hade han hans har hon hos hur här i icke in inom inte jag
        ju kan kommer kunde man med mellan men mig min mitt mot mycket ni nu när nån någon något några och om
        oss på sedan sig sin sina sitt ska skulle som så till under upp ut utan vad var vara vars vi vid vilka
        vilken vilket vår våra åt än är även över
        """
    )
)


def words_of(text: str) -> list[str]:
    """The words of a text in order, lower case, without stop words."""
    text = unicodedata.normalize("NFC", text).lower()
    return [word[:MAX_WORD_LENGTH] for word in _WORD.findall(text) if word not in STOP_WORDS]


def has_only_common_words(text: str) -> bool:
    """Whether there are words, but each is so common that it is not searched for."""
    return bool(_WORD.search(text)) and not words_of(text)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word, which its inflected forms have in common."""
    two_forms = _TWO_FORMS.search(word)
    if two_forms:
        return word[: two_forms.start()] + two_forms.group(1)
    if not hasattr(_LOCAL, "stemmer"):
        _LOCAL.stemmer = snowballstemmer.stemmer("swedish")
    stemmed: str = _LOCAL.stemmer.stemWord(word)
    return stemmed


@dataclass(frozen=True)
class SoughtWord:
    """One word of a query."""

    word: str

    @cached_property
    def stem(self) -> str:
        return stem(self.word)

    @cached_property
    def part(self) -> str:
        """What to look for inside compounds: the word without its ending, but never much less.

        *brottslighet* has the stem *brotts*, which would also find *brottsoffer*.
        """
        shortest = max(len(self.stem), len(self.word) - LONGEST_ENDING)
        return self.stem if self.word[: len(self.stem)] != self.stem else self.word[:shortest]

    @property
    def may_be_prefix(self) -> bool:
        return len(self.word) >= MIN_PREFIX_LENGTH and not self.word.isdigit()

    @property
    def may_be_part(self) -> bool:
        return len(self.part) >= MIN_PART_LENGTH and not self.word.isdigit()

    def is_in(self, word: str) -> bool:
        """Whether a written word is a form of the sought one, begins with it or is compounded with it."""
        if stem(word) == self.stem or (self.may_be_prefix and word.startswith(self.word)):
            return True
        if not self.may_be_part:
            return False
        position = word.find(self.part)
        return position == 0 or position >= MIN_HEAD_LENGTH

    def splits(self) -> list[tuple[str, str]]:
        """Every way to see the sought word as a compound of two, as a pair of stems."""
        places = range(MIN_PART_LENGTH, len(self.word) - MIN_PART_LENGTH + 1)
        pairs = []
        for place in places:
            head, tail = self.word[:place], stem(self.word[place:])
            pairs.append((stem(head), tail))
            if head.endswith("s") and len(head) > MIN_PART_LENGTH:
                pairs.append((stem(head[:-1]), tail))
        return pairs


def sought_words(query: str) -> list[SoughtWord]:
    """The words of a query, each once, at most MAX_QUERY_WORDS."""
    return [SoughtWord(word) for word in dict.fromkeys(words_of(query[:MAX_QUERY_LENGTH]))][:MAX_QUERY_WORDS]
