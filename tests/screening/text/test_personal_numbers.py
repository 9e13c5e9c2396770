import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.findings import Kind, Verdict
from screening.text import screen_text
from screening.text.numbers import checked
from tests.screening.numbers import coordination_number, personal_number

from .samples import COORDINATION, LONG, PERSON, SHORT, like_a_person, with_check

Y, M, D, N = SHORT[:2], SHORT[2:4], SHORT[4:6], SHORT[6:]

WRITTEN = [
    PERSON,
    SHORT,
    LONG,
    f"19{PERSON}",
    f"{SHORT[:6]}+{N}",
    f"{SHORT[:6]} {N}",
    f"{SHORT[:6]}/{N}",
    f"{SHORT[:6]}.{N}",
    f"{Y} {M} {D} - {N[:2]} {N[2:]}",
    f"{Y} {M} {D} {N}",
    f"19{Y}-{M}-{D}-{N}",
    f"19{Y} {M} {D} {N}",
    f"19{Y}-{M}-{D} {N}",
    " ".join(SHORT),
    " ".join(LONG),
    " - ".join((" ".join(SHORT[:6]), " ".join(N))),
    f"{Y}.{M}.{D}-{N}",
    f"19 {PERSON}",
    f"{SHORT[:6]}-\n{N}",
    f"{SHORT[:6]}\n{N}",
    f"{SHORT[:6]}\r\n{N}",
    f"{SHORT[:4]}\n{SHORT[4:6]}-{N}",
    f"{SHORT[:6]} -\n   {N}",
    f"{SHORT[:6]}\t{N}",
    f"{SHORT[:6]}--{N}",
    f"{SHORT[:6]}({N})",
    f"{SHORT[:6]}_{N}",
    f"{SHORT[:6]}:{N}",
]
AROUND = [
    "{}",
    "pnr:{}",
    "pnr{}",
    "({})",
    "SE{}",
    "”{}”",
    "<td>{}</td>",
    "**{}**",
    "1) {}",
    "Bo Ek, {}, sökte bistånd.",
    "a\n{}\nb",
]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("written", WRITTEN)
def test_a_personal_number_blocks_however_it_is_written(written, around):
    screening = screen_text(around.replace("{}", written))
    assert [finding.kind for finding in screening.findings] == [Kind.PERSONAL_NUMBER]
    assert screening.verdict is Verdict.BLOCK


def test_a_samordningsnummer_blocks_and_is_called_so():
    assert [finding.kind for finding in screen_text(COORDINATION).findings] == [Kind.COORDINATION_NUMBER]
    assert screen_text(COORDINATION.replace("-", "–")).verdict is Verdict.BLOCK


@pytest.mark.parametrize(
    "text",
    [
        f"https://exempel.se/?pnr={PERSON}",
        f"https://exempel.se/sok?pnr={SHORT}&sida=1",
        f"https://exempel.se/person/{PERSON}",
        f"SE{SHORT}01",  # the VAT number of a sole trader
        f"Organisationsnummer {SHORT}",
        f"Personnummer: {SHORT}, telefon 070-123 45 67",
        f"Faktura till personnummer {SHORT}",
        f"OCR {LONG}",  # a person's number as the reference of a payment
        f"dnr {PERSON}",
        f"Bo Ek\t{SHORT[:6]} {N}\t070-123 45 67",
        f"Bo Ek {SHORT[:6]} {N} 070-123 45 67",
        f"Kontakta {SHORT}",  # phone numbers start with 0
        f"{PERSON} och {personal_number(981)}",
        "Eleven " + with_check("070104632"),
        f"Kontakta mig på 070-123 45 67 om {SHORT[:6]}- {N}.",
    ],
)
def test_a_personal_number_blocks_beside_other_numbers_and_in_links(text):
    assert screen_text(text).verdict is Verdict.BLOCK


