"""The times that editors write in the admin: a clock time that the night does not have is explained."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateTimeInput


class ClockTimeField(forms.DateTimeField):
    """A date and a clock time in Sweden. The nights when the clock is changed lack an hour, or have one twice."""

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            if getattr(error, "code", None) != "ambiguous_timezone" or not error.params:
                raise
            raise ValidationError(explain(error.params["datetime"]), code="no_such_time") from error


def explain(moment: datetime) -> str:
    """Say why the clock time of the night (without time zone) tells no moment."""
    clock = f"{moment.hour}.{moment.minute:02}"
    local = moment.replace(tzinfo=timezone.get_current_timezone())
    if local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) == moment:
        return f"Klockan {clock} kommer två gånger den natten, när klockan ställs tillbaka. Välj en annan tid."
    return f"Klockan {clock} finns inte den natten, när klockan ställs fram. Välj en annan tid."


def use_in_admin() -> None:
    """Let every form of a model in the admin use the field. Called once, at start."""
    override = {"widget": AdminDateTimeInput, "form_class": ClockTimeField}
    register_form_field_override(models.DateTimeField, override=override)
