"""Which fields of a model hold what somebody has typed, and the screening of one of them."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from django.db import models
from django.utils.text import capfirst

from screening.findings import CLEAN, Finding, Screening
from screening.text import screen_text
from screening.wording import describe


def text_fields(model: type[models.Model]) -> list[models.Field]:
    """The fields of free text, slugs and addresses included. What the model names in `not_typed` is left out."""
    not_typed: Collection[str] = getattr(model, "not_typed", ())
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices and field.name not in not_typed
    ]


def label_of(field: models.Field) -> str:
    return str(capfirst(str(field.verbose_name)))


def screen_field(field: models.Field, value: Any) -> Screening:
    """Screen the value of one field; its label is the place, and the context of the numbers in it."""
    if not value:
        return CLEAN
    label = label_of(field)
    text = unquote(str(value)) if isinstance(field, models.URLField) else str(value)
    return screen_text(text, where=label, context=label)


def told_at_field(field: models.Field, finding: Finding) -> str:
    """The sentence as it stands at the field, whose label is not said again: only the row, if there are several."""
    where = finding.where.removeprefix(label_of(field)).lstrip(",: ")
    return str(capfirst(describe(replace(finding, where=where))))


def findings_in(instance: models.Model, names: Collection[str] | None = None) -> dict[str, tuple[Finding, ...]]:
    """What is found in each field of the instance, or in those named; fields without findings are left out."""
    deferred = instance.get_deferred_fields()
    found = {
        field.name: screen_field(field, getattr(instance, field.attname)).findings
        for field in text_fields(type(instance))
        if field.attname not in deferred and (names is None or field.name in names)
    }
    return {name: findings for name, findings in found.items() if findings}
