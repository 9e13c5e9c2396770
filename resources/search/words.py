"""Splits text into words, and reduces words to what their forms have in common.

A Swedish word changes in ways that a search must see through. Endings (*upphandlingar*, *upphandlingen*) are taken
away by the Snowball stemmer; where the word itself changes (*bok*, *böcker*; *skriva*, *skrev*) simplemma knows its
lemma. Compounds are the matter of `compounds`. Stems and lemmas are stored without dots and rings, since many leave
them out when they search (*valfardsbrott*).
"""

import re
import threading
import unicodedata
from functools import lru_cache

import simplemma
import snowballstemmer

MAX_QUERY_LENGTH = 200
MAX_QUERY_WORDS = 16
MAX_WORD_LENGTH = 60

WORD = re.compile(r"[^\W_]+")
_LOCAL = threading.local()  # A stemmer has state, so each thread has its own.

# Verbs whose nouns have two forms that the stemmer sees as two words: anmälan, anmälningar.
_TWO_FORMS = re.compile(r"(anmäl|ansök|påverk|överklag|begär|berätt|invänd)(?:an|ans|ning\w*)$")

# Words that are not indexed, since they stand everywhere.
STOP_WORDS = frozenset(
    WORD.findall(
        """
        alla allt att av blev bli blir de dem den denna deras dess dessa det detta dig din ditt du där då efter
        ej eller en ens er era ett finns från för ha hade han hans har hon hos hur här i icke in inom inte jag
        ju kan kommer kunde man med mellan men mig min mitt mot mycket ni nu när nån någon något några och om
        oss på sedan sig sin sina sitt ska skulle som så till under upp ut utan vad var vara vars vi vid vilka
        vilken vilket vår våra åt än är även över
        """
    )
)
# Words of a question that say nothing of what it is about. They are indexed, but not searched for.
QUESTION_WORDS = frozenset(
    WORD.findall(
        """
        annan annat andra bara behöva behöver behövs borde bör bra både bör börja börjar dit exempel fler flera
        fram få får fått ge ger genom går gå gäller gälla gör göra görs gjort gärna hitta hittar hålla hör
        igång innan innebär innebära is kanske kunna ligger låta låter länge läsa lättast mer mest måste många
        nog nya också olika redan rätt saker samma samt se ser själv själva skall slags snabbt sorts söka står
        stå säga säger sätt ta tar tas tänka tänker tips utifrån vart varför varifrån varje vem vems veta vet vill vilja
        välja väl händer hända tycker finnas fanns hela helt ens räcker räcka vanligt vanligaste viktigaste bäst bästa
        enklast därför därefter hit ni er ert honom henne sådan sådana sådant lite
        åstadkomma varandra gjorde ifall huruvida medan tills trots ännu alltid aldrig ibland
        sitta lägga lägger sätta sätter använda använder används fungerar fungera handlar handla berättar
        """
    )
)


def normal(text: str) -> str:
    """The text in small letters, each with its dots or ring in one character."""
    return unicodedata.normalize("NFC", text).lower()


def words_in_place(text: str) -> list[tuple[int, str]]:
    """The words of a text that are indexed, each with its number among all words of the text."""
    words = enumerate(WORD.findall(normal(text)))
    return [(place, word[:MAX_WORD_LENGTH]) for place, word in words if word not in STOP_WORDS]


def words_of(text: str) -> list[str]:
    """The words of a text in order, lower case, without stop words."""
    return [word for _, word in words_in_place(text)]


def sought_words(query: str) -> list[str]:
    """The words of a query that say what it is about, each once, at most MAX_QUERY_WORDS.

    A query of nothing but words of questions, such as *exempel*, is a search for them.
    """
    words = list(dict.fromkeys(words_of(query[:MAX_QUERY_LENGTH])))
    telling = [word for word in words if word not in QUESTION_WORDS]
    return (telling or words)[:MAX_QUERY_WORDS]


def has_only_common_words(text: str) -> bool:
    """Whether there are words, but each is so common that it is not searched for."""
    return bool(WORD.search(text)) and not words_of(text)


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


@lru_cache(maxsize=50_000)
def lemma(word: str) -> str:
    """The form of a word that stands in a dictionary; the word itself if it is not known."""
    return word if word.isdigit() else simplemma.lemmatize(word, lang="sv").lower()


def is_known(word: str) -> bool:
    """Whether the dictionary of lemmas has exactly this form."""
    return simplemma.is_known(word, lang="sv")


@lru_cache(maxsize=50_000)
def plain(word: str) -> str:
    """The word without dots, rings and accents, as many type it."""
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
