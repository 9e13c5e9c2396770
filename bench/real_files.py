"""`python -m bench.real_files FOLDER`: makes `tests/screening/files/real/` with the programs that people use.

Needs LibreOffice (`libreoffice-writer`, `-calc` and `-impress`), Ghostscript and Chromium on the machine; the tests do
not, since the files are kept. Each name says what must come of the file: `ren-` is clean, `nummer-` holds the number
of a person, and `bild-` shows pages that no program can read. What follows tells where the number stands, and how the
file was made.
"""

import base64
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from tests.screening.numbers import personal_number

NUMBER = personal_number(982, "471130")
BIRTH, FOUR = NUMBER.split("-")
DAY = "2026-03-12"
LEFT_OUT = ("nummer-anteckning.pdf", "nummer-kommentar.pdf")  # notes and comments are not exported
PROSE = (
    "Kommunen har under året arbetat med att förebygga felaktiga utbetalningar inom hemtjänst och personlig assistans. "
    "En samordnare leder en arbetsgrupp med en person från varje förvaltning, och gruppen rapporterar till ledningen. "
)
NS = (
    " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in {
            "office": "office",
            "text": "text",
            "table": "table",
            "draw": "drawing",
            "svg": "svg-compatible",
            "style": "style",
            "fo": "xsl-fo-compatible",
            "meta": "meta",
            "presentation": "presentation",
        }.items()
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
MIME = "application/vnd.oasis.opendocument."
WRITER, CALC, IMPRESS = "text", "spreadsheet", "presentation"
SUFFIXES = {WRITER: ("odt", "docx", "pdf"), CALC: ("ods", "xlsx"), IMPRESS: ("odp", "pptx", "pdf")}


def flat(kind: str, body: str, *, styles: str = "", meta: str = "") -> str:
    """A document in one file of XML, which LibreOffice opens and saves in its formats."""
    head = f'<?xml version="1.0" encoding="UTF-8"?><office:document {NS} office:version="1.3"'
    body = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    meta = f"<office:meta>{meta}</office:meta>"
    return f'{head} office:mimetype="{MIME}{kind}">{meta}{styles}{body}</office:document>'


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def table(*rows: tuple[str, ...], name: str = "Tabell") -> str:
    def cell(text: str) -> str:
        return f'<table:table-cell office:value-type="string">{p(text)}</table:table-cell>'

    columns = f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    return f'<table:table table:name="{name}">{columns}{body}</table:table>'


def masters(header: str = "", footer: str = "") -> str:
    parts = f"<style:header>{p(header)}</style:header><style:footer>{p(footer)}</style:footer>"
    return (
        '<office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" '
        'fo:page-height="29.7cm"/><style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">'
        f"{parts}</style:master-page></office:master-styles>"
    )


def box(text: str, *, at: int, width: int = 20) -> str:
    place = f'svg:x="2cm" svg:y="{at}cm" svg:width="{width}cm" svg:height="1.5cm"'
    return f"<draw:frame {place}><draw:text-box>{p(text)}</draw:text-box></draw:frame>"


def slide(*texts: str, notes: str = "") -> str:
    boxes = "".join(box(text, at=2 + 2 * at) for at, text in enumerate(texts))
    said = f"<presentation:notes>{box(notes, at=14, width=15)}</presentation:notes>" if notes else ""
    return f'<draw:page draw:name="s">{boxes}{said}</draw:page>'


def in_box(text: str) -> str:
    frame = '<draw:frame text:anchor-type="paragraph" svg:width="8cm" svg:height="2cm">'
    return f"<text:p>{frame}<draw:text-box>{p(text)}</draw:text-box></draw:frame></text:p>"


def footnote(text: str) -> str:
    cited = "<text:note-citation>1</text:note-citation>"
    return f'<text:note text:note-class="footnote">{cited}<text:note-body>{p(text)}</text:note-body></text:note>'


def comment(text: str) -> str:
    return f"<office:annotation><dc:creator>K</dc:creator>{p(text)}</office:annotation>"


def picture(data: str, width: str, height: str) -> str:
    return (
        f'<draw:frame text:anchor-type="as-char" svg:width="{width}" svg:height="{height}"><draw:image>'
        f"<office:binary-data>{data}</office:binary-data></draw:image></draw:frame>"
    )


