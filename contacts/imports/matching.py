"""Finds the organisation of a row by code or name, never by a guess."""

import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from outbox.plain_text import one_line

from ..enums import OrganisationKind
from ..models import Organisation
from ..validation import shown

# Gotland is a kommun with a region's duties, and SCB's list has "Region Gotland" for both. With the kommun's
# code beside it the name is right; alone it means the region.
OFFICIAL_NAMES = {"0980": "Region Gotland"}


def simplified(name: str) -> str:
    """The name without differences of case, hyphens and spaces. å, ä and ö stay: Habo is not Håbo."""
    return one_line(unicodedata.normalize("NFKC", name).casefold().replace("-", " "))


class OrganisationFinder:
    """Finds organisations among those given to it."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self.by_code: dict[str, Organisation] = {}
        self.by_name: dict[str, list[Organisation]] = {}
        for organisation in organisations:
            if organisation.code:
                self.by_code[organisation.code] = organisation
            for name in {simplified(name) for name in _names(organisation)}:
                self.by_name.setdefault(name, []).append(organisation)

    def find(self, *, name: str, code: str) -> Organisation:
        """The one organisation with the name or code, or both. Raises ValidationError."""
        if not name and not code:
            raise ValidationError("Organisation saknas.")
        by_code = self._with_code(code) if code else None
        if by_code and simplified(name) == simplified(OFFICIAL_NAMES.get(by_code.code, "")):
            return by_code
        by_name = self._with_name(name) if name else None
        if by_code and by_name and by_code != by_name:
            raise ValidationError(f"Koden {code} är {by_code}, men i kolumnen Organisation står {shown(name)}.")
        found = by_code or by_name
        assert found is not None  # noqa: S101  (one of them was given, and is found or has raised)
        return found

    def _with_code(self, code: str) -> Organisation:
        # A spreadsheet drops the zero of 0114 and of 01. No kommun has a code below 0100, so the
        # number of digits that is left still tells a kommun from a region.
        whole = code.zfill(2 if len(code) <= 2 else 4)
        if whole not in self.by_code:
            raise ValidationError(f"Det finns ingen kommun eller region med koden {shown(code)}.")
        return self.by_code[whole]

    def _with_name(self, name: str) -> Organisation:
        found = self.by_name.get(simplified(name), [])
        if not found:
            raise ValidationError(f"Organisationen {shown(name)} finns inte i registret.")
        if len(found) > 1:
            either = " eller ".join(map(str, found))
            raise ValidationError(f"Organisationen {shown(name)} kan vara {either}. Skriv hela namnet eller koden.")
        return found[0]


def _names(organisation: Organisation) -> list[str]:
    """The names that people use for the organisation."""
    names = [organisation.name, organisation.short_name]
    if organisation.kind == OrganisationKind.MUNICIPALITY:
        names += [f"{organisation.short_name} kommun", f"{organisation.short_name} stad"]
        names.append(organisation.name.removesuffix(" kommun") + " stad")
    elif organisation.kind == OrganisationKind.REGION:
        names.append(organisation.name.removesuffix(" län"))
    return names
