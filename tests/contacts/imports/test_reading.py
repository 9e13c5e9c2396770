"""From file to rows: headings, encodings, and files that are not what they say."""

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest

from contacts.imports.csv_reader import _delimiter, text_rows
from contacts.imports.reading import read_file
from contacts.imports.rows import MAX_COLUMNS, MAX_FILE_BYTES, MAX_SHEET_ROWS, ImportFileError, ImportRow

from .files import csv_file, repacked, xlsx

ROW = ["Åmåls kommun", "Åsa Öst", "asa@amal.example"]
SHEET = "xl/worksheets/sheet1.xml"
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def reason(name: str, content: bytes) -> str:
    with pytest.raises(ImportFileError) as fault:
        read_file(name, content)
    return fault.value.reason


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_in_the_forms_that_programs_save_it(mark: str, encoding: str) -> None:
    (row,) = read_file("lista.csv", csv_file([ROW], mark=mark, encoding=encoding)).rows
    assert row == ImportRow(row=2, organisation="Åmåls kommun", name="Åsa Öst", email="asa@amal.example")


@pytest.mark.parametrize("blank", ["", "\n", "\r\n\r\n"])
def test_the_delimiter_is_that_of_the_headings_whatever_stands_in_other_lines(blank: str) -> None:
    for headings in (
        "Organisation;Namn;E-post",
        '"Organisation";"Namn";"E-post"',
        "Organisation;Namn, hela;E-post;Mejl",
    ):
        other = "Nacka;Bo, Ek, Öst, Väst;b@x.example;,,,,,,\n"
        assert _delimiter(f"{blank}{headings}\r\n{other * 3}") == ";"
    assert _delimiter(f"{blank}Organisation,Namn,E-post;Mejl\n{other}") == ","
    assert _delimiter(f"{blank}Ort;a,b,c\n") == ","
    assert _delimiter(f"{blank}Lista, vår, höst, alla\nVem;Hur;Var\nKim;k@x.example;Nacka\n") == ";"


def test_as_many_rows_as_the_limit_are_read_and_one_more_is_refused_with_its_number() -> None:
    rows = list(text_rows(b"a;b\n" * MAX_SHEET_ROWS))
    assert (rows[0], rows[-1][0]) == ((1, ["a", "b"]), MAX_SHEET_ROWS)
    with pytest.raises(ImportFileError) as fault:
        list(text_rows(b"a;b\n" * (MAX_SHEET_ROWS + 1)))
    assert fault.value.row == MAX_SHEET_ROWS + 1


def test_a_row_that_cannot_be_read_is_named() -> None:
    rows = text_rows(b'a;b\nc;"d" e\n')
    assert next(rows) == (1, ["a", "b"])
    with pytest.raises(ImportFileError, match="^Rad 2 går inte att tolka") as fault:
        next(rows)
    assert fault.value.row == 2
    with pytest.raises(ImportFileError, match="^Rad 1 går"):
        next(text_rows(b'"d" e\n'))


def test_cells_far_to_the_right_are_left_out_and_the_others_stripped() -> None:
    (row,) = text_rows(b";".join([b" x "] * (MAX_COLUMNS + 1)))
    assert row == (1, ["x"] * MAX_COLUMNS)


def test_columns_come_in_any_order_and_unknown_ones_are_told_and_left() -> None:
    content = xlsx([["x", "a@x.example", "ja", "Anna", "0182"]], ["Favoritfärg", "Mejl", "ERSÄTTARE ", "namn", "Kod"])
    file = read_file("lista.xlsx", content)
    assert file.rows == [ImportRow(row=2, code="0182", name="Anna", email="a@x.example", deputy="ja")]
    assert file.notes == ["Kolumner som inte används: Favoritfärg."]


@pytest.mark.parametrize(
    "heading", ["E-post", "Epost", "e-postadress", " E-POST ", "Mejl", "E-mail", "Mailadress", "E - post"]
)
def test_what_people_call_the_email_column(heading: str) -> None:
    assert read_file("l.csv", csv_file([ROW], ["Organisation", "Namn", heading])).rows[0].email == "asa@amal.example"


