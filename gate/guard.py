"""The guard: a receiver of `pre_save` that refuses to save what must never be public where others read it.

It covers every model, whichever view, command or import saves the row. What it checks is the model's policy
(`policy_of`). It refuses only what blocks: warnings and files that wait for approval are left to the desk and
the forms, where there is a person to ask.

`QuerySet.update`, `bulk_create` and `bulk_update` send no signals. Call `refuse_what_blocks` before writing
texts of rows with them, and never write texts of pages with them.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db import models
from django.db.models.signals import pre_save
from modelcluster.fields import ParentalKey
from wagtail.models import DraftStateMixin, Page, Revision

from screening.findings import BLOCKING, Finding, Verdict
from screening.text import screen_text

from .enums import GuardPolicy
from .errors import Blocked
from .findings import findings_in
from .stops import blocking, is_passed
from .texts import BOOKKEEPING, digest_of
from .third_party_models import add_validators, screened_fields


def connect() -> None:
    """Connect the guard; the models must be loaded."""
    add_validators()
    pre_save.connect(guard, dispatch_uid="gate.guard")


@cache
def policy_of(model: type[models.Model]) -> GuardPolicy | None:
    """The guard's policy for a model: the model's own `guard_policy`, or else one by the kind of model.

    None for models that hold nothing that others read.
    """
    policy: GuardPolicy | None = getattr(model, "guard_policy", None)
    if policy is not None:
        return policy
    if screened_fields(model):
        return GuardPolicy.ALWAYS
    is_part = any(isinstance(field, ParentalKey) for field in model._meta.concrete_fields)
    return GuardPolicy.PUBLIC_PAGE if is_part or issubclass(model, DraftStateMixin | Revision) else None


def guard(
    sender: type[models.Model],
    instance: models.Model,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    """Receive pre_save of any model. Raises Blocked when it would store what the model's policy forbids."""
    if sender.__module__ == "__fake__":  # a historical model in a migration
        return
    policy = policy_of(sender)
    if policy is GuardPolicy.PUBLIC_PAGE:
        check_public(instance, raw, update_fields)
    elif policy is GuardPolicy.ALWAYS:
        if names := screened_fields(sender):
            refuse_what_blocks([instance], names)
        elif not raw:
            refuse_what_blocks([instance], update_fields)
    elif policy is GuardPolicy.FILE and not raw:
        check_file(instance, update_fields)


# --- Rows whose texts others read ------------------------------------------------------------------


def refuse_what_blocks(rows: Iterable[models.Model], names: Collection[str] | None = None) -> None:
    """Raise Blocked if any text of the rows blocks; `names` are the fields to screen, by default all."""
    _refuse(
        [
            finding
            for row in rows
            for findings in findings_in(row, names).values()
            for finding in findings
            if finding.kind in BLOCKING
        ]
    )


# --- Documents and images --------------------------------------------------------------------------


def check_file(file: Any, update_fields: Collection[str] | None = None) -> None:
    """Raise Blocked for a document or image (a `ScreenedFile`) whose texts, name or new content block.

    A new content is read here, which takes seconds. A refused file that is stored already is deleted.
    """
    for name, outcome in file.screen_texts().items():
        if outcome.verdict == Verdict.BLOCK and (update_fields is None or name in update_fields):
            raise Blocked(outcome.findings)
    if update_fields is None or "file" in update_fields:
        try:
            file.screen_new_content()
        except Blocked:
            file.remove_refused_file()
            raise


# --- Public pages and their parts ------------------------------------------------------------------


def check_public(instance: models.Model, raw: bool, update_fields: Collection[str] | None) -> None:
    """Raise Blocked when saving a page, a part of one or a scheduled revision would publish what blocks."""
    if isinstance(instance, Revision):
        if instance.approved_go_live_at and not raw and (not update_fields or "approved_go_live_at" in update_fields):
            _refuse(blocking(instance.as_object()))
    elif isinstance(instance, DraftStateMixin):
        if instance.live and _writes_text(instance, update_fields):
            _check_content(instance, raw)
        elif isinstance(instance, Page) and instance.numchild and instance.get_descendants().live().exists():
            _refuse(_in_address(instance))  # Its slug is in the addresses of the pages below, even if it is a draft.
    elif _is_part_of_something_live(instance):
        _check_content(instance, raw)


def _check_content(instance: models.Model, raw: bool) -> None:
    found = blocking(instance)
    # Publishing a page as a plain `Page` publishes the fields of its specific type too.
    if isinstance(instance, Page) and type(instance) is Page and instance.pk and not raw:
        found += blocking(instance.specific)
    if isinstance(instance, Page) and not found:
        found = _in_address(instance)
    if found and not _is_public_already(instance):
        _refuse(found)


def _in_address(page: Page) -> list[Finding]:
    """What blocks in the page's address, which is made of its own slug and of those above it.

    A slug that two persons have let through is left out.
    """
    if not (found := _stops_in_path(page.url_path or "")):
        return []
    above = [*page.get_ancestors()] if page.pk else []
    slugs = [each.slug for each in (*above, page) if not is_passed(each, "slug")]
    return _stops_in_path("/".join(slugs)) and found


def _stops_in_path(path: str) -> list[Finding]:
    return [finding for finding in screen_text(path, where="Adress").findings if finding.kind in BLOCKING]


def _refuse(findings: Sequence[Finding]) -> None:
    if findings:
        raise Blocked(findings)


def _writes_text(instance: models.Model, update_fields: Iterable[str] | None) -> bool:
    """Whether a save can publish a text, and is not only Wagtail's bookkeeping (that a live page has a draft)."""
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
    """Whether exactly this content is public already, so that saving it publishes nothing new.

    By this a page that a new rule blocks can still be moved or sorted until somebody corrects it.
    """
    stored = type(instance)._base_manager.filter(pk=instance.pk).first() if instance.pk else None
    if stored is None or (isinstance(stored, DraftStateMixin) and not stored.live):
        return False
    return digest_of(stored) == digest_of(instance)


def _is_part_of_something_live(instance: models.Model) -> bool:
    """Whether the instance is a child object, such as an agenda item, of something public."""
    for field in instance._meta.concrete_fields:
        if isinstance(field, ParentalKey):
            try:
                parent = getattr(instance, field.name)
            except ObjectDoesNotExist:
                continue
            if getattr(parent, "live", False) or (parent is not None and _is_part_of_something_live(parent)):
                return True
    return False