@pytest.mark.parametrize(
    "text",
    [
        f"{SHORT} (OCR)",
        f"{SHORT}, fakturanummer 1234",
        f"{SHORT[:6]} {N}, K-nummer saknas",
        f"Samma OCR används av {SHORT} och av hennes bror.",
        f"Betala fakturan. {SHORT} har flyttat.",
        f"Avtal med {SHORT} sägs upp.",
        f"Underskrift saknas på samtliga fakturor\n{SHORT[:6]} {N}",
        f"Diarieförs sedan i systemet utan dnr\n\n{LONG}",
        f"Brukaren dnr {with_check('200109032')[:6]}-{with_check('200109032')[6:]}",
        f"Anmälan mot {with_check('221110627')[:6]}-{with_check('221110627')[6:]}, K-nummer saknas.",
        f"Karin,{SHORT},50",
    ],
)
def test_a_word_behind_or_further_off_frees_no_number(text):
    assert screen_text(text).verdict is Verdict.BLOCK


GROUPED = f"{Y} {M} {D} {N}"


@pytest.mark.parametrize("written", [f"{SHORT[:6]} {N}", f"19{SHORT[:6]} {N}", f"19{Y}-{M}-{D}-{N}", GROUPED])
@pytest.mark.parametrize(
    "around",
    [
        "1. {}",
        "- {}",
        "2) {}\n3) Se bilaga",
        "1. {}\n2. {}",
        "§ 3. {} beviljas",
        "Bifall år 2019. {} överklagade.",
        "| 1 | {} | 45 |",
        "1;{};45",
        "1\t{}\t45",
        "{} 070-123 45 67",
        "{} 14 000",
    ],
)
def test_the_number_of_a_list_and_figures_in_other_cells_free_no_number(around, written):
    assert screen_text(around.replace("{}", written)).verdict is Verdict.BLOCK


@pytest.mark.parametrize(
    "text",
    [
        f"Personnummer: {SHORT[:6]} – fyra sista: {N}",
        f"född 19{Y}-{M}-{D}, sista fyra {N}",
        f"Född {SHORT[:6]}, kontrollsiffrorna är {N}",
        f"**{SHORT[:6]}**-{N}",
        f"{SHORT[:6]} ({N})",
        f"{SHORT[:6]}-\n\n{N}",
    ],
)
def test_a_number_in_two_pieces_blocks(text):
    assert screen_text(text).verdict is Verdict.BLOCK


def _day_and_four(day):
    last = with_check(f"{day[2:4]}{day[5:7]}{day[8:]}987")[-4:]
    return f"{day} {last}"


def test_a_day_of_late_with_four_digits_blocks_but_not_in_a_column_of_days_and_counts():
    row = _day_and_four("2024-05-04")
    assert screen_text(row).verdict is Verdict.BLOCK
    assert screen_text(f"{row}\n{_day_and_four('2023-04-01')}").verdict is Verdict.BLOCK
    assert screen_text(f"2024-05-03 987\n{row}\n2024-05-05 1012").findings == ()
    assert screen_text(row.replace(" ", "\t")).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ring 070-174 06 05",
        f"Telefon {with_check('070104632')}",
        f"Bo Ek {with_check('070104632')}",  # without a word, it is more likely a phone than one born in 2007
        f"mobil: {with_check('070104632')} eller {with_check('070105632')}",
        f"Telefon {with_check('010104632')}",
        f"OCR {like_a_person('250711')}",
        f"Ange OCR-nummer {like_a_person('250711')} vid betalning",
        f"Fakturanr {like_a_person('850711')}",
        f"Faktura {like_a_person('250711')}",
        f"Ange {like_a_person('850711')} som referens",
        f"Mötes-id: {like_a_person('850711')}",
        f"Kontonr 8327-9 {like_a_person('850711')}",
        f"INV{like_a_person('850711')}",
        f"Artikelnummer {like_a_person('850711')}",
        f"Dnr {like_a_person('250711')}",
        f"Kundnummer: {like_a_person('850711')}",
        f"Summa {like_a_person('850711')} kr",
        f"1{like_a_person('850711')}",  # a longer run
        f"{like_a_person('850711')}1",
        f"0,{like_a_person('850711')}",
        f"a3f{like_a_person('850711')}b2c",
        f"https://exempel.se/artikel/{like_a_person('850711')}",
        "550e8400-e29b-41d4-a716-" + "19" + like_a_person("850711"),
        "2025-10-07–2025-12-02",
        "20251007-20251202",
        "2025-10-07 - 2025-12-02",
        f"Perioden {with_check('250101123')[:6]}-{with_check('250101123')[6:]}",
        f"12 {SHORT[:2]} {SHORT[2:4]} {SHORT[4:6]} {SHORT[6:]} 14 15",  # in the midst of a row of figures
        "8507099999" if with_check("850709999") != "8507099999" else "8507099998",  # a wrong checksum
        "850799-1234",
        "ÅÅMMDD-NNNN",
    ],
)
def test_other_numbers_are_told_by_what_stands_beside(text):
    assert screen_text(text).findings == ()


