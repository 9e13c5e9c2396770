"""What the kinds of mail are called. The apps that send them say so; the outbox knows none of its own."""

from collections.abc import Iterable

_labels: dict[str, str] = {}


def register_categories(choices: Iterable[tuple[str, str]]) -> None:
    """Name kinds of mail, as pairs of category and label. Called when an app is ready."""
    _labels.update(choices)


def category_label(category: str) -> str:
    """The label of a category; one that nobody has named is shown as it is."""
    return _labels.get(category, category)