COUNTS = [
    ("Datum", "Antal", "Kronor"),
    *((f"2025-{month:02}-{month + 9:02}", str(1100 + 37 * month), str(84_000 + 913 * month)) for month in range(1, 9)),
]
INVOICES = [
    ("Fakturanr", "Belopp", "Förfaller"),
    *((str(4_507_148_072 + 97_003 * number), f"{number} 250,00", DAY) for number in range(1, 9)),
]
TEXTS = {
    "ren-brev": (WRITER, p("Hej!") + p(PROSE * 3) + p("Med vänlig hälsning, Kim, telefon 08-123 456 78")),
    "ren-checklista": (WRITER, "".join(p(f"{n}. Kontrollera steg {n} före den {n} mars 2026") for n in range(1, 12))),
    "ren-statistik": (WRITER, p("Statistik") + table(*COUNTS)),
    "ren-protokoll": (WRITER, p("Protokoll 2026-03-12, § 14, dnr SN 2026/0123") + p(PROSE) + p("Närvarande: 14 av 17")),
    "ren-antal": (CALC, table(*COUNTS, name="Antal")),
    "ren-fakturor": (CALC, table(*INVOICES, name="Fakturor")),
    "ren-utbildning": (
        IMPRESS,
        slide("Varningssignaler", "Fyra frågor att ställa") + slide(PROSE, notes="Berätta om läget 2026"),
    ),
    "nummer-text": (WRITER, p(PROSE) + p(f"Sökande {NUMBER} har fått avslag.")),
    "nummer-tabell": (WRITER, p("Lista") + table(("Namn", "Nummer"), ("Kim", NUMBER))),
    "nummer-delat": (WRITER, p("Lista") + table(("Namn", "Född", "Sista fyra"), ("Kim", BIRTH, FOUR))),
    "nummer-ruta": (WRITER, p(PROSE) + in_box(NUMBER)),
    "nummer-fotnot": (WRITER, f"<text:p>Text{footnote(NUMBER)}</text:p>"),
    "nummer-kommentar": (WRITER, f"<text:p>Text{comment(NUMBER)}</text:p>"),
    "nummer-berattat": (WRITER, p("Hon är född den 30 november 1947.") + p(f"De fyra sista är {FOUR}.")),
    "nummer-blad": (CALC, table(("Namn", "Nummer"), ("Kim", NUMBER), name="Lista")),
    "nummer-kolumner": (CALC, table(("Födelsedatum", "Ort", "Fyra sista"), (BIRTH, "Lund", FOUR), name="Lista")),
    "nummer-bild": (IMPRESS, slide("Rubrik", f"Om {NUMBER}")),
    "nummer-anteckning": (IMPRESS, slide("Rubrik", PROSE, notes=f"Om {NUMBER}")),
}


def documents(scan: str) -> Iterator[tuple[str, str, str]]:
    """Each document: its name, its kind and its content."""
    for name, (kind, body) in TEXTS.items():
        yield name, kind, flat(kind, body)
    yield "nummer-sidhuvud", WRITER, flat(WRITER, p(PROSE), styles=masters(header=f"Om {NUMBER}"))
    yield "nummer-sidfot", WRITER, flat(WRITER, p(PROSE), styles=masters(footer=f"Om {NUMBER}"))
    yield "nummer-titel", WRITER, flat(WRITER, p(PROSE), meta=f"<dc:title>Om {NUMBER}</dc:title>")
    yield "bild-sida", WRITER, flat(WRITER, f"<text:p>{picture(scan, '16cm', '22.6cm')}</text:p>")
    yield "ren-logotyp", WRITER, flat(WRITER, f"<text:p>{picture(scan, '1.5cm', '2cm')}</text:p>" + p(PROSE * 2))


