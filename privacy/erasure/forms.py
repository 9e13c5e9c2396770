"""The form that confirms an erasure."""

from django import forms

from ..extract.forms import AddressForm
from ..purge.actions import MAX_REASON


class ErasureForm(AddressForm):
    """Whom to erase, why, and that it is meant."""

    email = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Skäl",
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Står kvar i loggen. Skriv varken namn eller adress, till exempel: Begärt av personen.",
        error_messages={"required": "Skriv varför uppgifterna ska raderas."},
    )
    sure = forms.BooleanField(
        label="Jag förstår att det inte går att ångra",
        error_messages={"required": "Kryssa i rutan om du är säker."},
    )
