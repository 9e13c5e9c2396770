"""The wall: whatever the way, nothing that blocks is saved as public.

It stands below every view, command and import that saves a page, and it only knows what must never be
public. Warnings and files that wait for somebody's word are for the desk, where there is a person to ask.
`QuerySet.update` and `bulk_create` send no signals; nobody may use them to write texts of pages.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db import models
from django.db.models.signals import pre_save
from modelcluster.fields import ParentalKey
from wagtail.models import Comment, CommentReply, DraftStateMixin, Page, Revision

from screening.findings import BLOCKING, Finding
from screening.text import screen_text

from .errors import Blocked
from .texts import BOOKKEEPING, digest_of, screen_instance

# What editors write to each other beside a page; it is never shown.
BETWEEN_EDITORS = (Comment, CommentReply)


def guard(
    sender: type[models.Model],
    instance: models.Model,
    raw: bool = False,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """Receive pre_save of any model. Raises Blocked when it would make public what never may be."""
    if sender.__module__ == "__fake__":  # a migration's own picture of a model
        return
    if isinstance(instance, Revision):
        if instance.approved_go_live_at and not raw and (not update_fields or "approved_go_live_at" in update_fields):
            _refuse(blocking(instance.as_object()))
    elif isinstance(instance, DraftStateMixin):
        if instance.live and _writes_text(instance, update_fields):
            _guard_public(instance, raw)
        elif isinstance(instance, Page) and instance.numchild and instance.get_descendants().live().exists():
            _refuse(_in_address(instance))  # Those below have its address in theirs, draft or not.
    elif not isinstance(instance, BETWEEN_EDITORS) and _is_part_of_something_live(instance):
        _guard_public(instance, raw)


def build() -> None:
    """Put the wall up; the models must be loaded."""
    pre_save.connect(guard, dispatch_uid="gate.wall")


def blocking(instance: models.Model) -> list[Finding]:
    """What of the instance's texts and files must never be public."""
    return [finding for finding in screen_instance(instance).findings if finding.kind in BLOCKING]


def _guard_public(instance: models.Model, raw: bool) -> None:
    found = blocking(instance)
    # Whoever makes a page public through its base class shows its own fields too.
    if isinstance(instance, Page) and type(instance) is Page and instance.pk and not raw:
        found += blocking(instance.specific)
    if isinstance(instance, Page) and not found:
        found = _in_address(instance)
    if found and not _is_public_already(instance):
        _refuse(found)


def _in_address(page: Page) -> list[Finding]:
    """What blocks in the address, which is made of the page's own slug and of those above it."""
    findings = screen_text(page.url_path or "", where="Adress").findings
    return [finding for finding in findings if finding.kind in BLOCKING]


def _refuse(findings: Sequence[Finding]) -> None:
    if findings:
        raise Blocked(findings)


def _writes_text(instance: models.Model, update_fields: Iterable[str] | None) -> bool:
    """Whether a save is more than Wagtail's bookkeeping, such as that a live page has got a draft."""
    if update_fields is None:
        return True
    return any(name == "live" or _is_text(instance, name) for name in update_fields)


def _is_text(instance: models.Model, name: str) -> bool:
    try:
        field = instance._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    if name in BOOKKEEPING or not field.concrete or field.is_relation:
        return False
    return not isinstance(field, models.DateField | models.BooleanField | models.IntegerField)


def _is_public_already(instance: models.Model) -> bool:
    """Whether exactly this is what the public sees: saving it again makes nothing more public.

    So that a page found by a new rule can still be moved or sorted, while somebody mends it.
    """
    stored = type(instance)._base_manager.filter(pk=instance.pk).first() if instance.pk else None
    if stored is None or (isinstance(stored, DraftStateMixin) and not stored.live):
        return False
    return digest_of(stored) == digest_of(instance)


def _is_part_of_something_live(instance: models.Model) -> bool:
    """Whether the instance is a child object, such as a point of an agenda, of what is public."""
    for field in instance._meta.concrete_fields:
        if isinstance(field, ParentalKey):
            try:
                parent = getattr(instance, field.name)
            except ObjectDoesNotExist:
                continue
            if getattr(parent, "live", False) or (parent is not None and _is_part_of_something_live(parent)):
                return True
    return False
