"""Reads SKR's grouping of kommuner and their population from a file that an editor has been given.

Neither is in our sources, so nothing of it is known beforehand: a kommun that the file does not name keeps what it has.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ..enums import OrganisationKind
from ..models import Organisation, Person
from ..models.organisations import GROUP_LENGTH
from ..permissions import user_can_change_register
from .headings import ROWS_ABOVE, plain_heading
from .reading import read_table
from .rows import Cell, ImportFileError, NumberedRow

HEADINGS = {
    "code": ("Kommunkod", "kod"),
    "group": ("Grupp", "kommungrupp", "kommungruppsnamn", "kommungrupp namn", "skr kommungrupp"),
    "population": ("Folkmängd", "befolkning", "invånare", "antal invånare", "folkmängd totalt"),
}
NUMBER = re.compile(r"\d{1,3}(?:[\s.,]?\d{3})*")
LARGEST = 100_000_000


@dataclass
class SimilarPlan:
    """What a file would change, and what is wrong with it, row by row."""

    changed: list[Organisation] = field(default_factory=list)
    unchanged: int = 0
    errors: list[tuple[int, str]] = field(default_factory=list)
    missing: int = 0  # kommuner that the file does not name


def plan_similar(*, name: str, content: bytes, year: int) -> SimilarPlan:
    """What the file would change. `year` is that of the population. Raises ImportFileError for the file as a whole."""
    table = read_table(name, content)
    columns, heading = _columns(table.rows)
    known = {row.code: row for row in Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY)}
    plan, seen = SimilarPlan(), dict[str, int]()
    for number, cells in table.rows:
        if number <= heading:
            continue
        try:
            code, values = _values(cells, columns, year)
            if code not in known:
                raise ValueError(f"Ingen kommun har koden ”{code[:20]}”. En kommunkod har fyra siffror.")
            if code in seen:
                raise ValueError(f"Kommunen finns redan på rad {seen[code]}. Ta bort den ena raden.")
        except ValueError as error:
            plan.errors.append((number, str(error)))
            continue
        seen[code] = number
        row = known[code]
        if all(getattr(row, field) == value for field, value in values.items()):
            plan.unchanged += 1
            continue
        for field_name, value in values.items():
            setattr(row, field_name, value)
        plan.changed.append(row)
    if not seen and not plan.errors:
        raise ImportFileError("Filen har rubriker men inga rader med kommuner.", row=heading)
    plan.missing = len(known) - len(seen)
    return plan


@transaction.atomic
def apply_similar(*, name: str, content: bytes, year: int, by: Person | None) -> SimilarPlan:
    """Store what the file says, unless a row of it is wrong: then nothing is stored."""
    if by is not None and not user_can_change_register(by):
        raise PermissionDenied
    plan = plan_similar(name=name, content=content, year=year)
    if not plan.errors:
        for row in plan.changed:
            row.save(update_fields=["group_of_similar", "population", "population_year"])
    return plan


def _columns(rows: Sequence[NumberedRow]) -> tuple[dict[str, int], int]:
    """The place of each field, and the row of the headings."""
    names = {plain_heading(name): field for field, known in HEADINGS.items() for name in known}
    for number, cells in rows:
        found = {names[key]: place for place, cell in enumerate(cells) if (key := plain_heading(str(cell))) in names}
        if "code" in found and len(found) > 1:
            return found, number
        if number > ROWS_ABOVE:
            break
    raise ImportFileError("Det saknas rubriker. Filen ska ha Kommunkod och minst en av Grupp och Folkmängd.")


def _values(cells: Sequence[Cell], columns: dict[str, int], year: int) -> tuple[str, dict[str, str | int]]:
    """The kommun's code, and the values that the row has. A blank cell changes nothing."""
    written = {
        field: " ".join(str(cells[place]).split()) if place < len(cells) else "" for field, place in columns.items()
    }
    code = written["code"]
    # A spreadsheet that takes the code for a number drops its first zero.
    code = code.zfill(4) if code.isdecimal() and len(code) == 3 else code
    values: dict[str, str | int] = {}
    if group := written.get("group"):
        if len(group) > GROUP_LENGTH:
            raise ValueError(f"Gruppens namn är längre än {GROUP_LENGTH} tecken.")
        values["group_of_similar"] = group
    if population := written.get("population"):
        digits = re.sub(r"\D", "", population)
        if not NUMBER.fullmatch(population) or int(digits) > LARGEST:
            raise ValueError(f"Folkmängden ”{population[:20]}” är inget helt antal. Skriv till exempel 12345.")
        values |= {"population": int(digits), "population_year": year}
    if not values:
        raise ValueError("Raden saknar både grupp och folkmängd.")
    return code, values
