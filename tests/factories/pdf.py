"""Small PDF files with text, a page at a time, made without a library."""

import textwrap

LETTERS = 88  # of a line
LINES = 60  # of a page


def pdf_of(*pages: str) -> bytes:
    """A PDF whose pages have the texts."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    kids = []
    for text in pages:
        content = _content(text)
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % len(objects)
        )
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    return _file(objects)


def _content(text: str) -> bytes:
    lines = textwrap.wrap(text, LETTERS)[:LINES]
    shown = "".join(f"({line.translate(str.maketrans(_ESCAPED))}) Tj T*\n" for line in lines)
    return f"BT /F1 11 Tf 13 TL 50 790 Td\n{shown}ET".encode("cp1252", "replace")


_ESCAPED = {"(": r"\(", ")": r"\)", "\\": r"\\"}


def _file(objects: list[bytes]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return data + f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
