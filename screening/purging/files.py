"""The files of rows that go, and stored files that no row has any more."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.apps import apps
from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone

log = structlog.get_logger("screening")

# A file is stored a moment before the row that has it.
UNDER_WAY = timedelta(minutes=2)


@dataclass(frozen=True)
class StoredFile:
    storage: str  # its name in STORAGES
    name: str

    def remove(self) -> None:
        """Take it away; one that is gone already is as good. Raises what the storage raises."""
        storages[self.storage].delete(self.name)


def file_fields(model: type[models.Model]) -> list[models.FileField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.FileField)]


def files_of(rows: Iterable[models.Model]) -> Iterator[StoredFile]:
    """The files that the rows hold."""
    for row in rows:
        for field in file_fields(type(row)):
            file = getattr(row, field.name)
            if file:
                yield StoredFile(_alias(file.storage), file.name)


def _alias(storage: Storage) -> str:
    return next((alias for alias in settings.STORAGES if storage == storages[alias]), "default")


def orphans() -> Iterator[StoredFile]:
    """Files in the folders of our models that no row has: left by a replacement, or an upload that was given up."""
    known: dict[tuple[str, str], set[str]] = {}
    for model in apps.get_models():
        for field in file_fields(model):
            if isinstance(field.upload_to, str) and field.upload_to:
                folder = field.upload_to.strip("/")
            else:
                # Wagtail's classes name their folder in a method.
                folder = _folder(model, field)
            if not folder:
                continue
            place = (_alias(field.storage), folder)
            known.setdefault(place, set()).update(model._base_manager.values_list(field.name, flat=True))
    for (alias, folder), names in known.items():
        for name in _listing(alias, folder):
            if name not in names and _is_old(alias, name):
                yield StoredFile(alias, name)


def _folder(model: type[models.Model], field: models.FileField) -> str:
    try:
        return str(field.generate_filename(model(), "x").rpartition("/")[0])
    except Exception:  # A name that depends on the row can't be told without one.
        return ""


def _listing(alias: str, folder: str) -> list[str]:
    try:
        return [f"{folder}/{name}" for name in storages[alias].listdir(folder)[1]]
    except (OSError, NotImplementedError):
        return []


def _is_old(alias: str, name: str) -> bool:
    try:
        modified: Any = storages[alias].get_modified_time(name)
    except (OSError, NotImplementedError):
        return False
    return modified < timezone.now() - UNDER_WAY
