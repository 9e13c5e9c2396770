"""docs/asvs.md has every requirement once, with its state, the reason where there must be one, and tests that exist."""

import ast
import re
from collections import Counter
from functools import cache

import pytest
from django.conf import settings

# How many requirements of level 1 and 2 each section of ASVS 5.0 has; in each they are the first.
SECTIONS = {
    "1.1": 2,
    "1.2": 9,
    "1.3": 11,
    "1.4": 3,
    "1.5": 2,
    "2.1": 3,
    "2.2": 3,
    "2.3": 4,
    "2.4": 1,
    "3.2": 2,
    "3.3": 4,
    "3.4": 6,
    "3.5": 5,
    "3.7": 2,
    "4.1": 3,
    "4.2": 1,
    "4.3": 2,
    "4.4": 4,
    "5.1": 1,
    "5.2": 3,
    "5.3": 2,
    "5.4": 3,
    "6.1": 3,
    "6.2": 12,
    "6.3": 4,
    "6.4": 4,
    "6.5": 5,
    "6.6": 3,
    "6.8": 4,
    "7.1": 3,
    "7.2": 4,
    "7.3": 2,
    "7.4": 5,
    "7.5": 2,
    "7.6": 2,
    "8.1": 2,
    "8.2": 3,
    "8.3": 1,
    "8.4": 1,
    "9.1": 3,
    "9.2": 4,
    "10.1": 2,
    "10.2": 2,
    "10.3": 4,
    "10.4": 11,
    "10.5": 5,
    "10.6": 2,
    "10.7": 3,
    "11.1": 2,
    "11.2": 3,
    "11.3": 3,
    "11.4": 4,
    "11.5": 1,
    "11.6": 1,
    "12.1": 3,
    "12.2": 2,
    "12.3": 4,
    "13.1": 1,
    "13.2": 5,
    "13.3": 2,
    "13.4": 5,
    "14.1": 2,
    "14.2": 4,
    "14.3": 3,
    "15.1": 3,
    "15.2": 3,
    "15.3": 7,
    "16.1": 1,
    "16.2": 5,
    "16.3": 4,
    "16.4": 3,
    "16.5": 3,
    "17.1": 1,
    "17.2": 4,
    "17.3": 2,
}
OF_LEVEL_3 = ("1.2.10", "6.3.8", "14.2.7")
MET, NOT_APPLICABLE, NOT_MET = "uppfyllt", "gäller inte", "inte uppfyllt"
TEXT = (settings.BASE_DIR / "docs" / "asvs.md").read_text()
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.*?) \| (.*?) \| (.*?) \| (.*?) \|$", re.M)
ROWS = ROW.findall(TEXT)


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of the test functions in a file below tests/, those of classes too."""
    file = settings.BASE_DIR / "tests" / path
    nodes = ast.walk(ast.parse(file.read_text())) if file.exists() else ()
    return frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef))


def test_every_requirement_stands_once() -> None:
    wanted = [f"{section}.{number}" for section, count in SECTIONS.items() for number in range(1, count + 1)]
    assert Counter(number for number, *_ in ROWS) == Counter([*wanted, *OF_LEVEL_3])
    assert len(ROWS) == 253 + 3


@pytest.mark.parametrize(("number", "what", "state", "why", "tests"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_has_a_state_a_reason_and_tests_that_exist(
    number: str, what: str, state: str, why: str, tests: str
) -> None:
    assert what
    assert state in (MET, NOT_APPLICABLE, NOT_MET)
    assert why or (state == MET and tests), "what is met has a reason or a test, and all else a reason"
    named = re.findall(r"`([^`]+)`", tests)
    assert tests == "<br>".join(f"`{name}`" for name in named)
    assert [name for name in named if name.partition("::")[2] not in names_in(name.partition("::")[0])] == []


def test_the_table_at_the_top_counts_the_rows() -> None:
    told = re.findall(r"^\| (?:V(\d+) [^|]+|alla) \| (\d+) \| (\d+) \| (\d+) \|$", TEXT, re.M)
    chapters = [str(chapter) for chapter in range(1, 18)]
    for chapter, *numbers in told:
        states = Counter(state for number, _, state, *_ in ROWS if chapter in ("", number.partition(".")[0]))
        assert [int(number) for number in numbers] == [states[state] for state in (MET, NOT_APPLICABLE, NOT_MET)]
    assert [chapter for chapter, *_ in told] == [*chapters, ""]


def test_the_text_it_names_is_there() -> None:
    for file, section in re.findall(r"\[[^\]]+\]\((\w+\.md)\)(?:, \*([^*]+)\*)?", TEXT):
        text = (settings.BASE_DIR / "docs" / file).read_text()
        assert re.search(rf"^##+ {re.escape(section)}", text, re.M), (file, section)
