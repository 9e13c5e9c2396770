"""Reads what lists write in front of their items: with digits enough, that may be a part of a number or a whole one."""

import re
from collections import Counter

from .markup import Attributes, Walker, attribute
from .passages import Budget

PLACE = "numreringen i en lista"
_COUNTED = re.compile(r"%\d")
_FEWEST_DIGITS = 4


class Labels:
    """The labels of the levels of lists, and how many items each has had."""

    def __init__(self) -> None:
        self._levels: dict[tuple[str, str], tuple[str, int]] = {}
        self._items: Counter[tuple[str, str]] = Counter()

    def define(self, name: str, level: str, text: str, start: str) -> str:
        """Keep the label of a level, in which %1 stands for the number of the item; return that of the first."""
        self._levels[name, level] = (text, int(start) if start.isdecimal() and len(start) < 10 else 1)
        return self._label(name, level, 0)

    def next(self, name: str, level: str) -> str:
        """The label of the next item; "" for one with few digits, as nearly all."""
        label = self._label(name, level, self._items[name, level])
        self._items[name, level] += 1
        return f"{label} " if sum(map(str.isdigit, label)) >= _FEWEST_DIGITS else ""

    def _label(self, name: str, level: str, items: int) -> str:
        text, start = self._levels.get((name, level), ("", 0))
        return _COUNTED.sub(str(start + items), text)


class Numbering(Walker):
    """Reads the lists of a Word document."""

    def __init__(self, budget: Budget, labels: Labels) -> None:
        super().__init__(budget)
        self._labels = labels
        self._defined: dict[str, list[tuple[str, str, str]]] = {}  # the levels of each definition
        self._name = self._level = self._start = ""

    def start(self, name: str, attributes: Attributes) -> None:
        value = attribute(attributes, "val")
        match name:
            case "abstractNum":
                self._name = attribute(attributes, "abstractNumId")
            case "num":
                self._name = attribute(attributes, "numId")
            case "lvl":
                self._level, self._start = attribute(attributes, "ilvl"), ""
            case "start" | "startOverride":
                self._start = value
            case "lvlText":
                self._defined.setdefault(self._name, []).append((self._level, value, self._start))
            case "abstractNumId":
                for level, text, start in self._defined.get(value, []):
                    self.add(PLACE, self._labels.define(self._name, level, text, start))
