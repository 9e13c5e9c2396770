"""Makes the extract of a person: all that LUMEN holds about somebody (GDPR, article 15)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from contacts.enums import AccessKind

from ..enums import RetentionKind
from ..models import AccessLogEntry
from ..permissions import user_can_extract
from ..records.record import Record, Row
from ..records.table import RECORDS
from ..retention.descriptions import DescribedRule, described_rules_by_kind
from ..subjects import Subject

ABOUT_AN_ADDRESS = "Registerutdrag för en adress utan person i registret"


class NobodyFound(Exception):
    """Nothing is held about the address."""


@dataclass(frozen=True)
class ExtractedKind:
    """One kind of data in an extract, with its rows."""

    kind: str
    label: str
    purpose: str
    kept: str
    rows: list[Row]


@dataclass(frozen=True)
class Extract:
    """All that is held about an address at a moment; kinds without rows are left out."""

    email: str
    made_at: datetime
    kinds: list[ExtractedKind]

    @property
    def number_of_rows(self) -> int:
        return sum(len(kind.rows) for kind in self.kinds)

    def as_json(self) -> dict[str, Any]:
        made_at = timezone.localtime(self.made_at).isoformat(timespec="seconds")
        return {"email": self.email, "made_at": made_at, "kinds": [vars(kind) for kind in self.kinds]}


@transaction.atomic
def make_extract(subject: Subject, *, by: Any) -> Extract:
    """Collect everything about the subject, and note in the log of access that it was taken out.

    `by` None is the operator at the console. Raises NobodyFound when there is nothing, and PermissionDenied.
    """
    if by is not None and not user_can_extract(by):
        raise PermissionDenied
    described = described_rules_by_kind()
    kinds = [_extracted(record, subject, described) for record in RECORDS]
    extract = Extract(subject.email, timezone.now(), [kind for kind in kinds if kind.rows])
    if not extract.kinds:
        raise NobodyFound
    what = f"Person {subject.person_id}: registerutdrag" if subject.person else ABOUT_AN_ADDRESS
    AccessLogEntry.objects.create(who=by, kind=AccessKind.EXPORT, what=what, rows=extract.number_of_rows)
    return extract


def _extracted(record: Record, subject: Subject, described: Mapping[RetentionKind, DescribedRule]) -> ExtractedKind:
    rows = [record.show(row) for row in record.rows(subject)]
    times = [f"{described[kind].label}: {described[kind].time}." for kind in record.rules]
    return ExtractedKind(record.kind, record.label, record.purpose, " ".join(times) or record.kept, rows)
