"""Finds the organisation of a row by code or name, never by a guess; a name that is near is asked about."""

import difflib
import re
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
# A code and a name in one cell, in any order, or a code alone.
CODE_AND_NAME = re.compile(
    r"(?P<code>\d{2,4})(?:\s*[-–:]?\s+(?P<name>\D+))?|(?P<first>\D+?)\s*[-–:,]?\s*\(?(?P<last>\d{4})\)?"
)
REGION_WORDS = {"region", "regionen", "landsting", "landstinget", "i", "län", "läns"}
OTHER_REGION_NAMES = {
    "vgr": "västra götalandsregionen",
    "rjl": "region jönköpings län",
    "rjh": "region jämtland härjedalen",
    "rvn": "region västernorrland",
    "södermanland": "region sörmland",
}
ALIKE = 0.8  # how alike a name must be, of 1, to be asked about


def simplified(name: str) -> str:
    """The name without differences of case, hyphens and spaces. å, ä and ö stay: Habo is not Håbo."""
    return one_line(unicodedata.normalize("NFKC", name).casefold().replace("-", " "))


class OrganisationFinder:
    """Finds organisations among those given to it."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self.by_code: dict[str, Organisation] = {}
        self.by_name: dict[str, list[Organisation]] = {}
        self.by_region: dict[str, list[Organisation]] = {}  # by what is left of a region's name
        for organisation in organisations:
            if organisation.code:
                self.by_code[organisation.code] = organisation
            for name in {simplified(name) for name in _names(organisation)}:
                self.by_name.setdefault(name, []).append(organisation)
            if organisation.kind == OrganisationKind.REGION:
                for name in {_of_region(organisation.name), _of_region(organisation.short_name)}:
                    self.by_region.setdefault(name, []).append(organisation)

    def find(self, *, name: str, code: str) -> Organisation:
        """The one organisation with the name or code, or both, also in one cell. Raises ValidationError."""
        if not code and simplified(name) not in self.by_name and (both := CODE_AND_NAME.fullmatch(one_line(name))):
            code, name = both["code"] or both["last"], both["name"] or both["first"] or ""
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
        found = self.by_name.get(simplified(name), []) or self.by_region.get(_of_region(name), [])
        if not found:
            raise ValidationError(f"Organisationen {shown(name)} finns inte i registret.{self._meant(name)}")
        if len(found) > 1:
            either = " eller ".join(map(str, found))
            raise ValidationError(f"Organisationen {shown(name)} kan vara {either}. Skriv hela namnet eller koden.")
        return found[0]

    def _meant(self, name: str) -> str:
        """A question about the nearest name; "" if none is near."""
        near = difflib.get_close_matches(simplified(name), self.by_name, n=1, cutoff=ALIKE)
        return f" Menade du {self.by_name[near[0]][0]}?" if near else ""


def _of_region(name: str) -> str:
    """What is left of a region's name without the words that they share: *Landstinget i Värmland* is *värmland*."""
    plain = OTHER_REGION_NAMES.get(simplified(name), simplified(name))
    words = [word for word in plain.split() if word not in REGION_WORDS]
    return " ".join(word.removesuffix("sregionen").removesuffix("regionen") for word in words).removesuffix("s")


def _names(organisation: Organisation) -> list[str]:
    """The names that people use for the organisation."""
    names = [organisation.name, organisation.short_name]
    if organisation.kind == OrganisationKind.MUNICIPALITY:
        names += [f"{organisation.short_name} kommun", f"{organisation.short_name} stad"]
        names.append(organisation.name.removesuffix(" kommun") + " stad")
    elif organisation.kind == OrganisationKind.REGION:
        names.append(organisation.name.removesuffix(" län"))
    return names
