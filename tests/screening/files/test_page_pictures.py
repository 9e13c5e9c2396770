"""Office documents that show a page as a picture: a person must read it, as a scan in a pdf."""

from collections.abc import Callable

import pytest

from screening.findings import Verdict

from .makers import excel, images, opendocument, powerpoint, word
from .places import screened

CLEAN, UNSCREENED = Verdict.CLEAN, Verdict.UNSCREENED
PNG = images.picture("PNG")
SENTENCE = "Kommunen berättar om sitt förebyggande arbete mot brott i välfärden och om de rutiner som den har. "
STAMP = "Inkom 2025-03-11 Dnr SN 2025/123 Sida 1 av 4"
Size = tuple[float, float]  # centimetres
SCAN, FIGURE, LOGO = (16.0, 22.6), (16.0, 9.0), (4.0, 2.0)


def drawn(size: Size) -> str:
    extent = f'cx="{int(size[0] * 360_000)}" cy="{int(size[1] * 360_000)}"'
    return f'<a:blip r:embed="rId1"/><a:xfrm><a:ext {extent}/></a:xfrm>'


def in_word(size: Size, text: str) -> bytes:
    inline = f'<w:drawing><wp:inline><a:pic xmlns:a="x">{drawn(size)}</a:pic></wp:inline></w:drawing>'
    body = f"<w:p><w:r>{inline}</w:r></w:p>{word.paragraph(text)}"
    return word.document(body, {"word/media/image1.png": PNG})


def in_old_word(size: Size, text: str) -> bytes:
    points = [f"{side / 2.54 * 72:.1f}pt" for side in size]
    shape = f'<v:shape style="width:{points[0]};height: {points[1]}"><v:imagedata r:id="rId1"/></v:shape>'
    body = f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>{word.paragraph(text)}"
    return word.document(body, {"word/media/image1.png": PNG})


def in_opendocument(size: Size, text: str) -> bytes:
    frame = (
        f'<draw:frame svg:width="{size[0]}cm" svg:height="{size[1] / 2.54:.3f}in">'
        '<draw:image xlink:href="Pictures/1.png"/></draw:frame>'
    )
    return opendocument.written(
        f"<text:p>{frame}</text:p>{opendocument.paragraph(text)}", parts={"Pictures/1.png": PNG}
    )


def on_a_slide(size: Size, text: str) -> bytes:
    content = f"<p:pic>{drawn(size)}</p:pic>{powerpoint.shape(text)}"
    return powerpoint.presentation(powerpoint.slide(content), {"ppt/media/image1.png": PNG})


DOCUMENTS: dict[str, Callable[[Size, str], bytes]] = {
    "fil.docx": in_word,
    "gammal.docx": in_old_word,
    "fil.odt": in_opendocument,
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_f5_a_document_that_is_a_picture_of_a_page_needs_a_person(name):
    make = DOCUMENTS[name]
    assert screened(name, make(SCAN, "")).verdict is UNSCREENED
    assert screened(name, make(SCAN, STAMP)).verdict is UNSCREENED
    assert screened(name, make(SCAN, SENTENCE * 100)).verdict is UNSCREENED, "a scan among pages of text"
    assert screened(name, make(SCAN, ""), picture_is_read=True).verdict is CLEAN


@pytest.mark.parametrize("name", DOCUMENTS)
def test_f5_figures_and_logotypes_beside_text_ask_for_nobody(name):
    make = DOCUMENTS[name]
    assert screened(name, make(LOGO, SENTENCE)).verdict is CLEAN
    assert screened(name, make(FIGURE, SENTENCE * 2)).verdict is CLEAN
    assert screened(name, make((16.0, 15.0), SENTENCE * 8)).verdict is CLEAN
    assert screened(name, make((16.0, 15.0), SENTENCE)).verdict is UNSCREENED


def test_f5_a_small_picture_alone_needs_a_person_too():
    assert screened("fil.xlsx", excel.workbook([[]], parts=only_a_picture())).verdict is UNSCREENED
    assert screened("fil.xlsx", excel.workbook([[SENTENCE]], parts=only_a_picture())).verdict is CLEAN


def only_a_picture() -> dict[str, str | bytes]:
    drawing = f'<xdr:wsDr xmlns:xdr="x" xmlns:a="y" xmlns:r="z"><xdr:pic>{drawn(LOGO)}</xdr:pic></xdr:wsDr>'
    return {"xl/drawings/drawing1.xml": drawing, "xl/media/image1.png": PNG}


def test_f5_a_slide_that_is_a_picture_needs_a_person_and_is_named():
    screening = screened("fil.pptx", on_a_slide((28.0, 15.75), "Bild"))
    assert screening.verdict is UNSCREENED
    assert screening.fault.startswith("Bild 2 visar")
    assert screened("fil.pptx", on_a_slide((28.0, 15.75), SENTENCE * 8)).verdict is CLEAN
    assert screened("fil.pptx", on_a_slide(FIGURE, SENTENCE)).verdict is CLEAN


def test_f5_a_background_in_the_header_is_no_scan():
    header = word.part(
        "hdr", f'<w:p><w:r><w:drawing><a:pic xmlns:a="x">{drawn((21, 29))}</a:pic></w:drawing></w:r></w:p>'
    )
    assert screened("fil.docx", word.document(word.paragraph(SENTENCE), {"word/header1.xml": header})).verdict is CLEAN
