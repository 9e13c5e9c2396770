"""Which organisation a row means, tried on the whole official list."""

import pytest
from django.core.exceptions import ValidationError

from contacts.enums import OrganisationKind
from contacts.imports.matching import OrganisationFinder
from contacts.models import Organisation
from contacts.official_organisations import actors, kommuner_and_regioner


@pytest.fixture(scope="module")
def finder() -> OrganisationFinder:
    fields = ("kind", "code", "name", "short_name")
    official = [*kommuner_and_regioner(), *actors()]
    return OrganisationFinder(
        Organisation(pk=n, **{f: getattr(row, f) for f in fields}) for n, row in enumerate(official)
    )


@pytest.mark.parametrize("row", [*kommuner_and_regioner(), *actors()], ids=lambda row: row.short_name)
def test_every_organisation_is_found_by_both_names_and_by_code(finder: OrganisationFinder, row) -> None:
    for name in (row.name, row.short_name, row.name.upper()):
        assert finder.find(name=name, code="").name == row.name
    if row.code:
        assert finder.find(name="", code=row.code).name == row.name
        assert finder.find(name="", code=row.code.lstrip("0")).name == row.name


@pytest.mark.parametrize(
    ("name", "code", "found"),
    [
        ("Nacka", "", "Nacka kommun"),
        ("nacka  KOMMUN ", "", "Nacka kommun"),
        ("Göteborgs stad", "", "Göteborgs kommun"),
        ("Göteborg stad", "", "Göteborgs kommun"),
        ("Upplands Bro", "", "Upplands-Bro kommun"),
        ("Dals-Ed kommun", "", "Dals-Eds kommun"),
        ("Habo", "", "Habo kommun"),
        ("Håbo", "", "Håbo kommun"),
        ("Ha\u030abo", "", "Håbo kommun"),
        ("Region Kalmar", "", "Region Kalmar län"),
        ("Gotland", "", "Gotlands kommun"),
        ("Region Gotland", "", "Region Gotland"),
        ("Region Gotland", "09", "Region Gotland"),
        ("Region Gotland", "0980", "Gotlands kommun"),
        ("Brå", "", "Brottsförebyggande rådet"),
        ("", "114", "Upplands Väsby kommun"),
        ("", "1", "Region Stockholm"),
        ("Nacka", "182", "Nacka kommun"),
    ],
)
def test_as_people_write_it(finder: OrganisationFinder, name: str, code: str, found: str) -> None:
    assert finder.find(name=name, code=code).name == found


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("", "", "Organisation saknas"),
        ("Ankeborg", "", "Organisationen ”Ankeborg” finns inte i registret"),
        ("", "9999", "Det finns ingen kommun eller region med koden ”9999”"),
        ("", "abc", "koden ”abc”"),
        ("", "01820", "koden ”01820”"),
        ("Nacka", "0114", "Koden 0114 är Upplands Väsby kommun, men i kolumnen Organisation står ”Nacka”"),
        ("Ankeborg", "0182", "”Ankeborg” finns inte"),
    ],
)
def test_what_matches_nothing_is_named(finder: OrganisationFinder, name: str, code: str, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        finder.find(name=name, code=code)


def test_a_name_that_two_have_is_no_guess() -> None:
    twins = [Organisation(pk=n, kind="other", name=f"Aktör {n}", short_name="Aktören") for n in (1, 2)]
    with pytest.raises(ValidationError, match="kan vara Aktör 1 eller Aktör 2"):
        OrganisationFinder(twins).find(name="aktören", code="")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("VGR", "Västra Götalandsregionen"),
        ("Västra Götaland", "Västra Götalandsregionen"),
        ("Västra Götalands län", "Västra Götalandsregionen"),
        ("Skåne", "Region Skåne"),
        ("Region Skånes län", "Region Skåne"),
        ("Sörmland", "Region Sörmland"),
        ("Landstinget i Värmland", "Region Värmland"),
        ("Norrbottens läns landsting", "Region Norrbotten"),
        ("Landstinget Blekinge", "Region Blekinge"),
        ("0182 Nacka", "Nacka kommun"),
        ("Nacka (0182)", "Nacka kommun"),
        ("Nacka kommun, 0182", "Nacka kommun"),
        ("0182", "Nacka kommun"),
        ("14 – Västra Götalandsregionen", "Västra Götalandsregionen"),
    ],
)
def test_i7_an_organisation_as_people_call_it(finder: OrganisationFinder, name: str, found: str) -> None:
    assert finder.find(name=name, code="").name == found


@pytest.mark.parametrize(
    ("name", "meant"), [("Naka kommun", "Nacka"), ("Region Vermland", "Region Värmland"), ("Sollentunna", "Sollentuna")]
)
def test_i7_a_name_that_is_near_is_asked_about_and_not_taken(finder: OrganisationFinder, name: str, meant: str) -> None:
    with pytest.raises(ValidationError, match=f"finns inte i registret. Menade du {meant}"):
        finder.find(name=name, code="")


def test_i7_a_code_and_a_name_that_contradict_each_other_are_no_guess(finder: OrganisationFinder) -> None:
    with pytest.raises(ValidationError, match="Koden 0182 är Nacka"):
        finder.find(name="0182 Sollentuna", code="")


def test_i7_a_name_with_a_year_is_a_name() -> None:
    named = Organisation(name="Sverige 2030", short_name="Sverige 2030", kind=OrganisationKind.OTHER)
    assert OrganisationFinder([named]).find(name="Sverige 2030", code="").name == "Sverige 2030"
