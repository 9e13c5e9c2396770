"""The form that answers whether a contact person is still there."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gate.forms import ScreenedForm
from outbox.form_fields import AddressField

from ..enums import InquiryAnswer, InquiryKind
from ..form_fields import PersonNameField
from ..models import Inquiry
from .actions import ANSWERS


def labels(inquiry: Inquiry) -> dict[InquiryAnswer, str]:
    """What each answer is called, to whom it is put."""
    who = str(inquiry.about.person) if inquiry.about else ""
    if inquiry.kind == InquiryKind.PERSON:
        return {
            InquiryAnswer.YES: "Ja, jag är kontaktperson",
            InquiryAnswer.OTHER: "Nej, någon annan tar över",
            InquiryAnswer.LEFT: "Nej, och jag vet inte vem som tar över",
        }
    left = {
        InquiryAnswer.YES: f"Ja, {who} är kvar",
        InquiryAnswer.TAKES_OVER: "Nej, jag tar över",
        InquiryAnswer.OTHER: "Nej, det är den här personen",
        InquiryAnswer.LEFT: f"{who} har slutat, och jag vet inte vem som tar över",
        InquiryAnswer.DECLINED: "Vi har ingen kontaktperson",
    }
    if not who:
        return {InquiryAnswer.OTHER: "Det är den här personen", InquiryAnswer.DECLINED: "Vi vill inte ha någon"}
    return left


class InquiryForm(ScreenedForm, forms.Form):
    """One answer, and who it is instead when it is somebody else."""

    said = forms.ChoiceField(label="Ditt svar", widget=forms.RadioSelect, error_messages={"required": "Välj ett svar."})
    name = PersonNameField(label="Namn på den som är kontaktperson", required=False)
    email = AddressField(
        label="E-postadress till den personen",
        required=False,
        help_text="Vi mejlar och frågar om det stämmer.",
        error_messages={"invalid": "Adressen ser inte rätt ut. Den ska se ut som namn@kommun.se."},
    )

    def __init__(self, *args: Any, inquiry: Inquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        called = labels(inquiry)
        choices = [(each.value, called[each]) for each in ANSWERS[InquiryKind(inquiry.kind)] if each in called]
        self.fields["said"].choices = choices  # type: ignore[attr-defined]
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("said") == InquiryAnswer.OTHER:
            for field, told in (("name", "Skriv namnet på den som är kontaktperson."), ("email", "Skriv adressen.")):
                if field not in self.errors and not cleaned.get(field):
                    self.add_error(field, ValidationError(told))
        return cleaned
