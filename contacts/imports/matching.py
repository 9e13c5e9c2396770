"""Finds the organisation of a row by code or name, never by a guess; a name that is near is asked about."""

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError

from outbox.plain_text import one_line

from ..enums import OrganisationKind
from ..models import Organisation
from ..validation import shown
from .everyday_names import (
    ABBREVIATION,
    glued,
    lacks_only_dots,
    may_be_county,
    of_municipality,
    of_region,
    parts,
    says_nothing,
    simplified,
    spelt_out,
    without_dots,
)

# Gotland is a kommun with a region's duties, and SCB's list has "Region Gotland" for both. With the kommun's
# code beside it the name is right; alone it means the region.
OFFICIAL_NAMES = {"0980": "Region Gotland"}
# A code and a name in one cell, in any order, or a code alone.
CODE_AND_NAME = re.compile(
    r"(?P<code>\d{2,4})(?:(?:\s*[-–:]\s*|\s+)(?P<name>\D+))?|(?P<first>\D+?)\s*[-–:,]?\s*\(?(?P<last>\d{4})\)?"
)
ALIKE = 0.8  # how alike a name must be, of 1, to be asked about
ALMOST_AS_ALIKE = 0.05  # a name that is less alike than the nearest by more than this is not asked about
SHORTEST_BEGINNING = 4  # letters of a name cut short, such as *Hudik*
MOST_CANDIDATES = 3
# Looking for near names is slow, and a file with more unknown ones has something else in the column.
MOST_NAMES_LOOKED_FOR = 100

Index = dict[str, list[Organisation]]


class UnknownOrganisation(ValidationError):
    """A row's organisation that is not found for certain, with those that may be meant and what to do about it."""

    def __init__(self, fault: str, advice: str = "", *, candidates: Sequence[Organisation] = ()) -> None:
        super().__init__(f"{fault} {advice}".strip())
        self.fault = fault
        self.key = ""  # of what is written: see `key_of`
        self.candidates = candidates


def key_of(name: str, code: str) -> str:
    """What rows that name their organisation in the same way have in common."""
    return f"{simplified(name)}|{one_line(code)}"


