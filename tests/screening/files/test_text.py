"""Plain text and tables in text, in every encoding and with any separator."""

from datetime import date

import pytest

from screening.files import plain_text
from screening.findings import Verdict
from tests.screening.numbers import personal_number

from .places import NUMBER, WORDS, screened

NAMES = (f"{NUMBER}.txt", f"beslut_{NUMBER.replace(chr(45), chr(95))}_slutligt.txt", f"Om {NUMBER}.txt")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_number_in_text_is_found_on_its_line(encoding):
    def text(words: str) -> bytes:
        return f"Åtgärder för året\n\nOm {words} och så vidare\n".encode(encoding)

    screening = screened("fil.txt", text(NUMBER))
    assert [finding.where for finding in screening.findings] == ["rad 3"]
    assert screening.verdict is Verdict.BLOCK
    assert screened("fil.txt", text(WORDS)).verdict is Verdict.CLEAN


def test_a_line_is_told_in_the_middle_of_a_long_text():
    lines = [f"Rad nummer {number} av en lång text" for number in range(1, 30_001)]
    lines[25_000 - 1] += f" med {NUMBER}"
    screening = screened("fil.txt", "\n".join(lines).encode())
    assert [finding.where for finding in screening.findings] == ["rad 25000"]


@pytest.mark.parametrize("offset", range(14))
def test_a_number_over_two_lines_is_found_wherever_the_text_is_cut(offset):
    birth, four = NUMBER.split("-")
    before = ("Text utan siffror.\n" * 20_000)[: 200_000 - offset]
    screening = screened("fil.txt", f"{before}\n{birth}-\n{four} och mer\n{'slut ' * 9000}".encode())
    assert screening.verdict is Verdict.BLOCK


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"], ids=["semicolon", "comma", "tab", "bar"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_number_in_a_table_is_found_in_its_cell(separator, encoding):
    def table(words: str) -> bytes:
        rows = [("Namn", "Telefon", "Anmärkning"), ("Åsa", "070-123 45 67", "ingen"), ("Bo", "070-765 43 21", words)]
        return "\r\n".join(separator.join(row) for row in rows).encode(encoding)

    screening = screened("fil.csv", table(NUMBER))
    assert [finding.where for finding in screening.findings] == ["rad 3, kolumn 3 (Anmärkning)"]
    assert screened("fil.csv", table(WORDS)).verdict is Verdict.CLEAN


def test_a_number_in_two_columns_of_a_table_is_found():
    birth, four = NUMBER.split("-")
    screening = screened("fil.csv", f"Född;Sista fyra\n{birth};{four}\n".encode())
    assert [finding.where for finding in screening.findings] == ["rad 2, kolumn 1–2 (Född)"]


def test_a_heading_does_not_give_a_number_away():
    screening = screened("fil.csv", f"Namn;{NUMBER}\nA;{personal_number(981)}\n".encode())
    assert screening.verdict is Verdict.BLOCK
    assert not any(NUMBER[:6] in finding.where for finding in screening.findings)


@pytest.mark.parametrize("name", NAMES, ids=["alone", "with underscores", "among words"])
def test_a_number_in_the_name_of_a_file_is_found(name):
    screening = screened(name, b"Hej")
    assert [finding.where for finding in screening.findings] == ["filnamnet"]
    assert screening.verdict is Verdict.BLOCK


def test_a_name_without_a_number_is_clean():
    assert screened("beslut_2027-03-01_slutligt.txt", b"Hej").verdict is Verdict.CLEAN


def test_a_number_that_lost_its_first_zero_in_a_sheet_is_found():
    number = personal_number(birth="050709").replace("-", "").lstrip("0")
    assert len(number) == 9
    assert screened("a.csv", f"Namn;Personnummer\nA;{number}\n".encode()).verdict is Verdict.BLOCK
    assert screened("b.csv", f"Namn;Personlig assistans\nA;{number}\n".encode()).verdict is Verdict.CLEAN


OLD, YOUNG = personal_number(birth="850709"), personal_number(birth="050709")
DAYS = (date(1985, 7, 9) - date(1899, 12, 30)).days


