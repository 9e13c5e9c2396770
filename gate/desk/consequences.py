"""What publishing a page will cause elsewhere, as other rooms answer the hook `describe_publication`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Consequence:
    """Something that publishing will cause, as the desk tells it.

    `heading` sets it apart from the rest, with a line for each of `details`. `link` leads to more: its address and its
    text. `refrain` publishes without it, when the publisher ticks `refrain_label`; it is called in the transaction that
    publishes.
    """

    text: str
    heading: str = ""
    details: tuple[str, ...] = ()
    link: tuple[str, str] | None = None
    refrain: Callable[[Any], None] | None = None  # takes the publisher
    refrain_label: str = ""  # such as "Publicera utan att mejla"

    @property
    def shown(self) -> list[Any]:
        """What the publisher has been shown, as values for JSON."""
        return [self.text, self.heading, *self.details]
