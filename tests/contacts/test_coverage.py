"""Who takes part, by county, in the order of the Swedish alphabet."""

import pytest

from contacts.coverage import by_county, coverage_picture, swedish
from contacts.models import Organisation
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def test_names_are_sorted_as_in_swedish() -> None:
    names = ["Örebro", "Ängelholm", "Åre", "Zinkgruvan", "aneby", "Upplands Väsby", "Upplands-Bro"]
    assert sorted(names, key=swedish) == [
        *("aneby", "Upplands-Bro", "Upplands Väsby", "Zinkgruvan", "Åre", "Ängelholm", "Örebro"),
    ]


def test_the_counties_come_in_official_order_each_with_its_region_first() -> None:
    for name, code in (("Örkelljunga", "12"), ("Älvsborg", "12"), ("Alingsås", "12"), ("Nacka", "01")):
        OrganisationFactory(municipality=True, short_name=name, county_code=code, county=f"Län {code}")
    region = OrganisationFactory(region=True, short_name="Östra", code="12")
    ContactPersonFactory(organisation=region)
    ContactPersonFactory(organisation=Organisation.objects.get(short_name="Alingsås"))
    first, second = by_county(Organisation.objects.covered().with_participation())
    assert (first.code, first.municipalities, first.municipalities_total, first.region_takes_part) == (
        "01",
        0,
        1,
        False,
    )
    assert (second.code, second.municipalities, second.municipalities_total, second.region_takes_part) == (
        *("12", 1, 3, True),
    )
    assert [row.short_name for row in second.organisations] == ["Östra", "Alingsås", "Älvsborg", "Örkelljunga"]


def test_the_picture_counts_kommuner_and_regioner_apart() -> None:
    ContactPersonFactory()
    OrganisationFactory.create_batch(2, municipality=True)
    ContactPersonFactory(organisation=OrganisationFactory(region=True))
    picture = coverage_picture()
    assert [picture[name] for name in ("municipalities", "municipalities_total", "regions", "regions_total")] == [
        *(1, 3, 1, 1),
    ]
