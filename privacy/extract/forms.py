"""The form that asks whose data it is about."""

from django import forms

MAX_TYPED = 254  # characters of an address


class AddressForm(forms.Form):
    """An address. Participants and receivers of mail are no persons of the register, so any address may be typed."""

    email = forms.CharField(
        label="E-post",
        max_length=MAX_TYPED,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text="Stora och små bokstäver spelar ingen roll.",
        error_messages={"required": "Skriv en e-postadress."},
    )
