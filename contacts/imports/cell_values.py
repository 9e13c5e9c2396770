"""Parses cells to values. Each function raises ValidationError with a sentence that quotes the value."""

import re
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from outbox.addresses import bare_address

from ..validation import clean_name, clean_phone, shown
from .rows import Cell

CLOCK = re.compile(r"[T ]\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2})?$")  # a time of day after the date tells nothing here
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
COMPACT = re.compile(r"(\d{4}|\d{2})(\d{2})(\d{2})")
DAY_MONTH = re.compile(r"(\d{1,2})\s*[/.]\s*(\d{1,2})(\s*[/.\-]\s*|\s+)(\d{4}|\d{2})")
DAY_NUMBER = re.compile(r"\d{5}")
DAY_ZERO = date(1899, 12, 30)  # what a spreadsheet counts its days from
WRITTEN = re.compile(r"(\d{1,2})\s+([a-zåäö]+)\.?\s+(\d{4})", re.IGNORECASE)
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
MONTH_NAMES = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
BETWEEN_NAMES = re.compile(r"\s*[/;&+\n]\s*|\s+(?:och|samt)\s+")
YEARS = range(2000, 2101)
LAST_NAME_FIRST = re.compile(r"([^,]+),\s*([^\W\d_][^,]*)")
MOBILE_WITHOUT_ZERO = re.compile(r"7[02369]\d{7}")  # a spreadsheet that takes it for a number drops the first zero
LETTERS_OF_ADDRESSES = str.maketrans("åäöéü", "aaoeu")

YES = {"ja", "j", "x", "yes", "y", "sant", "true", "1", "ersättare", "ers", "suppleant", "vikarie"}
YES |= {"✓", "✔", "✔\ufe0f", "☑", "✅", "√"}
NO = {"nej", "n", "no", "falskt", "false", "0", "ordinarie", "-", "–", "—", "✗", "✘", "☐"}


def parse_date(value: Cell, heading: str) -> date | None:
    """Parses a date as a spreadsheet or a Swede writes it; None for a blank cell.

    3/4/2025 is refused, since day and month may be swapped, but 3/4 2025 and 31/12/2025 are understood.
    """
    found = value if isinstance(value, date) else _written_date(value, heading)
    if found is not None and found.year not in YEARS:
        raise ValidationError(f"{heading}: {found.isoformat()} ligger utanför åren {YEARS[0]}–{YEARS[-1]}.")
    return found


def _written_date(text: str, heading: str) -> date | None:
    if not text:
        return None
    day_alone = CLOCK.sub("", text).strip()
    try:
        if match := YEAR_FIRST.fullmatch(day_alone) or COMPACT.fullmatch(day_alone):
            return date(_year(match[1]), int(match[2]), int(match[3]))
        if DAY_NUMBER.fullmatch(day_alone):
            return DAY_ZERO + timedelta(days=int(day_alone))
        if match := DAY_MONTH.fullmatch(day_alone):
            day, month, year = int(match[1]), int(match[2]), _year(match[4])
            american = "/" in match[3] and day <= 12 and day != month
            if not american:
                return date(year, month, day)
        if match := WRITTEN.fullmatch(day_alone):
            return date(int(match[3]), _month(match[2].lower()), int(match[1]))
    except ValueError:
        pass
    raise ValidationError(f"{heading}: {shown(text)} är inget datum. Skriv till exempel 2025-10-01.")


def _year(written: str) -> int:
    """The year, of which two digits are enough in a list of our time."""
    return int(written) + (2000 if len(written) == 2 else 0)


def _month(name: str) -> int:
    months = MONTH_NAMES if name in MONTH_NAMES else MONTHS
    return months.index(name) + 1


def refuse_several(email: str, name: str) -> None:
    """Refuse a row about two persons, with one sentence that says what to do."""
    names = [part for part in BETWEEN_NAMES.split(name.strip()) if part.strip()]
    if email.count("@") > 1 or (len(names) > 1 and all(len(part.split()) > 1 for part in names)):
        raise ValidationError("Här står två personer. Skriv en person på varje rad.")


def parse_name(name: str, email: str) -> str:
    """The name, turned around if it is written as *Ekdal, Kim*.

    *Kim Ekdal, Chef* is left: only where a single word stands before the comma, or the address begins with what
    stands after it, is that a first name.
    """
    if match := LAST_NAME_FIRST.fullmatch(name.strip()):
        last, first = match[1].strip(), match[2].strip()
        begins = first.split()[0].casefold().translate(LETTERS_OF_ADDRESSES)
        if first[0].isupper() and (len(last.split()) == 1 or bare_address(email).casefold().startswith(begins)):
            name = f"{first} {last}"
    return clean_name(name)


def parse_phone(phone: str) -> str:
    """The number as written, with the zero that a spreadsheet took away."""
    return clean_phone(f"0{phone}" if MOBILE_WITHOUT_ZERO.fullmatch(phone) else phone)


def parse_yes_or_no(value: Cell, heading: str) -> bool | None:
    """True, False, or None for a blank cell."""
    text = str(value).casefold().strip(" .!")
    if not text:
        return None
    if text in YES:
        return True
    if text in NO:
        return False
    raise ValidationError(f"{heading}: {shown(str(value))} går inte att tolka. Skriv ja eller nej.")