HTML = {
    "ren-webb": f"<h1>Rapport</h1><p>{PROSE * 4}</p>",
    "ren-webbtabell": "<table>" + "".join("<tr><td>" + "<td>".join(row) for row in COUNTS) + "</table>",
    "nummer-webb": f"<h1>Beslut</h1><p>{PROSE}</p><p>Sökande {NUMBER} har fått avslag.</p>",
    "nummer-spalter": (
        f"<div style='columns:2;width:16cm;height:2.2cm;font:12pt monospace'>{'Text i spalten som bryts. ' * 2}"
        f"Brukaren är {BIRTH}-<br>{FOUR} och bor kvar.{' Mer text i spalten.' * 5}</div>"
    ),
    "nummer-webbtabell": f"<table><tr><td>Kim<td>{NUMBER}<tr><td>Bo<td>saknas</table>",
    "bild-webb": "<style>@page{margin:0}body{margin:0}img{width:210mm;height:296mm}</style><img src='scan.png'>",
    "bild-stampel": (
        "<style>@page{margin:0}body{margin:0}img{width:210mm;height:296mm}p{position:absolute;top:2mm;left:9mm}</style>"
        "<img src='scan.png'><p>Inkom 2025-03-11 till Socialförvaltningen i Exempelstad. Dnr SN 2025/123, handläggare "
        "Kim Ekdal, enheten för ekonomiskt bistånd. Handlingen är inskannad. Sida 1 av 4</p>"
    ),
}


def main(folder: Path) -> None:
    """Make all the files in the folder."""
    work = folder / "work"
    work.mkdir(parents=True, exist_ok=True)
    _draw_scan(work / "scan.png")
    scan = base64.b64encode((work / "scan.png").read_bytes()).decode()
    by_format: dict[str, list[Path]] = {}
    for name, kind, content in documents(scan):
        source = work / f"{name}.fodt"
        source = source.with_suffix({WRITER: ".fodt", CALC: ".fods", IMPRESS: ".fodp"}[kind])
        source.write_text(content, encoding="utf-8")
        for suffix in SUFFIXES[kind]:
            by_format.setdefault(suffix, []).append(source)
    home = f"-env:UserInstallation=file://{work}/profile"
    for suffix, sources in by_format.items():
        sources = [source for source in sources if f"{source.stem}.{suffix}" not in LEFT_OUT]
        command = ["soffice", home, "--headless", "--convert-to", suffix, "--outdir", str(folder), *map(str, sources)]
        subprocess.run(command, check=True, capture_output=True)
    for pdf in ("nummer-text", "nummer-tabell", "ren-brev", "ren-statistik", "nummer-sidhuvud", "bild-sida"):
        made = folder / f"{pdf}.gs.pdf"
        command = [
            "gs",
            "-q",
            "-dNOPAUSE",
            "-dBATCH",
            "-sDEVICE=pdfwrite",
            f"-sOutputFile={made}",
            str(folder / f"{pdf}.pdf"),
        ]
        subprocess.run(command, check=True)
    for name, html in HTML.items():
        page = work / f"{name}.html"
        page.write_text(f"<!doctype html><html lang=sv><meta charset=utf-8><title>Prov</title>{html}", encoding="utf-8")
        command = ["chromium", "--no-sandbox", "--headless", "--disable-gpu", "--no-pdf-header-footer"]
        command += [f"--print-to-pdf={folder / name}.chromium.pdf", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True)
    for name in (
        "ren-brev.docx",
        "ren-antal.xlsx",
        "ren-utbildning.pptx",
        "nummer-text.docx",
        "nummer-blad.xlsx",
        "ren-brev.odt",
    ):
        _pack_again(folder / name, folder / name.replace(".", ".mappar."))


def _draw_scan(path: Path) -> None:
    """A page of grey lines, as a scanned letter looks from afar."""
    image = Image.new("1", (420, 594), 1)
    draw = ImageDraw.Draw(image)
    for line in range(60, 540, 14):
        draw.line((40, line, 380 - line % 70, line), fill=0, width=3)
    image.save(path, optimize=True)


def _pack_again(source: Path, made: Path) -> None:
    """The parts unpacked and packed again with entries for their folders, as zip programs do."""
    folders: set[str] = set()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in sorted(old.infolist(), key=lambda info: info.filename != "mimetype"):
            for end in (found.end() for found in re.finditer("/", info.filename)):
                if info.filename[:end] not in folders:
                    folders.add(info.filename[:end])
                    new.writestr(info.filename[:end], "")
            if not info.is_dir():
                new.writestr(info.filename, old.read(info))


if __name__ == "__main__":
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1770000000")
    main(Path(sys.argv[1]).resolve())
