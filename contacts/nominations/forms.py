"""The forms about who is to become contact person."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.widgets import AdminDateInput

from gate.forms import ScreenedForm
from outbox.form_fields import AddressField

from ..form_fields import PersonNameField, ShortTextField
from ..forms import OwnDetailsForm
from ..imports.matching import OrganisationFinder, UnknownOrganisation
from ..merging.forms import NotTheSameMixin
from ..models import Organisation, today
from ..models.persons import NAME_LENGTH, PHONE_LENGTH, TITLE_LENGTH
from .actions import Details

ADDRESS_ERRORS = {
    "invalid": "Adressen ser inte rätt ut. Den ska se ut som namn@kommun.se.",
    "max_length": "Adressen är för lång.",
}


class SuggestedInput(forms.TextInput):
    """A text field with a list of suggestions, which also works without a script."""

    template_name = "components/suggested_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{name}-forslag"
        context["suggestions"] = Organisation.objects.covered().order_by("name").values_list("name", flat=True)
        return context


class OrganisationNameField(ShortTextField):
    """The name of an organisation, as people write it; what is near is asked about."""

    widget = SuggestedInput

    def clean(self, value: Any) -> Organisation:  # type: ignore[override]  # the parent's type is a string
        name = super().clean(value)
        try:
            return OrganisationFinder(Organisation.objects.covered()).find(name=name, code="")
        except UnknownOrganisation as unknown:
            meant = " eller ".join(one.name for one in unknown.candidates)
            raise ValidationError(
                f"Menade du {meant}? Skriv hela namnet."
                if meant
                else "Vi hittar ingen kommun eller region med det namnet. Skriv till exempel Nacka kommun."
            ) from None


class DetailsMixin(forms.BaseForm):
    """What a form with these four fields tells of a person."""

    @property
    def details(self) -> Details:
        """The person's details from a valid form."""
        return Details(*(self.cleaned_data[name] for name in ("email", "name", "title", "phone")))


class ApplicationForm(DetailsMixin, ScreenedForm, forms.Form):
    """Names somebody who is to be contact person for a kommun or region; filled in by anybody."""

    organisation = OrganisationNameField(
        label="Kommun eller region",
        help_text="Börja skriva så kommer förslag.",
        error_messages={"required": "Skriv vilken kommun eller region det gäller."},
    )
    name = PersonNameField(label="Ditt namn", error_messages={"required": "Skriv ditt namn."})
    email = AddressField(
        label="Din e-postadress i jobbet",
        help_text="Hit skickar vi ett mejl där du bekräftar, och senare inbjudningarna.",
        error_messages={"required": "Skriv din e-postadress.", **ADDRESS_ERRORS},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    title = ShortTextField(
        label="Din titel", required=False, widget=forms.TextInput(attrs={"autocomplete": "organization-title"})
    )
    phone = ShortTextField(
        label="Telefon",
        required=False,
        max_length=PHONE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    decided_by = ShortTextField(
        label="Vem som har beslutat det",
        help_text="Till exempel socialchefen eller hälso- och sjukvårdsdirektören.",
        error_messages={"required": "Skriv vem som har beslutat, till exempel socialchefen."},
    )


class HandOverForm(ScreenedForm, forms.Form):
    """Names who is to take over from the contact person."""

    name = PersonNameField(
        label="Namnet på den som tar över", error_messages={"required": "Skriv namnet på den som tar över."}
    )
    email = AddressField(
        label="E-postadress till den som tar över",
        error_messages={"required": "Skriv adressen till den som tar över.", **ADDRESS_ERRORS},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "off"


class ConfirmForm(OwnDetailsForm):
    """The details as whoever is named writes them."""


class ReplaceForm(DetailsMixin, NotTheSameMixin, ScreenedForm, forms.Form):
    """Who takes over from a contact person, as an editor fills it in; `organisation` is whose."""

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def organisation_of(self, cleaned: dict[str, Any]) -> Organisation | None:
        return self.organisation

    name = forms.CharField(label="Namn", max_length=NAME_LENGTH, error_messages={"required": "Skriv ett namn."})
    email = AddressField(label="E-post", help_text="Hit går inbjudningarna, och hit loggar personen in.")
    title = forms.CharField(label="Titel", max_length=TITLE_LENGTH, required=False)
    phone = forms.CharField(label="Telefon", max_length=PHONE_LENGTH, required=False)
    on = forms.DateField(
        label="Från och med",
        initial=today,
        widget=AdminDateInput,
        error_messages={"required": "Ange en dag.", "invalid": "Skriv dagen som 2026-01-31."},
    )