def test_the_words_of_a_field_tell_what_its_text_is():
    number = with_check("250711111")
    assert screen_text(number).verdict is Verdict.BLOCK
    assert screen_text(number, context="OCR-nummer").verdict is Verdict.CLEAN
    assert screen_text(with_check("070104632"), context="Personnummer").verdict is Verdict.BLOCK


def test_a_number_born_later_this_year_is_of_somebody_a_hundred_years_old():
    tomorrow = datetime.date.today() + datetime.timedelta(days=1)
    born, _ = checked(with_check(f"{tomorrow:%y%m%d}123"))
    assert born < datetime.date.today()


@pytest.mark.parametrize("year", [1850, 1885, 1899])
def test_a_number_of_somebody_born_in_the_nineteenth_century_blocks(year):
    ten = personal_number(981, f"{year % 100}0709")
    for written in (f"{year // 100}{ten}", f"{year // 100}{ten}".replace("-", "")):
        assert screen_text(written).verdict is Verdict.BLOCK, year
        born, _ = checked(written.replace("-", ""))
        assert born == datetime.date(year, 7, 9)


def test_a_plus_makes_the_person_a_hundred_years_older():
    ten = personal_number(981, "850709").replace("-", "+")
    assert screen_text(ten).verdict is Verdict.BLOCK
    assert checked(ten.replace("+", ""), century_past=True) == (datetime.date(1885, 7, 9), False)


def test_nobody_is_born_before_1850_or_after_today():
    tomorrow = datetime.date.today() + datetime.timedelta(days=1)
    assert checked(f"18{with_check('490709981')}") is None
    assert checked(f"18{with_check('500101981')}") == (datetime.date(1850, 1, 1), False)
    assert checked(f"{tomorrow:%Y}{with_check(f'{tomorrow:%y%m%d}981')}") is None


def test_at_most_two_hundred_are_told():
    assert len(screen_text("\n".join([PERSON] * 1000)).findings) == 200


births = st.dates(datetime.date(1930, 1, 1), datetime.date(2012, 12, 31))
between = st.text(st.sampled_from(" \u00a0\u2009–-−\u200b\u00ad\u2060"), max_size=4)


@given(births, st.integers(1, 999), between, st.booleans())
def test_any_birth_is_found_with_any_spaces_and_dashes_before_the_last_four(born, serial, gap, coordination):
    make = coordination_number if coordination else personal_number
    date, last = make(serial, f"{born:%y%m%d}").split("-")
    assert screen_text(f"Beslutet om {date}{gap}-{gap}{last} står fast.").verdict is Verdict.BLOCK
    assert screen_text(f"Personnummer {date}{gap}{last}").verdict is Verdict.BLOCK
