"""What a purge has removed so far."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from .files import StoredFile


@dataclass
class Removal:
    """How many rows of each model are gone, and the files that are to go after the commit."""

    counts: Counter[str] = field(default_factory=Counter)
    files: set[StoredFile] = field(default_factory=set)

    def delete(self, rows: QuerySet[Any]) -> None:
        """Delete the rows and count them, but not what goes along with them."""
        self.counts[rows.model._meta.label] += rows.count()
        rows.delete()

    def as_json(self) -> dict[str, int]:
        counts = self.counts + Counter({"files": len(self.files)})
        return {name: count for name, count in sorted(counts.items()) if count}
