"""The official list: kommuner, regioner and the actors around the forum, from the files in data/."""

import csv
from dataclasses import dataclass
from pathlib import Path

from .enums import OrganisationKind

DATA = Path(__file__).parent / "data"
KINDS = {"kommun": OrganisationKind.MUNICIPALITY, "region": OrganisationKind.REGION}
LETTERS = str.maketrans({"å": "a", "ä": "a", "ö": "o", "é": "e", "ü": "u", " ": ""})


@dataclass(frozen=True)
class OfficialOrganisation:
    """An organisation as read from the files, with the same field names as the model."""

    kind: str
    code: str
    name: str
    short_name: str
    county_code: str = ""
    county: str = ""
    email_domains: str = ""
    website: str = ""
    description: str = ""
    in_collaboration_group: bool = False


def derived_domain(short_name: str) -> str:
    """The domain that most kommuner have: `Östra Göinge` gives `ostragoinge.se`."""
    return short_name.lower().translate(LETTERS) + ".se"


def kommuner_and_regioner() -> list[OfficialOrganisation]:
    """The 290 kommuner and 21 regioner with SCB's codes.

    Their e-mail domains are derived from the name unless `email_domains.csv` has another. A domain
    that would belong to several is given to none of them.
    """
    told = {row["code"]: row["email_domains"].split() for row in _rows("email_domains.csv")}
    rows = _rows("kommuner_regioner.csv")
    domains = [told.get(row["code"], [derived_domain(row["short_name"])]) for row in rows]
    claimed = [domain for several in domains for domain in several]
    return [
        OfficialOrganisation(
            kind=KINDS[row["kind"]],
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            county_code=row["county_code"],
            county=row["county"],
            email_domains="\n".join(domain for domain in several if claimed.count(domain) == 1),
        )
        for row, several in zip(rows, domains, strict=True)
    ]


def actors() -> list[OfficialOrganisation]:
    """The actors of the collaboration group, and Socialstyrelsen."""
    return [
        OfficialOrganisation(
            kind=row["kind"],
            code="",
            name=row["name"],
            short_name=row["short_name"],
            website=row["website"],
            description=row["description"],
            email_domains="\n".join(row["email_domains"].split()),
            in_collaboration_group=row["collaboration_group"] == "ja",
        )
        for row in _rows("actors.csv")
    ]


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
