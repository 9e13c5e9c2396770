"""Who takes part today, as a map, numbers and tables. Names of organisations only, never of persons."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .enums import OrganisationKind
from .maps import sweden
from .models import Organisation

# Puts å, ä and ö after z, in Swedish order, which not every database does.
SWEDISH_ORDER = str.maketrans({"å": "{", "ä": "|", "ö": "}", "é": "e", "-": " "})


def swedish(name: str) -> str:
    """A key to sort names by as in Swedish."""
    return name.casefold().translate(SWEDISH_ORDER)


@dataclass
class County:
    """A county with its kommuner and its region."""

    code: str
    name: str
    organisations: list[Organisation] = field(default_factory=list)
    municipalities: int = 0
    municipalities_total: int = 0
    region_takes_part: bool = False

    @property
    def share(self) -> int:
        """How many per cent of the kommuner take part, rounded down: 100 only when all do."""
        return self.municipalities * 100 // max(self.municipalities_total, 1)

    @property
    def taking_part(self) -> int:
        """How many of the organisations take part."""
        return self.municipalities + self.region_takes_part

    def add(self, organisation: Organisation, takes_part: bool) -> None:
        self.organisations.append(organisation)
        if organisation.kind == OrganisationKind.REGION:
            self.region_takes_part = takes_part
        else:
            self.municipalities += takes_part
            self.municipalities_total += 1


def by_county(organisations: Iterable[Organisation]) -> list[County]:
    """The counties in official order, each with its organisations: the region first, then by name.

    The rows are annotated with `takes_part`.
    """
    counties: dict[str, County] = {}
    for row in sorted(
        organisations, key=lambda row: (row.kind == OrganisationKind.MUNICIPALITY, swedish(row.short_name))
    ):
        county = counties.setdefault(row.county_code, County(row.county_code, row.county))
        county.add(row, _takes_part(row))
    return sorted(counties.values(), key=lambda county: county.code)


@dataclass
class SimilarGroup:
    """A group of similar kommuner, and how many of them take part."""

    name: str
    municipalities: int = 0
    municipalities_total: int = 0

    @property
    def share(self) -> int:
        """How many per cent take part, rounded down: 100 only when all do."""
        return self.municipalities * 100 // max(self.municipalities_total, 1)


def by_group_of_similar(organisations: Iterable[Organisation]) -> list[SimilarGroup]:
    """The groups of similar kommuner by name; none as long as no file with them has been read in.

    The rows are annotated with `takes_part`.
    """
    groups: dict[str, SimilarGroup] = {}
    for row in organisations:
        if row.kind == OrganisationKind.MUNICIPALITY and row.group_of_similar:
            group = groups.setdefault(row.group_of_similar, SimilarGroup(row.group_of_similar))
            group.municipalities += _takes_part(row)
            group.municipalities_total += 1
    return sorted(groups.values(), key=lambda group: swedish(group.name))


def coverage_picture(organisations: Iterable[Organisation] | None = None) -> dict[str, Any]:
    """The variables of the component `coverage_map`. One query, none when the rows are given.

    The rows are the covered organisations, annotated by `with_participation`.
    """
    if organisations is None:
        organisations = Organisation.objects.covered().with_participation()
    rows = list(organisations)
    outlines = sweden()
    municipalities = {row.code: _takes_part(row) for row in rows if row.kind == OrganisationKind.MUNICIPALITY}
    regions = {row.code: _takes_part(row) for row in rows if row.kind == OrganisationKind.REGION}
    return {
        "municipalities": sum(municipalities.values()),
        "municipalities_total": len(municipalities),
        "regions": sum(regions.values()),
        "regions_total": len(regions),
        "width": outlines.width,
        "height": outlines.height,
        "municipalities_in": _joined(outlines.municipalities, municipalities, takes_part=True),
        "municipalities_out": _joined(outlines.municipalities, municipalities, takes_part=False),
        "regions_in": _joined(outlines.counties, regions, takes_part=True),
        "regions_out": _joined(outlines.counties, regions, takes_part=False),
        "counties": by_county(rows),
    }


def _joined(paths: dict[str, str], taking_part: dict[str, bool], *, takes_part: bool) -> str:
    """One path of all areas that take part, or of all that don't: two elements instead of 290."""
    return "".join(path for code, path in paths.items() if taking_part.get(code, False) is takes_part)


def _takes_part(row: Organisation) -> bool:
    return bool(getattr(row, "takes_part", False))
