"""The base of models whose texts people write and others read."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from screening.descriptions import refusal

from ..enums import GuardPolicy
from ..findings import findings_in
from ..texts import text_fields


class Screened(models.Model):
    """A model whose texts are screened: by forms, which show the error at its field, and by the guard at each save.

    `bulk_create`, `bulk_update` and `update` bypass the guard: call `gate.guard.refuse_what_blocks` before them.
    """

    guard_policy: ClassVar[GuardPolicy] = GuardPolicy.ALWAYS
    # Fields that only code fills in, such as hashes: there is nothing to find in them but chance.
    not_typed: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    def full_clean(
        self, exclude: Iterable[str] | None = None, validate_unique: bool = True, validate_constraints: bool = True
    ) -> None:
        """Add the findings in the fields to the errors of the model's own checks; arguments as in Django."""
        errors: dict[str, Any] = {}
        left_out = set(exclude or ())
        try:
            super().full_clean(left_out, validate_unique, validate_constraints)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        names = [field.name for field in text_fields(type(self)) if field.name not in left_out]
        for name, findings in findings_in(self, names).items():
            if sentences := refusal(findings):
                errors[name] = sentences  # Instead of the field's other faults, which may repeat the digits.
        if errors:
            raise ValidationError(errors)
