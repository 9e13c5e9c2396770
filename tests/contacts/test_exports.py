"""No cell of an export is a live formula, whatever somebody is called."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from contacts.exports import FORMULA_MARKS, csv_text, safe_cell

NAMES = st.text(alphabet=st.one_of(st.sampled_from("=+-@\t\r\n;,\"' a"), st.characters(codec="utf-8")), max_size=20)


@given(NAMES)
def test_no_text_begins_as_a_formula_and_nothing_is_lost(name: str) -> None:
    cell = safe_cell(name)
    assert not cell.lstrip().startswith(FORMULA_MARKS)
    assert cell in (name, f"'{name}")


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_csv_comes_back_cell_by_cell(names: list[str]) -> None:
    text = csv_text([names])
    (row,) = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert row == [safe_cell(name) for name in names]


def test_numbers_and_dates_stay_what_they_are() -> None:
    assert safe_cell(-5) == -5
    assert safe_cell(None) is None
