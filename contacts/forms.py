"""Forms of the public pages."""

from typing import Any

from django import forms

from .enums import COVERED_KINDS
from .models import Organisation
from .participation import County

KINDS = (("", "Kommuner och regioner"), *((kind.value, kind.label) for kind in COVERED_KINDS))
TAKING_PART = (("", "Alla"), ("ja", "De som är med"), ("nej", "De som inte är med än"))


class OrganisationFilterForm(forms.Form):
    """What the list of organisations shows. Every field is optional, and comes in the address."""

    q = forms.CharField(label="Sök på namn", required=False, max_length=200)
    lan = forms.ChoiceField(label="Län", required=False)
    slag = forms.ChoiceField(label="Slag", required=False, choices=KINDS)
    med = forms.ChoiceField(label="Visa", required=False, choices=TAKING_PART)

    def __init__(self, *args: Any, counties: list[County], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lan"].choices = [("", "Alla län"), *((c.code, c.name) for c in counties)]  # type: ignore[attr-defined]

    def matches(self, organisation: Organisation) -> bool:
        """Whether the organisation (annotated with `takes_part`) is among those asked for."""
        wanted = self.cleaned_data
        words = wanted.get("q", "").casefold().split()
        name = f"{organisation.name} {organisation.short_name}".casefold()
        taking_part = {"ja": True, "nej": False}.get(wanted.get("med", ""))
        return (
            all(word in name for word in words)
            and wanted.get("lan") in ("", None, organisation.county_code)
            and wanted.get("slag") in ("", None, organisation.kind)
            and taking_part in (None, getattr(organisation, "takes_part", False))
        )
