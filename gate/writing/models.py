"""Rows that people write and others read: what must never be public is not stored in them."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from screening.wording import refusal

from ..publishing.errors import Blocked
from .fields import findings_in, text_fields


class Screened(models.Model):
    """A model whose texts are screened: forms tell what is wrong at the field, and `save` refuses it whatever the way.

    `bulk_create`, `bulk_update` and `update` go past `save`: call `refuse_what_blocks` before them.
    """

    # Fields that only code fills in, such as hashes: there is nothing to find in them but chance.
    not_typed: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    def full_clean(
        self, exclude: Iterable[str] | None = None, validate_unique: bool = True, validate_constraints: bool = True
    ) -> None:
        """Add to the model's own checks what is found in the fields; `exclude` as Django has it."""
        errors: dict[str, Any] = {}
        left_out = set(exclude or ())
        try:
            super().full_clean(left_out, validate_unique, validate_constraints)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        looked_at = [field.name for field in text_fields(type(self)) if field.name not in left_out]
        for name, findings in findings_in(self, looked_at).items():
            if sentences := refusal(findings):
                errors[name] = sentences  # Instead of the field's other faults, which may repeat the digits.
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, or raise Blocked. With `update_fields` the others are left as they are stored, so not screened."""
        refuse_what_blocks([self], kwargs.get("update_fields"))
        super().save(*args, **kwargs)


def refuse_what_blocks(rows: Iterable[models.Model], names: Collection[str] | None = None) -> None:
    """Raise Blocked if any text of the rows blocks; `names` are the fields to look at, all of them unless told."""
    found = [finding for row in rows for findings in findings_in(row, names).values() for finding in findings]
    if refusal(found):
        raise Blocked(found)
