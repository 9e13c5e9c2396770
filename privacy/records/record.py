"""What a row of the table of records says: where a person's data lies, why, for how long and what erasure does."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from ..enums import RetentionKind
from ..purge.removal import Removal
from ..subjects import Subject

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Record:
    """One kind of personal data. `label`, `purpose`, `kept` and `erasure` are Swedish, for the person themselves."""

    kind: str
    label: str
    models: tuple[type[Model], ...]
    purpose: str
    # The rows about the person, and each as it stands in an extract. Never a secret: no hash, key or code.
    rows: Callable[[Subject], Iterable[Any]]
    show: Callable[[Any], Row]
    # The rules that say how long; where there is none, `kept` says it in words.
    rules: tuple[RetentionKind, ...] = ()
    kept: str = ""
    # What an erasure does, and if something stays, why. Without `erase` the rows stay, or go with the person's row.
    erasure: str
    erase: Callable[[Subject, Removal], None] | None = None


def when(moment: datetime | None) -> str:
    """The time in Sweden, to the minute; "" when there is none."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


def day(value: date | None) -> str:
    return value.isoformat() if value else ""


def yes_or_no(value: bool | None) -> str:
    return {True: "ja", False: "nej", None: "vet inte"}[value]