@pytest.mark.parametrize(
    "headings",
    [
        "fodd;sista4",
        "fodelsedatum;sista_4",
        "personnr1;personnr2",
        "Född;4 sista",
        "FÖDD;KONTROLLSIFFROR",
        "Fo\u0308dd;x",
        "fodda;sista fyra",
        "x;kontrollnr",
    ],
)
def test_the_heading_of_two_columns_tells_that_they_are_a_number(headings):
    birth, four = OLD.split("-")
    rows = f"Namn;{headings}\nAnna;{birth};{four}\n"
    screening = screened("fil.csv", rows.encode())
    assert [finding.where.split(" (")[0] for finding in screening.findings] == ["rad 2, kolumn 2–3"]
    other = f"Namn;Kostnad1;Antal2\nAnna;{birth};{four}\n"
    assert screened("fil.csv", other.encode()).verdict is Verdict.CLEAN


@pytest.mark.parametrize("birth", ["1985-07-09", "850709-", "85-07-09", "19850709", str(DAYS)])
def test_a_day_of_birth_beside_the_last_four_is_found_however_it_is_written(birth):
    rows = f"Född;Sista fyra\n{birth};{OLD[-4:]}\n"
    assert screened("fil.csv", rows.encode()).verdict is Verdict.BLOCK
    other = f"Möte;Antal\n{birth.rstrip('-')};{OLD[-4:]}\n"
    assert screened("fil.csv", other.encode()).verdict is Verdict.CLEAN


def test_numbers_beside_each_other_that_lost_their_zeros_are_found():
    birth, four = next(n.split("-") for n in map(small_serial, range(1, 99)) if n[-4] == "0")
    rows = f"fodd;sista4\n{int(birth)};{int(four)}\n"
    assert screened("fil.csv", rows.encode()).verdict is Verdict.BLOCK


def small_serial(serial: int) -> str:
    return personal_number(serial, birth="050709")


@pytest.mark.parametrize("century", ["", "19"], ids=["ten digits", "twelve digits"])
@pytest.mark.parametrize("mark", [",", "."], ids=["comma", "point"])
def test_a_number_written_with_a_power_of_ten_in_a_table_is_found(century, mark):
    digits = century + OLD.replace("-", "")
    rows = f"Namn;Nummer\nAnna;{digits[0]}{mark}{digits[1:]}E+{len(digits) - 1:02}\n"
    screening = screened("fil.csv", rows.encode())
    assert [finding.where for finding in screening.findings] == ["rad 2, kolumn 2 (Nummer)"]
    assert screened("fil.csv", rows.replace("E+", "E-").encode()).verdict is Verdict.CLEAN


@pytest.mark.parametrize("name", ["fil.txt", "fil.csv"])
def test_what_is_no_text_after_a_text_is_not_passed(name):
    text = b"Om dagen och om veckan;1\n" * 300
    assert screened(name, text).verdict is Verdict.CLEAN
    assert screened(name, text + bytes(range(1, 256)) * 9).verdict is Verdict.UNSCREENED


@pytest.mark.parametrize("name", ["fil.txt", "fil.md", "fil.csv", "fil.srt"])
@pytest.mark.parametrize("text", ["Sökande {}19{} {}", "Sökande {}född {}, sista fyra {}"])
def test_f1_the_last_word_of_a_text_is_read_with_what_stands_before_it(name, text):
    birth, four = NUMBER.split("-")
    assert screened(name, text.format("", birth, four).encode()).verdict is Verdict.BLOCK
    assert screened(name, text.format("", birth, "x").encode()).verdict is Verdict.CLEAN


@pytest.mark.parametrize("between", [" ", " finns, och sista fyra ", "-\n"])
@pytest.mark.parametrize("filling", ["Fyllnad 1, ", "ord ", "1\n", "\n"])
def test_f1_a_long_text_is_cut_nowhere_in_a_number(filling, between, monkeypatch):
    monkeypatch.setattr(plain_text, "_PART", 2_000)
    birth, four = NUMBER.split("-")
    number = f"Sökande född {birth}{between}{four} bor kvar. "
    for offset in range(-len(number), 5, 3):
        before = (filling * 2_000)[: 2_000 + offset - 1] + "\n"
        screening = screened("fil.txt", f"{before}{number}{filling * 300}".encode())
        assert {finding.where for finding in screening.findings} == {f"rad {before.count(chr(10)) + 1}"}, offset
