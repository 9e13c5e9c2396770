"""Forms of the meetings' admin pages."""

from typing import Any

from django import forms

from contacts.models import Organisation
from contacts.widgets import OrganisationChooser
from gate.forms import ScreenedForm

from .enums import RegistrationStatus
from .models import NOTE_LENGTH, Registration


class CancelMeetingForm(ScreenedForm, forms.Form):
    """Asks why a meeting is cancelled; everybody is told the answer."""

    note = forms.CharField(
        label="Varför ställs mötet in?",
        help_text="Står i mejlet och på mötets sida. Berätta gärna vad som händer i stället.",
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Skriv kort varför mötet ställs in.",
            "max_length": f"Skriv högst {NOTE_LENGTH} tecken.",
        },
    )


class OrganisationFilterForm(forms.Form):
    """Which organisations a list shows."""

    SHOWN = (
        ("", "Alla"),
        ("registered", "Med anmälda"),
        ("silent", "Inbjudna utan anmälda"),
        ("opened", "Har vidarebefordrat"),
        ("declined", "Har tackat nej"),
        ("not_reached", "Har inte fått inbjudan"),
        ("unreachable", "Ingen att mejla"),
    )
    q = forms.CharField(label="Sök organisation", required=False, max_length=100)
    visa = forms.ChoiceField(label="Visa", choices=SHOWN, required=False)


class ReceiverFilterForm(forms.Form):
    """Which receivers of a mail-out a list shows."""

    SHOWN = (
        ("", "Alla"),
        ("failed", "Kom inte fram"),
        ("uncertain", "Osäker leverans"),
        ("withdrawn", "Drogs in"),
        ("pending", "På väg"),
        ("sent", "Skickade"),
    )
    q = forms.CharField(label="Sök organisation, person eller adress", required=False, max_length=100)
    visa = forms.ChoiceField(label="Visa", choices=SHOWN, required=False)


class ParticipantFilterForm(forms.Form):
    """Which participants a list shows."""

    SHOWN = (
        ("", "Anmälda"),
        ("attended", "Deltog"),
        ("absent", "Uteblev"),
        (RegistrationStatus.WAITING.value, RegistrationStatus.WAITING.label),
        (RegistrationStatus.CANCELLED.value, RegistrationStatus.CANCELLED.label),
    )
    q = forms.CharField(label="Sök namn, adress eller organisation", required=False, max_length=100)
    visa = forms.ChoiceField(label="Visa", choices=SHOWN, required=False)


class MatchForm(forms.Form):
    """The organisation of somebody who registered without a link."""

    registration = forms.ModelChoiceField(queryset=Registration.objects.none(), widget=forms.HiddenInput)
    organisation = forms.ModelChoiceField(
        label="Organisation",
        queryset=Organisation.objects.all(),
        widget=OrganisationChooser,
        error_messages={"required": "Välj en organisation.", "invalid_choice": "Organisationen finns inte längre."},
    )

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["registration"].queryset = waiting  # type: ignore[attr-defined]  # a ModelChoiceField


class AttendanceForm(forms.Form):
    """Who came, of those that the list showed."""

    shown = forms.ModelMultipleChoiceField(queryset=Registration.objects.none())
    attended = forms.ModelMultipleChoiceField(queryset=Registration.objects.none(), required=False)

    def __init__(self, *args: Any, participants: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("shown", "attended"):
            self.fields[name].queryset = participants  # type: ignore[attr-defined]
