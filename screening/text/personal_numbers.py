"""Decides which candidates are numbers of persons, by their shape, their date and the words beside them."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta

from .columns import Columns
from .context import Label, LabelsBeside, label_of, labels_beside
from .numbers import Candidate, Shape, candidates, vat_candidates
from .rows import has_figures_beside, is_in_chain, is_in_column_of_days, is_in_row
from .told import told_in_pieces

# A date within _RECENT is as likely that of an invoice, a meeting or a log as a date of birth; beside a word such
# as "faktura" so is one within _KEPT.
_RECENT, _KEPT = timedelta(days=10 * 365), timedelta(days=20 * 365)
_PHONE = re.compile(r"0[1-9][0-9]{8}\Z")
# Numbers of people born in 2007 look like mobile numbers, which are much more likely where no word tells.
_MOBILE_OR_STATE = re.compile(r"0(?:7[02369]|10)")
_MOBILE = re.compile(r"070")

_DATE_AFTER = re.compile(r"([-./]?)(?:0[1-9]|1[0-2])\1(?:[0-2][0-9]|3[01])(?![0-9])")
_UNIT_AFTER = re.compile(
    r"[ \t]?(?:kr|kronor|sek|eur|euro|tkr|mkr|mnkr|mdkr|%|procent|st|stycken|styck|km|m2|m²|kvm|kg|ton|liter|kwh|mwh"
    r"|timmar|tim|h|dagar|personer|invånare|platser|byte|kb|mb|bitar|:-|,-)(?![a-zåäö0-9])"
)
_DECIMALS_AFTER = re.compile(r"[.,][0-9]{2}(?![0-9])(?![.,;][0-9])")
# "0,85…" or "värdet 1.85…", but not the number of a line in a list, nor a cell of CSV.
_DECIMAL_BEFORE = re.compile(r"(?:(?<![0-9.,;])0|[^0-9.,;\n] ?[0-9]{1,4})[.,]\Z")
_LETTER = re.compile(r"[a-zåäö]")
_WORD_BEFORE = re.compile(r"[0-9a-zåäö_]*\Z")
_WORD_AFTER = re.compile(r"[0-9a-zåäö_]*")
# "INV1234567890", "PO-1234567890"
_CODE_BEFORE = re.compile(r"(?<![0-9a-zåäö])([a-zåäö]{1,4})-?\Z")
_NO_CODES = frozenset({"se", "nr", "p", "om", "av", "för", "till", "och", "med", "är", "id"})
_SUPPORT_BEFORE = re.compile(
    r"(?:support|incident|ticket|helpdesk|servicedesk|felanmäl|kundservice)[^.\n]*(?:\n| )\Z|ärende(?:t)? heter \Z"
)
_DAY_AND_COUNT = re.compile(r"[0-9]{4}([-./])[0-9]{2}\1[0-9]{2} - [0-9]{4}")
_SUPPORT_AFTER = re.compile(r" (?:hos|i|till|från|av) [a-zåäö-]{0,12}(?:support|servicedesk|helpdesk|kundservice)")
_NOUN_AFTER = re.compile(r" [a-zåäö]{4,}")  # "2026-05-30 – 1953 sidvisningar"
_HEX = re.compile(r"[0-9a-f]*")
_UUID_BEFORE = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){0,3}\Z")
_UUID_AFTER = re.compile(r"-[0-9a-f]{4}(?:-[0-9a-f]{4,12})+")
_URL_BEFORE = re.compile(r"(?:[a-z]{2,10}://|www\.)[^ \t\n<>\"']*\Z")
_KEY_BEFORE = re.compile(r"(?:[?&;/]|^)(?:p(?:ers(?:on)?)?[_-]?(?:nr|nummer|id)|ssn|pnr|person|born|patient)\w*[=/:]\Z")
# "2024-05-04<tab>1234" are two cells, a day and a count.
_DATE_AND_CELL = re.compile(r"[0-9]{2,4}([-./])[0-9]{2}\1[0-9]{2} ?[\t\n,;|]")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9]")
_ROUND_TIME = re.compile(r"(?:0[6-9]|1[0-9]|2[01])(?:00|15|30|45)")
_TIME_BESIDE = re.compile(
    r"(?:kl\.?|klockan|tid|tidpunkt|logg?|skapad|sparad|ändrad|uppdaterad|hämtad|bygg[dt]\w*|export\w*|backup|version"
    r"|img|vid|dsc|scan|fil\w*)[ :._-]{0,3}\Z"
)
_PERIOD_BESIDE = re.compile(r"(?:period\w*|tiden|under|mellan|datum|intervall\w*)[ :(]{1,3}\Z")
_SUFFIX_AFTER = re.compile(r"\.(?:jpe?g|png|pdf|docx?|xlsx?|pptx?|csv|zip|log|txt|mp[34]|bak|sql|gz)\b")


# "4507148072 är vår referens", "… anges som ordernummer"
_CALLED_BEHIND = re.compile(
    r"[\"')]? (?:är|=|var|blir|utgör|(?:ang[ei]s|används|gäller|skrivs|står) som) "
    r"(?:(?:vårt?|ert?|din|ditt|min|mitt|deras|ett|en|den|det|aktuellt?|rätt|[a-zåäö]{3,20}s) ){0,2}([a-zåäö-]+)"
)


def personal_numbers(normal: str) -> Iterator[Candidate]:
    """Numbers of persons and samordningsnummer, each kind of them in order and without overlap."""
    yield from vat_candidates(normal)
    reached, columns = 0, Columns(normal)
    whole: list[Candidate] = []
    for number in candidates(normal):
        if number.start >= reached and _is_of_person(normal, number, columns):
            yield number
            whole.append(number)
            reached = number.end
    for told in told_in_pieces(normal, columns):
        # A day and four digits that stand around a whole number belong to others.
        next_one = bisect_left(whole, told.start, key=lambda number: number.end - 1)
        if next_one == len(whole) or whole[next_one].start >= told.end:
            yield told


def _is_of_person(normal: str, number: Candidate, columns: Columns) -> bool:
    if _is_half_of_period(normal, number):
        return False
    in_row = number.shape <= Shape.PARTED and is_in_row(normal, number)
    if in_row and not _LETTER.search(normal, max(0, number.start - 40), number.start):
        return False  # among figures, with no word near by
    labels = labels_beside(normal, number.start, number.end)
    match number.shape:
        case Shape.DASHED:
            return _is_person_dashed(normal, number, labels)
        case Shape.LONG:
            return not _is_part(normal, number) and _is_person_long(normal, number, labels)
        case Shape.PLAIN:
            return (
                not _is_part(normal, number)
                and _is_person_plain(normal, number, labels)
                and not _is_in_column_of_others(number, labels, columns)
                and not _is_called_other_behind(normal, number)
            )
        case Shape.PARTED:
            return labels.nearest is Label.NUMBER_OF_PERSON or (
                not in_row
                and _is_person_parted(normal, number, labels)
                and not _is_in_column_of_others(number, labels, columns)
            )
    return labels.nearest is Label.NUMBER_OF_PERSON and not has_figures_beside(normal, number.start, number.end)


def _is_in_column_of_others(number: Candidate, labels: LabelsBeside, columns: Columns) -> bool:
    """Whether the heading over its column says that it is another kind of number, or two headings that it is two."""
    if labels.nearest is Label.NUMBER_OF_PERSON and labels.adjacent:
        return False
    if number.shape is Shape.PARTED and columns.are_two(number.start, number.end):
        return True
    if number.shape is Shape.PLAIN and not labels.speaks_of_person and columns.is_among_others(number.start):
        return True
    return columns.is_of_others(number.start, number.end)


def _is_called_other_behind(normal: str, number: Candidate) -> bool:
    """Whether the text goes on to say what it is: "… är vår referens"; a word behind says nothing else."""
    called = _CALLED_BEHIND.match(normal, number.end)
    return called is not None and label_of(called[1]) in (Label.OTHER, Label.TOPIC)


def _is_person_dashed(normal: str, number: Candidate, labels: LabelsBeside) -> bool:
    if labels.speaks_of_person:
        return True
    if labels.says_other and labels.nearest is not Label.PHONE:  # no phone number is written so
        return labels.is_near_person or not _is_recent(number, _KEPT)
    if is_in_chain(normal, number):
        return False
    if not _is_recent(number):
        return not (_is_recent(number, _KEPT) and _is_time_of_file(normal, number))
    is_counted = _DAY_AND_COUNT.match(normal, number.start, number.end) and _NOUN_AFTER.match(normal, number.end)
    return not (is_counted or _is_period(normal, number) or _is_time(normal, number) or _in_url(normal, number))


def _is_person_long(normal: str, number: Candidate, labels: LabelsBeside) -> bool:
    if labels.speaks_of_person:
        return True
    if _is_said_to_be_other(number, labels) and _is_recent(number, _KEPT):
        return False
    if not _is_recent(number):
        return True
    return not (_in_url(normal, number) or _UNIT_AFTER.match(normal, number.end) or _is_time(normal, number))


def _is_person_plain(normal: str, number: Candidate, labels: LabelsBeside) -> bool:
    if labels.nearest is Label.NUMBER_OF_PERSON or _key_in_url(normal, number):
        return True
    if _MOBILE_OR_STATE.match(number.digits) and Label.PHONE in labels.near:
        return False
    if _MOBILE.match(number.digits):
        return labels.nearest is Label.PERSON
    if _is_said_to_be_other(number, labels) or _in_url(normal, number) or _UNIT_AFTER.match(normal, number.end):
        return False
    # "7804052889,50" is a sum, but not in "Karin,7804052889,50".
    is_cell = normal[number.start - 1 : number.start] in (",", ";")
    return is_cell or not _DECIMALS_AFTER.match(normal, number.end)


def _is_person_parted(normal: str, number: Candidate, labels: LabelsBeside) -> bool:
    if _is_said_to_be_other(number, labels) or _UNIT_AFTER.match(normal, number.end):
        return False
    if _is_recent(number, _KEPT) and _is_time_of_file(normal, number):
        return False
    if labels.nearest is Label.PERSON or not _is_recent(number):
        return True
    # A recent date and four digits may also be a date and a time, or a date and a count.
    return not (
        (_ROUND_TIME.fullmatch(number.digits[-4:]) and normal[number.end - 5] == " ")
        or _is_time(normal, number)
        or _DATE_AND_CELL.match(normal, number.start)
        or (_SUFFIX_AFTER.match(normal, number.end) and normal[number.start - 1 : number.start] == "_")
        or is_in_column_of_days(normal, number)
        or _in_url(normal, number)
    )


def _is_recent(number: Candidate, within: timedelta = _RECENT) -> bool:
    """Whether the digits are also a recent date; those of a samordningsnummer are no date at all."""
    return not number.is_coordination and number.born > date.today() - within


def _is_said_to_be_other(number: Candidate, labels: LabelsBeside) -> bool:
    """Whether the word in front says that it is another kind of number; a phone number must look like one, too."""
    if labels.nearest is not Label.PHONE:
        return labels.says_other
    shape = _PHONE if number.shape is Shape.PLAIN else _MOBILE_OR_STATE
    return labels.adjacent and shape.match(number.digits) is not None


def _is_part(normal: str, number: Candidate) -> bool:
    """Whether the digits are part of a decimal number, a hash, an id with letters or a #, or a UUID."""
    before = normal[max(0, number.start - 70) : number.start]
    after = normal[number.end : number.end + 40]
    left = _WORD_BEFORE.search(before)[0]  # type: ignore[index]  # both match the empty string
    right = _WORD_AFTER.match(after)[0]  # type: ignore[index]
    if any(map(str.isdigit, left + right)):
        return True
    if left and right and _HEX.fullmatch(left + right):
        return True
    if number.shape is Shape.PLAIN and (before.endswith("#") or (before.endswith("[") and after.startswith("]"))):
        return True  # of an order or a request for support
    if number.shape is Shape.PLAIN and (_SUPPORT_BEFORE.search(before) or _SUPPORT_AFTER.match(after)):
        return True
    code = _CODE_BEFORE.search(before) if number.shape is Shape.PLAIN else None
    if code and label_of(code[1]) not in (Label.NUMBER_OF_PERSON, Label.PERSON) and code[1] not in _NO_CODES:
        return True
    if _UUID_BEFORE.search(before) or _UUID_AFTER.match(after):
        return True
    return _DECIMAL_BEFORE.search(before) is not None


