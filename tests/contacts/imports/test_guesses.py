"""What a column holds by its values, proposed to the editor."""

import pytest

from contacts.imports.guesses import proposed_columns
from contacts.imports.headings import Layout
from contacts.imports.matching import OrganisationFinder
from contacts.imports.tables import Table
from contacts.models import Organisation

NACKA = Organisation(pk=1, kind="municipality", code="0182", name="Nacka kommun", short_name="Nacka")
TABY = Organisation(pk=2, kind="municipality", code="0160", name="Täby kommun", short_name="Täby")


def proposed(rows: list[list[str]], known: dict[int, str] | None = None) -> dict[int, str]:
    table = Table([(number, list(cells)) for number, cells in enumerate(rows, start=1)])
    return proposed_columns(table, Layout(known or {}, first_row=1), OrganisationFinder([NACKA, TABY]))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (["kim@x.example", "Bo <bo@x.example>"], "email"),
        (["Nacka", "Täby kommun", "Ankeborg"], "organisation"),
        (["182", "0160"], "code"),
        (["2026-01-15", "15/1-26"], "start"),
        (["070-174 06 05", "+46 8 465 004 00"], "phone"),
        (["ja", "", "✓"], "deputy"),
        (["Kim Ekdal", "Ås, Bo", "Lo af Sand-Ek"], "name"),
        (["samordnare på socialkontoret med ansvar för avtal", "Jurist"], None),
        (["", ""], None),
    ],
)
def test_i3_a_column_is_proposed_by_its_values(values: list[str], field: str | None) -> None:
    assert proposed([[value] for value in values]) == ({0: field} if field else {})


def test_i3_half_of_the_values_is_not_enough() -> None:
    assert proposed([["Nacka"], ["Ankeborg"]]) == {}


def test_i3_what_the_headings_tell_stays_and_a_name_is_preferred_to_a_code() -> None:
    rows = [["Nacka", "Kim Ekdal", "kim@x.example", "0182"]]
    assert proposed(rows, {0: "title"}) == {0: "title", 1: "name", 2: "email", 3: "code"}
    assert proposed(rows, {0: "organisation"}) == {0: "organisation", 1: "name", 2: "email"}
