"""The forms in which two rows are merged, and the warning of a row that resembles one in the register."""

from typing import Any, cast

from django import forms
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from ..choosers import person_chooser
from ..models import Organisation, Person
from .likeness import similar_persons


class NotTheSameMixin(forms.BaseForm):
    """Warns, once, when the person who is added resembles one in the register; a tick says that it is another.

    A form says in `organisation_of` for which organisation.
    """

    def organisation_of(self, cleaned: dict[str, Any]) -> Organisation | None:
        return cleaned.get("organisation")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("email") or not cleaned.get("name"):
            return cleaned
        similar = similar_persons(
            email=cleaned["email"], name=cleaned["name"], organisation=self.organisation_of(cleaned)
        )
        if not similar:
            return cleaned
        self.fields["is_another"] = forms.BooleanField(label="Det är en annan person, lägg till ändå", required=False)
        if self.data.get(self.add_prefix("is_another")):
            return cleaned
        rows = (
            (reverse("person:edit", args=[each.person.pk]), each.person, each.person.email, each.why)
            for each in similar
        )
        known = format_html_join(", ", '<a href="{}">{}</a> ({}; {})', rows)
        told = "I registret finns redan {}. Är det samma person: använd den adressen, eller ändra adressen där."
        self.add_error("is_another", format_html(told, known))
        return cleaned


class OtherRowForm(forms.Form):
    """Which other row is the same person."""

    other = forms.ModelChoiceField(
        Person.objects.not_erased(),
        label="Den andra raden",
        widget=person_chooser.widget_class,
        error_messages={"required": "Välj en person.", "invalid_choice": "Personen finns inte längre."},
    )


class MergeForm(forms.Form):
    """Which of the two rows stays."""

    stays = forms.ModelChoiceField(
        Person.objects.none(),
        label="Vilken rad ska vara kvar?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": "Välj vilken rad som ska vara kvar.",
            "invalid_choice": "Raden finns inte längre.",
        },
    )

    def __init__(self, *args: Any, rows: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stays = cast("forms.ModelChoiceField[Person]", self.fields["stays"])
        stays.queryset = Person.objects.filter(pk__in=[row.pk for row in rows])
        stays.label_from_instance = _label  # type: ignore[assignment,method-assign]  # as Django's documentation says


def _label(person: Person) -> str:
    return f"{person.name}, {person.email}"
