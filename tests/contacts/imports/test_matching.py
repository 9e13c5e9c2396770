"""Which organisation a row means, tried on the whole official list."""

import pytest
from django.core.exceptions import ValidationError

from contacts.enums import OrganisationKind
from contacts.imports.matching import OrganisationFinder, UnknownOrganisation, key_of
from contacts.models import Organisation
from contacts.official_organisations import actors, kommuner_and_regioner


@pytest.fixture(scope="module")
def finder() -> OrganisationFinder:
    fields = ("kind", "code", "name", "short_name", "county_code", "county")
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
        ("V:a Götaland", "Västra Götalandsregionen"),
        ("VG-regionen", "Västra Götalandsregionen"),
        ("Vastra Gotalandsregionen", "Västra Götalandsregionen"),
        ("Västra Götalandsregionen (VGR)", "Västra Götalandsregionen"),
        ("Region Halland (RH)", "Region Halland"),
        ("Stockholms läns landsting", "Region Stockholm"),
        ("SLL", "Region Stockholm"),
        ("Region Sthlm", "Region Stockholm"),
        ("Sthlm", "Stockholms kommun"),
        ("Sthlms stad", "Stockholms kommun"),
        ("Gbg", "Göteborgs kommun"),
        ("goteborg", "Göteborgs kommun"),
        ("RegionSkåne", "Region Skåne"),
        ("LT Dalarna", "Region Dalarna"),
        ("Jämtlands läns landsting", "Region Jämtland Härjedalen"),
        ("Region Jämtland/Härjedalen", "Region Jämtland Härjedalen"),
        ("Södermanlands läns landsting", "Region Sörmland"),
        ("Nackakommun", "Nacka kommun"),
        ("Kommunen Nacka", "Nacka kommun"),
        ("Nacka kn", "Nacka kommun"),
        ("Malmö Stad.", "Malmö kommun"),
        ("Nacka kommun (Stockholms län)", "Nacka kommun"),
        ("Nacka, Stockholms län", "Nacka kommun"),
        ("Socialförvaltningen, Nacka kommun", "Nacka kommun"),
        ("Nacka kommun – Socialkontoret", "Nacka kommun"),
        ("Kommunstyrelsen Nacka", "Nacka kommun"),
        ("Ö. Göinge", "Östra Göinge kommun"),
        ("Habo kommun", "Habo kommun"),
        ("Mora kommun (Dalarna)", "Mora kommun"),
        ("Gävle – Socialtjänst Gävle", "Gävle kommun"),
    ],
)
def test_i7_an_organisation_as_people_call_it(finder: OrganisationFinder, name: str, found: str) -> None:
    assert finder.find(name=name, code="").name == found


OF_ANY_KOMMUN = [
    *("{short} kn", "{short} stad", "{short}-kommun", "Kommunen {short}", "Kommun: {short}", "{name}.", "{name} *"),
    *("{short}, {county}", "{county}, {short}", "{short} ({county})", "{short}/{county}", "{name} {county}"),
    *("{code} {short}", "{code}-{short}", "{short} {code}", "{name} ({code})"),
    *("{name}, kommunledningskontoret", "Kommunstyrelsen, {name}", "{short} socialförvaltning"),
]
OF_ANY_REGION = [
    *("{county}", "Landstinget i {county}", "Region {county}", "Reg. {core}", "{core} läns landsting", "{name}, HR"),
    *("{name} (RX)", "Regionkansliet {name}", "{name}, hälso- och sjukvårdsförvaltningen", "{code} {name}"),
]


def test_i7_every_kommun_and_region_is_found_in_the_ways_that_people_write_them(finder: OrganisationFinder) -> None:
    wrong = []
    for row in kommuner_and_regioner():
        of_region = row.kind == OrganisationKind.REGION
        for form in OF_ANY_REGION if of_region else OF_ANY_KOMMUN:
            written = form.format(
                short=row.short_name,
                name=row.name,
                county=row.county,
                code=row.code,
                core=row.county.removesuffix(" län").removesuffix("s"),
            )
            try:
                found = finder.find(name=written, code="").name
            except ValidationError as asked:
                found = asked.messages[0]
            if found != row.name:
                wrong.append((written, found))
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Naka kommun", "Nacka kommun?"),
        ("Region Vermland", "Region Värmland?"),
        ("Regon Skåne", "Region Skåne?"),
        ("Sollentunna", "Sollentuna kommun?"),
        ("Hudik", "Hudiksvalls kommun?"),
        ("Lindköping", "Lidköpings kommun eller Linköpings kommun?"),
        ("Nacka, Värmdö och Tyresö", "Nacka kommun?"),
    ],
)
def test_i7_a_name_that_is_near_is_asked_about_and_not_taken(finder: OrganisationFinder, name: str, meant: str) -> None:
    with pytest.raises(ValidationError) as unknown:
        finder.find(name=name, code="")
    assert unknown.value.messages[0].endswith(f"finns inte i registret. Menade du {meant}")


@pytest.mark.parametrize(
    "name", ["Åle", "Ankeborg", "Nacka Värmdö", "Socialförvaltningen", "Region", "kommun", "län", "-"]
)
def test_i7_what_is_no_name_in_the_register_is_neither_taken_nor_guessed(finder: OrganisationFinder, name: str) -> None:
    with pytest.raises(UnknownOrganisation) as unknown:
        finder.find(name=name, code="")
    assert unknown.value.candidates == []


@pytest.mark.parametrize(
    ("name", "code", "candidates"),
    [
        ("Habo/Mullsjö", "", ["Habo kommun", "Mullsjö kommun"]),
        ("Mora kommun, Region Dalarna", "", ["Mora kommun", "Region Dalarna"]),
        ("Samordningsförbundets kansli, Nacka", "", ["Nacka kommun"]),
        ("VGR, SLL", "", ["Västra Götalandsregionen", "Region Stockholm"]),
        ("Nacka", "0114", ["Nacka kommun", "Upplands Väsby kommun"]),
    ],
)
def test_i7_two_that_may_be_meant_are_both_candidates(
    finder: OrganisationFinder, name: str, code: str, candidates: list[str]
) -> None:
    with pytest.raises(UnknownOrganisation) as unknown:
        finder.find(name=name, code=code)
    assert [str(one) for one in unknown.value.candidates] == candidates


def test_i7_what_an_editor_has_chosen_holds_for_the_name_however_its_capitals_are_written() -> None:
    one = Organisation(pk=7, kind=OrganisationKind.OTHER, name="Samordningsförbundet", short_name="Förbundet")
    finder = OrganisationFinder([one], {key_of("Sof Nord", ""): 7, key_of("Borta", ""): 8})
    assert finder.find(name="SOF nord ", code="") == one
    for name, code in (("Sof Nord", "0182"), ("Borta", "")):
        with pytest.raises(UnknownOrganisation):
            finder.find(name=name, code=code)


def test_i7_a_code_and_a_name_that_contradict_each_other_are_no_guess(finder: OrganisationFinder) -> None:
    with pytest.raises(ValidationError, match="Koden 0182 är Nacka"):
        finder.find(name="0182 Sollentuna", code="")


def test_i7_a_name_with_a_year_is_a_name() -> None:
    named = Organisation(name="Sverige 2030", short_name="Sverige 2030", kind=OrganisationKind.OTHER)
    assert OrganisationFinder([named]).find(name="Sverige 2030", code="").name == "Sverige 2030"
