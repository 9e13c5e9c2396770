"""Form field for an e-mail address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from .addresses import MAX_ADDRESS, Address, AddressError, normalise


class AddressField(forms.EmailField):
    """One e-mail address, given back in normal form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=MAX_ADDRESS, **kwargs)

    def clean(self, value: Any) -> Address:
        try:
            return normalise(super().clean(value))
        except AddressError as error:
            raise ValidationError(str(error), code="invalid") from error
