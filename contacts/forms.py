"""Forms of the public pages."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from gate.forms import ScreenedForm
from outbox.form_fields import AddressField

from .coverage import County
from .enums import COVERED_KINDS
from .form_fields import PersonNameField, ShortTextField
from .models import Organisation, today
from .models.persons import PHONE_LENGTH

KINDS = (("", "Båda"), *((kind.value, kind.label) for kind in COVERED_KINDS))
TAKING_PART = (("", "Alla"), ("ja", "De som är med"), ("nej", "De som inte är med än"))


class OrganisationFilterForm(forms.Form):
    """Filters the list of organisations. Every field is optional, and comes from the address."""

    q = forms.CharField(label="Sök på namn", required=False, max_length=200)
    lan = forms.ChoiceField(label="Län", required=False)
    slag = forms.ChoiceField(label="Slag", required=False, choices=KINDS)
    med = forms.ChoiceField(label="Visa", required=False, choices=TAKING_PART)

    def __init__(self, *args: Any, counties: list[County], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lan"].choices = [("", "Alla län"), *((c.code, c.name) for c in counties)]  # type: ignore[attr-defined]

    def matches(self, organisation: Organisation) -> bool:
        """Whether the organisation (annotated with `takes_part`) fits the filter."""
        wanted = self.cleaned_data
        words = wanted.get("q", "").casefold().split()
        name = f"{organisation.name} {organisation.short_name}".casefold()
        taking_part = {"ja": True, "nej": False}.get(wanted.get("med", ""))
        return (
            all(word in name for word in words)
            and wanted.get("lan") in ("", None, organisation.county_code)
            and wanted.get("slag") in ("", None, organisation.kind)
            and taking_part in (None, getattr(organisation, "takes_part", False))
        )


class DayForm(forms.Form):
    """Asks for a day in the past, to see who took part then. Empty for today."""

    dag = forms.DateField(
        label="Visa hur det såg ut en tidigare dag",
        required=False,
        input_formats=["%Y-%m-%d", "%Y%m%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Skriv dagen som 2026-01-31."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dag"].widget.attrs["max"] = today().isoformat()

    def clean_dag(self) -> date | None:
        """Refuse a day that has not been."""
        day: date | None = self.cleaned_data["dag"]
        if day and day > today():
            raise forms.ValidationError(f"Den dagen har inte varit än. Välj i dag, {today()}, eller en tidigare dag.")
        return day


class OwnDetailsForm(ScreenedForm, forms.Form):
    """A contact person's own details."""

    name = PersonNameField(label="Namn", error_messages={"required": "Skriv ditt namn."})
    title = ShortTextField(
        label="Titel", required=False, widget=forms.TextInput(attrs={"autocomplete": "organization-title"})
    )
    phone = ShortTextField(
        label="Telefon",
        required=False,
        max_length=PHONE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )


class DeputyForm(ScreenedForm, forms.Form):
    """Appoints a deputy for a contact person."""

    name = PersonNameField(label="Ersättarens namn", error_messages={"required": "Skriv ersättarens namn."})
    email = AddressField(
        label="Ersättarens e-postadress",
        error_messages={
            "required": "Skriv ersättarens e-postadress.",
            "invalid": "Adressen ser inte rätt ut. Den ska se ut som namn@kommun.se.",
        },
    )
    organisation = forms.ModelChoiceField(label="Organisation", queryset=Organisation.objects.none(), empty_label=None)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (narrows the type)
        field.queryset = organisations
        self.fields["name"].widget.attrs["autocomplete"] = "off"
