"""Which pdf files run a script or start a program."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf.errors import PyPdfError

from screening.files import does_something
from screening.files.passages import Budget, Unreadable
from screening.files.pdf.actions import does_something as asks

from .makers import pdf
from .makers.pdf import HELVETICA

SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
TREE = {2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>", 3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"}


def packed(*, catalog: bytes = b"", **objects: bytes) -> bytes:
    more = {int(name[1:]): body for name, body in objects.items()}
    return pdf.packed({1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog, **TREE, **more})


ACTIVE: dict[str, bytes] = {
    "when it is opened": pdf.with_catalog(b"/OpenAction " + SCRIPT),
    "by reference": pdf.with_catalog(b"/OpenAction 4 0 R", SCRIPT),
    "script in a stream": pdf.with_catalog(b"/OpenAction<</S/JavaScript/JS 4 0 R>>", pdf.stream(b"app.alert(1)")),
    "name with a number sign": pdf.with_catalog(b"/OpenAction<</S/Java#53cript/J#53(x)>>"),
    "every sign as a number": pdf.with_catalog(b"/OpenAction<</S/#4a#61#76#61#53#63#72#69#70#74>>"),
    "key with a number sign": pdf.with_catalog(b"/OpenAction<</S/Rendition/#4aS(x)>>"),
    "list of names": pdf.with_catalog(b"/Names<</JavaScript<</Names[(a) 4 0 R]>>>>", SCRIPT),
    "when it is closed": pdf.with_catalog(b"/AA<</WC " + SCRIPT + b">>"),
    "of a page": pdf.one_page(entries=b"/AA<</O " + SCRIPT + b">>"),
    "of a mark": pdf.mark(b"/Subtype/Link/A " + SCRIPT),
    "after another action": pdf.mark(b"/Subtype/Link/A<</S/URI/URI(http://x.se)/Next[" + SCRIPT + b"]>>"),
    "of a field": pdf.with_form(b"/AA<</K " + SCRIPT + b">>"),
    "of a bookmark": pdf.with_catalog(b"/Outlines<</First 4 0 R>>", b"<</Title(a)/A " + SCRIPT + b">>"),
    "program": pdf.mark(b"/Subtype/Link/A<</S/Launch/F(cmd.exe)>>"),
    "program with a number sign": pdf.mark(b"/Subtype/Link/A<</S/L#61unch/F(cmd.exe)>>"),
    "form language": pdf.with_catalog(b"/AcroForm<</XFA[(a) 4 0 R]>>", pdf.stream(b"<x:event><x:script>1</x:script>")),
    "form language in one": pdf.with_catalog(b"/AcroForm<</XFA 4 0 R>>", pdf.stream(b"<event><script>1</script>")),
    "packed": packed(catalog=b"/OpenAction 4 0 R", _4=SCRIPT),
    "packed with a number sign": packed(catalog=b"/OpenAction 4 0 R", _4=b"<</S/Java#53cript/JS(x)>>"),
    "packed program": packed(catalog=b"/OpenAction 4 0 R", _4=b"<</S/Launch/F(x)>>"),
    "packed in a list of names": packed(catalog=b"/Names<</JavaScript 4 0 R>>", _4=b"<</Names[(a) 5 0 R]>>", _5=SCRIPT),
    "encrypted": pdf.locked(pdf.with_catalog(b"/OpenAction " + SCRIPT)),
}
QUIET: dict[str, bytes] = {
    "plain page": pdf.one_page(),
    "packed": packed(),
    "go to a page": pdf.with_catalog(b"/OpenAction<</S/GoTo/D[3 0 R/Fit]>>"),
    "place to begin at": pdf.with_catalog(b"/OpenAction[3 0 R/XYZ 0 0 1]"),
    "link": pdf.mark(b"/Subtype/Link/A<</S/URI/URI(http://x.se)>>"),
    "form to send": pdf.with_form(b"/A<</S/SubmitForm/F(http://x.se)>>"),
    "words about it": pdf.one_page(pdf.shown("Ta bort /JavaScript och /Launch, /JS (x) och /JS<1>")),
    "words in a title": pdf.with_catalog(b"/Outlines<</First 4 0 R>>", b"<</Title(/JavaScript /JS \\(x\\))>>"),
    "signs in a picture": pdf.with_catalog(b"", pdf.stream(b"\x00\x01/JS(\x02/Launch")),
    "form language": pdf.with_catalog(b"/AcroForm<</XFA 4 0 R>>", pdf.stream(b"<template><field/></template>")),
    "attachment": pdf.with_attachment(b"(a.txt)", b"/JavaScript /JS (x)"),
}


def ask(content: bytes) -> bool:
    return asks(BytesIO(content), Budget())


@pytest.mark.parametrize("name", ACTIVE)
def test_k19_a_script_is_found_wherever_it_is_and_however_it_is_packed(name: str) -> None:
    assert ask(ACTIVE[name])


@pytest.mark.parametrize("name", QUIET)
def test_k19_what_only_looks_like_a_script_is_none(name: str) -> None:
    assert not ask(QUIET[name])


MAKERS = [
    make
    for make in vars(pdf).values()
    if callable(make) and list(getattr(make, "__annotations__", {}).items()) == [("text", str), ("return", bytes)]
]
MADE = [made for made in (make("Hej") for make in MAKERS) if made.startswith(b"%PDF")]


def test_no_file_that_hides_a_text_is_taken_for_a_script() -> None:
    assert len(MADE) > 10
    assert not any(map(ask, MADE))


def test_k19_a_damaged_object_hides_no_script_behind_it() -> None:
    broken = pdf.Pdf(catalog=b"/OpenAction 6 0 R")
    broken.page()
    broken.add(SCRIPT)
    without_end = b"<</Type/Font".ljust(len(HELVETICA), b"(")
    assert ask(broken.bytes().replace(HELVETICA, without_end))
    with pytest.raises(Unreadable):
        ask(pdf.one_page().replace(HELVETICA, without_end))


def test_a_file_that_cannot_be_read_is_not_answered_for(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        ask(pdf.locked(ACTIVE["of a page"], "hemligt"))
    with pytest.raises(PyPdfError):
        ask(b"%PDF-1.4\n" + b"x" * 100)
    path = tmp_path / "a.pdf"
    for content, answer in [(ACTIVE["packed"], True), (QUIET["packed"], False), (b"%PDF-1.4\nx", None)]:
        path.write_bytes(content)
        assert does_something(path) is answer
