"""PDF files written object by object, with a text in one place."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO

from pypdf import PdfReader, PdfWriter

HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
TEXT = b"BT /F1 12 Tf 72 700 Td (Kommunen ber\xe4ttar om sitt f\xf6rebyggande arbete) Tj ET"


@dataclass
class Pdf:
    """A file to which objects are added. The catalog is 1, the tree of pages 2, the font 3."""

    catalog: bytes = b""
    trailer: bytes = b""
    objects: list[bytes] = field(default_factory=lambda: [b"", b"", HELVETICA])
    kids: list[int] = field(default_factory=list)

    def add(self, body: bytes) -> int:
        self.objects.append(body)
        return len(self.objects)

    def stream(self, data: bytes, entries: bytes = b"") -> int:
        return self.add(stream(data, entries))

    def page(self, content: bytes = TEXT, resources: bytes = b"", entries: bytes = b"") -> int:
        contents = self.stream(content)
        return self.page_of(contents, resources, entries)

    def page_of(self, contents: int, resources: bytes = b"", entries: bytes = b"") -> int:
        number = self.add(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R%s"
            b"/Resources<</Font<</F1 3 0 R>>%s>>>>" % (contents, entries, resources)
        )
        self.kids.append(number)
        return number

    def bytes(self) -> bytes:
        self.objects[0] = b"<</Type/Catalog/Pages 2 0 R%s>>" % self.catalog
        if not self.objects[1]:
            kids = b" ".join(b"%d 0 R" % kid for kid in self.kids)
            self.objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(self.kids), kids)
        return written(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", dict(enumerate(self.objects, 1)), self.trailer)


def written(before: bytes, objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """Objects, their table and the end, after what is there before."""
    parts, places, size = [before], {}, len(before)
    for number, body in objects.items():
        places[number] = size
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        size += len(parts[-1])
    rows = b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in places.items())
    parts.append(
        b"xref\n0 1\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
        % (rows, max(objects) + 1, trailer, size)
    )
    return b"".join(parts)


def updated(file: bytes, objects: dict[int, bytes], size: int) -> bytes:
    """The file with objects changed by adding to its end, as programs do that save quickly."""
    start = int(file.rsplit(b"startxref", 1)[1].split()[0])
    rest = b"/Prev %d" % start
    new = written(file, objects, rest)
    return new.replace(b"/Size %d/Root 1 0 R/Prev" % (max(objects) + 1), b"/Size %d/Root 1 0 R/Prev" % size)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(data)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), entries, packed)


def shown(text: str, operators: bytes = b"") -> bytes:
    """A line of the page."""
    return b"%s BT /F1 12 Tf %s 72 650 Td (%s) Tj ET" % (TEXT, operators, text.encode("cp1252"))


def one_page(content: bytes = TEXT, resources: bytes = b"", entries: bytes = b"", trailer: bytes = b"") -> bytes:
    pdf = Pdf(trailer=trailer)
    pdf.page(content, resources, entries)
    return pdf.bytes()


def literal(text: str) -> bytes:
    return b"(" + text.encode("latin-1") + b")"


def wide(text: str) -> bytes:
    """A string in UTF-16 and hexadecimal digits."""
    return b"<FEFF" + text.encode("utf-16-be").hex().encode() + b">"


def mark(entries: bytes) -> bytes:
    """A page with a mark on it."""
    return one_page(entries=b"/Annots[<</Type/Annot/Rect[0 0 100 100]%s>>]" % entries)


def with_catalog(entry: bytes, *objects: bytes) -> bytes:
    """A page, and an entry of the catalog. The objects that it points to are 4 and on."""
    pdf = Pdf(catalog=entry)
    for body in objects:
        pdf.add(body)
    pdf.page()
    return pdf.bytes()


def with_attachment(name: bytes, content: bytes) -> bytes:
    files = b"/Names<</EmbeddedFiles<</Names[(a) 4 0 R]>>>>"
    return with_catalog(
        files,
        b"<</Type/Filespec/F %s/UF %s/EF<</F 5 0 R>>>>" % (name, name),
        stream(content, b"/Type/EmbeddedFile"),
    )


def with_form(entries: bytes, *objects: bytes) -> bytes:
    return with_catalog(b"/AcroForm<</Fields[<</FT/Tx/T(Namn)%s>>]>>" % entries, *objects)


def digit_by_digit(text: str) -> bytes:
    """Each sign in its place, the last first."""
    signs = [b"BT /F1 12 Tf %d 600 Td (%s) Tj ET" % (72 + 7 * place, sign.encode()) for place, sign in enumerate(text)]
    return one_page(TEXT + b"\n" + b"\n".join(reversed(signs)))


def in_boxes(text: str) -> bytes:
    """Each sign in a box of its own."""
    return one_page(
        TEXT + b"".join(b" BT /F1 10 Tf %d 600 Td (%s) Tj ET" % (72 + 20 * n, s.encode()) for n, s in enumerate(text))
    )


def kerned(text: str) -> bytes:
    parts = b"-20".join(b"(%s)" % sign.encode() for sign in text)
    return one_page(TEXT + b" BT /F1 12 Tf 72 600 Td [" + parts + b"]TJ ET")


def over_two_lines(text: str) -> bytes:
    first, second = text[:7], text[7:]
    return one_page(TEXT + b" BT /F1 12 Tf 14 TL 72 600 Td (%s) Tj T* (%s) Tj ET" % (first.encode(), second.encode()))


def with_glyphs(text: str, *, has_map: bool = True) -> bytes:
    """A subset font that numbers its glyphs as they come, with the table of their letters or without."""
    letters = list(dict.fromkeys(text))
    rows = b"\n".join(b"<%04X> <%04X>" % (n, ord(letter)) for n, letter in enumerate(letters, 3))
    table = b"1 begincodespacerange <0000> <FFFF> endcodespacerange %d beginbfchar\n%s\nendbfchar" % (
        len(letters),
        rows,
    )
    pdf = Pdf()
    to_letters = pdf.stream(table)
    descendant = pdf.add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+Egen/DW 500"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
    )
    font = pdf.add(
        b"<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Egen/Encoding/Identity-H/DescendantFonts[%d 0 R]%s>>"
        % (descendant, b"/ToUnicode %d 0 R" % to_letters if has_map else b"")
    )
    pdf.objects[2] = pdf.objects[font - 1]
    codes = b"".join(b"%04X" % (letters.index(letter) + 3) for letter in text)
    pdf.page(b"BT /F1 12 Tf 72 600 Td <%s> Tj ET" % codes)
    return pdf.bytes()


def with_xobject(text: str) -> bytes:
    pdf = Pdf()
    form = pdf.stream(shown(text), b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>")
    pdf.page(TEXT + b" /X1 Do", b"/XObject<</X1 %d 0 R>>" % form)
    return pdf.bytes()


def with_undrawn_xobject(text: str) -> bytes:
    pdf = Pdf()
    form = pdf.stream(shown(text), b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>")
    pdf.page(TEXT, b"/XObject<</X1 %d 0 R>>" % form)
    return pdf.bytes()


def with_layer(text: str) -> bytes:
    """Text in a layer that is not shown."""
    pdf = Pdf(catalog=b"/OCProperties<</OCGs[4 0 R]/D<</OFF[4 0 R]>>>>")
    pdf.add(b"<</Type/OCG/Name(Utkast)>>")
    pdf.page(TEXT + b" /OC /L1 BDC " + shown(text) + b" EMC", b"/Properties<</L1 4 0 R>>")
    return pdf.bytes()


def with_look(text: str) -> bytes:
    """A stamp, whose text is only in the way it looks."""
    pdf = Pdf()
    look = pdf.stream(shown(text), b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>")
    pdf.page(entries=b"/Annots[<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/AP<</N %d 0 R>>>>]" % look)
    return pdf.bytes()


def with_attachment_mark(text: str) -> bytes:
    pdf = Pdf()
    inner = pdf.stream(text.encode(), b"/Type/EmbeddedFile")
    file = b"<</Type/Filespec/F(lista.txt)/EF<</F %d 0 R>>>>" % inner
    pdf.page(entries=b"/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS%s>>]" % file)
    return pdf.bytes()


def with_photograph(text: str) -> bytes:
    pdf = Pdf()
    photograph = b"\xff\xd8\xff\xfe" + (len(text) + 2).to_bytes(2, "big") + text.encode("latin-1") + b"\xff\xd9"
    entries = b"/Type/XObject/Subtype/Image/Width 16/Height 16/ColorSpace/DeviceRGB/BitsPerComponent 8"
    number = pdf.add(
        b"<<%s/Filter/DCTDecode/Length %d>>\nstream\n%s\nendstream" % (entries, len(photograph), photograph)
    )
    pdf.page(TEXT + b" q 90 0 0 40 40 780 cm /P1 Do Q", b"/XObject<</P1 %d 0 R>>" % number)
    return pdf.bytes()


def with_soft_hyphen(text: str) -> bytes:
    """A place where the number might have been broken: a space is drawn there that stands for nothing."""
    first, second = text[:4].encode(), text[4:].encode()
    soft = b"/Span<</ActualText<FEFF00AD>>>BDC ( ) Tj EMC"
    return one_page(TEXT + b" BT /F1 12 Tf 72 600 Td (%s) Tj %s (%s) Tj ET" % (first, soft, second))


def in_an_earlier_version(text: str) -> bytes:
    """A page whose text was taken away afterwards: the old content is still there."""
    pdf = Pdf()
    page = pdf.page(shown(text))
    contents = page - 1
    return updated(pdf.bytes(), {contents: stream(TEXT)}, len(pdf.objects) + 1)


def in_an_earlier_title(text: str) -> bytes:
    pdf = Pdf(trailer=b"/Info 4 0 R")
    info = pdf.add(b"<</Author(%s)>>" % text.encode())
    pdf.page()
    return updated(pdf.bytes(), {info: b"<</Author(Kommunen)>>"}, len(pdf.objects) + 1)


def in_object_streams(text: str) -> bytes:
    """A bookmark in a stream of objects."""
    inner = b"<</Title(%s)/Parent 4 0 R>>" % text.encode()
    pdf = Pdf(catalog=b"/Outlines 4 0 R")
    pdf.add(b"<</Type/Outlines/First 6 0 R/Last 6 0 R>>")
    pdf.stream(b"6 0 " + inner, b"/Type/ObjStm/N 1/First 4")
    pdf.page()
    return pdf.bytes()


def locked(file: bytes, password: str = "") -> bytes:
    """The file encrypted; with no password anyone can read it, but it may not be changed."""
    writer, out = PdfWriter(clone_from=PdfReader(BytesIO(file))), BytesIO()
    writer.encrypt(password, "the owner's", algorithm="AES-256")
    writer.write(out)
    return out.getvalue()


def xmp(text: str) -> bytes:
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:m="http://ns.adobe.com/xap/1.0/mm/" '
        'm:DocumentID="uuid:0e5dd5b4-8507-0998-9805-00c0ffee0001">'
        f"<dc:description><rdf:Alt><rdf:li>{text}</rdf:li></rdf:Alt></dc:description>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def with_xmp_of_a_page(text: str) -> bytes:
    pdf = Pdf()
    metadata = pdf.stream(xmp(text), METADATA)
    pdf.page(entries=b"/Metadata %d 0 R" % metadata)
    return pdf.bytes()


METADATA = b"/Type/Metadata/Subtype/XML"
PLACES: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "the page": ("sida 1, rad 2", lambda text: one_page(shown(text))),
    "two lines": ("sida 1, rad 2", over_two_lines),
    "kerned digits": ("sida 1, rad 2", kerned),
    "digit by digit from the end": ("sida 1", digit_by_digit),
    "a box for each digit": ("sida 1, rad 2", in_boxes),
    "text with no ink": ("sida 1, rad 2", lambda text: one_page(shown(text, b"3 Tr"))),
    "white text": ("sida 1, rad 2", lambda text: one_page(shown(text, b"1 g"))),
    "outside the crop box": (
        "sida 1, rad 2",
        lambda text: one_page(shown(text), entries=b"/CropBox[0 660 595 842]"),
    ),
    "a hidden layer": ("sida 1, rad 2", with_layer),
    "a form on the page": ("sida 1, rad 2", with_xobject),
    "a form that is not drawn": ("dold text på sida 1, rad 2", with_undrawn_xobject),
    "numbered glyphs": ("sida 1", with_glyphs),
    "a text that stands for another": (
        "alternativtext på sida 1",
        lambda text: one_page(b"/Span<</ActualText(%s)>>BDC " % text.encode() + TEXT + b" EMC"),
    ),
    "a comment": ("kommentar på sida 1", lambda text: mark(b"/Subtype/Text/Contents" + wide(text))),
    "a comment's rich text": (
        "kommentar på sida 1",
        lambda text: mark(
            b"/Subtype/Text/RC(<body><p>%s<b>%s</b></p></body>)" % (text[:4].encode(), text[4:].encode())
        ),
    ),
    "a comment's subject": ("kommentar på sida 1", lambda text: mark(b"/Subtype/Highlight/Subj" + literal(text))),
    "who commented": ("kommentar på sida 1", lambda text: mark(b"/Subtype/Text/T" + literal(text))),
    "a popup": ("kommentar på sida 1", lambda text: mark(b"/Subtype/Text/Popup<</Contents%s>>" % literal(text))),
    "text typed on the page": ("kommentar på sida 1", lambda text: mark(b"/Subtype/FreeText/Contents" + literal(text))),
    "a stamp's look": ("kommentar på sida 1, rad 2", with_look),
    "a link": (
        "länk på sida 1",
        lambda text: mark(b"/Subtype/Link/A<</S/URI/URI(https://example.com/?id=%s)>>" % text.encode()),
    ),
    "a field's value": ("formulärfältet Namn", lambda text: with_form(b"/V" + literal(text))),
    "a field's default": ("formulärfältet Namn", lambda text: with_form(b"/DV" + wide(text))),
    "a field's explanation": ("formulärfältet Namn", lambda text: with_form(b"/TU" + literal(text))),
    "a field's choices": ("formulärfältet Namn", lambda text: with_form(b"/Opt[[(a) (%s)]]" % text.encode())),
    "a field's long value": ("formulärfältet Namn", lambda text: with_form(b"/V 4 0 R", stream(text.encode()))),
    "a field under a field": (
        "formulärfältet Barn",
        lambda text: with_form(b"/Kids[<</T(Barn)/V(%s)>>]" % text.encode()),
    ),
    "a form as XML": (
        "formulärets data",
        lambda text: with_catalog(
            b"/AcroForm<</XFA[(datasets) 4 0 R]>>", stream(b"<d><pnr>%s</pnr></d>" % text.encode())
        ),
    ),
    "the title": ("egenskapen Titel", lambda text: one_page(trailer=b"/Info<</Title%s>>" % literal(text))),
    "a property of one's own": ("egenskapen Handl", lambda text: one_page(trailer=b"/Info<</Handl%s>>" % wide(text))),
    "XMP": ("metadata, rad 1", lambda text: with_catalog(b"/Metadata 4 0 R", stream(xmp(text), METADATA))),
    "XMP of a page": (
        "metadata för sida 1, rad 1",
        with_xmp_of_a_page,
    ),
    "XMP that nothing points to": (
        "metadata i filen, rad 1",
        lambda text: with_catalog(b"", stream(xmp(text), METADATA)),
    ),
    "a bookmark": (
        "bokmärke eller rubrik",
        lambda text: with_catalog(
            b"/Outlines 4 0 R", b"<</First 5 0 R/Last 5 0 R>>", b"<</Parent 4 0 R/Title%s>>" % wide(text)
        ),
    ),
    "a bookmark in a stream of objects": ("bokmärke eller rubrik", in_object_streams),
    "an alternative text": (
        "alternativtext",
        lambda text: with_catalog(b"/StructTreeRoot<</K<</S/Figure/Alt%s>>>>" % literal(text)),
    ),
    "what an abbreviation means": (
        "alternativtext",
        lambda text: with_catalog(b"/StructTreeRoot<</K<</S/Span/E%s>>>>" % literal(text)),
    ),
    "a layer's name": (
        "namnet på ett lager",
        lambda text: with_catalog(b"/OCProperties<</OCGs[4 0 R]>>", b"<</Type/OCG/Name%s>>" % literal(text)),
    ),
    "a page's label": (
        "sidnumrering",
        lambda text: with_catalog(b"/PageLabels<</Nums[0 <</P%s>>]>>" % literal(text)),
    ),
    "a named place": (
        "text i filen utanför sidorna",
        lambda text: with_catalog(b"/Names<</Dests<</Names[%s [6 0 R/Fit]]>>>>" % literal(text)),
    ),
    "a script": (
        "skript",
        lambda text: with_catalog(b"/OpenAction<</S/JavaScript/JS(app.alert\\('%s'\\))>>" % text.encode()),
    ),
    "an attachment's text": (
        "bilagan lista.csv: rad 2, kolumn 2 (nummer)",
        lambda text: with_attachment(b"(lista.csv)", f"namn;nummer\nkund;{text}\n".encode()),
    ),
    "an attachment's name": ("namnet på en bilaga", lambda text: with_attachment(literal(text + ".txt"), b"tom")),
    "an attached file on a page": ("bilagan lista.txt: rad 1", with_attachment_mark),
    "an attachment that nothing points to": (
        "en bilaga utan namn: rad 1",
        lambda text: with_catalog(b"", stream(text.encode(), b"/Type/EmbeddedFile")),
    ),
    "a photograph's comment": ("bild på sida 1: bildens metadata", with_photograph),
    "a soft hyphen": ("sida 1, rad 2", with_soft_hyphen),
    "an earlier version of a page": ("sida 1 i en tidigare version av filen, rad 2", in_an_earlier_version),
    "an earlier property": ("egenskapen Författare", in_an_earlier_title),
    "a file that is encrypted with no password": ("sida 1, rad 2", lambda text: locked(one_page(shown(text)))),
    "a comment in an encrypted file": (
        "kommentar på sida 1",
        lambda text: locked(mark(b"/Subtype/Text/Contents" + literal(text))),
    ),
    "a text after the end": ("text före eller efter innehållet", lambda text: one_page() + text.encode()),
}


def packed(bodies: dict[int, bytes]) -> bytes:
    """Objects in a compressed stream of objects, and the table of places in another (PDF 1.5); 1 is the root."""
    inner = [(number, body + b" ") for number, body in bodies.items()]
    places, at = [], 0
    for number, body in inner:
        places.append(b"%d %d " % (number, at))
        at += len(body)
    head = b"".join(places)
    holder, table = max(bodies) + 1, max(bodies) + 2
    data = head + b"".join(body for _, body in inner)
    start = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    entries = b"/Type/ObjStm/N %d/First %d" % (len(inner), len(head))
    first = b"%d 0 obj\n%s\nendobj\n" % (holder, stream(data, entries))
    rows = {number: (2, holder, index) for index, (number, _) in enumerate(inner)}
    rows |= {0: (0, 0, 0), holder: (1, len(start), 0), table: (1, len(start) + len(first), 0)}
    fields = b"".join(
        bytes([kind]) + place.to_bytes(3, "big") + bytes([last])
        for kind, place, last in (rows.get(number, (0, 0, 0)) for number in range(table + 1))
    )
    entries = b"/Type/XRef/Size %d/W[1 3 1]/Root 1 0 R" % (table + 1)
    last = b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, stream(fields, entries), len(start) + len(first))
    return start + first + last
