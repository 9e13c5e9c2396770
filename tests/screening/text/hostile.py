"""Texts that would take long if a rule read the same characters again and again.

Each is made of a fragment, repeated after every word that makes a rule look. Some fragments are written by hand, and
one is derived from each pattern of the rules, so that a new pattern is tried too.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from itertools import count
from re import _constants as op
from re import _parser as parser
from typing import Any

import screening.text

# Without ten digits or such a word a text is clean at once, and most rules look only where a word stands.
LOOKED_AT = "8507099805 "
TRIGGERS = ("", "organisationsnummer ", "vat ", "ärendenummer ", "akt ", "brukaren ", "misstänkt ", "850709 sista ")

WRITTEN = {
    "digits": "0123456789",
    "date": "850709",
    "pairs": "12 ",
    "threes": "123 ",
    "single digits": "1 ",
    "digits with nbsp": "1\xa0",
    "digits on lines": "1\n",
    "digits and dots": "1.",
    "digits and commas": "1, ",
    "chain": "0-1,",
    "chain of cells": "12/34-",
    "percent": "1%2d",
    "ten digits": "8507099805 ",
    "number on lines": "850709-9805\n",
    "number in cells": "850709\t9805\t",
    "number in pairs": "19 85 07 09 98 05 ",
    "number and dash": "8507099805-1,",
    "with stars": "8*5*0*7*0*9*9*8*0*5",
    "every mark": "8 +./:_,;|\\*=",
    "dashes": "8------",
    "spaces": " ",
    "unseen": "8\u200b",
    "wide digits": "８５０７０９",
    "entity": "&amp",
    "marks that combine": "\u0316\u0301",
    "marks on a letter": "a\u0301\u0316\u0327",
    "letters": "abcdefgh",
    "å": "å",
    "å and dot": "å.",
    "dots": ".",
    "dots and blanks": ". ",
    "capital": "Anna ",
    "capital in a row": "A-Å",
    "at": "a@b.se ",
    "URL": "http://x.se/a/",
    "www": "www.",
    "number in a URL": "www.850709-9805/",
    "UUID": "12345678-1234-",
    "hex": "8507099805abcdef",
    "case": "ärende ",
    "case without blank": "aktnr1",
    "case with colon": "akt-id:1a",
    "patients": "patienten 1234-",
    "person without blank": "brukaren",
    "person and name": "brukaren Anna ",
    "label without blank": "orgnr1",
    "label and blank": "organisationsnummer 16",
    "company": "bolag 5560360793 ",
    "company's own": "ab 556036 0793,",
    "organisation": "556036-0793 ",
    "with sixteen": "165560360793 ",
    "phone": "tel 070-123 45 67 och ",
    "listed": "12345678 , ",
    "last four": "850709 sista 1234 ",
    "sista": "sista",
    "time": "_20250709_1430.pdf",
    "cell of days": "2024-05-04\t1234\n",
}


def fragments() -> dict[str, str]:
    """Every fragment by its name: those written here, and one of each pattern."""
    return {**WRITTEN, **{f"{name} {number}": made for name, number, made in _derived()}}


def hostile_text(fragment: str, length: int) -> str:
    """So many characters of the fragment, in equal parts after each of the words."""
    part = length // len(TRIGGERS)
    parts = ((trigger + fragment * (part // len(fragment) + 1))[:part] for trigger in TRIGGERS)
    return (LOOKED_AT + "\n".join(parts))[:length]


@cache
def patterns() -> list[tuple[str, re.Pattern[str]]]:
    """The compiled patterns of the rules, with the names of their modules."""
    found = []
    for module in pkgutil.iter_modules(screening.text.__path__):
        values = vars(importlib.import_module(f"screening.text.{module.name}")).values()
        found += [(module.name, pattern) for value in values for pattern in _patterns_in(value)]
    return found


def _patterns_in(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _patterns_in(each)


def _derived() -> Iterator[tuple[str, int, str]]:
    for number, (module, pattern) in enumerate(patterns()):
        made = _example(parser.parse(pattern.pattern, pattern.flags), count(number), {})
        if made:
            yield module, number, made


def _example(tree: Any, turn: Iterator[int], groups: dict[int, str]) -> str:
    """A text of the classes of a pattern, in their order; `turn` chooses among several."""
    return "".join(_piece(kind, value, turn, groups) for kind, value in tree)


def _piece(kind: Any, value: Any, turn: Iterator[int], groups: dict[int, str]) -> str:
    match kind:
        case op.LITERAL:
            return chr(value)
        case op.IN:
            return _one_of(value, turn)
        case op.BRANCH:
            return _example(value[1][next(turn) % len(value[1])], turn, groups)
        case op.MAX_REPEAT | op.MIN_REPEAT | op.POSSESSIVE_REPEAT:
            return _example(value[2], turn, groups) * max(1, value[0])
        case op.SUBPATTERN:
            made = _example(value[3], turn, groups)
            groups[value[0]] = made
            return made
        case op.ASSERT:
            return _example(value[1], turn, groups)
        case op.ATOMIC_GROUP:
            return _example(value, turn, groups)
        case op.GROUPREF:
            return groups.get(value, "")
        case op.ANY | op.NOT_LITERAL:
            return "x"
        case op.AT | op.ASSERT_NOT:
            return ""
    raise NotImplementedError(f"Patterns with {kind} are not derived yet.")


def _one_of(members: list[tuple[Any, Any]], turn: Iterator[int]) -> str:
    if members[0][0] is op.NEGATE:
        kept = re.compile("[^" + "".join(map(_written, members[1:])) + "]")
        return next(filter(kept.match, " .-äa1\n¤\u0301"))
    kind, value = members[next(turn) % len(members)]
    match kind:
        case op.LITERAL:
            return chr(value)
        case op.RANGE:
            return chr(value[next(turn) % 2])
    return {op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " "}.get(value, "a")


def _written(member: tuple[Any, Any]) -> str:
    kind, value = member
    match kind:
        case op.LITERAL:
            return re.escape(chr(value))
        case op.RANGE:
            return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return {op.CATEGORY_DIGIT: r"\d", op.CATEGORY_SPACE: r"\s"}.get(value, r"\w")
