"""The form of a letter."""

from typing import Any, cast

from django import forms

from contacts.filters import COUNTIES
from gate.forms import ScreenedForm

from ..enums import Participation
from ..models import Letter, MeetingPage


class LetterForm(ScreenedForm, forms.ModelForm):
    """The text of a letter, and to whom it goes."""

    county_code = forms.ChoiceField(label="Län", choices=[("", "Alla"), *COUNTIES], required=False)

    class Meta:
        model = Letter
        fields = ["subject", "text", "kind", "county_code", "group", "participation", "meeting"]
        widgets = {"text": forms.Textarea(attrs={"rows": 12})}
        help_texts = {
            "text": "Vanlig text. En tom rad ger ett nytt stycke. Hälsa och skriv under själv.",
            "group": "Bara organisationer som har plats i gruppen i dag.",
            "meeting": "Behövs när du väljer dem som inte har svarat på inbjudan.",
        }
        error_messages = {
            "subject": {"required": "Skriv ett ämne."},
            "text": {"required": "Skriv vad du vill säga."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "participation"):
            cast(forms.ChoiceField, self.fields[name]).choices = [
                ("", "Alla"),
                *cast(Any, Letter._meta.get_field(name)).choices,
            ]
        cast("forms.ModelChoiceField[Any]", self.fields["group"]).empty_label = "Alla"
        meeting = cast("forms.ModelChoiceField[Any]", self.fields["meeting"])
        meeting.queryset = MeetingPage.objects.coming().not_cancelled()
        meeting.empty_label = "Inget"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("participation") == Participation.UNANSWERED and not cleaned.get("meeting"):
            self.add_error("meeting", "Välj vilket möte de inte har svarat på.")
        return cleaned
