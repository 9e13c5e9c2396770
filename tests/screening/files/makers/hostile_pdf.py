"""PDF files that are broken, locked, made to do harm, or with nothing to read; each with the verdict it must get."""

import random
import zlib
from collections.abc import Callable

from screening.findings import Verdict

from .packages import zipped
from .pdf import PLACES, TEXT, Pdf, locked, one_page, shown, stream, updated, with_attachment, with_catalog, with_glyphs

PICTURE = b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
WORDS = "berättelse om det förebyggande arbetet i kommunen"


def scanned(text: str = "") -> bytes:
    """A page that is one picture, with machine-read text under it if there is any."""
    pdf = Pdf()
    picture = pdf.stream(b"\x80", PICTURE)
    hidden = b"BT /F1 12 Tf 3 Tr 72 650 Td (%s) Tj ET " % text.encode("cp1252") if text else b""
    pdf.page(hidden + b"q 595 0 0 842 0 0 cm /P1 Do Q", b"/XObject<</P1 %d 0 R>>" % picture)
    return pdf.bytes()


def scanned_in_strips() -> bytes:
    pdf = Pdf()
    picture = pdf.stream(b"\x80", PICTURE)
    strips = b" ".join(b"q 500 0 0 80 40 %d cm /P1 Do Q" % (80 * strip) for strip in range(10))
    pdf.page(strips, b"/XObject<</P1 %d 0 R>>" % picture)
    return pdf.bytes()


def with_logo() -> bytes:
    pdf = Pdf()
    picture = pdf.stream(b"\x80", PICTURE)
    pdf.page(TEXT + b" q 90 0 0 40 40 780 cm /P1 Do Q", b"/XObject<</P1 %d 0 R>>" % picture)
    return pdf.bytes()


def inline_picture() -> bytes:
    return one_page(b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q")


def text_as_outlines() -> bytes:
    return one_page(b"72 72 m " + b"72 80 80 88 90 99 c\n" * 400 + b"f")


def letters_as_pictures() -> bytes:
    """Letters drawn as pictures and named a1, a2 …, which are names of other signs."""
    text = "berättelse om arbetet"
    names = list(dict.fromkeys(text))
    pdf = Pdf()
    pdf.objects[2] = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 1/LastChar %d/Widths[%s]"
        b"/CharProcs<<>>/Encoding<</Differences[1 %s]>>>>"
        % (len(names), b"5 " * len(names), b"".join(b"/a%d" % n for n in range(1, len(names) + 1)))
    )
    pdf.page(b"BT /F1 12 Tf 72 600 Td <%s> Tj ET" % b"".join(b"%02X" % (names.index(sign) + 1) for sign in text))
    return pdf.bytes()


