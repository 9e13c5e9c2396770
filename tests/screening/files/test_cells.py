"""Numbers that stand in several cells, or are told in several: the same for every kind of table."""

from collections.abc import Callable

import pytest

from screening.findings import Verdict

from .makers import excel, opendocument, powerpoint, word
from .places import NUMBER, screened

BIRTH, FOUR = NUMBER.split("-")
Rows = list[tuple[str, ...]]
BLOCK, CLEAN = Verdict.BLOCK, Verdict.CLEAN


def slide_table(rows: Rows) -> bytes:
    cells = ("".join(f"<a:tc><a:txBody>{powerpoint.paragraph(cell)}</a:txBody></a:tc>" for cell in row) for row in rows)
    table = f"<a:tbl>{''.join(f'<a:tr>{row}</a:tr>' for row in cells)}</a:tbl>"
    return powerpoint.presentation(powerpoint.slide(f"<p:graphicFrame>{table}</p:graphicFrame>"))


def text_table(rows: Rows) -> bytes:
    body = "".join(opendocument.row(*map(opendocument.cell, row)) for row in rows)
    return opendocument.written(f'<table:table table:name="T">{body}</table:table>')


TABLES: dict[str, Callable[[Rows], bytes]] = {
    "fil.csv": lambda rows: "\n".join(map(";".join, rows)).encode(),
    "fil.xlsx": lambda rows: excel.workbook([list(row) for row in rows]),
    "fil.ods": lambda rows: opendocument.sheet("".join(opendocument.row(*map(opendocument.cell, row)) for row in rows)),
    "fil.docx": lambda rows: word.document(word.table(*rows)),
    "fil.odt": text_table,
    "fil.pptx": slide_table,
}


@pytest.fixture(params=TABLES)
def verdict(request):
    return lambda *rows: screened(request.param, TABLES[request.param](list(rows))).verdict


@pytest.mark.parametrize("dash", ["-", "–", "+"])
def test_f14_a_dash_in_a_cell_between_two_joins_them(verdict, dash):
    assert verdict(("Namn", "a", "b", "c"), ("Kim", BIRTH, dash, FOUR)) is BLOCK
    assert verdict(("Namn", "a", "b", "c"), ("Kim", BIRTH, dash, f"{int(FOUR) + 1:04}")) is CLEAN


def test_f14_a_dash_among_figures_means_that_one_is_missing(verdict):
    assert verdict(("Kommun", "2023", "2024", "2025", "2026"), ("Lund", BIRTH, "-", FOUR, "1250")) is CLEAN


def test_f6_columns_apart_are_joined_when_their_headings_say_so(verdict):
    assert verdict(("Födelsedatum", "Namn", "Fyra sista"), (BIRTH, "Kim", FOUR)) is BLOCK
    assert verdict(("Fyra sista", "Namn", "Född"), (FOUR, "Kim", BIRTH)) is BLOCK
    assert verdict(("Beslutsdag", "Namn", "Antal"), (BIRTH, "Kim", FOUR)) is CLEAN


def test_f6_cells_that_tell_themselves_what_they_are_are_read_together(verdict):
    assert verdict(("Namn", "A", "B"), ("Kim", f"född {BIRTH}", f"sista fyra {FOUR}")) is BLOCK
    assert verdict(("Namn", "A", "B"), ("Kim", f"mötet {BIRTH}", f"antal {FOUR}")) is CLEAN


PARAGRAPHS: dict[str, Callable[[list[str]], bytes]] = {
    "fil.docx": lambda texts: word.document("".join(map(word.paragraph, texts))),
    "fil.odt": lambda texts: opendocument.written("".join(map(opendocument.paragraph, texts))),
    "fil.pptx": lambda texts: powerpoint.presentation(powerpoint.slide("".join(map(powerpoint.shape, texts)))),
    "fil.txt": lambda texts: "\n".join(texts).encode(),
}


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_f6_lines_of_a_form_in_running_text_are_read_together(name):
    make = PARAGRAPHS[name]
    assert screened(name, make([f"Född: {BIRTH}", f"Fyra sista: {FOUR}"])).verdict is BLOCK
    assert screened(name, make([f"Möte: {BIRTH}", f"Antal deltagare: {FOUR}"])).verdict is CLEAN


def word_list(label: str, start: str, text: str) -> bytes:
    level = f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:lvlText w:val="{label}"/></w:lvl>'
    used = '<w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num>'
    numbering = f'<w:abstractNum w:abstractNumId="3">{level}</w:abstractNum>{used}'
    of_list = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    item = f"<w:p>{of_list}<w:r><w:t>{text}</w:t></w:r></w:p>"
    return word.document(item * 2, {"word/numbering.xml": word.part("numbering", numbering)})


def open_list(label: str, start: str, text: str) -> bytes:
    before, after = label.split("%1")
    level = (
        f'<text:list-level-style-number text:level="1" style:num-prefix="{before}" style:num-suffix="{after}" '
        f'style:num-format="1" text:start-value="{start}"/>'
    )
    item = f"<text:list-item>{opendocument.paragraph(text)}</text:list-item>"
    styles = f'<text:list-style style:name="L1">{level}</text:list-style>'
    return opendocument.written(f'{styles}<text:list text:style-name="L1">{item * 2}</text:list>')


@pytest.mark.parametrize(("name", "make"), [("fil.docx", word_list), ("fil.odt", open_list)])
@pytest.mark.parametrize(
    ("label", "start", "text"),
    [
        (f"{BIRTH}-%1", FOUR, "Kim"),
        (f"{BIRTH}-%1", str(int(FOUR) - 1), "Kim"),
        (f"19{BIRTH}-%1.", FOUR, "Kim"),
        ("%1-", BIRTH, f"{FOUR} bor kvar"),
        (f"{NUMBER} %1", "1", "Kim"),
    ],
    ids=["the whole", "the second item", "with a century", "with the text of the item", "beside the number"],
)
def test_f14_the_label_of_a_list_is_read_with_its_items(name, make, label, start, text):
    assert screened(name, make(label, start, text)).verdict is BLOCK
    assert screened(name, make("%1.", "1", text)).verdict is CLEAN


def test_f14_the_bullet_of_a_slide_is_read_with_its_text():
    def make(bullet: str) -> bytes:
        text = f'<a:p><a:pPr><a:buChar char="{bullet}"/></a:pPr><a:r><a:t>{FOUR} Kim</a:t></a:r></a:p>'
        return powerpoint.presentation(powerpoint.slide(f"<p:sp><p:txBody>{text}</p:txBody></p:sp>"))

    assert screened("fil.pptx", make(f"{BIRTH}-")).verdict is BLOCK
    assert screened("fil.pptx", make("•")).verdict is CLEAN
