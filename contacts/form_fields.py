"""Form fields for what people write of themselves: one line of plain text, and a name."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from .models.persons import NAME_LENGTH

# A web address in a name would become a link in a mail from us to somebody else. A full stop between two
# words is common in titles ("enh.chef"), so only known endings or a path count as an address.
WEB_ADDRESS = re.compile(
    r"""
      ://
    | @\w
    | \bwww\.
    | \w\.\w{2,}/
    | \w\.(?:se|nu|com|net|org|eu|info|biz|io|ru|cn|co|uk|de|no|dk|fi|me|to|cc|ly|gl|gg|tk|ml|xyz|top|site|online
        |link|click|shop|store|app|dev|live|club|icu|example|test|invalid)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Control, surrogate, private and direction-changing characters, and line and paragraph separators.
FORBIDDEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
FORBIDDEN_CHARACTERS = set("<>{}\\|`")


def refuse_odd_characters(value: str) -> None:
    """Raise ValidationError for forbidden characters, which it names if they can be seen."""
    odd = list(dict.fromkeys(c for c in value if c in FORBIDDEN_CHARACTERS))
    if any(unicodedata.category(c) in FORBIDDEN_CATEGORIES for c in value):
        found = "Här finns en radbrytning eller ett osynligt tecken. Skriv om texten för hand."
    elif odd:
        found = f"Ta bort {' och '.join(f'tecknet {c}' for c in odd)}."
    else:
        return
    raise ValidationError(f"{found} Använd bara bokstäver, siffror och vanliga skiljetecken.", code="odd_character")


class ShortTextField(forms.CharField):
    """One line of plain text: no web address, no control characters, single spaces."""

    default_error_messages = {"web_address": "Skriv utan webbadresser och e-postadresser."}
    default_validators = [refuse_odd_characters]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", NAME_LENGTH)
        super().__init__(**kwargs)
        # `refuse_odd_characters` finds a NUL too, with a clearer message.
        self.validators = [v for v in self.validators if not isinstance(v, ProhibitNullCharactersValidator)]
        self.error_messages.setdefault("max_length", f"Skriv högst {self.max_length} tecken.")

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if WEB_ADDRESS.search(text):
            raise ValidationError(self.error_messages["web_address"], code="web_address")
        return " ".join(unicodedata.normalize("NFC", text).split())


class PersonNameField(ShortTextField):
    """A person's name."""

    default_error_messages = {"web_address": "Skriv bara ditt namn, utan webbadresser och e-postadresser."}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "autocomplete": "name"}
