"""Matches headings to fields. Case, spaces, other signs and what stands in brackets don't matter."""

import re
from collections.abc import Sequence

from outbox.plain_text import one_line

from .rows import Cell, ImportFileError

# The field of ImportRow, our heading for it, and other headings that people use.
COLUMNS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "organisation",
        "Organisation",
        ("kommun", "region", "kommun/region", "kommun eller region", "kommun och region", "aktör"),
    ),
    ("code", "Kod", ("kommunkod", "länskod", "regionkod", "organisationskod")),
    ("name", "Namn", ("kontaktperson", "för- och efternamn", "förnamn och efternamn", "fullständigt namn")),
    ("email", "E-post", ("e-postadress", "mejl", "mejladress", "mail", "e-mail", "mailadress", "email", "epost")),
    ("title", "Titel", ("befattning", "roll", "yrkestitel")),
    ("phone", "Telefon", ("telefonnummer", "tel", "telnr", "mobil", "mobilnummer")),
    ("start", "Från och med", ("fr.o.m.", "from", "från", "startdatum", "från och med datum", "från datum")),
    ("until", "Till och med", ("t.o.m.", "tom", "till", "slutdatum", "till och med datum", "till datum")),
    ("deputy", "Ersättare", ("ersättare (ja/nej)", "ersättare ja/nej", "är ersättare", "vikarie")),
)
TITLES = {field: title for field, title, _ in COLUMNS}
NAME_PARTS = ("förnamn", "efternamn")  # two columns that together are the name
ROWS_ABOVE = 15  # among so many the headings are sought: a list may begin with a title and a date


def simplified(heading: str) -> str:
    """The heading without differences: "E-post:\\n(arbete)" is "epost"."""
    without_brackets = re.sub(r"\([^)]*\)", "", heading.casefold())
    return re.sub(r"[\W_]+", "", without_brackets) or re.sub(r"[\W_]+", "", heading.casefold())


FIELDS = {simplified(name): field for field, title, others in COLUMNS for name in (title, *others)}


def known_headings(cells: Sequence[Cell]) -> int:
    """How many of the cells are headings that we know."""
    return sum((name := simplified(str(cell))) in FIELDS or name in NAME_PARTS for cell in cells)


def place_of_headings(rows: Sequence[Sequence[Cell]]) -> int:
    """The row, counted from 0, with the most headings that we know, the first of them among equals."""
    return max(range(len(rows)), key=lambda place: (known_headings(rows[place]), -place))


def read_headings(cells: Sequence[Cell], row: int = 1) -> tuple[dict[str, tuple[int, ...]], list[str]]:
    """Returns the columns of each field, one but for a name in two parts, and the headings that are not used.

    Raises ImportFileError when a required heading is missing or a heading occurs twice.
    """
    headings = [one_line(str(cell)) for cell in cells]
    places: dict[str, tuple[int, ...]] = {}
    for field, title, others in COLUMNS:
        # Our own heading is tried before the others, so that a file may have both.
        for names in ({simplified(title)}, {simplified(name) for name in others}):
            found = [place for place, heading in enumerate(headings) if simplified(heading) in names]
            if found and field not in places:
                places[field] = (found[0],)
                _refuse_twins(headings, found, row)
    if "name" not in places and (parts := _name_parts(headings)):
        places["name"] = parts
    used = {place for some in places.values() for place in some}
    ignored = [heading for place, heading in enumerate(headings) if heading and place not in used]
    missing = [TITLES[field] for field in ("name", "email") if field not in places]
    if "organisation" not in places and "code" not in places:
        missing.insert(0, "Organisation eller Kod")
    if missing:
        raise ImportFileError(
            f"{'Första raden' if row == 1 else f'Rad {row}'} ska vara rubriker. Det saknas: {', '.join(missing)}. "
            f"Rubriker som går att använda: {', '.join(TITLES.values())}.",
            row=row,
        )
    return places, ignored


def _name_parts(headings: Sequence[str]) -> tuple[int, ...]:
    """The columns of the parts of the name, when all are there."""
    known = [simplified(heading) for heading in headings]
    return tuple(known.index(part) for part in NAME_PARTS) if all(part in known for part in NAME_PARTS) else ()


def _refuse_twins(headings: Sequence[str], places: Sequence[int], row: int) -> None:
    first = headings[places[0]]
    if sum(simplified(headings[place]) == simplified(first) for place in places) > 1:
        raise ImportFileError(f"Kolumnen {first} finns två gånger. Ta bort den ena.", row=row)
