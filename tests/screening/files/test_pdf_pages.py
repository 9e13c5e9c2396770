"""Pages of a pdf that a program cannot read to their end, and numbers that are broken over lines, columns and pages."""

import pytest

from screening.findings import Verdict

from .makers.hostile_pdf import PICTURE
from .makers.pdf import Pdf, literal, with_catalog
from .places import NUMBER, screened

BIRTH, FOUR = NUMBER.split("-")
CLEAN, BLOCK, UNSCREENED = Verdict.CLEAN, Verdict.BLOCK, Verdict.UNSCREENED
STAMP = "Inkom 2025-03-11 Socialförvaltningen i Exempelstad Dnr SN 2025/123 Handläggare Kim Sida 1 av 4 "
SENTENCE = "Kommunen berättar om sitt förebyggande arbete mot brott i välfärden och om de rutiner som den har. "
WHOLE = (595, 842)


def lines(*texts: tuple[int, int, str]) -> bytes:
    """Texts at places of a page, in the order in which they are drawn."""
    return b" ".join(b"BT /F1 9 Tf %d %d Td (%s) Tj ET" % (x, y, text.encode("cp1252")) for x, y, text in texts)


def pages(*texts: list[tuple[int, int, str]], pictures: tuple[int, ...] = (), size: tuple[int, int] = WHOLE) -> bytes:
    """A page for each list of texts; page n shows the n:th of the pictures, over so much of it."""
    pdf = Pdf()
    images = {number: pdf.stream(b"\x80" * (number + 1), PICTURE) for number in sorted(set(pictures))}
    for at, text in enumerate(texts):
        shown = b"q %d 0 0 %d 0 0 cm /P1 Do Q " % size if at < len(pictures) else b""
        resources = b"/XObject<</P1 %d 0 R>>" % images[pictures[at]] if shown else b""
        pdf.page(shown + lines(*text), resources)
    return pdf.bytes()