@pytest.mark.parametrize("heading", ["Från och med", "Fr.o.m.", "fr o m", "FROM", "Startdatum"])
def test_what_people_call_the_start_column(heading: str) -> None:
    content = csv_file([[*ROW, "2025-10-01"]], ["Organisation", "Namn", "E-post", heading])
    assert read_file("l.csv", content).rows[0].start == "2025-10-01"


def test_our_own_heading_wins_over_another_name_for_the_same() -> None:
    content = csv_file([["chef", *ROW, "jurist"]], ["Roll", "Organisation", "Namn", "E-post", "Titel"])
    file = read_file("l.csv", content)
    assert file.rows[0].title == "jurist"
    assert file.notes == ["Kolumner som inte används: Roll."]


def test_cells_of_a_spreadsheet_become_text_and_dates() -> None:
    headings = ["Kod", "Namn", "E-post", "Från och med", "Till och med", "Ersättare", "Telefon"]
    row = [114, "Anna", "a@x.example", datetime(2025, 10, 1), date(2026, 1, 31), True, 46701234567.0]
    (read,) = read_file("l.xlsx", xlsx([row], headings)).rows
    assert (read.code, read.start, read.until) == ("114", date(2025, 10, 1), date(2026, 1, 31))
    assert (read.deputy, read.phone) == ("ja", "46701234567")


@pytest.mark.parametrize("name", ["l.csv", "l.xlsx"])
def test_rows_are_numbered_as_a_spreadsheet_shows_them(name: str) -> None:
    rows = [ROW, ["", "", ""], ROW]
    content = csv_file(rows) if name.endswith("csv") else xlsx(rows)
    assert [row.row for row in read_file(name, content).rows] == [2, 4]


def test_a_line_break_within_a_cell_does_not_shift_the_row_numbers() -> None:
    content = csv_file([['"Åmåls\nkommun"', "Åsa", "a@x.example"], ROW])
    assert [row.row for row in read_file("l.csv", content).rows] == [2, 3]


@pytest.mark.parametrize(
    ("headings", "missing"),
    [
        (["Organisation", "Namn"], "Det saknas: E-post"),
        (["Namn", "E-post"], "Det saknas: Organisation eller Kod"),
        (["Kontaktuppgifter"], "Det saknas: Organisation eller Kod, Namn, E-post"),
        (["Kod", "Namn", "E-post", "E-post"], "Kolumnen E-post finns två gånger"),
        (["", "", ""], "Första raden ska vara rubriker"),
    ],
)
@pytest.mark.parametrize("name", ["l.csv", "l.xlsx"])
def test_headings_that_are_wrong(name: str, headings: list[str], missing: str) -> None:
    content = csv_file([ROW], headings) if name.endswith("csv") else xlsx([ROW], headings)
    with pytest.raises(ImportFileError, match=missing) as fault:
        read_file(name, content)
    assert fault.value.row == 1


def test_missing_headings_say_which_ones_are_known() -> None:
    assert "Organisation, Kod, Namn, E-post, Titel, Telefon, Från och med" in reason("l.csv", b"a;b\nc;d")


@pytest.mark.parametrize(
    ("name", "make", "told"),
    [
        ("l.xlsx", lambda: csv_file([ROW]), "är ingen Excelfil"),
        ("l.csv", lambda: xlsx([ROW]), "heter .csv men är en Excelfil"),
        ("l.xls", lambda: b"x", "ska vara en Excelfil"),
        ("l.xlsx", lambda: b"", "Filen är tom"),
        ("l.csv", lambda: b" \r\n", "Filen är tom"),
        ("l.csv", lambda: b";;\n", "De första raderna är tomma"),
        ("l.csv", lambda: csv_file([]), "inga rader"),
        ("l.xlsx", lambda: xlsx([]), "inga rader"),
        ("l.xlsx", lambda: xlsx([["", "", ""]]), "inga rader"),
        ("l.csv", lambda: b"Namn\x00;E-post", "ingen textfil"),
        ("l.csv", lambda: csv_file([["x", '"Anna" Ek', "a@x.example"]]), "Rad 2 går inte att tolka"),
        ("l.xlsx", lambda: b"PK\x03\x04 nothing", "går inte att läsa"),
        ("l.xlsx", lambda: repacked(xlsx([ROW]), {SHEET: b"<worksheet"}), "går inte att läsa"),
        ("l.xlsx", lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"Workbook", "äldre Excelformatet"),
        (
            "l.xlsx",
            lambda: bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "skyddad med lösenord",
        ),
        ("l.csv", lambda: b"x" * (MAX_FILE_BYTES + 1), "större än 5 MB"),
        ("l.csv", lambda: csv_file([ROW] * 5_001), "fler än 5000 rader"),
        ("l.xlsx", lambda: xlsx([ROW] * 5_001), "fler än 5000 rader"),
        ("l.csv", lambda: csv_file([ROW]) + b"\n" * 30_000, "fler än 20000 rader"),
    ],
)
def test_files_that_can_not_be_used(name: str, make: Callable[[], bytes], told: str) -> None:
    assert told in reason(name, make())


