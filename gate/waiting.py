"""Something that waits for somebody in the editors' team, as every room tells it to the admin's start page."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Waiting:
    """One line of the start page: since when, the one thing to do and where, and what it is about."""

    since: datetime
    what: str
    url: str
    about: str = ""
