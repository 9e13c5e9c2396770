"""Reads the words beside a number, which say whether it is a person's, a phone's or something else's."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

Span = tuple[int, int]  # where something begins and ends in a text

_BEFORE, _AFTER = 70, 30  # characters


class Label(Enum):
    """What a word says of the number beside it."""

    NUMBER_OF_PERSON = "it is the number of a person"
    PERSON = "it stands with a person"
    PHONE = "it is a phone number"
    OTHER = "it is the number of something else"
    TOPIC = "the text is about invoices, accounts and the like"
    NONE = "nothing"


_OF_PERSONS = (Label.NUMBER_OF_PERSON, Label.PERSON)


@dataclass(frozen=True)
class LabelsBeside:
    """The label nearest to a number, whether only small words stand between, and all labels before it on its line."""

    nearest: Label
    adjacent: bool
    near: frozenset[Label]

    @property
    def speaks_of_person(self) -> bool:
        return self.nearest in _OF_PERSONS

    @property
    def is_near_person(self) -> bool:
        return not self.near.isdisjoint(_OF_PERSONS)

    @property
    def says_other(self) -> bool:
        """Whether a word right in front, such as "OCR" or "faktura", says that it is another kind of number."""
        return self.adjacent and self.nearest in (Label.PHONE, Label.OTHER, Label.TOPIC)


# Tried on whole words, in this order; \w* stands for Swedish endings.
_WORDS = {
    Label.NUMBER_OF_PERSON: (
        r"pers(?:on)?(?:er)?s?[.-]?(?:nummer|numret|numr|nr|no|id)\w*",
        r"p[.-]?(?:nr|nummer)\w*|ssn|personbeteckning\w*",
        r"(?:samordnings?|samordn|sam|reserv|födelse|tf|lma|skatte|identitets)[.-]?(?:nummer|numret|nr)\w*",
        r"född[ae]?|födelse(?:data|datum|tid|år)\w*|folkbokförd\w*|fött",
        # A sole trader's number is the person's own.
        r"org(?:anisations?)?[.-]?(?:nummer|numret|nr)\w*|moms\w*|vat\w*",
    ),
    Label.PERSON: (
        r"(?:patient|brukar|klient|elev|barn|vårdtagar|sökande|person|journal|akt|id|försäkrad)\w*"
        r"|(?:patient|brukar|klient|journal|akt|person)\w*[.-](?:nummer|nr|id)\w*|id[.-](?:nummer|nr|handling)\w*",
        r"vårdnadshavar\w*|mak[ae]n?s?|makar|sambo\w*|son(?:en)?s?|dotter\w*|mamma\w*|pappa\w*|mor|far|modern|fadern",
        r"syster\w*|bror\w*|anhörig\w*|kvinna\w*|man(?:nen)?s?|flicka\w*|pojke\w*|avlid\w*|dödsbo\w*|ungdom\w*|herr|fru",
        r"misstänkt\w?s?|målsägande\w*|åtalad\w*|tilltalad\w*|huvudman\w*|förvaltare\w*|ställföreträdare\w*|god",
        r"anställd\w*|medarbetar\w*|undertecknad\w*|namn\w*|efternamn\w*|förnamn\w*|legitim\w*|boende|hyresgäst\w*",
        r"innehavar\w*|assistent\w*|assistansberättigad\w*|enskild\w*|student\w*|deltagar\w*|familj\w*|\w*mottagar\w*",
    ),
    Label.PHONE: (
        r"tel|telnr|tfn|tele|telf|telefon\w*|ring\w{0,3}|ringt|sms\w*|mobil\w*|fax\w*|växel\w*|jour(?:en|nummer|nr|telefon\w*)?",
        r"(?:direkt|kontakt|mobil|hem|jobb|arbets|larm|växel|nöd)(?:telefon|nummer|numret|nr)\w*|nås|samtal\w*|swish\w*|lur\w*",
        r"(?:mobil|telefon|tele|tel|fax|jour|växel|direkt|swish)[.-]?(?:nummer|numret|nr)\w*|kontakta|kundtjänst\w*|kontaktcenter\w*|support(?:en|ens|telefon\w*)?|reception\w*|riktnummer\w*|uppringd|mob",
    ),
    Label.OTHER: (
        r"ocr\w*|(?:ocr|bg|pg|iban|isbn|issn|ean|gtin|dnr|sfs|hsa)-\w+|bankgiro\w*|plusgiro\w*|postgiro\w*|bg|pg|iban|bic",
        r"swift|kid|autogiro\w*|clearing\w*|ean\w*|gtin\w*|isbn\w*|issn\w*|doi|gln|duns|urn|imei|guid|uuid|hash|md5|sha\d*",
        r"\w*referens\w*|ref|refnr|betalningsref\w*|meddelande\w*|kontonummer\w*|dnr|d\.nr|diarie\w*|mål\w{0,2}|sfs|doss?ié\w*",
        r"art|artikel\w*|artnr|art\.nr|best|bestnr|streckkod\w*|serie\w*|löp\w*|sn|batch\w*|build|version\w*|revision\w*",
        r"koordinat\w*|sweref\w*|rt90|wgs\w*|latitud\w*|longitud\w*|\w*tidsstämpel\w*|\w*verifikat\w*|ver|checksumma\w*",
        r"[\wåäöé-]+[.-]?(?:nummer|numret|numren|nr|kod|koden|beteckning|beteckningen)s?",
        r"[\wåäöé]+-id(?:t|n|s)?|(?:order|faktura|kund|session|transaktions|logg|ärende|bild|objekt|dokument)id(?:t|s)?",
        r"\w*kvittens\w*|\w*förfråg\w*|(?:video|distans|nät)möte\w*|dubblett\w*|\w*ticket\w*|support(?:ärende|fråga|id|begäran)\w*|bokning\w*|bokningskod\w*|\w*biljett\w*|spårning\w*",
        r"mötes\w*|zoom\w*|teams\w*|webex\w*|meeting\w*|koden|inköps\w*|kassa\w*|terminal\w*|retur\w*|reklamation\w*",
        r"köp(?:et)?|garanti\w*|auktorisation\w*|uppge|åberopa|hänvisa\w*|servicedesk\w*|helpdesk\w*|prenumeration\w*",
        r"sändning\w*|transaktion\w*|överföring\w*|tillstånd\w*|presentkort\w*|rabattkod\w*|felanmälan\w*|incident\w*",
        r"fakt|fakturanr|kredit(?:nota|notan|faktura\w*)|\w*kvitto(?:t|n|na)?|larmkod\w*|loggrad\w*|försändelse\w*|kolli\w*|postnord",
    ),
    Label.TOPIC: (
        r"\w*faktura\w*|\w*fakturor\w*|\w*konto\w*|order\w*|\w*beställning\w*|\w*avtal\w*|\w*kontrakt\w*|produkt\w*|modell\w*",
        r"märk(?:a|er|s)?|ange|påminnelse\w*|offert\w*|följesed\w*|abonnemang\w*|rekvisition\w*|lösenord\w*|koder|pinkod|konferens\w*",
        r"avi\w*|giro\w*|\w*order(?:n|s)?|\w*betalning\w*|betal\w+|paket\w*|vara|varan|varor\w*|leverans\w*|upphandling\w*|belopp\w*|summa\w*",
        r"period\w*|kl|klockan|tiden|datum|fil|filen|bilaga\w*|serie|projekt\w*|ritning\w*",
        r"lag|lagen|\w*balk(?:en)?|\w*förordning(?:en)?|prop|licens\w*|certifikat\w*|mätar\w*|anläggning\w*|inventarie\w*|post|rad|kod|logg\w*|export\w*",
    ),
}
_KINDS = [(label, re.compile("|".join(words))) for label, words in _WORDS.items()]
# Words that say nothing alone, though they match the patterns above.
_PLAIN = frozenset({"nummer", "numret", "nr", "no", "id", "beteckning", "beteckningen", "telnrs"})
_WORD = re.compile(r"[a-zåäöé]+(?:[.-][a-zåäöé]+)*\d{0,2}")
# Between a label and its number; "Telefon (dagtid) är: ".
_SMALL = re.compile(
    r"(?:[^a-zåäöé0-9]|\b(?:nummer|numret|nr|no|id|är|var|med|på|som|nya|gamla|och|eller|av|num|beteckning)\b"
    r"|\b(?:har|fick)(?= (?:nummer|nr|id)\b))*"
)
# "faktura nr: ", but not "avtal med ": who makes an agreement may be a person.
_CLOSE = re.compile(
    r"(?:[ \t\n:#(=.*\"'>|-]|\b(?:nummer|numret|nr|no|id|är)\b|\b(?:har|fick|med) (?:nummer|numret|nr|id)\b)*"
)
_MARKED = re.compile(r"märk(?:a|er|s)?|ange|\w*betalning\w*")  # "märk betalningen med 123"
_ACCOUNT = re.compile(r"konto\w*|clearing\w*")
_CLEARING = re.compile(r"[ .:]{1,3}[0-9]{4}(?:-[0-9])?[ ,]{1,2}")  # "kontonr 8327-9 123"
_ENDS_SENTENCE = re.compile(r"[.!?][\")]?[ \n]")
_SENTENCE_END = re.compile(r"[\n.!?;|0-9]")
_HEADING = 30  # characters, the longest heading that labels the line under it
# Numbers in a row share one label: "telefon 070-123 45 67 eller ".
_LISTED = re.compile(r"(?:[0-9][0-9 -]{3,16}[0-9][ \t\n]*(?:,|;|/|och|eller|samt|resp\.?|&)[ \t\n]*)+\Z")
_GOES_ON = re.compile(r"(?:[/&]|och|eller|samt|resp\.?)[ \t\n]*\Z")
_LETTER = re.compile(r"[a-zåäö]")
_HAS_OWN = re.compile(r"[^\n;0-9]{0,14}[0-9]")
_LONG_NUMBER = re.compile(r"[0-9][0-9 /.-]{2,}[0-9]")


def labels_beside(normal: str, start: int, end: int) -> LabelsBeside:
    """Finds the label of the number between `start` and `end`: the nearest word in front of it, else one behind.

    A word behind counts only if it tells of a person: "…, fakturanummer saknas" must not excuse a number.
    """
    before = normal[max(0, start - _BEFORE) : start]
    if _GOES_ON.search(before) and (listed := _LISTED.search(before)):
        before = normal[max(0, start - 2 * _BEFORE) : start - len(before) + listed.start()]
    line = before.rfind("\n") + 1
    near: set[Label] = set()
    nearest, gap, by = Label.NONE, "", None
    for word in _WORD.finditer(before):
        label = label_of(word[0])
        if label is not Label.NONE:
            if word.start() >= line:
                near.add(label)
            nearest, by = label, word
    if by:
        gap = before[by.end() :]
    # A label in front of another number belongs to that number, if words follow it.
    number = _LONG_NUMBER.search(gap)
    is_taken = number is not None and _LETTER.search(gap, number.end()) is not None
    if by and not is_taken:
        return LabelsBeside(nearest, _is_adjacent(before, by, nearest), frozenset(near))
    after = normal[end : end + _AFTER].partition("\n")[0]
    for word in _WORD.finditer(after):
        label = label_of(word[0])
        if label is Label.NONE:
            continue
        # It may be the next number's label, as in "…, tel 070".
        if label in _OF_PERSONS and not _HAS_OWN.match(normal, end + word.end()):
            return LabelsBeside(label, _SMALL.fullmatch(after[: word.start()]) is not None, frozenset(near))
        break
    return LabelsBeside(Label.NONE, adjacent=False, near=frozenset(near))


def _is_adjacent(before: str, word: re.Match[str], label: Label) -> bool:
    """Whether only small words stand between label and number, in one sentence or as heading and cell."""
    gap = before[word.end() :]
    if _ACCOUNT.match(word[0]) and _CLEARING.fullmatch(gap):
        return True
    if label is Label.PHONE:
        gap = gap.removeprefix(" till")  # "skicka sms till 0730…"
    if label is Label.TOPIC and not _MARKED.fullmatch(word[0]):
        if not _CLOSE.fullmatch(gap):
            return False
    elif not _SMALL.fullmatch(gap):
        return False
    if label in _OF_PERSONS:
        return True
    if _ENDS_SENTENCE.match(gap) and len(word[0]) > 5 and not word[0].endswith("nr"):  # "Tel. 070", "art.nr. 12"
        return False
    breaks = gap.count("\n")
    if not breaks:
        return True
    head = _SENTENCE_END.split(before[: word.end()])[-1]
    return breaks == 1 and len(head) <= _HEADING and head.count(" ") < 3


def spans_of(words: Iterable[str], normal: str) -> Iterator[Span]:
    """Where each of the words stands: a plain search, so that slow patterns are tried only there."""
    for word in words:
        at = normal.find(word)
        while at >= 0:
            yield at, at + len(word)
            at = normal.find(word, at + len(word))


@lru_cache(maxsize=20_000)
def label_of(word: str) -> Label:
    """Looks up the label of one word in lower case."""
    if word in _PLAIN:
        return Label.NONE
    for label, pattern in _KINDS:
        if pattern.fullmatch(word):
            return label
    # The end of one sentence and the start of the next, without a space between them.
    last = word.rpartition(".")[2]
    return label_of(last) if last != word else Label.NONE
