"""Writes log entries without names: the object's id finds it as long as it exists."""

from typing import Any

from django.db import models
from wagtail.log_actions import log

from .models import Person


def label(row: models.Model) -> str:
    """The label of a row in a log entry, such as `kontaktperson 17`."""
    return f"{row._meta.verbose_name} {row.pk}"


def note(row: models.Model, action: str, *, by: Person | None, **data: Any) -> None:
    """Write a log entry. `data` must hold no personal data: the log outlives the person."""
    log(row, action, user=by, title=label(row), data=data)
