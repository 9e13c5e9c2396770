"""Recognises numbers among other figures (in a row, a chain or a column), which are seldom those of persons."""

import re

from .numbers import Candidate, sums_up

# What stands between two figures of a row; ". " and ") " do not: they end a sentence or a number in a list.
_JOINT = r"(?:[ \t]{1,3}|[./-]| [/-] )"
_FIGURES_BEFORE = re.compile(rf"(?:[0-9](?:[0-9.,:%/-]{{0,20}}[0-9%])?{_JOINT}){{1,2}}\Z")
# "§ 3 ", "2024-03-12 " and "kl. 13.30 " are no figures of a row either.
_TELLS_NOTHING = re.compile(
    r"(?:§ ?[0-9]{1,4}|(?<![0-9])(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}|kl\.? ?[0-9]{1,2}[.:][0-9]{2})[ ,:-]{1,3}\Z"
)
_FIGURE = re.compile(r"[0-9]+")
# "123 456" is one figure; a phone number or a date is none.
_FIGURE_AFTER = re.compile(
    rf"{_JOINT}(?!0[0-9]{{1,3}}[-/ ][0-9]|(?:19|20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}})"
    r"(?:[0-9]{1,3}(?: [0-9]{3}){1,20}|[0-9]++(?:[.,:/-][0-9]++){0,20})(?![0-9])"
)
_WORD_JUST_BEFORE = re.compile(r"[a-zåäö][,;:]? {1,2}\Z")
_LINK_BEFORE, _LINK_AFTER = re.compile(r"[0-9][./-]\Z"), re.compile(r"[./-][0-9]")
_LINK_OR_SPACE_BEFORE = re.compile(r"[0-9][ ./-]\Z")
_LINE_OF_DIGITS_BEFORE = re.compile(r"(?:^|\n)[0-9 .,]*[0-9][0-9 .,]*\n[ \t]*\Z")
_LINES_OF_DIGITS_AFTER = re.compile(r"(?:\n[ \t]*[0-9][0-9 .,]*(?=\n|\Z)){2}")
_LONGEST_LINE = 200


def is_in_row(normal: str, number: Candidate) -> bool:
    """Whether two other figures stand beside the number, or one in front if it has more than two groups itself."""
    written = normal[number.start : number.end]
    before = normal[max(0, number.start - 40) : number.start]
    if "\n" in written and (
        _LINE_OF_DIGITS_BEFORE.search(before) or _LINES_OF_DIGITS_AFTER.match(normal, number.end, number.end + 60)
    ):
        return True
    groups = len(_FIGURE.findall(written))
    if groups == 2 and _WORD_JUST_BEFORE.search(before):
        return False  # the row of a person: a name, the number, and then hours or money
    behind = _joined_after(normal, number.start, number.end)
    if behind == 2:  # asked first, since to look back costs more
        return True
    in_front = _joined_before(normal, number.start, number.end)
    return in_front + behind >= 2 or (groups > 2 and in_front > 0)


def has_figures_beside(normal: str, start: int, end: int) -> bool:
    return _joined_before(normal, start, end) + _joined_after(normal, start, end) > 0


def is_in_chain(normal: str, number: Candidate) -> bool:
    """Whether the number is part of a longer chain of digits, such as an ISBN with its dashes."""
    written = normal[number.start : number.end]
    if len(_FIGURE.findall(written)) <= 2:
        return False
    if _LINK_AFTER.match(normal, number.end):
        return True
    before = normal[max(0, number.start - 24) : number.start]
    link = _LINK_OR_SPACE_BEFORE if " " in written.split("-")[0].strip() else _LINK_BEFORE
    return bool(link.search(before)) and not _TELLS_NOTHING.search(before)


def is_in_column_of_days(normal: str, number: Candidate) -> bool:
    """Whether the line above or below has a date in the same column, and a figure after it that ends no number."""
    written = normal[number.start : number.end]
    if "\n" in written:
        return False
    head = len(written.rstrip("0123456789"))
    start = normal.rfind("\n", max(0, number.start - _LONGEST_LINE), number.start)
    column = number.start - start - 1
    above = normal.rfind("\n", max(0, start - _LONGEST_LINE), max(start, 0)) + 1
    below = normal.find("\n", number.end, number.end + _LONGEST_LINE) + 1
    lines = ([above] if start >= 0 else []) + ([below] if below else [])
    return any(_is_another_day(normal, line + column, written[:head]) for line in lines)


def _is_another_day(normal: str, at: int, head: str) -> bool:
    """Whether a date written as `head` is stands at `at`, and a figure after it that ends no person's number."""
    other = normal[at : at + len(head)]
    if len(other) != len(head) or any(
        (one.isdigit() != two.isdigit()) or not (one.isdigit() or one == two)
        for one, two in zip(other, head, strict=True)
    ):
        return False
    figure = _FIGURE.match(normal, at + len(head), at + len(head) + 5)  # a fifth digit tells that it is longer
    if not figure:
        return False
    digits = "".join(filter(str.isdigit, other)) + figure[0]
    return len(figure[0]) != 4 or not sums_up(digits)


def _joined_before(normal: str, start: int, end: int) -> int:
    """How many figures, at most two, stand right in front."""
    if normal[start - 1 : start] == "\t" and "\t" not in normal[start:end]:
        return 0  # the border of its cell
    before = normal[max(0, start - 40) : start]
    if _TELLS_NOTHING.search(before):
        return 0
    found = _FIGURES_BEFORE.search(before)
    return sum(figure[-1].isdigit() or figure[0].isdigit() for figure in found[0].split()) if found else 0


def _joined_after(normal: str, start: int, end: int) -> int:
    if normal.startswith("\t", end) and "\t" not in normal[start:end]:
        return 0
    first = _FIGURE_AFTER.match(normal, end)
    if not first:
        return 0
    return 2 if _FIGURE_AFTER.match(normal, first.end()) else 1