def _is_half_of_period(normal: str, number: Candidate) -> bool:
    """Whether the last four digits are the year of another date: "2025-10-07–2025-12-02"."""
    if normal[number.end - 4 : number.end - 2] not in ("19", "20"):
        return False
    return _DATE_AFTER.match(normal, number.end) is not None


def _is_period(normal: str, number: Candidate) -> bool:
    """Whether it is a period within a year: "perioden 250101-1231"."""
    last = number.digits[-4:]
    if len(number.digits) == 12 or not _PERIOD_BESIDE.search(normal[max(0, number.start - 24) : number.start]):
        return False
    return "0101" <= last <= "1231" and last[:2] <= "12" and "01" <= last[2:] <= "31" and last > number.digits[-8:-4]


def _is_time(normal: str, number: Candidate) -> bool:
    """Whether it is a date and a time of day, in a file's name or beside a word such as "klockan"."""
    if not _TIME.fullmatch(number.digits[-4:]):
        return False
    before = normal[max(0, number.start - 20) : number.start]
    return bool(_TIME_BESIDE.search(before) or _SUFFIX_AFTER.match(normal, number.end) or before.endswith("_"))


def _is_time_of_file(normal: str, number: Candidate) -> bool:
    """Whether it is the date and time in the name of a file, "kopia 20160422_1042.zip"."""
    return bool(_TIME.fullmatch(number.digits[-4:]) and _SUFFIX_AFTER.match(normal, number.end))


def _in_url(normal: str, number: Candidate) -> bool:
    return _URL_BEFORE.search(normal[max(0, number.start - 200) : number.start]) is not None


def _key_in_url(normal: str, number: Candidate) -> bool:
    return _KEY_BEFORE.search(normal[max(0, number.start - 24) : number.start]) is not None
