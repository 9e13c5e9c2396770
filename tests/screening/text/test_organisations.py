import pytest

from screening.findings import Kind, Verdict
from screening.text import screen_text

from .samples import organisation

COMPANY = organisation()
TEN = COMPANY.replace("-", "")
SPACED = COMPANY.replace("-", " ")


@pytest.mark.parametrize(
    "text",
    [
        f"Omsorg AB ({COMPANY})",
        f"org.nr {TEN}",
        f"Orgnr. {COMPANY.replace('-', '–')}",
        f"Organisationsnummer: {COMPANY.replace('-', ' ')}",
        f"organisationsnumret är {TEN}",
        f"SE{TEN}01",
        f"Momsregistreringsnummer SE{TEN}01",
        f"VAT-nr SE {COMPANY} 01",
        f"16{COMPANY}",
        f"16{TEN}",
        f"Bolaget {COMPANY[:6]} - {COMPANY[7:]}",
        f"{COMPANY},",
        f"Org nr\t{TEN}",
        f"Bolaget {SPACED} granskades",
        f"Organisationsnr {TEN[:3]} {TEN[3:6]}-{TEN[6:]}",
        f"Orgnr {TEN[0]} {TEN[1:4]} {TEN[4:7]} {TEN[7:]}",
        f"Orgnr {' '.join(TEN)}",
        f"Organisations-\nnummer {COMPANY}",
        f"ORG{TEN}",
        f"Peppol-id 0007:{TEN}",
        f"Föreningen {TEN[:2]} {TEN[2:4]} {TEN[4:6]} {TEN[6:8]} {TEN[8:]} fick stöd",
        f"Den juridiska personen {SPACED} granskades",
        f"Bolaget {TEN} granskades",
        f"Omsorg AB ({TEN})",
        f"Utföraren {TEN}, ägs av samma person.",
        SPACED,
    ],
)
def test_the_number_of_a_company_warns(text):
    screening = screen_text(text)
    assert [finding.kind for finding in screening.findings] == [Kind.ORGANISATION_NUMBER]
    assert screening.verdict is Verdict.WARN


@pytest.mark.parametrize("series", ["212000", "232100", "202100"])
@pytest.mark.parametrize("text", ["{}", "Orgnr {}", "SE{}01", "16{}"])
def test_kommuner_regioner_and_authorities_are_clean(series, text):
    number = organisation(series)
    assert screen_text(text.format(number)).verdict is Verdict.CLEAN
    assert screen_text(text.format(number.replace("-", ""))).verdict is Verdict.CLEAN


@pytest.mark.parametrize(
    "text",
    [
        TEN,
        f"OCR {TEN}",
        f"Artikelnummer {COMPANY}",
        f"Telefon {TEN}",
        f"Privata utförare. Faktura nr {TEN}",
        f"9{COMPANY}",
        f"Artikelnummer {SPACED}",
        f"12 {SPACED} 14",
        f"{COMPANY}1",
        "202501-2512",
        "organisationen har 5560360 medlemmar",
    ],
)
def test_other_numbers_of_ten_digits_are_clean(text):
    assert screen_text(text).findings == ()
