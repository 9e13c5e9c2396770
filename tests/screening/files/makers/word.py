"""Word documents with a text in one place."""

from collections.abc import Callable

from .packages import TYPES, XML, Parts, core_properties, of_the_program, own_property, relations, zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def paragraph(*texts: str, properties: str = "") -> str:
    """A paragraph with a run for each text."""
    runs = "".join(f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)
    return f"<w:p>{runs}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    def cells(row: tuple[str, ...]) -> str:
        return "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row)

    return f"<w:tbl>{''.join(f'<w:tr>{cells(row)}</w:tr>' for row in rows)}</w:tbl>"


def document(body: str = "", parts: Parts | None = None) -> bytes:
    """A document: one paragraph, then the body; other parts as they are given."""
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(("officeDocument", "word/document.xml")),
            "word/document.xml": part("document", f"<w:body>{paragraph('Om mötet')}{body}</w:body>"),
            **(parts or {}),
        }
    )


def part(root: str, content: str) -> str:
    return f"{XML}<w:{root} {NAMESPACES}>{content}</w:{root}>"


def _split(text: str) -> str:
    """Spelling checks and edits cut a text into runs anywhere."""
    return paragraph("Numret är ", *text, " i akten")


def _deleted(text: str) -> str:
    return (
        f'<w:p><w:r><w:t xml:space="preserve">Se </w:t></w:r><w:del w:id="1" w:author="A"><w:r>'
        f"<w:delText>{text}</w:delText></w:r></w:del><w:r><w:t>mer</w:t></w:r></w:p>"
    )


def _half_deleted(text: str) -> str:
    return (
        f'<w:p><w:r><w:t>{text[:7]}</w:t></w:r><w:del w:id="1" w:author="A"><w:r><w:delText>{text[7:]}</w:delText>'
        f"</w:r></w:del><w:ins><w:r><w:t>xxxx</w:t></w:r></w:ins></w:p>"
    )


def _inserted(text: str, author: str = "A") -> str:
    return f'<w:ins w:id="1" w:author="{author}"><w:r><w:t>{text}</w:t></w:r></w:ins>'


def _moved(text: str) -> str:
    return f"<w:p><w:moveFrom><w:r><w:t>{text}</w:t></w:r></w:moveFrom></w:p>"


def _text_box(text: str) -> str:
    return (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>"
        f"{paragraph(text)}</w:txbxContent></wps:txbx></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>"
    )


def _field(text: str) -> str:
    return f'<w:p><w:r><w:instrText> MERGEFIELD "{text}" </w:instrText></w:r></w:p>'


def _alternative(text: str) -> str:
    picture = f'<wp:inline><wp:docPr id="1" name="Bild 1" descr="{text}"/></wp:inline>'
    return f"<w:p><w:r><w:drawing>{picture}</w:drawing></w:r></w:p>"


def _control(text: str) -> str:
    return f"<w:sdt><w:sdtPr><w:alias w:val='Fält'/></w:sdtPr><w:sdtContent>{paragraph(text)}</w:sdtContent></w:sdt>"


def _choice(text: str) -> str:
    return (
        f'<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="{text}" w:value="1"/></w:dropDownList></w:sdtPr>'
        f"<w:sdtContent>{paragraph('Välj')}</w:sdtContent></w:sdt>"
    )


def _boxes(text: str) -> str:
    """A form with a box for each digit."""
    return table(("Namn",), tuple(text.replace("-", "")))


def _notes(kind: str, text: str) -> str:
    """Word keeps the lines above the notes among them."""
    return part(
        f"{kind}s",
        f'<w:{kind} w:type="separator" w:id="-1">{paragraph("")}</w:{kind}>'
        f'<w:{kind} w:id="1">{paragraph("Se lagen.")}</w:{kind}><w:{kind} w:id="2">{paragraph(text)}</w:{kind}>',
    )


def _comments(text: str) -> str:
    return part("comments", f'<w:comment w:id="0" w:author="A">{paragraph(text)}</w:comment>')