class OrganisationFinder:
    """Finds organisations among those given to it; `chosen` has the ids of those that an editor chose for a key."""

    def __init__(self, organisations: Iterable[Organisation], chosen: Mapping[str, int] | None = None) -> None:
        everyone = list(organisations)
        by_pk = {organisation.pk: organisation for organisation in everyone}
        self.chosen = {key: by_pk[pk] for key, pk in (chosen or {}).items() if pk in by_pk}
        self.by_code = {organisation.code: organisation for organisation in everyone if organisation.code}
        regions = [one for one in everyone if one.kind == OrganisationKind.REGION]
        municipalities = [one for one in everyone if one.kind == OrganisationKind.MUNICIPALITY]
        # From the strictest to the most forgiving: the first that knows the name tells.
        self.indexes: list[tuple[Callable[[str], str], Index]] = [
            (form, _index(some, form))
            for form, some in (
                (simplified, everyone),
                (spelt_out, everyone),
                (of_region, regions),
                (of_municipality, municipalities),
                (glued, everyone),
            )
        ]
        self.without_dots = _index(everyone, without_dots)
        self.counties = {simplified(one.county) for one in municipalities if one.county}
        self.near: dict[str, list[Organisation]] = {}  # what was looked for, to look once

    def find(self, *, name: str, code: str) -> Organisation:
        """The one organisation with the name or code, or both, also in one cell.

        Raises UnknownOrganisation where something else may be meant, ValidationError where nothing is written.
        """
        key = key_of(name, code)
        if key in self.chosen:
            return self.chosen[key]
        try:
            return self._find(name, code)
        except UnknownOrganisation as unknown:
            unknown.key = key
            raise

    def _find(self, name: str, code: str) -> Organisation:
        if not code and not self._exactly(name) and (both := CODE_AND_NAME.fullmatch(one_line(name))):
            code, name = both["code"] or both["last"], both["name"] or both["first"] or ""
        if not name and not code:
            raise ValidationError("Organisation saknas.")
        if not code:
            return self._with_name(name)
        by_code = self._with_code(code)
        if not name or simplified(name) == simplified(OFFICIAL_NAMES.get(by_code.code, "")):
            return by_code
        by_name = self._with_name(name)
        if by_code != by_name:
            raise UnknownOrganisation(
                f"Koden {code} är {by_code}, men i kolumnen Organisation står {shown(name)}.",
                candidates=[by_name, by_code],
            )
        return by_code

    def _exactly(self, name: str) -> list[Organisation]:
        form, index = self.indexes[0]
        return index.get(form(name), [])

    def _with_code(self, code: str) -> Organisation:
        # A spreadsheet drops the zero of 0114 and of 01. No kommun has a code below 0100, so the
        # number of digits that is left still tells a kommun from a region.
        whole = code.zfill(2 if len(code) <= 2 else 4)
        if whole not in self.by_code:
            raise UnknownOrganisation(f"Det finns ingen kommun eller region med koden {shown(code)}.")
        return self.by_code[whole]

    def _with_name(self, name: str) -> Organisation:
        found = self._called(name) or self._named_with_more(name)
        if not found:
            candidates = self._candidates(name)
            raise UnknownOrganisation(
                f"Organisationen {shown(name)} finns inte i registret.",
                f"Menade du {_either(candidates)}?" if candidates else "",
                candidates=candidates,
            )
        if len(found) > 1:
            raise UnknownOrganisation(
                f"Organisationen {shown(name)} kan vara {_either(found)}.",
                "Skriv hela namnet eller koden.",
                candidates=found,
            )
        return found[0]

    def _called(self, name: str) -> list[Organisation]:
        """Those with the name, in the strictest of the forms in which it is known."""
        for form, index in self.indexes:
            if (key := form(name)) and (found := index.get(key)):
                return found
        return [
            one
            for one in self.without_dots.get(without_dots(name), [])
            if any(lacks_only_dots(name, official) for official in _names(one))
        ]

    def _named_in_parts(self, name: str) -> list[list[Organisation]]:
        """Those named in each part of the name, but for parts that tell of a unit, a county or an abbreviation."""
        found = [(part, self._called(part)) for part in parts(name) if not says_nothing(part)]
        counties = {
            one.county_code for _, called in found for one in called if one.kind == OrganisationKind.MUNICIPALITY
        }
        return [
            called
            for part, called in found
            if (called or not ABBREVIATION.fullmatch(part)) and not _is_county(part, called, counties)
        ]

    def _named_with_more(self, name: str) -> list[Organisation]:
        """Those named in the parts of the name, when each part that tells something names one."""
        found = self._named_in_parts(name)
        if county := next((each for each in self.counties if simplified(name).endswith(f" {each}")), ""):
            named = self._called(simplified(name).removesuffix(county))
            if within := [one for one in named if simplified(one.county) == county]:
                return within
        return _without_twins(sum(found, [])) if len(parts(name)) > 1 and all(found) else []

    def _candidates(self, name: str) -> list[Organisation]:
        """Those that may be meant: named in a part of the name, or with a name that is near. The nearest first."""
        plain = simplified(name)
        if plain not in self.near:
            if len(self.near) >= MOST_NAMES_LOOKED_FOR:
                return []
            named = sum(self._named_in_parts(name), [])
            self.near[plain] = _without_twins(named or self._near(name))[:MOST_CANDIDATES]
        return self.near[plain]

    def _near(self, name: str) -> list[Organisation]:
        found: list[tuple[float, str, Organisation]] = []
        if not of_region(name) or not of_municipality(name):  # nothing but *Region* or *Socialkontoret*
            return []
        for form, index in self.indexes:
            if not (key := form(name)):
                continue
            near = difflib.get_close_matches(key, index, n=MOST_CANDIDATES, cutoff=ALIKE)
            likeness = {each: difflib.SequenceMatcher(None, each, key).ratio() for each in near}
            if not near and len(key) >= SHORTEST_BEGINNING:
                likeness = {each: ALIKE for each in index if each.startswith(key)}
            found += [(ratio, one.name, one) for each, ratio in likeness.items() for one in index[each]]
        found.sort(key=lambda each: (-each[0], each[1]))
        return [one for ratio, _, one in found if ratio >= found[0][0] - ALMOST_AS_ALIKE]


def _index(organisations: Iterable[Organisation], form: Callable[[str], str]) -> Index:
    index: Index = {}
    for organisation in organisations:
        for key in {form(name) for name in _names(organisation)} - {""}:
            index.setdefault(key, []).append(organisation)
    return index


def _is_county(part: str, called: Sequence[Organisation], counties: Collection[str]) -> bool:
    """Whether the part is the county of a kommun in another part: *Mora kommun (Dalarna)*."""
    is_region = bool(called) and all(one.kind == OrganisationKind.REGION for one in called)
    return is_region and may_be_county(part) and all(one.county_code in counties for one in called)


def _names(organisation: Organisation) -> list[str]:
    """The names that people use for the organisation."""
    names = [organisation.name, organisation.short_name]
    if organisation.kind == OrganisationKind.MUNICIPALITY:
        names += [f"{organisation.short_name} kommun", f"{organisation.short_name} stad"]
        names.append(organisation.name.removesuffix(" kommun") + " stad")
    elif organisation.kind == OrganisationKind.REGION:
        names.append(organisation.name.removesuffix(" län"))
    return names


def _without_twins(organisations: Sequence[Organisation]) -> list[Organisation]:
    return list({organisation.pk: organisation for organisation in organisations}.values())


def _either(organisations: Sequence[Organisation]) -> str:
    return " eller ".join(map(str, organisations))
