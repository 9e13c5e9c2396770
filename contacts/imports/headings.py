"""Matches headings to fields. Case, spaces, hyphens and full stops don't matter."""

import re
from collections.abc import Sequence

from .rows import Cell, ImportFileError

# The field of ImportRow, our heading for it, and other headings that people use.
COLUMNS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "organisation",
        "Organisation",
        ("kommun", "region", "kommun/region", "kommun eller region", "aktör"),
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


def simplified(heading: str) -> str:
    return re.sub(r"[\W_]+", "", heading.casefold())


FIELDS = {simplified(name): field for field, title, others in COLUMNS for name in (title, *others)}


def known_headings(cells: Sequence[Cell]) -> int:
    """How many of the cells are headings that we know."""
    return sum(simplified(str(cell)) in FIELDS for cell in cells)


def read_headings(cells: Sequence[Cell]) -> tuple[dict[str, int], list[str]]:
    """Returns the column of each field, and the headings that are not used.

    Raises ImportFileError (row 1) when a required heading is missing or a heading occurs twice.
    """
    headings = [str(cell).strip() for cell in cells]
    places: dict[str, int] = {}
    for field, title, others in COLUMNS:
        # Our own heading is tried before the others, so that a file may have both.
        for names in ({simplified(title)}, {simplified(name) for name in others}):
            found = [place for place, heading in enumerate(headings) if simplified(heading) in names]
            if found and field not in places:
                places[field] = found[0]
                _refuse_twins(headings, found)
    ignored = [heading for place, heading in enumerate(headings) if heading and place not in places.values()]
    missing = [TITLES[field] for field in ("name", "email") if field not in places]
    if "organisation" not in places and "code" not in places:
        missing.insert(0, "Organisation eller Kod")
    if missing:
        raise ImportFileError(
            f"Första raden ska vara rubriker. Det saknas: {', '.join(missing)}. "
            f"Rubriker som går att använda: {', '.join(TITLES.values())}.",
            row=1,
        )
    return places, ignored


def _refuse_twins(headings: Sequence[str], places: Sequence[int]) -> None:
    first = headings[places[0]]
    if sum(simplified(headings[place]) == simplified(first) for place in places) > 1:
        raise ImportFileError(f"Kolumnen {first} finns två gånger. Ta bort den ena.", row=1)
