"""Presentations of three slides with a text in one place."""

from collections.abc import Callable

from .excel import workbook
from .packages import TYPES, XML, Parts, R, core_properties, relations, zipped

NAMESPACES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    f'xmlns:r="{R}"'
)


def part(root: str, content: str, attributes: str = "") -> str:
    return f"{XML}<p:{root} {NAMESPACES} {attributes}>{content}</p:{root}>"


def paragraph(*texts: str) -> str:
    return f"<a:p>{''.join(f'<a:r><a:t>{text}</a:t></a:r>' for text in texts)}</a:p>"


def shape(*texts: str, description: str = "") -> str:
    named = f'<p:nvSpPr><p:cNvPr id="2" name="Ruta 1" descr="{description}"/></p:nvSpPr>'
    return f"<p:sp>{named}<p:txBody>{paragraph(*texts)}</p:txBody></p:sp>"


def slide(content: str, attributes: str = "") -> str:
    return part("sld", f"<p:cSld><p:spTree>{content}</p:spTree></p:cSld>", attributes)


def presentation(second: str = "", parts: Parts | None = None, *, on_second: tuple[tuple[str, str], ...] = ()) -> bytes:
    """Three slides, kept in files whose numbers are not those of the show: the second is slide7.xml."""
    ids = "".join(f'<p:sldId id="{255 + number}" r:id="rId{number}"/>' for number in (1, 2, 3))
    slides = ("slides/slide1.xml", "slides/slide7.xml", "slides/slide2.xml")
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "ppt/presentation.xml": part("presentation", f"<p:sldIdLst>{ids}</p:sldIdLst>"),
            "ppt/_rels/presentation.xml.rels": relations(*(("slide", name) for name in slides)),
            "ppt/slides/slide1.xml": slide(shape("Välkommen")),
            "ppt/slides/slide7.xml": second or slide(shape("Dagordning")),
            "ppt/slides/_rels/slide7.xml.rels": relations(*on_second),
            "ppt/slides/slide2.xml": slide(shape("Tack")),
            **(parts or {}),
        }
    )


def _table(text: str) -> str:
    rows = (("Namn", "Nummer"), ("A", text))
    cells = ("".join(f"<a:tc><a:txBody>{paragraph(cell)}</a:txBody></a:tc>" for cell in row) for row in rows)
    return f"<p:graphicFrame><a:tbl>{''.join(f'<a:tr>{row}</a:tr>' for row in cells)}</a:tbl></p:graphicFrame>"


def _notes(text: str) -> bytes:
    return presentation(
        "",
        {"ppt/notesSlides/notesSlide1.xml": part("notes", shape(text))},
        on_second=(("notesSlide", "../notesSlides/notesSlide1.xml"),),
    )


def _comment(text: str) -> bytes:
    return presentation(
        "",
        {"ppt/comments/comment1.xml": part("cmLst", f'<p:cm authorId="0"><p:text>{text}</p:text></p:cm>')},
        on_second=(("comments", "../comments/comment1.xml"),),
    )


def _thread(text: str) -> bytes:
    body = f"<p:txBody>{paragraph(text)}</p:txBody>"
    replies = f"<p:cm><p:replyLst><p:reply>{body}</p:reply></p:replyLst></p:cm>"
    return presentation(
        "",
        {"ppt/comments/modernComment_1.xml": part("cmLst", replies)},
        on_second=(("comments", "../comments/modernComment_1.xml"),),
    )


def _authors(root: str, attributes: str) -> bytes:
    return presentation("", {"ppt/commentAuthors.xml": part(root, f'<p:author id="0" {attributes}/>')})


def _chart(text: str) -> bytes:
    chart = f"{XML}<c:chartSpace {NAMESPACES}><c:cat><c:strCache><c:v>{text}</c:v></c:strCache></c:cat></c:chartSpace>"
    return presentation("", {"ppt/charts/chart1.xml": chart}, on_second=(("chart", "../charts/chart1.xml"),))


def _section(text: str) -> bytes:
    return presentation("", {"ppt/presentation.xml": part("presentation", f'<p:section name="{text}"/>')})


def _behind_a_chart(text: str) -> bytes:
    """A chart carries the whole workbook that it was made from."""
    return presentation("", {"ppt/embeddings/Microsoft_Excel.xlsx": workbook([["Namn"], [text]])})


PLACES: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "slide": ("bild 2", lambda text: presentation(slide(shape(text)))),
    "split over runs": ("bild 2", lambda text: presentation(slide(shape(*text)))),
    "hidden slide": ("bild 2 (dold)", lambda text: presentation(slide(shape(text), 'show="0"'))),
    "table": ("bild 2, tabell 1, rad 2", lambda text: presentation(slide(_table(text)))),
    "group": ("bild 2", lambda text: presentation(slide(f"<p:grpSp><p:grpSp>{shape(text)}</p:grpSp></p:grpSp>"))),
    "alternative text": (
        "alternativtext i bild 2",
        lambda text: presentation(slide(shape("Bild", description=text))),
    ),
    "speaker's notes": ("anteckningar till bild 2", _notes),
    "comment": ("kommentar till bild 2", _comment),
    "answer in a thread": ("kommentar till bild 2", _thread),
    "who commented": ("namnet på den som skrivit", lambda text: _authors("cmAuthorLst", f'name="Anna {text}"')),
    "the initials of who commented": (
        "namnet på den som skrivit",
        lambda text: _authors("authorLst", f'initials="{text}"'),
    ),
    "chart": ("diagram till bild 2", _chart),
    "workbook behind a chart": ("inbäddad fil Microsoft_Excel.xlsx: blad Blad1, cell A2", _behind_a_chart),
    "master": (
        "en mall",
        lambda text: presentation("", {"ppt/slideMasters/slideMaster1.xml": part("sldMaster", shape(text))}),
    ),
    "layout": (
        "en mall",
        lambda text: presentation("", {"ppt/slideLayouts/slideLayout1.xml": part("sldLayout", shape(text))}),
    ),
    "slide that is in no show": (
        "en lös bild",
        lambda text: presentation("", {"ppt/slides/slide9.xml": slide(shape(text))}),
    ),
    "section's name": ("dold del av filen", _section),
    "tag": (
        "dold del av filen",
        lambda text: presentation("", {"ppt/tags/tag1.xml": part("tagLst", f'<p:tag name="ID" val="{text}"/>')}),
    ),
    "title": (
        "dokumentets egenskaper",
        lambda text: presentation("", {"docProps/core.xml": core_properties(title=text)}),
    ),
}
