"""Workbooks with a text in one place."""

from collections.abc import Callable, Sequence

from .packages import TYPES, XML, Parts, R, core_properties, own_property, relations, zipped

MAIN = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{R}"'


def cell(address: str, value: str | float, style: int = 0) -> str:
    if isinstance(value, str):
        return f'<c r="{address}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{address}" s="{style}"><v>{value!r}</v></c>'


def sheet(rows: Sequence[Sequence[str | float]], *, before: str = "", after: str = "", hidden_row: int = 0) -> str:
    def row(number: int, values: Sequence[str | float]) -> str:
        cells = "".join(cell(f"{chr(65 + column)}{number}", value) for column, value in enumerate(values))
        return f'<row r="{number}"{" hidden=" + chr(34) + "1" + chr(34) if number == hidden_row else ""}>{cells}</row>'

    data = "".join(row(number, values) for number, values in enumerate(rows, 1))
    return f"{XML}<worksheet {MAIN}>{before}<sheetData>{data}</sheetData>{after}</worksheet>"


def workbook(
    rows: Sequence[Sequence[str | float]] = (("Kommun", "Antal"), ("Arboga", 12)),
    parts: Parts | None = None,
    *,
    name: str = "Blad1",
    state: str = "visible",
    names: str = "",
    content: str = "",
    on_sheet: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """A workbook of one sheet, whose XML is `content` if that is given."""
    sheets = f'<sheets><sheet name="{name}" sheetId="1" state="{state}" r:id="rId1"/></sheets>'
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "xl/workbook.xml": f"{XML}<workbook {MAIN}>{sheets}<definedNames>{names}</definedNames></workbook>",
            "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": content or sheet(rows),
            "xl/worksheets/_rels/sheet1.xml.rels": relations(*on_sheet),
            **(parts or {}),
        }
    )


def _shared(text: str, *, used: bool = True) -> bytes:
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' if used else ""
    runs = f"<si><r><t>{text[:5]}</t></r><r><t>{text[5:]}</t></r></si>"
    return workbook(
        parts={"xl/sharedStrings.xml": f"{XML}<sst {MAIN}>{runs}</sst>"},
        content=f"{XML}<worksheet {MAIN}><sheetData>{row}</sheetData></worksheet>",
    )


def _comment(text: str) -> bytes:
    runs = f"<text><r><t>{text[:3]}</t></r><r><t>{text[3:]}</t></r></text>"
    body = f'<commentList><comment ref="B7">{runs}</comment></commentList>'
    return workbook(
        parts={"xl/comments1.xml": f"{XML}<comments {MAIN}>{body}</comments>"},
        on_sheet=(("comments", "../comments1.xml"),),
    )


def _thread(text: str) -> bytes:
    thread = f'<threadedComment ref="B7" id="{{1}}"><text>{text}</text></threadedComment>'
    return workbook(
        parts={"xl/threadedComments/threadedComment1.xml": f"<ThreadedComments>{thread}</ThreadedComments>"},
        on_sheet=(("threadedComment", "../threadedComments/threadedComment1.xml"),),
    )


def _author(text: str) -> bytes:
    body = f'<authors><author>Anna {text}</author></authors><commentList><comment ref="B7"/></commentList>'
    return workbook(
        parts={"xl/comments1.xml": f"{XML}<comments {MAIN}>{body}</comments>"},
        on_sheet=(("comments", "../comments1.xml"),),
    )


def _person(text: str) -> bytes:
    return workbook(parts={"xl/persons/person.xml": f'<personList><person displayName="Anna {text}"/></personList>'})


def _drawing(text: str) -> bytes:
    body = f"<xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody>"
    box = f"<xdr:wsDr xmlns:xdr='x' xmlns:a='a'><xdr:sp>{body}</xdr:sp></xdr:wsDr>"
    return workbook(parts={"xl/drawings/drawing1.xml": box}, on_sheet=(("drawing", "../drawings/drawing1.xml"),))


def _table(text: str) -> bytes:
    columns = f'<table {MAIN} name="Tabell1"><tableColumns><tableColumn id="1" name="{text}"/></tableColumns></table>'
    return workbook(parts={"xl/tables/table1.xml": columns}, on_sheet=(("table", "../tables/table1.xml"),))


def _pivot(text: str) -> bytes:
    fields = (
        f'<cacheFields><cacheField name="Namn"><sharedItems><s v="{text}"/></sharedItems></cacheField></cacheFields>'
    )
    part = f"<pivotCacheDefinition {MAIN}>{fields}</pivotCacheDefinition>"
    return workbook(parts={"xl/pivotCache/pivotCacheDefinition1.xml": part})


def _linked(text: str) -> bytes:
    data = f'<sheetDataSet><sheetData><row><cell r="A1" t="str"><v>{text}</v></cell></row></sheetData></sheetDataSet>'
    return workbook(parts={"xl/externalLinks/externalLink1.xml": f"<externalLink {MAIN}>{data}</externalLink>"})


def _around(before: str = "", after: str = "") -> bytes:
    return workbook(content=sheet([["Kommun"]], before=before, after=after))


