"""Form field for an e-mail address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from .addresses import MAX_ADDRESS, Address, AddressError, AddressTooLong, bare_address, normalise


class AddressField(forms.EmailField):
    """One e-mail address, given back in normal form. It may be pasted with the name, as from a mail program."""

    def __init__(self, *, max_length: int = MAX_ADDRESS, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        return bare_address(super().to_python(value) or "")

    def clean(self, value: Any) -> Address:
        given = super().clean(value)
        if not given and not self.required:
            return Address("")
        try:
            return normalise(given)
        except AddressTooLong as error:
            raise ValidationError(str(error), code="max_length") from error
        except AddressError as error:
            raise ValidationError(self.error_messages.get("invalid", str(error)), code="invalid") from error
