"""Notes of what was done, without names: the object's number finds it as long as it exists."""

from typing import Any

from django.db import models
from wagtail.log_actions import log

from .enums import AccessKind
from .models import Person, RegisterAccess


def label(row: models.Model) -> str:
    """What a log entry calls the row, such as `kontaktperson 17`."""
    return f"{row._meta.verbose_name} {row.pk}"


def note(row: models.Model, action: str, *, by: Person | None, **data: Any) -> None:
    """Write a log entry. `data` must hold no personal data: the log outlives the person."""
    log(row, action, user=by, title=label(row), data=data)


def note_access(*, who: Person | None, kind: AccessKind, what: str, rows: int) -> RegisterAccess:
    """Note that somebody read, exported or imported `rows` rows of the register."""
    return RegisterAccess.objects.create(who=who, kind=kind, what=what[:200], rows=rows)