# The place, as it must be told, and the document.
PLACES: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "body": ("stycke 2", lambda text: document(paragraph(text))),
    "split over runs": ("stycke 2", lambda text: document(_split(text))),
    "line break within": ("stycke 2", lambda text: document(paragraph(text[:6] + "</w:t><w:br/><w:t>" + text[6:]))),
    "no-break hyphen": (
        "stycke 2",
        lambda text: document(paragraph(text[:6] + "</w:t><w:noBreakHyphen/><w:t>" + text[7:])),
    ),
    "table": ("tabell 1, rad 2", lambda text: document(table(("Namn", "Nummer"), ("A", text)))),
    "table in two columns": (
        "tabell 1, rad 2",
        lambda text: document(table(("Född", "Sista fyra"), (text[:6], text[7:]))),
    ),
    "boxes for digits": ("tabell 1, rad 2", lambda text: document(_boxes(text))),
    "text box": ("textruta i stycke 2", lambda text: document(_text_box(text))),
    "content control": ("stycke 2", lambda text: document(_control(text))),
    "choices of a list": ("stycke 1", lambda text: document(_choice(text))),
    "field code": ("stycke 2, fältkod", lambda text: document(_field(text))),
    "alternative text": ("alternativtext i stycke 2", lambda text: document(_alternative(text))),
    "tracked deletion": ("stycke 2, borttagen text (spårad ändring)", lambda text: document(_deleted(text))),
    "half of it deleted": ("stycke 2, borttagen text (spårad ändring)", lambda text: document(_half_deleted(text))),
    "moved away": ("stycke 2, borttagen text (spårad ändring)", lambda text: document(_moved(text))),
    "tracked insertion": (
        "stycke 2 (infogad ändring)",
        lambda text: document(f"<w:p><w:ins><w:r><w:t>{text}</w:t></w:r></w:ins></w:p>"),
    ),
    "half of it inserted": (
        "stycke 2 (infogad ändring)",
        lambda text: document(f"<w:p><w:r><w:t>{text[:7]}</w:t></w:r>{_inserted(text[7:])}</w:p>"),
    ),
    "an insertion in a table": (
        "tabell 1, rad 2",
        lambda text: document(
            table(("Född", "Sista fyra"), (text[:6], f"</w:t></w:r>{_inserted(text[7:])}<w:r><w:t>"))
        ),
    ),
    "who inserted": (
        "stycke 2, namnet på den som skrivit",
        lambda text: document(f"<w:p>{_inserted('ord', author=f'Anna {text}')}</w:p>"),
    ),
    "who deleted": (
        "stycke 2, namnet på den som skrivit",
        lambda text: document(_deleted("ord").replace('w:author="A"', f'w:author="Anna {text}"')),
    ),
    "who changed the looks": (
        "stycke 2, namnet på den som skrivit",
        lambda text: document(paragraph("ord", properties=f'<w:rPr><w:rPrChange w:author="Anna {text}"/></w:rPr>')),
    ),
    "who commented": (
        "kommentar 1, namnet på den som skrivit",
        lambda text: document(
            "",
            {"word/comments.xml": part("comments", f'<w:comment w:author="Anna {text}">{paragraph("Se")}</w:comment>')},
        ),
    ),
    "the initials of who commented": (
        "kommentar 1, namnet på den som skrivit",
        lambda text: document(
            "", {"word/comments.xml": part("comments", f'<w:comment w:initials="{text}">{paragraph("Se")}</w:comment>')}
        ),
    ),
    "two paragraphs": ("stycke 2", lambda text: document(paragraph(f"Om {text[:7]}") + paragraph(f"{text[7:]} m.fl."))),
    "a dash in the next paragraph": (
        "stycke 2",
        lambda text: document(paragraph(text[:6]) + paragraph("") + paragraph(text[6:])),
    ),
    "hidden text": (
        "stycke 2, dold text",
        lambda text: document(paragraph(text, properties="<w:rPr><w:vanish/></w:rPr>")),
    ),
    "header": ("sidhuvudet", lambda text: document("", {"word/header1.xml": part("hdr", paragraph(text))})),
    "footer": ("sidfoten", lambda text: document("", {"word/footer1.xml": part("ftr", paragraph(text))})),
    "table in the header": (
        "sidhuvudet, tabell 1, rad 1",
        lambda text: document("", {"word/header1.xml": part("hdr", table((text,)))}),
    ),
    "footnote": ("fotnot 2", lambda text: document("", {"word/footnotes.xml": _notes("footnote", text)})),
    "endnote": ("slutnot 2", lambda text: document("", {"word/endnotes.xml": _notes("endnote", text)})),
    "comment": ("kommentar 1", lambda text: document("", {"word/comments.xml": _comments(text)})),
    "building block": (
        "byggblock",
        lambda text: document("", {"word/glossary/document.xml": part("glossaryDocument", paragraph(text))}),
    ),
    "variable": (
        "dold del av filen",
        lambda text: document("", {"word/settings.xml": part("settings", f'<w:docVar w:name="x" w:val="{text}"/>')}),
    ),
    "author": (
        "dokumentets egenskaper",
        lambda text: document("", {"docProps/core.xml": core_properties(creator=text)}),
    ),
    "title": ("dokumentets egenskaper", lambda text: document("", {"docProps/core.xml": core_properties(title=text)})),
    "company": ("dokumentets egenskaper", lambda text: document("", {"docProps/app.xml": of_the_program(text)})),
    "own property": (
        "dokumentets egenskaper",
        lambda text: document("", {"docProps/custom.xml": own_property("Handläggare", text)}),
    ),
    "own property's name": (
        "dokumentets egenskaper",
        lambda text: document("", {"docProps/custom.xml": own_property(text, "ja")}),
    ),
    "own data": (
        "dold del av filen",
        lambda text: document("", {"customXml/item1.xml": f'<akt nummer="{text}"/>'}),
    ),
    "link": (
        "en länk i filen",
        lambda text: document(
            "", {"word/_rels/document.xml.rels": relations(("hyperlink", f"https://lumen.example/?nr={text}"))}
        ),
    ),
    "chart": (
        "diagram",
        lambda text: document("", {"word/charts/chart1.xml": f"<c:chartSpace><c:v>{text}</c:v></c:chartSpace>"}),
    ),
    "embedded text": (
        "inbäddad fil afchunk.txt: rad 1",
        lambda text: document("", {"word/afchunk.txt": f"Om {text} här"}),
    ),
    "embedded document": (
        "inbäddad fil Bilaga.docx: stycke 2",
        lambda text: document("", {"word/embeddings/Bilaga.docx": document(paragraph(text))}),
    ),
    "picture's name": (
        "alternativtext i stycke 2",
        lambda text: document(paragraph('</w:t><wp:docPr id="1" name="' + text + '.jpg"/><w:t>')),
    ),
}
