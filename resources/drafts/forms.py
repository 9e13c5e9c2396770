"""The forms of shared drafts: the editor's, which makes a link, and the reader's, which takes a comment."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput

from gate.forms import ScreenedForm

from ..models import DraftLink
from ..models.draft_links import COMMENT_LENGTH, NAME_LENGTH

LONGEST = timedelta(days=90)
USUAL = timedelta(days=14)


def _usual_day() -> date:
    return timezone.localdate() + USUAL


class ShareForm(ScreenedForm, forms.ModelForm):
    """For whom the link is, and until when it works."""

    class Meta:
        model = DraftLink
        fields = ["for_whom", "last_day"]
        widgets = {"last_day": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = _usual_day

    def clean_last_day(self) -> date:
        chosen: date = self.cleaned_data["last_day"]
        if chosen < timezone.localdate():
            raise forms.ValidationError("Välj en dag som inte har passerat.")
        if chosen > timezone.localdate() + LONGEST:
            raise forms.ValidationError(f"Länken kan gälla högst {LONGEST.days} dagar.")
        return chosen


class CommentForm(ScreenedForm, forms.Form):
    """A comment on a draft, by somebody without an account."""

    name = forms.CharField(label="Ditt namn", max_length=NAME_LENGTH, error_messages={"required": "Skriv ditt namn."})
    text = forms.CharField(
        label="Din kommentar",
        max_length=COMMENT_LENGTH,
        help_text="Redaktionen läser den. Skriv inget om enskilda personer eller ärenden.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Skriv din kommentar."},
    )