def forms_in_forms(fan: int = 10, depth: int = 12) -> bytes:
    """Each form draws the next one ten times."""
    pdf = Pdf()
    first = len(pdf.objects) + 1
    for level in range(depth):
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F1 3 0 R>>/XObject<</X %d 0 R>>>>" % (
            first + level + 1
        )
        pdf.stream(b"/X Do " * fan, entries)
    pdf.stream(TEXT, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F1 3 0 R>>>>")
    pdf.page(b"/X Do", b"/XObject<</X %d 0 R>>" % first)
    return pdf.bytes()


def form_in_itself() -> bytes:
    pdf = Pdf()
    number = len(pdf.objects) + 1
    pdf.stream(TEXT + b" /X Do", b"/Subtype/Form/Resources<</Font<</F1 3 0 R>>/XObject<</X %d 0 R>>>>" % number)
    pdf.page(b"/X Do", b"/XObject<</X %d 0 R>>" % number)
    return pdf.bytes()


def pages_in_a_circle() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    pdf.objects[1] = b"<</Type/Pages/Count 9/Kids[%d 0 R 2 0 R]>>" % page
    return pdf.bytes()


def endless_pages() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    pdf.objects[1] = b"<</Type/Pages/Count 90000/Kids[%s]>>" % (b"%d 0 R " % page * 90_000)
    return pdf.bytes()


def page_that_is_not_there() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    pdf.objects[1] = b"<</Type/Pages/Count 2/Kids[%d 0 R 99 0 R]>>" % page
    return pdf.bytes()


def content_that_is_not_there() -> bytes:
    pdf = Pdf()
    pdf.page_of(99)
    return pdf.bytes()


def content_cut_off() -> bytes:
    whole = stream(b" ".join(shown(f"{WORDS} {line}") for line in range(200)))
    head, packed = whole.split(b"stream\n", 1)
    pdf = Pdf()
    pdf.page_of(pdf.add(head + b"stream\n" + packed[: len(packed) // 2] + b"\nendstream"))
    return pdf.bytes()


def packed_content(filters: bytes, data: bytes) -> bytes:
    pdf = Pdf()
    pdf.page_of(pdf.add(b"<</Length %d/Filter%s>>\nstream\n%s\nendstream" % (len(data), filters, data)))
    return pdf.bytes()


def deflated_twice() -> bytes:
    return packed_content(b"[/FlateDecode/FlateDecode]", zlib.compress(zlib.compress(b" " * 400_000_000, 9), 9))


def nested_arrays() -> bytes:
    return with_catalog(b"/Lang 4 0 R", b"[" * 200_000 + b"]" * 200_000)


def giant_object_stream() -> bytes:
    pdf = Pdf(catalog=b"/Outlines 4 0 R")
    pdf.stream(b"6 0 " * 20 + b" " * 100_000_000, b"/Type/ObjStm/N 99999999/First 80")
    pdf.page()
    return pdf.bytes()


def table_in_a_circle() -> bytes:
    file = one_page()
    start = int(file.rsplit(b"startxref", 1)[1].split()[0])
    return file.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % start)


def endless_letters() -> bytes:
    """A font whose table of letters is far too long."""
    pdf = Pdf()
    rows = b"\n".join(b"<0000> <FFFF> <%04X>" % start for start in range(500))
    table = pdf.stream(b"500 beginbfrange\n" + rows + b"\nendbfrange")
    pdf.objects[2] = (
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode %d 0 R"
        b"/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/A>>]>>" % table
    )
    pdf.page(b"BT /F1 12 Tf <00030004000500060007> Tj ET")
    return pdf.bytes()


def changed_often() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    file = pdf.bytes()
    for _ in range(40):
        file = updated(file, {page - 1: stream(TEXT)}, len(pdf.objects) + 1)
    return file


def with_large_picture(size: int = 50_000_000) -> bytes:
    pdf = Pdf()
    noise = random.Random(1).randbytes(1_000_000) * (size // 1_000_000)
    picture = pdf.add(b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(noise), PICTURE, noise))
    pdf.page(TEXT + b" q 90 0 0 40 40 780 cm /P1 Do Q", b"/XObject<</P1 %d 0 R>>" % picture)
    return pdf.bytes()


U, C, B = Verdict.UNSCREENED, Verdict.CLEAN, Verdict.BLOCK
HOSTILE: dict[str, tuple[Verdict, Callable[[], bytes]]] = {
    "a scan": (U, scanned),
    "a scan in strips": (U, scanned_in_strips),
    "a scan with machine-read text": (U, lambda: scanned(WORDS)),
    "a picture in the content": (U, inline_picture),
    "text as outlines": (U, text_as_outlines),
    "glyphs without letters": (U, lambda: with_glyphs(WORDS, has_map=False)),
    "letters as pictures": (U, letters_as_pictures),
    "a password": (U, lambda: locked(one_page(), "secret")),
    "a password and bookmarks": (U, lambda: locked(PLACES["a bookmark"][1](WORDS), "secret")),
    "cut off": (U, lambda: one_page(shown(WORDS))[:-200]),
    "only a beginning": (U, lambda: b"%PDF-1.7\n" + b"nonsense " * 50),
    "a bomb": (U, lambda: one_page(b" " * 300_000_000)),
    "a bomb in a bomb": (U, deflated_twice),
    "a bomb of runs": (U, lambda: packed_content(b"/RunLengthDecode", b"\x81 " * 1_000_000)),
    "forms in forms": (C, forms_in_forms),
    "a form in itself": (C, form_in_itself),
    "pages in a circle": (U, pages_in_a_circle),
    "endless pages": (U, endless_pages),
    "a page that is not there": (U, page_that_is_not_there),
    "content that is not there": (U, content_that_is_not_there),
    "content that is cut off": (U, content_cut_off),
    "nested arrays": (C, nested_arrays),
    "a giant stream of objects": (U, giant_object_stream),
    "a table in a circle": (C, table_in_a_circle),
    "endless letters": (U, endless_letters),
    "changed too often": (U, changed_often),
    "brackets": (C, lambda: one_page(TEXT + b"(" * 300_000)),
    "numbers": (C, lambda: one_page(TEXT + b"1 " * 3_000_000)),
    "a zip at its end": (U, lambda: one_page() + zipped({"a.txt": "hemligt"})),
    "a zip attached": (U, lambda: with_attachment(b"(a.zip)", zipped({"a.txt": "hemligt"}))),
    "a pdf attached": (U, lambda: with_attachment(b"(a.pdf)", one_page())),
    "50 MB of picture": (C, with_large_picture),
}

# Those that hold or unpack so much that the limits of a process of their own are what stops them.
LARGE = frozenset(
    {"a bomb", "a bomb in a bomb", "a bomb of runs", "endless pages", "a giant stream of objects", "endless letters"}
    | {"brackets", "numbers", "50 MB of picture"}
)
