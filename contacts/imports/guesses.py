"""Guesses what a column holds by its values, to propose it to an editor. Nothing is read in by a guess."""

import re
from collections.abc import Callable, Sequence

from django.core.exceptions import ValidationError

from .cell_values import NO, YES, parse_date
from .headings import TITLES, Layout
from .matching import OrganisationFinder
from .tables import Table

MOST_VALUES = 50
PHONE = re.compile(r"\+?[\d\s()/–-]{7,}")
NAME = re.compile(r"[^\W\d_][\w'’.-]*(?:,? [^\W\d_][\w'’.-]*){1,3}")


def proposed_columns(table: Table, layout: Layout, finder: OrganisationFinder) -> dict[int, str]:
    """The columns of the layout, and for what is missing those whose values look like it."""
    columns = dict(layout.columns)
    looks_like: dict[str, Callable[[str], bool]] = {
        "email": lambda value: "@" in value,
        "code": lambda value: value.isdecimal() and _is_found(finder, "", value),
        "organisation": lambda value: _is_found(finder, value, ""),
        "start": _is_date,
        "phone": lambda value: bool(PHONE.fullmatch(value)),
        "deputy": lambda value: value.casefold().strip(" .!") in YES | NO,
        "name": lambda value: bool(NAME.fullmatch(value)),
    }
    for field, test in looks_like.items():
        if field in columns.values() or (field == "code" and "organisation" in columns.values()):
            continue
        for column in range(table.width):
            if column not in columns and _mostly(test, table.samples(column, layout.first_row, MOST_VALUES)):
                columns[column] = field
                break
    return columns


def _mostly(test: Callable[[str], bool], values: Sequence[str]) -> bool:
    return bool(values) and 2 * sum(map(test, values)) > len(values)


def _is_found(finder: OrganisationFinder, name: str, code: str) -> bool:
    try:
        finder.find(name=name, code=code)
    except ValidationError:
        return False
    return True


def _is_date(value: str) -> bool:
    try:
        return parse_date(value, TITLES["start"]) is not None
    except ValidationError:
        return False
