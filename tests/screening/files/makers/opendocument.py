"""OpenDocument texts, sheets and presentations with a text in one place."""

from collections.abc import Callable

from .packages import XML, Parts, zipped

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = (
    " ".join(
        f'xmlns:{prefix}="{OASIS}:{name}:1.0"'
        for prefix, name in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("draw", "drawing"),
            ("style", "style"),
            ("meta", "meta"),
            ("presentation", "presentation"),
            ("svg", "svg-compatible"),
        )
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
MANIFEST = f'{XML}<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0"/>'


def package(kind: str, body: str, *, styles: str = "", parts: Parts | None = None) -> bytes:
    """A document of the kind "text", "spreadsheet" or "presentation"."""
    inside = f"<office:{kind}>{body}</office:{kind}>"
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "META-INF/manifest.xml": MANIFEST,
            "content.xml": f"{XML}<office:document-content {NAMESPACES}>"
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>{inside}</office:body>"
            "</office:document-content>",
            **(parts or {}),
        }
    )


def paragraph(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def written(body: str, *, styles: str = "", parts: Parts | None = None) -> bytes:
    return package("text", paragraph("Om mötet") + body, styles=styles, parts=parts)


def cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string">{paragraph(text)}</table:table-cell>'


def sheet(rows: str, *, name: str = "Lön", style: str = "", styles: str = "", before: str = "") -> bytes:
    table = f'<table:table table:name="{name}" table:style-name="{style}">{before}{rows}</table:table>'
    return package("spreadsheet", table, styles=styles)


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def slides(second: str, *, styles: str = "", style: str = "") -> bytes:
    pages = (
        f'<draw:page draw:name="Bild 1"/><draw:page draw:name="Bild 2" draw:style-name="{style}">{second}</draw:page>'
    )
    return package("presentation", pages, styles=styles)


def meta(content: str) -> str:
    return f"<office:document-meta {NAMESPACES}><office:meta>{content}</office:meta></office:document-meta>"


def _master(content: str) -> Parts:
    page = f"<office:master-styles><style:master-page>{content}</style:master-page></office:master-styles>"
    return {"styles.xml": f"{XML}<office:document-styles {NAMESPACES}>{page}</office:document-styles>"}


def _deleted(text: str) -> str:
    region = f"<text:changed-region><text:deletion>{paragraph(text)}</text:deletion></text:changed-region>"
    return f"<text:tracked-changes>{region}</text:tracked-changes>"


def _note(text: str) -> str:
    body = f"<text:note-citation>1</text:note-citation><text:note-body>{paragraph(text)}</text:note-body>"
    return paragraph(f'Se<text:note text:note-class="footnote">{body}</text:note> här')


def _annotation(text: str, creator: str = "A") -> str:
    return f"<office:annotation><dc:creator>{creator}</dc:creator>{paragraph(text)}</office:annotation>"


HIDDEN_SHEET = (
    '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
)
HIDDEN_SLIDE = (
    '<style:style style:name="dp2" style:family="drawing-page">'
    '<style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
)
HEAD = row(cell("Namn"), cell("Nummer"))

TEXTS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "body": ("stycke 2", lambda text: written(paragraph(text))),
    "split into spans": (
        "stycke 2",
        lambda text: written(paragraph("".join(f"<text:span>{letter}</text:span>" for letter in text))),
    ),
    "spaces as elements": (
        "stycke 2",
        lambda text: written(paragraph(text.replace("-", '<text:s text:c="1"/>'))),
    ),
    "heading": ("stycke 2", lambda text: written(f"<text:h>{text}</text:h>")),
    "table": (
        "tabell 1, rad 2",
        lambda text: written(f"<table:table table:name='T'>{HEAD}{row(cell('A'), cell(text))}</table:table>"),
    ),
    "tracked deletion": ("spårad ändring", lambda text: written(_deleted(text))),
    "footnote": ("fotnot 1", lambda text: written(_note(text))),
    "comment": ("kommentar 1", lambda text: written(paragraph(f"Se{_annotation(text)}"))),
    "who commented": (
        "kommentar 1, namnet på den som skrivit",
        lambda text: written(paragraph(f"Se{_annotation('Se', f'Anna {text}')}")),
    ),
    "who deleted": (
        "spårad ändring, namnet på den som skrivit",
        lambda text: written(
            _deleted("ord").replace(
                "<text:deletion>",
                f"<text:deletion><office:change-info><dc:creator>Anna {text}</dc:creator></office:change-info>",
            )
        ),
    ),
    "who inserted": (
        "spårad ändring, namnet på den som skrivit",
        lambda text: written(
            "<text:tracked-changes><text:changed-region><text:insertion><office:change-info>"
            f"<dc:creator>Anna {text}</dc:creator></office:change-info></text:insertion></text:changed-region>"
            "</text:tracked-changes>"
        ),
    ),
    "two paragraphs": ("stycke 2", lambda text: written(paragraph(f"Om {text[:7]}") + paragraph(f"{text[7:]} m.fl."))),
    "hidden section": (
        "dolt avsnitt Internt",
        lambda text: written(f'<text:section text:name="Internt" text:display="none">{paragraph(text)}</text:section>'),
    ),
    "hidden text": (
        "stycke 2, dold text",
        lambda text: written(paragraph(f'<text:hidden-text text:string-value="{text}"/>')),
    ),
    "text box": (
        "textruta i stycke 2",
        lambda text: written(paragraph(f"<draw:frame><draw:text-box>{paragraph(text)}</draw:text-box></draw:frame>")),
    ),
    "alternative text": (
        "alternativtext i stycke 2",
        lambda text: written(paragraph(f"<draw:frame><svg:desc>{text}</svg:desc></draw:frame>")),
    ),
    "link": (
        "stycke 2",
        lambda text: written(paragraph(f'<text:a xlink:href="https://a.example/{text}">hit</text:a>')),
    ),
    "header": (
        "sidhuvudet",
        lambda text: written("", parts=_master(f"<style:header>{paragraph(text)}</style:header>")),
    ),
    "footer": (
        "sidfoten",
        lambda text: written("", parts=_master(f"<style:footer>{paragraph(text)}</style:footer>")),
    ),
    "author": (
        "dokumentets egenskaper",
        lambda text: written("", parts={"meta.xml": meta(f"<meta:initial-creator>{text}</meta:initial-creator>")}),
    ),
    "title": (
        "dokumentets egenskaper",
        lambda text: written("", parts={"meta.xml": meta(f"<dc:title>{text}</dc:title>")}),
    ),
    "own property": (
        "dokumentets egenskaper",
        lambda text: written(
            "", parts={"meta.xml": meta(f'<meta:user-defined meta:name="Handläggare">{text}</meta:user-defined>')}
        ),
    ),
    "object": (
        "dold del av filen",
        lambda text: written(
            "",
            parts={
                "Object 1/content.xml": f"<office:document-content {NAMESPACES}>{paragraph(text)}"
                "</office:document-content>"
            },
        ),
    ),
}
SHEETS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "cell": ("blad Lön, cell B2", lambda text: sheet(HEAD + row(cell("A"), cell(text)))),
    "cell after repeated ones": (
        "blad Lön, cell F8",
        lambda text: sheet(
            HEAD
            + row('<table:table-cell table:number-columns-repeated="9"/>', attributes='table:number-rows-repeated="6"')
            + row('<table:table-cell table:number-columns-repeated="5"/>', cell(text))
        ),
    ),
    "hidden sheet": (
        "blad Lön, cell B2 (dolt blad)",
        lambda text: sheet(HEAD + row(cell("A"), cell(text)), style="ta2", styles=HIDDEN_SHEET),
    ),
    "hidden row": (
        "blad Lön, cell B2 (dold rad)",
        lambda text: sheet(HEAD + row(cell("A"), cell(text), attributes='table:visibility="collapse"')),
    ),
    "hidden column": (
        "blad Lön, cell B2 (dold kolumn)",
        lambda text: sheet(
            HEAD + row(cell("A"), cell(text)),
            before='<table:table-column/><table:table-column table:visibility="collapse"/>',
        ),
    ),
    "comment": (
        "kommentar i blad Lön, cell A1",
        lambda text: sheet(row(f"<table:table-cell>{_annotation(text)}{paragraph('A')}</table:table-cell>")),
    ),
    "formula": (
        "blad Lön, cell A1, formel",
        lambda text: sheet(row(f"<table:table-cell table:formula=\"of:=SUMIF([.B1];'{text}')\"/>")),
    ),
    "formula that puts two texts together": (
        "blad Lön, cell A1, formel",
        lambda text: sheet(row(f'<table:table-cell table:formula=\'of:=CONCATENATE("{text[:6]}";"{text[6:]}")\'/>')),
    ),
    "sheet's name": ("ett blads namn", lambda text: sheet("", name=text)),
    "two cells": (
        "blad Lön, cell A2–B2",
        lambda text: sheet(
            row(cell("Födelsedatum"), cell("Sista fyra")) + row(cell(text[:6]), cell(text.rpartition("-")[2]))
        ),
    ),
    "named range": (
        "dold del av filen",
        lambda text: package(
            "spreadsheet", f'<table:named-expression table:name="x" table:expression="&quot;{text}&quot;"/>'
        ),
    ),
}
SLIDES: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "slide": (
        "bild 2",
        lambda text: slides(f"<draw:frame><draw:text-box>{paragraph(text)}</draw:text-box></draw:frame>"),
    ),
    "hidden slide": (
        "bild 2 (dold)",
        lambda text: slides(paragraph(text), styles=HIDDEN_SLIDE, style="dp2"),
    ),
    "speaker's notes": (
        "anteckningar till bild 2",
        lambda text: slides(f"<presentation:notes>{paragraph(text)}</presentation:notes>"),
    ),
    "comment": ("kommentar i bild 2", lambda text: slides(_annotation(text))),
    "table": (
        "bild 2, tabell 1, rad 1",
        lambda text: slides(f"<draw:frame><table:table>{row(cell(text))}</table:table></draw:frame>"),
    ),
    "alternative text": (
        "alternativtext i bild 2",
        lambda text: slides(f"<draw:frame><svg:title>{text}</svg:title></draw:frame>"),
    ),
}
