"""A list of contact persons as a coordinator might keep it: sixty persons, and all that such a list is full of.

Everybody is made up; the numbers are of those that belong to nobody.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import openpyxl
from openpyxl.styles import Font

HEADINGS = [
    *("Kommun / region*", "Namn (kontaktperson)", "E-post:\n(arbete)", "Befattning", "Tel.", "Fr.o.m."),
    *("Ersättare?", "Anteckning"),
]
ABOVE: list[list[Any]] = [
    ["Kontaktpersoner välfärdsbrott – hela landet"],
    ["Senast ändrad 2026-01-20 av Mika, frågor till mika@samordnare.example"],
    [],
]
TOTAL = ["Totalt: 60 kontaktpersoner"]

# How the organisation is written, the code of the one that is meant, and how many persons it has.
ORGANISATIONS: list[tuple[str, str, int]] = [
    *[("VGR", "14", 2), ("Västra Götaland", "14", 1), ("Skåne", "12", 2), ("Sörmland", "04", 1)],
    *[("Norrbottens läns landsting", "25", 1), ("Landstinget i Värmland", "17", 1), ("Region Jönköping", "06", 1)],
    *[("Jämtlands läns landsting", "23", 1), ("Reg. Östergötland", "05", 1), ("Region Kalmar", "08", 1)],
    *[
        ("Region Halland (RH)", "13", 1),
        ("Stockholms läns landsting", "01", 1),
        ("Regionkansliet, Region Dalarna", "20", 1),
    ],
    *[("0182 Nacka", "0182", 3), ("0114", "0114", 1), ("Botkyrka (0127)", "0127", 1), ("Eskilstuna kommun", "0484", 2)],
    *[("GÖTEBORGS STAD", "1480", 2), ("Malmö Stad", "1280", 1), ("Sthlms stad", "0180", 1), ("Habo", "0643", 1)],
    *[("Håbo kommun", "0305", 1), ("Upplands Bro", "0139", 1), ("Ö. Göinge", "1256", 1), ("Dals Ed", "1438", 1)],
    *[
        ("Lilla Edets kommun ", "1462", 1),
        ("Kommunen Kiruna", "2584", 1),
        ("Socialförvaltningen, Umeå kommun", "2480", 2),
    ],
    *[("Luleå kn", "2580", 1), ("Gävle – Socialtjänst Gävle", "2180", 1), ("Hudiksvall, Gävleborgs län", "2184", 1)],
    *[("Naka kommun", "0182", 1), ("Örebro", "1880", 2), ("Region Örebro", "18", 1), ("Uppsala", "0380", 1)],
    *[
        ("Region Uppsala", "03", 1),
        ("linköping", "0580", 1),
        ("Norrköpings Kommun", "0581", 1),
        ("Växjö kommun*", "0780", 1),
    ],
    *[("Kristianstad", "1290", 1), ("Helsingborgs stad", "1283", 1), ("Lund", "1281", 1), ("Borås Stad", "1490", 1)],
    *[("Region Vermland", "17", 1), ("Gotland", "0980", 1), ("Sundsvalls kommun", "2281", 1), ("Falun", "2080", 2)],
    *[
        ("Mora kommun (Dalarna)", "2062", 1),
        ("Karlstads kommun", "1780", 1),
        ("naka  kommun", "0182", 1),
        ("RVN", "22", 1),
    ],
]
FIRST_NAMES = [
    *("Åsa", "Bo", "Cia", "Dag", "Eva", "Finn", "Greta", "Hans", "Ida", "Jon"),
    *("Kim", "Lo", "Maj", "Nils", "Olle", "Pia", "Ruth", "Sten", "Tove", "Ulf"),
]
LAST_NAMES = ["Ekdal", "Lind", "Holm-Berg", "Åkermark", "Öst", "Svärd", "Nygren", "af Sand", "Ros", "Bergman"]
TITLES = ["Säkerhetschef", "Jurist", "Controller", "Enhetschef", "", "samordnare "]
PHONES = [
    *("070-174 06 {:02}", "0701740 6{:02}", "+46 70 174 06 {:02}", "0046701740 6{:02}", "+46 (0)70-174 06 {:02}"),
    *("070/1740 6{:02}", "070 – 174 06 {:02}", "växel 08-465 004 {:02}", ""),
]
FIRST_DAY = date(2026, 1, 15)
DATES: list[Any] = ["260115", "2026/01/15", "15/1-26", "2026-01-15 13:45", FIRST_DAY, 46037, "15 jan 2026", "15.1.2026"]
DEPUTIES = {4: "✓", 11: "JA!", 18: "suppleant", 25: "ers.", 32: "x", 39: "Nej", 46: "-"}
ARE_DEPUTIES = {4, 11, 18, 25, 32}


@dataclass(frozen=True)
class Expected:
    """What must stand in the register afterwards."""

    code: str
    name: str
    email: str
    deputy: bool


def people() -> Iterator[tuple[Expected, list[Any]]]:
    """Each person with the row that tells of them. Only the first of an organisation has its name in the row."""
    number = 0
    for written, code, count in ORGANISATIONS:
        for place in range(count):
            first = FIRST_NAMES[number % len(FIRST_NAMES)]
            last = LAST_NAMES[(number // 3) % len(LAST_NAMES)]
            address = f"person{number}@ort{code}.example"
            name = f"{last}, {first}" if number % 4 == 1 and " " not in last else f"{first} {last}"
            phone: Any = PHONES[number % len(PHONES)].format(number)
            if number % 9 == 6:
                phone = 701740600 + number
            row = [
                "" if place else written,
                name,
                _as_mail_programs_write(address, name, number),
                TITLES[number % len(TITLES)],
                phone,
                DATES[number % len(DATES)],
                DEPUTIES.get(number, ""),
                "ringt 12/1" if number % 10 == 0 else "",
            ]
            yield Expected(code, f"{first} {last}", address, number in ARE_DEPUTIES), row
            number += 1


def _as_mail_programs_write(address: str, name: str, number: int) -> str:
    forms = {3: f"{name.replace(',', '')} <{address}>", 7: f"mailto:{address}", 12: f"{address};", 20: address.upper()}
    return forms.get(number, address)


def lifelike_workbook(*more_rows: list[Any]) -> bytes:
    """The list as an .xlsx: on the second sheet, with merged cells, dates as dates and a format far below."""
    book = openpyxl.Workbook()
    book.active.title = "Läs mig"
    book.active.append(["Fyll i nästa blad. Namn på den som har fyllt i: Mika"])
    sheet = book.create_sheet("Kontakter")
    for row in (*ABOVE, HEADINGS):
        sheet.append(row)
    sheet.merge_cells("A1:H1")
    for _, row in people():
        sheet.append(row)
    first = len(ABOVE) + 2
    for _, _, count in ORGANISATIONS:
        if count > 1:
            sheet.merge_cells(start_row=first, end_row=first + count - 1, start_column=1, end_column=1)
        first += count
    for row in more_rows:
        sheet.append(row)
    sheet.append([])
    sheet.append(TOTAL)
    sheet.cell(1_048_576, 1).font = Font(bold=True)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def lifelike_csv() -> bytes:
    """The list as a Swedish spreadsheet saves it as text: semicolons, Windows-1252, merged cells empty."""
    rows = [*ABOVE, HEADINGS, *(row for _, row in people()), [], TOTAL]
    lines = [";".join(_as_csv(cell) for cell in [*row, *[""] * (len(HEADINGS) - len(row))]) for row in rows]
    return "\r\n".join(lines).encode("cp1252")


def _as_csv(cell: Any) -> str:
    text = str(cell).replace("✓", "x")  # which Windows-1252 lacks
    return f'"{text}"' if any(mark in text for mark in ';"\n') else text
