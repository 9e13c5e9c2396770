"""The labels of the kinds of mail. Each room names its own in its enums; `lumen.apps` lists them all."""

from collections.abc import Iterable

_labels: dict[str, str] = {}


def name_categories(choices: Iterable[tuple[str, str]]) -> None:
    """Name kinds of mail, as pairs of category and label. Called once, by `lumen` at start."""
    _labels.update(choices)


def all_categories() -> list[tuple[str, str]]:
    """Every kind of mail that a room has named, with its label, by label."""
    return sorted(_labels.items(), key=lambda kind: kind[1])


def category_label(category: str) -> str:
    """The label of a category; one that nobody has named is shown as it is."""
    return _labels.get(category, category)
