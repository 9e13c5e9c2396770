"""Forms for participants, and for contact persons who invite colleagues. Those of the admin lie in `admin_forms`."""

from dataclasses import fields
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from contacts.form_fields import PersonNameField, ShortTextField
from contacts.models import Organisation
from gate.forms import ScreenedForm, ScreeningValidator
from outbox.address_lists import fragments
from outbox.addresses import (
    MAX_ADDRESS,
    Address,
    AddressError,
    belongs_to,
    domain_of,
    mistyped_domain,
    normalise,
)
from outbox.form_fields import AddressField

from .models import NOTE_LENGTH, UNIT_LENGTH, Colleague, Details


class ParticipantForm(ScreenedForm, forms.Form):
    """What a participant tells of themselves and may correct afterwards."""

    name = PersonNameField(
        label="Ditt namn", error_messages={"required": "Skriv ditt namn, till exempel Kim Andersson."}
    )
    role = ShortTextField(
        label="Din roll",
        help_text="Till exempel handläggare, chef eller förtroendevald.",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    department = ShortTextField(
        label="Förvaltning eller enhet",
        help_text="Till exempel socialförvaltningen.",
        required=False,
    )

    @property
    def details(self) -> Details:
        """The details from a valid form."""
        return Details(**{field.name: self.cleaned_data[field.name] for field in fields(Details)})


class RegistrationForm(ParticipantForm):
    """Registration for a meeting, without an account."""

    email = AddressField(
        label="Din e-postadress",
        help_text="Hit skickar vi bekräftelsen, kalenderbokningen och länken till mötet. Använd adressen i jobbet.",
        error_messages={
            "required": "Skriv din e-postadress, så att vi kan skicka bekräftelsen.",
            "invalid": "Adressen ser inte rätt ut. Den ska se ut som namn@kommun.se.",
            "max_length": "Adressen är för lång.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    field_order = ("name", "email", "role", "department")

    def question(self, organisation: Organisation | None) -> str:
        """What to ask about the address of a valid form, once: its domain is unlike the organisation's. "" for nothing.

        The answer to it is the form sent again. Without an organisation the address is compared with all domains.
        """
        address = self.cleaned_data["email"]
        if self.data.get("asked") == address:
            return ""
        if organisation is None:
            meant = Organisation.objects.domain_mistyped_in(address)
            return f"Adressen slutar på {domain_of(address)}. Menade du {meant}?" if meant else ""
        domains = organisation.domains
        if not domains or belongs_to(address, domains):
            return ""
        usual = mistyped_domain(address, domains) or domains[0]
        return f"Adressen slutar på {domain_of(address)}. Hos {organisation.name} slutar de oftast på {usual}."


class OwnRegistrationForm(forms.Form):
    """The address to which a participant wants the personal link."""

    email = AddressField(
        label="E-postadressen du anmälde dig med",
        error_messages={
            "required": "Skriv adressen du anmälde dig med.",
            "invalid": "Adressen ser inte rätt ut. Den ska se ut som namn@kommun.se.",
            "max_length": "Adressen är för lång.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AddressListField(forms.CharField):
    """E-mail addresses, one a line or as pasted from a mail program; each is checked on its own."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        # Room for a name before each address.
        super().__init__(max_length=settings.FORWARD_ADDRESSES_AT_ONCE * 2 * MAX_ADDRESS, **kwargs)

    def to_python(self, value: Any) -> list[Address]:  # type: ignore[override]  # the parent's type is one string
        text = super().to_python(value) or ""
        if self.max_length is not None and len(text) > self.max_length:
            raise ValidationError(f"Texten är för lång. {self._limit()}", code="max_length")
        # Checked first, since the other error messages quote what was typed.
        ScreeningValidator(str(self.label or ""))(text)
        typed: dict[str, str] = {}
        for fragment in fragments(text):
            typed.setdefault(fragment.lower(), fragment)
        typed.pop("", None)
        if len(typed) > settings.FORWARD_ADDRESSES_AT_ONCE:
            raise ValidationError(f"{self._limit()} Du skrev {len(typed)}.", code="too_many")
        addresses, errors = [], []
        for address in typed.values():
            try:
                addresses.append(normalise(address))
            except AddressError as error:
                errors.append(ValidationError(str(error), code="invalid"))
        if errors:
            raise ValidationError(errors)
        return addresses

    def _limit(self) -> str:
        return f"Skicka till högst {settings.FORWARD_ADDRESSES_AT_ONCE} adresser åt gången."

    def run_validators(self, value: Any) -> None:
        """The validators of a text field do not fit a list; `to_python` has checked each address."""


class ForwardForm(ScreenedForm, forms.Form):
    """Addresses of colleagues who should get the invitation."""

    addresses = AddressListField(
        label="Kollegors e-postadresser",
        help_text=(
            "En adress per rad, eller med komma emellan. Namn får stå med. "
            f"Högst {settings.FORWARD_ADDRESSES_AT_ONCE} åt gången."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Skriv minst en e-postadress."},
    )
    keep = forms.BooleanField(label="Kom ihåg de här till nästa gång", required=False)


class ColleagueForm(ScreenedForm, forms.Form):
    """A colleague's name and unit on the organisation's list."""

    name = ShortTextField(
        label="Namn", max_length=150, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    unit = ShortTextField(label="Förvaltning eller enhet", max_length=UNIT_LENGTH, required=False)


class NewColleagueForm(ColleagueForm):
    """A colleague to put on the list of one of the user's organisations."""

    email = AddressField(
        label="E-postadress",
        error_messages={
            "required": "Skriv kollegans e-postadress.",
            "invalid": "Adressen ser inte rätt ut. Den ska se ut som namn@kommun.se.",
            "max_length": "Adressen är för lång.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    organisation = forms.ModelChoiceField(
        label="Organisation",
        queryset=Organisation.objects.none(),
        error_messages={"required": "Välj en organisation.", "invalid_choice": "Välj en av dina organisationer."},
    )

    field_order = ("organisation", "email", "name", "unit")

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = organisations
        if len(organisations) == 1:
            field.initial, field.widget = organisations[0], forms.HiddenInput()


class SameColleaguesForm(forms.Form):
    """Which colleagues of the list get the invitation: all, unless somebody is unticked."""

    chosen = forms.ModelMultipleChoiceField(
        label="Kollegor",
        queryset=Colleague.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Markera minst en kollega.",
            "invalid_choice": "Någon av dem står inte längre på listan. Markera igen.",
        },
    )

    def __init__(self, *args: Any, colleagues: QuerySet[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chosen"]
        field.queryset, field.initial = colleagues, colleagues
        field.label_from_instance = described

    @property
    def number(self) -> int:
        """How many are ticked at first."""
        return len(self.fields["chosen"].queryset)  # type: ignore[attr-defined]


def described(colleague: Colleague) -> str:
    """A colleague in a list: name, address and unit."""
    who = f"{colleague.name}, {colleague.email}" if colleague.name else colleague.email
    return f"{who} ({colleague.unit})" if colleague.unit else who


class DeclineForm(ScreenedForm, forms.Form):
    """Why an organisation takes no part this time, if it wants to say."""

    because = ShortTextField(
        label="Varför?",
        help_text=(
            "En kort mening hjälper oss att planera nästa möte. "
            "Skriv inget om enskilda personer eller pågående ärenden."
        ),
        max_length=NOTE_LENGTH,
        required=False,
    )