def stamped(letters: int) -> list[tuple[int, int, str]]:
    text = (STAMP + SENTENCE * 20)[: letters * 7 // 6]
    return [(40, 820 - 12 * at, text[start : start + 90]) for at, start in enumerate(range(0, len(text), 90))]


def verdict(content: bytes) -> Verdict:
    return screened("fil.pdf", content).verdict


@pytest.mark.parametrize("letters", [0, 90, 160, 400])
def test_f3_a_scan_over_the_whole_page_needs_a_person_though_it_has_lines_of_a_stamp(letters):
    assert verdict(pages(stamped(letters), pictures=(1,))) is UNSCREENED
    assert verdict(pages(stamped(letters), [], pictures=(1, 2))) is UNSCREENED
    assert verdict(pages(stamped(letters), pictures=(1,), size=(300, 400))) is CLEAN or not letters


def test_f3_the_less_a_picture_covers_the_fewer_letters_are_enough():
    assert verdict(pages(stamped(1200), pictures=(1,))) is CLEAN
    assert verdict(pages(stamped(250), pictures=(1,), size=(595, 450))) is CLEAN
    assert verdict(pages(stamped(250), pictures=(1,), size=(595, 650))) is UNSCREENED


def test_f3_a_picture_behind_several_pages_is_their_background():
    slide = stamped(200)
    assert verdict(pages(slide, slide, slide, pictures=(1, 1, 1))) is CLEAN
    assert verdict(pages(slide, slide, slide, pictures=(1, 2, 1))) is UNSCREENED
    assert verdict(pages(stamped(40), stamped(40), pictures=(1, 1))) is UNSCREENED, "hardly any text"


def with_look(look: bytes, *, of: bytes = b"/Subtype/Widget/FT/Sig", font: bytes = b"", picture: bool = False) -> bytes:
    pdf = Pdf()
    resources = b"/Font<</F2 %d 0 R>>" % pdf.add(font) if font else b""
    if picture:
        resources += b"/XObject<</P1 %d 0 R>>" % pdf.stream(b"\x80", PICTURE)
    form = pdf.stream(look, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<%s>>" % resources)
    corner = b"595 842" if b"Stamp" in of else b"200 60"
    entries = b"/Annots[<</Type/Annot%s/Rect[0 0 %s]/AP<</N %d 0 R>>>>]" % (of, corner, form)
    pdf.page(entries=entries)
    return pdf.bytes()


NUMBERED = b"<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Egen/Encoding/Identity-H/DescendantFonts[<</Type/Font\
/Subtype/CIDFontType2/BaseFont/AAAAAA+Egen/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>"
UNKNOWN = b"BT /F2 12 Tf 10 10 Td <000400050006000700080009000A000B> Tj ET"


@pytest.mark.parametrize("of", [b"/Subtype/Widget/FT/Sig", b"/Subtype/Widget/FT/Tx/T(Namn)", b"/Subtype/FreeText"])
def test_f4_what_a_field_or_a_comment_shows_must_be_readable_too(of):
    assert verdict(with_look(UNKNOWN, of=of, font=NUMBERED)) is UNSCREENED
    assert verdict(with_look(b"BT /F2 12 Tf (Kim) Tj ET", of=of, font=b"<</Type/Font/Subtype/Type1>>")) is CLEAN


def test_f4_a_form_that_no_page_draws_must_be_readable_too():
    pdf = Pdf()
    font = pdf.add(NUMBERED)
    form = pdf.stream(UNKNOWN, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F2 %d 0 R>>>>" % font)
    pdf.page(resources=b"/XObject<</X1 %d 0 R>>" % form)
    assert verdict(pdf.bytes()) is UNSCREENED


def test_f4_a_signature_may_be_a_picture_but_not_a_stamp_over_the_page():
    draw = b"q 595 0 0 842 0 0 cm /P1 Do Q"
    assert verdict(with_look(draw, picture=True)) is CLEAN
    assert verdict(with_look(draw, of=b"/Subtype/Stamp", picture=True)) is UNSCREENED


def test_f4_a_long_value_of_a_field_that_is_damaged_is_told():
    value = b"<</Length 9/Filter/FlateDecode>>\nstream\nx\x9cskadat\nendstream"
    file = with_catalog(b"/AcroForm<</Fields[<</FT/Tx/T(Namn)/V 4 0 R>>]>>", value)
    assert verdict(file) is UNSCREENED


def form(*fields: tuple[str, str]) -> bytes:
    rows = b"".join(b"<</FT/Tx/T%s/V%s>>" % (literal(name), literal(value)) for name, value in fields)
    return with_catalog(b"/AcroForm<</Fields[%s]>>" % rows)


@pytest.mark.parametrize(
    "fields",
    [
        [("Födelsedatum", BIRTH), ("Fyra sista", FOUR)],
        [("Namn", "Kim"), ("Födelsedatum", f"19{BIRTH}"), ("Ort", "Lund"), ("Fyra sista", FOUR)],
        [("Fyra sista", FOUR), ("Född", BIRTH)],
        [("Personnummer del 1", BIRTH), ("Personnummer del 2", FOUR)],
        [(f"ruta{number}", digit) for number, digit in enumerate(f"19{BIRTH}{FOUR}")],
        [("Fält 1", f"Född {BIRTH}"), ("Fält 2", f"Fyra sista {FOUR}")],
    ],
    ids=[
        "two fields",
        "fields apart",
        "the last four first",
        "two parts",
        "a field for each digit",
        "told in the values",
    ],
)
def test_f6_a_number_in_several_fields_of_a_form_is_found(fields):
    assert verdict(form(*fields)) is BLOCK


def test_f6_other_fields_beside_each_other_are_no_number():
    assert verdict(form(("Datum", BIRTH), ("Antal", FOUR))) is CLEAN
    assert verdict(form(("Belopp", "850 709"), ("År", FOUR))) is CLEAN


LEFT, RIGHT = 60, 320


@pytest.mark.parametrize(
    "end", [f"Brukaren {BIRTH}-", f"Brukaren {BIRTH}", f"Se {BIRTH[:4]}"], ids=["dash", "no dash", "inside"]
)
def test_f9_a_number_broken_at_the_end_of_a_line_in_a_column_is_found(end):
    def page(digits: str) -> bytes:
        rest = digits[len(end.split()[-1]) :].lstrip("-") if end.startswith("Se") else digits[7:]
        rows = [
            ("Text i vänster spalt", "Text i höger spalt"),
            (end, "mer text till höger"),
            (f"{rest} bor kvar", "slut"),
        ]
        return pages(
            [
                (x, 700 - 12 * at, text)
                for at, row in enumerate(rows)
                for x, text in zip((LEFT, RIGHT), row, strict=True)
            ]
        )

    assert verdict(page(NUMBER)) is BLOCK
    assert verdict(page(f"{BIRTH}-{int(FOUR) + 1:04}")) is not BLOCK


@pytest.mark.parametrize("end", [f"Brukaren {BIRTH}-", f"Brukaren född {BIRTH}"], ids=["dash", "no dash"])
def test_f9_a_number_broken_at_the_end_of_a_page_is_found(end):
    def file(four: str) -> bytes:
        feet = [(LEFT, 40, "Exempelstads kommun"), (RIGHT, 40, "Sida 1")]
        first = [(LEFT, 100, "Text på sidan"), (LEFT, 88, end), *feet]
        second = [(LEFT, 800, "Protokoll 2025"), (LEFT, 700, f"{four} bor kvar i lägenheten"), *feet]
        return pages(first, second, [(LEFT, 700, "1234 mer text")])

    assert verdict(file(FOUR)) is BLOCK
    assert verdict(file(f"{int(FOUR) + 1:04}")) is not BLOCK


def test_f9_figures_under_each_other_in_a_table_are_no_number():
    rows = [(x, 700 - 12 * at, text) for at, text in enumerate((BIRTH, FOUR)) for x in (LEFT, RIGHT)]
    assert verdict(pages([(LEFT, 720, "Antal"), (RIGHT, 720, "Kronor"), *rows])) is CLEAN
