"""Counts what a purge has removed so far."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from .files import StoredFile


@dataclass
class Removal:
    """The numbers of deleted rows by model, and the files to delete after the commit."""

    counts: Counter[str] = field(default_factory=Counter)
    files: set[StoredFile] = field(default_factory=set)

    def delete(self, rows: QuerySet[Any]) -> None:
        """Delete the rows and count them, but not what is deleted along with them."""
        self.counts[rows.model._meta.label] += rows.count()
        rows.delete()

    def as_json(self) -> dict[str, int]:
        counts = self.counts + Counter({"files": len(self.files)})
        return {name: count for name, count in sorted(counts.items()) if count}