def test_a_zip_with_an_encrypted_part_is_refused() -> None:
    content = bytearray(xlsx([ROW]))
    at = content.index(b"PK\x01\x02")
    (flags,) = struct.unpack_from("<H", content, at + 8)
    struct.pack_into("<H", content, at + 8, flags | 1)
    assert "lösenord" in reason("l.xlsx", bytes(content))


def sheet(body: str) -> bytes:
    return f"<worksheet {NS}><sheetData>{body}</sheetData></worksheet>".encode()


ENTITY = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>"""
BOMBS = {
    "zeros": {SHEET: b"<!--" + b" " * 80_000_000 + b"-->"},
    "one endless row": {SHEET: sheet('<row r="1">' + "<c/>" * 2_000_000 + "</row>")},
    "endless rows": {SHEET: sheet("<row/>" * 2_000_000)},
    "a row far down": {SHEET: sheet('<row r="1000000000000"><c t="str"><v>1</v></c></row>')},
    "a row that is no number": {SHEET: sheet('<row r="1e9"><c/></row>')},
    "shared strings": {"xl/sharedStrings.xml": f"<sst {NS}>{'<si><t>x</t></si>' * 900_000}</sst>".encode()},
    "one long string": {"xl/sharedStrings.xml": f"<sst {NS}><si><t>{'x' * 15_000_000}</t></si></sst>".encode()},
    "one long attribute": {SHEET: sheet(f'<row x="{"x" * 15_000_000}"/>')},
    "styles": {"xl/styles.xml": f"<styleSheet {NS}>{'<font/>' * 1_000_000}</styleSheet>".encode()},
    "entities": {SHEET: ENTITY + sheet("<row><c><v>&b;</v></c></row>")},
    "entities in shared strings": {"xl/sharedStrings.xml": ENTITY + f"<sst {NS}/>".encode()},
    "many parts": {f"xl/media/{number}": b"" for number in range(600)},
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("ratio_is_checked", [True, False])
def test_a_bomb_is_refused_before_it_takes_memory(
    bomb: str, ratio_is_checked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not ratio_is_checked:  # so that each of the other limits is shown to hold on its own
        monkeypatch.setattr("contacts.imports.excel_reader.MAX_RATIO", 10_000)
    content = repacked(xlsx([ROW]), BOMBS[bomb])
    assert len(content) < 200_000
    tracemalloc.start()
    try:
        assert reason("l.xlsx", content).startswith(("Excel", "Filen går inte"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 60_000_000


def test_a_part_that_is_larger_than_it_says_is_never_read_whole() -> None:
    content = repacked(xlsx([ROW]), {SHEET: sheet("<row/>" * 500_000)})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(SHEET).file_size
    lying = content.replace(struct.pack("<I", size), struct.pack("<I", 100))
    assert "går inte att läsa" in reason("l.xlsx", lying)


def test_a_cell_far_to_the_right_costs_nothing() -> None:
    body = "".join(f'<row r="{number}"><c r="XFD{number}" t="str"><v>x</v></c></row>' for number in range(1, 10_000))
    assert "De första raderna är tomma" in reason("l.xlsx", repacked(xlsx([ROW]), {SHEET: sheet(body)}))