def _formula(text: str) -> bytes:
    row = f'<row r="3"><c r="A3"><f>SUMIF(A1,"{text}")</f><v>0</v></c></row>'
    return workbook(content=f"{XML}<worksheet {MAIN}><sheetData>{row}</sheetData></worksheet>")


def _put_together(formula: str) -> bytes:
    row = f'<row r="3"><c r="A3"><f>{formula}</f></c></row>'
    return workbook(content=f"{XML}<worksheet {MAIN}><sheetData>{row}</sheetData></worksheet>")


def _cached(text: str) -> bytes:
    """What a formula came to: two numbers put together."""
    row = f'<row r="3"><c r="A3" t="str"><f>B1&amp;C1</f><v>{text}</v></c></row>'
    return workbook(content=f"{XML}<worksheet {MAIN}><sheetData>{row}</sheetData></worksheet>")


def _rows(text: str | float) -> list[list[str | float]]:
    return [["Namn", "Nummer"], ["A", text]]


PLACES: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "cell": ("blad Lön, cell B2", lambda text: workbook(_rows(text), name="Lön")),
    "shared text in runs": ("blad Blad1, cell A1", _shared),
    "shared text of no cell": ("dold del av filen", lambda text: _shared(text, used=False)),
    "two cells": (
        "blad Blad1, cell A2–B2",
        lambda text: workbook([["Födelsedatum", "Sista fyra"], [text[:6], text[7:]]]),
    ),
    "hidden sheet": ("blad Lön, cell B2 (dolt blad)", lambda text: workbook(_rows(text), name="Lön", state="hidden")),
    "very hidden sheet": (
        "blad Lön, cell B2 (dolt blad)",
        lambda text: workbook(_rows(text), name="Lön", state="veryHidden"),
    ),
    "hidden row": ("blad Blad1, cell B2 (dold rad)", lambda text: workbook(content=sheet(_rows(text), hidden_row=2))),
    "hidden column": (
        "blad Blad1, cell B2 (dold kolumn)",
        lambda text: workbook(
            content=sheet(_rows(text), before='<cols><col min="2" max="3" width="9" hidden="1"/></cols>')
        ),
    ),
    "note": ("kommentar i blad Blad1, cell B7", _comment),
    "thread": ("kommentar i blad Blad1, cell B7", _thread),
    "who wrote a note": ("kommentar i blad Blad1", _author),
    "who wrote in a thread": ("namnet på den som skrivit", _person),
    "defined name's value": (
        "dold del av filen",
        lambda text: workbook(names=f'<definedName name="Chef">"{text}"</definedName>'),
    ),
    "comment on a defined name": (
        "dold del av filen",
        lambda text: workbook(names=f'<definedName name="Chef" comment="{text}">1</definedName>'),
    ),
    "formula": ("blad Blad1, cell A3, formel", _formula),
    "formula that puts two texts together": (
        "blad Blad1, cell A3, formel",
        lambda text: _put_together(f'"{text[:6]}" &amp; "{text[6:]}"'),
    ),
    "formula that puts numbers together": (
        "blad Blad1, cell A3, formel",
        lambda text: _put_together(f'IF(B1,{text[:6]}&amp;"-"&amp;{text[7:]},"")'),
    ),
    "formula with a function for texts": (
        "blad Blad1, cell A3, formel",
        lambda text: _put_together(f'CONCATENATE("{text[:6]}","{text[6:]}")'),
    ),
    "defined name that puts two texts together": (
        "dold del av filen",
        lambda text: workbook(names=f'<definedName name="Chef">"{text[:6]}"&amp;"{text[6:]}"</definedName>'),
    ),
    "formula's value": ("blad Blad1, cell A3", _cached),
    "page header": (
        "sidhuvudet i blad Blad1",
        lambda text: _around(after=f"<headerFooter><oddHeader>&amp;L{text}</oddHeader></headerFooter>"),
    ),
    "page footer": (
        "sidfoten i blad Blad1",
        lambda text: _around(after=f"<headerFooter><evenFooter>&amp;C{text}</evenFooter></headerFooter>"),
    ),
    "list of choices": (
        "blad Blad1",
        lambda text: _around(
            after=f'<dataValidations><dataValidation><formula1>"ja,{text}"</formula1></dataValidation></dataValidations>'
        ),
    ),
    "help for a cell": (
        "blad Blad1",
        lambda text: _around(after=f'<dataValidations><dataValidation prompt="{text}"/></dataValidations>'),
    ),
    "link's help": (
        "blad Blad1",
        lambda text: _around(after=f'<hyperlinks><hyperlink ref="A1" tooltip="{text}"/></hyperlinks>'),
    ),
    "sheet's name": ("ett blads namn", lambda text: workbook(name=text)),
    "text box": ("textruta i blad Blad1", _drawing),
    "column of a table": ("dold del av filen (blad Blad1)", _table),
    "pivot table's data": ("dold del av filen", _pivot),
    "linked workbook": ("länkad arbetsbok, cell A1", _linked),
    "title": (
        "dokumentets egenskaper",
        lambda text: workbook(parts={"docProps/core.xml": core_properties(title=text)}),
    ),
    "own property": (
        "dokumentets egenskaper",
        lambda text: workbook(parts={"docProps/custom.xml": own_property("Handläggare", text)}),
    ),
}
