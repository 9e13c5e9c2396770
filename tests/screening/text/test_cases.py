import pytest

from screening.findings import Kind, Verdict
from screening.text import screen_text


@pytest.mark.parametrize(
    "text",
    [
        "Ärende 2024-12345 gäller bistånd.",
        "Ärendenummer: 123456",
        "ärende nr 12345",
        "ÄRENDE-ID 99182",
        "klientens ärende 2024/0123",
        "Journalnummer 445566",
        "Patienten med journalnummer J-48213",
        "patientens journal 99812",
        "Patient 4711-22 uteblev.",
        "patient-ID: 98765",
        "Patienten hade nummer 5512",
        "Brukare nr 1234",
        "Brukaren (nr 4711) har flyttat.",
        "I brukarens ärende, nummer 20231144, framgår det.",
        "Klient 88213",
        "Akt nr 332211",
        "12345 (ärende)",
        "nr 4711, patienten",
        "Ärende A-2024-118",
        "Journalnummer A-2024-118 lämnades ut.",
        "Klientnummer K-2024-0099",
        "Patient IVO-2023-1182 klagade.",
        "Patient 2024:118 klagade.",
        "Brukaren 88 214 har flyttat.",
        "Patient KS-2024-118 klagade.",
    ],
)
def test_a_number_beside_a_word_of_a_case_warns(text):
    screening = screen_text(text)
    assert [finding.kind for finding in screening.findings] == [Kind.CASE_NUMBER]
    assert screening.verdict is Verdict.WARN


@pytest.mark.parametrize(
    "text",
    [
        "Socialstyrelsens ärende dnr 5.3-12345/2025",
        "Ärendet har dnr KS 2025/00123",
        "Ärende S2025/00474",
        "Uppdraget (S2025/00474)",
        "mål nr T 1234-22 i ärendet",
        "Artikelnummer 445566",
        "Vi hade 12 345 ärenden 2024.",
        "Ärende 5, dnr KS 2025/00123",
        "Ärendet avgjordes 2024-05-12.",
        "Patienten betalar 1300 kronor.",
        "Patientlagen (2014:821)",
        "patient, ISBN 9789127123456",
        "Ring 1177, patienten behöver inte vänta.",
        "Kostnad per brukare: 450000",
        "Brukaren nås på 070-174 06 05",
        "Brukare 2025",
        "Kontaktnummer 445566",
        "OCR-nummer: 2407123335 Patientsäkerhetslagen gäller.",
        "Ärendelista 2025",
        "Ärende SN-2024-118",
        "Ärende SN 2025/123",
        "Antal nya brukare 1 245",
        "Brukare 1 245 1 300 1 288",
        "Patienten, IVO dnr 3.5.1-22145/2023",
    ],
)
def test_references_sums_years_and_counts_are_clean(text):
    assert screen_text(text).findings == ()


def test_the_label_of_a_field_is_a_word_of_a_case():
    assert screen_text("445566").verdict is Verdict.CLEAN
    assert screen_text("445566", context="Journalnummer").verdict is Verdict.WARN


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ärendenummer 123 är avslutat.", True),  # with a label, three digits are enough
        ("Ärendenummer 12 är avslutat.", False),
        ("Brukaren 1234 har flyttat.", True),  # without one, it takes four
        ("Brukaren 123 har flyttat.", False),
    ],
)
def test_how_many_digits_make_a_number_of_a_case(text, found):
    assert [finding.kind for finding in screen_text(text).findings] == [Kind.CASE_NUMBER] * found
