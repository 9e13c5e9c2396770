"""What a page shows of its facets: the values to choose, each with its number, and the choices that have been made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

SHOWN_CHOICES = 10  # of a facet that has many; the others are shown on request
WORTH_HIDING = 4  # fewer than this are shown at once


@dataclass(frozen=True)
class Choice:
    """A value of a facet that can be chosen, or has been."""

    slug: str
    label: str
    chosen: bool
    number: int = 0


@dataclass(frozen=True)
class FacetChoices:
    param: str
    label: str
    choices: Sequence[Choice]

    @property
    def is_used(self) -> bool:
        return any(choice.chosen for choice in self.choices)

    @property
    def first(self) -> Sequence[Choice]:
        """The choices that are shown at once."""
        return self.choices[: len(self.choices) - len(self.more)]

    @property
    def more(self) -> Sequence[Choice]:
        """The choices that are shown on request; none if they would be few."""
        more = self.choices[SHOWN_CHOICES:]
        return more if len(more) >= WORTH_HIDING else []

    @property
    def more_is_used(self) -> bool:
        return any(choice.chosen for choice in self.more)


@dataclass(frozen=True)
class Chip:
    """A choice that has been made, and the address without it."""

    text: str
    remove_url: str


def chips_of(labels: Mapping[tuple[str, str], str], parameters: QueryDict) -> list[Chip]:
    """A chip for each choice among the parameters. `labels` are by the facet's name in addresses and the slug."""
    return [
        Chip(labels[param, slug], without(parameters, param, slug))
        for param, slugs in parameters.lists()
        for slug in map(str, slugs)
        if (param, slug) in labels
    ]


def without(parameters: QueryDict, param: str, value: str) -> str:
    """The address of the same page without one of the choices."""
    left = parameters.copy()
    left.setlist(param, [other for other in left.getlist(param) if other != value])
    # "?" alone leads to the list without choices.
    return f"?{left.urlencode()}"
