"""The stored files of deleted rows, and orphaned copies that no row has."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone

# A file is stored a moment before its row, so a new one may not be an orphan.
UNDER_WAY = timedelta(minutes=2)
# What a storage adds to a name that is taken.
ADDED = re.compile(r"_\w{7}$")


@dataclass(frozen=True)
class StoredFile:
    storage: str  # its name in STORAGES
    name: str

    def remove(self) -> None:
        """Remove the file; one that is gone already is fine. Raises what the storage raises."""
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


def orphans_like(file: StoredFile) -> Iterator[StoredFile]:
    """Files in the same folder that no row has and that differ only by the letters that a storage adds to a name.

    Replaced files and abandoned uploads leave them behind. None for a storage that cannot list its files.
    """
    storage = storages[file.storage]
    folder, _, name = file.name.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    like = re.compile(rf"{re.escape(ADDED.sub('', stem or suffix))}(_\w{{7}})?{re.escape(dot + suffix if dot else '')}")
    try:
        beside = storage.listdir(folder)[1]
    except (OSError, NotImplementedError):
        return
    for other in filter(like.fullmatch, beside):
        path = f"{folder}/{other}".lstrip("/")
        with suppress(OSError, NotImplementedError):
            if not _has_row(path) and storage.get_modified_time(path) < timezone.now() - UNDER_WAY:
                yield StoredFile(file.storage, path)


def _has_row(name: str) -> bool:
    return any(
        model._base_manager.filter(**{field.name: name}).exists()
        for model in apps.get_models()
        for field in file_fields(model)
    )
