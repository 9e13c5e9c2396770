"""Forms for participants and contact persons. What the admin fills in lies in `admin_forms`."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet

from contacts.models import Organisation
from gate.writing.forms import NothingToHide, ScreenedForm

from .addresses import AddressError, normalise_address

SHORT_TEXT_LENGTH = 150
MAX_ADDRESSES = 50

# An address on the web in a name would reach somebody else's mailbox as a link in a mail from us. A full stop
# between two words is common in titles ("enh.chef"), so only known endings or a path count as an address.
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
    """Name what has to go; a sign that cannot be seen cannot be named."""
    odd = list(dict.fromkeys(c for c in value if c in FORBIDDEN_CHARACTERS))
    if any(unicodedata.category(c) in FORBIDDEN_CATEGORIES for c in value):
        found = "Här finns en radbrytning eller ett osynligt tecken. Skriv om texten för hand."
    elif odd:
        found = f"Ta bort {' och '.join(f'tecknet {c}' for c in odd)}."
    else:
        return
    raise ValidationError(f"{found} Använd bara bokstäver, siffror och vanliga skiljetecken.", code="odd_character")


class ShortTextField(forms.CharField):
    """One line of plain words: no web address, no control characters, single spaces."""

    default_error_messages = {"web_address": "Skriv utan webbadresser och e-postadresser."}
    default_validators = [refuse_odd_characters]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", SHORT_TEXT_LENGTH)
        super().__init__(**kwargs)
        # `refuse_odd_characters` finds a NUL too, and says so in plain words.
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


class RegistrationForm(ParticipantForm):
    """Registration for a meeting, without an account."""

    email = forms.EmailField(
        label="Din e-postadress",
        help_text="Hit skickar vi bekräftelsen, kalenderbokningen och länken till mötet. Använd adressen i jobbet.",
        max_length=254,
        error_messages={
            "required": "Skriv din e-postadress, så att vi kan skicka bekräftelsen.",
            "invalid": "Adressen ser inte rätt ut. Den ska se ut som namn@kommun.se.",
            "max_length": "Adressen är för lång.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    field_order = ("name", "email", "role", "department")

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        if error := address_error(address):
            raise ValidationError(error, code="invalid")
        return address


class AddressListField(forms.CharField):
    """E-mail addresses, one a line or as pasted from a mail program; each is checked on its own."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # the parent's type is one string
        # First of all, since what is wrong with an address is told with the address.
        NothingToHide(str(self.label or ""))(value or "")
        addresses: dict[str, str] = {}
        for part in re.split(r"[,;\n\r]+", super().to_python(value) or ""):
            named = re.search(r"<([^<>]*)>", part)
            for word in [named.group(1)] if named else part.split():
                addresses.setdefault(word.strip().lower(), word.strip())
        addresses.pop("", None)
        return list(addresses.values())

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MAX_ADDRESSES:
            raise ValidationError(
                f"Skicka till högst {MAX_ADDRESSES} adresser åt gången. Du skrev {len(value)}.", code="too_many"
            )
        errors = [error for error in map(address_error, value) if error]
        if errors:
            raise ValidationError([ValidationError(error, code="invalid") for error in errors])

    def run_validators(self, value: Any) -> None:
        """The validators of a text field do not fit a list; `validate` has checked each address."""


def address_error(address: str) -> str:
    """Why it is no e-mail address that we can write to; "" for one that is."""
    try:
        normalise_address(address)
    except AddressError as error:
        return str(error)
    return ""


class ForwardForm(ScreenedForm, forms.Form):
    """Addresses of colleagues who should get the invitation."""

    addresses = AddressListField(
        label="Kollegors e-postadresser",
        help_text=f"En adress per rad, eller med komma emellan. Högst {MAX_ADDRESSES} åt gången.",
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Skriv minst en e-postadress."},
    )


class DeclineForm(ScreenedForm, forms.Form):
    """Why an organisation takes no part this time."""

    because = ShortTextField(
        label="Vi deltar inte den här gången, för att …",
        help_text="En kort mening räcker. Skriv inget om enskilda personer eller pågående ärenden.",
        max_length=300,
        error_messages={"required": "Skriv kort varför. Det hjälper oss att planera nästa möte."},
    )


class OwnDetailsForm(ScreenedForm, forms.Form):
    """A contact person's own details."""

    name = PersonNameField(label="Namn", error_messages={"required": "Skriv ditt namn."})
    title = ShortTextField(
        label="Titel", required=False, widget=forms.TextInput(attrs={"autocomplete": "organization-title"})
    )
    phone = ShortTextField(
        label="Telefon",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )


class DeputyForm(ScreenedForm, forms.Form):
    """Somebody who stands in for a contact person."""

    name = PersonNameField(label="Ersättarens namn", error_messages={"required": "Skriv ersättarens namn."})
    email = forms.EmailField(
        label="Ersättarens e-postadress",
        max_length=254,
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
