"""Tells what the columns of a table hold by their headings. Case, spaces, other signs and brackets don't matter."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outbox.plain_text import one_line

from .rows import Cell, NumberedRow

# The field of ImportRow, our heading for it, and other headings that people use.
COLUMNS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "organisation",
        "Organisation",
        ("kommun", "region", "kommun/region", "kommun eller region", "kommun och region", "aktör"),
    ),
    ("code", "Kod", ("kommunkod", "länskod", "regionkod", "organisationskod")),
    (
        "name",
        "Namn",
        (
            *("kontaktperson", "för- och efternamn", "förnamn och efternamn", "fullständigt namn"),
            *("förnamn efternamn", "efternamn, förnamn", "efternamn och förnamn"),
        ),
    ),
    ("email", "E-post", ("e-postadress", "mejl", "mejladress", "mail", "e-mail", "mailadress", "email", "epost")),
    ("title", "Titel", ("befattning", "roll", "yrkestitel")),
    ("phone", "Telefon", ("telefonnummer", "tel", "telnr", "mobil", "mobilnummer")),
    ("start", "Från och med", ("fr.o.m.", "from", "från", "startdatum", "från och med datum", "från datum")),
    ("until", "Till och med", ("t.o.m.", "tom", "till", "slutdatum", "till och med datum", "till datum")),
    ("deputy", "Ersättare", ("ersättare (ja/nej)", "ersättare ja/nej", "är ersättare", "vikarie")),
)
TITLES = {field: title for field, title, _ in COLUMNS}
NAME_PARTS = {"first_name": "Förnamn", "last_name": "Efternamn"}  # two columns that together are the name
ROWS_ABOVE = 15  # among so many the headings are sought: a list may begin with a title and a date


def plain_heading(heading: str) -> str:
    """The heading without differences: "E-post:\\n(arbete)" is "epost"."""
    without_brackets = re.sub(r"\([^)]*\)", "", heading.casefold())
    return re.sub(r"[\W_]+", "", without_brackets) or re.sub(r"[\W_]+", "", heading.casefold())


FIELDS = {plain_heading(name): field for field, title, others in COLUMNS for name in (title, *others)}
FIELDS |= {plain_heading(title): part for part, title in NAME_PARTS.items()}


@dataclass(frozen=True)
class Layout:
    """What the columns of a table hold, by their number from 0, and where its rows about persons begin."""

    columns: Mapping[int, str]  # the field of each column that is read
    first_row: int
    heading_row: int | None = None
    headings: Sequence[str] = ()
    twin: str = ""  # a heading that stands over two columns, of which either may be meant

    def places(self) -> dict[str, tuple[int, ...]]:
        """The columns of each field of a row: one, but for a name in two parts."""
        places: dict[str, tuple[int, ...]] = {
            field: (column,) for column, field in self.columns.items() if field in TITLES
        }
        parts = {field: column for column, field in self.columns.items() if field in NAME_PARTS}
        if "name" not in places and len(parts) == len(NAME_PARTS):
            places["name"] = tuple(parts[part] for part in NAME_PARTS)
        return places

    @property
    def missing(self) -> list[str]:
        """What must be there and isn't, as the editor knows it."""
        places = self.places()
        missing = [TITLES[field] for field in ("name", "email") if field not in places]
        return missing if "organisation" in places or "code" in places else ["Organisation eller Kod", *missing]

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.twin

    @property
    def ignored(self) -> list[str]:
        """The headings of columns that are not read."""
        used = {column for columns in self.places().values() for column in columns}
        return [heading for column, heading in enumerate(self.headings) if heading and column not in used]

    def heading(self, column: int) -> str:
        """What the editor may call the column."""
        heading = self.headings[column] if column < len(self.headings) else ""
        return heading or f"Kolumn {column + 1}"


def known_headings(cells: Sequence[Cell]) -> int:
    """How many of the cells are headings that we know."""
    return sum(plain_heading(str(cell)) in FIELDS for cell in cells)


def layout_of(rows: Sequence[NumberedRow]) -> Layout:
    """What the table says itself. Rows without a cell are not among `rows`.

    The headings are the row with the most that we know. Where hardly any is known, the first row with an address is
    about somebody, and the headings are what stands above it.
    """
    first = [row for row in rows if row[0] <= ROWS_ABOVE]
    place = max(range(len(first)), key=lambda place: (known_headings(first[place][1]), -place))
    if known_headings(first[place][1]) < 2 and (found := _first_with_address(first)) is not None:
        if found == 0:
            return Layout({}, first_row=first[0][0])
        place = found - 1
    heading_row, cells = first[place]
    return layout_with_headings(cells, heading_row)


def _first_with_address(rows: Sequence[NumberedRow]) -> int | None:
    """The place of the first row that looks like one about a person."""
    has_address = (sum(map(bool, cells)) > 1 and any("@" in str(cell) for cell in cells) for _, cells in rows)
    return next((place for place, has in enumerate(has_address) if has), None)


def layout_with_headings(cells: Sequence[Cell], row: int) -> Layout:
    """What the headings say: our own heading is preferred, so that a file may have another for the same thing."""
    headings = [one_line(str(cell)) for cell in cells]
    columns: dict[int, str] = {}
    twin = ""
    for field, title, others in COLUMNS:
        for names in ({plain_heading(title)}, {plain_heading(name) for name in others}):
            found = [place for place, heading in enumerate(headings) if plain_heading(heading) in names]
            if found and field not in columns.values():
                columns[found[0]] = field
                twin = twin or _twin(headings, found)
    if "name" not in columns.values():
        known = [FIELDS.get(plain_heading(heading), "") for heading in headings]
        columns |= {known.index(part): part for part in NAME_PARTS if part in known}
    return Layout(columns, row + 1, row, headings, twin)


def _twin(headings: Sequence[str], places: Sequence[int]) -> str:
    first = headings[places[0]]
    return first if sum(plain_heading(headings[place]) == plain_heading(first) for place in places) > 1 else ""
