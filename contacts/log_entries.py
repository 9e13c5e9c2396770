"""Notes of what was done, without names: the object's number finds it as long as it exists."""

from typing import Any

from django.db import models
from wagtail.log_actions import log

from .models import Person


def label(row: models.Model) -> str:
    """What a log entry calls the row, such as `kontaktperson 17`."""
    return f"{row._meta.verbose_name} {row.pk}"


def note(row: models.Model, action: str, *, by: Person | None, **data: Any) -> None:
    """Write a log entry. `data` must hold no personal data: the log outlives the person."""
    log(row, action, user=by, title=label(row), data=data)
