"""Uploads are judged by what they hold: a corpus of bad files, and good ones that must pass."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook
from wagtail.models import Collection

from resources.models import Document
from resources.uploads import CHUNK, OLD_OFFICE, check_upload
from tests.factories.contacts import PersonFactory
from tests.factories.resources import PDF, DocumentFactory
from tests.screening.files.makers import pdf

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
ODT = "application/vnd.oasis.opendocument.text"


def packed(parts: dict[str, str | bytes], *, compress: bool = True) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(content_type: str = WORD, **more: str | bytes) -> bytes:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{content_type}"/></Types>'
    return packed({"[Content_Types].xml": types, "word/document.xml": "<w:document/>", **more})


def odt(mimetype: str = ODT, manifest: str = "<manifest:manifest/>", **more: str) -> bytes:
    return packed({"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": "<x/>", **more})


def locked_docx() -> bytes:
    content = bytearray(docx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := content.find(signature, start)) >= 0:
            content[start + offset] |= 1  # the flag of an encrypted part
            start += 4
    return bytes(content)


def bomb() -> bytes:
    return docx(**{"word/media/big.bin": b"\0" * (80 * 1024 * 1024)})


def xlsx() -> bytes:
    buffer = io.BytesIO()
    Workbook().save(buffer)
    return buffer.getvalue()


BAD: list[tuple[str, bytes | Callable[[], bytes], str]] = [
    ("empty.pdf", b"", "tom"),
    ("page.html", b"<html></html>", "slaget"),
    ("picture.svg", b"<svg onload='alert(1)'/>", "slaget"),
    ("program.exe", b"MZ\x90", "slaget"),
    ("archive.zip", packed({"a.txt": "x"}), "Packa upp"),
    ("macro.docm", docx(MACRO_WORD), "slaget"),
    ("html.pdf", b"<html><script>alert(1)</script></html>", "annat"),
    ("svg.pdf", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "annat"),
    ("late.pdf", b"\n<script>alert(1)</script>%PDF-1.4", "annat"),
    ("packed.pdf", pdf.packed({1: b"<</Type/Catalog/OpenAction 2 0 R>>", 2: b"<</S/Java#53cript/JS(x)>>"}), "skript"),
    ("named.pdf", pdf.with_catalog(b"/OpenAction<</S/Java#53cript/JS(x)>>"), "skript"),
    ("started.pdf", pdf.mark(b"/Subtype/Link/A<</S/Launch/F(cmd.exe)>>"), "skript"),
    ("script.pdf", PDF + b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>", "skript"),
    ("launch.pdf", PDF + b"x" * 300_000 + b"/S/Launch/F(cmd.exe)", "skript"),
    ("html.txt", b"hej <SCRIPT>alert(1)</SCRIPT>", "programkod"),
    ("svg.txt", b"<svg onload=alert(1)>", "programkod"),
    ("utf16.txt", "<script>alert(1)</script>".encode("utf-16"), "programkod"),
    ("html.csv", b"a;b\n<html>;1", "programkod"),
    ("binary.txt", b"MZ\x90\x00\x03", "annat"),
    ("nul.csv", b"a;b\n\x00;1", "annat"),
    ("pdf.docx", PDF, "annat"),
    ("text.xlsx", b"Organisation;Namn", "annat"),
    ("zip.docx", packed({"hello.txt": "x"}), "annat"),
    ("sheet.docx", xlsx, "annat"),
    ("renamed.docx", docx(MACRO_WORD), "makron"),
    ("vba.docx", docx(**{"word/vbaProject.bin": b"x"}), "makron"),
    ("basic.odt", odt(**{"Basic/Standard/Module1.xml": "x"}), "makron"),
    ("locked.docx", locked_docx, "lösenord"),
    ("locked.odt", odt(manifest="<manifest:encryption-data/>"), "lösenord"),
    ("old.docx", OLD_OFFICE + b"\0" * 100, "gammalt format"),
    ("bomb.docx", bomb, "orimligt stor"),
    ("outside.docx", docx(**{"../../etc/passwd": "x"}), "trasig"),
    ("broken.docx", docx()[:-30], "annat"),
    ("wrong.odt", odt(mimetype="application/zip"), "annat"),
]
GOOD: list[tuple[str, bytes | Callable[[], bytes]]] = [
    ("rapport.pdf", PDF),
    ("om skript.pdf", pdf.one_page(pdf.shown("Ta bort /JavaScript, /Launch och /JS (x)"))),
    ("sida.pdf", pdf.with_catalog(b"/OpenAction[3 0 R/Fit]")),
    ("RAPPORT.PDF", PDF),
    ("mall.docx", docx()),
    ("lista.xlsx", xlsx),
    ("mall.odt", odt()),
    ("lista.csv", "Organisation;Namn\nMalmö;Åsa".encode("cp1252")),
    ("lista.csv", "Organisation;Namn\nMalmö;Åsa".encode("utf-16")),
    ("text.txt", "Häj på er, 5 < 6 och 7 > 6".encode()),
]


def upload(name: str, content: bytes | Callable[[], bytes]) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content() if callable(content) else content)


@pytest.mark.parametrize(("name", "content", "reason"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_file_is_refused_with_the_reason(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        check_upload(upload(name, content))
    assert reason in refusal.value.messages[0]


@pytest.mark.parametrize(("name", "content"), GOOD)
def test_a_good_file_passes_and_is_left_at_its_beginning(name: str, content: bytes) -> None:
    file = upload(name, content)
    check_upload(file)
    assert file.tell() == 0


def test_a_file_that_is_too_large_is_refused(settings) -> None:
    settings.MAX_UPLOAD_BYTES = len(PDF)
    check_upload(upload("rapport.pdf", PDF))
    settings.MAX_UPLOAD_BYTES = len(PDF) - 1
    with pytest.raises(ValidationError, match="för stor"):
        check_upload(upload("rapport.pdf", PDF))


@pytest.mark.parametrize("before", range(0, 12, 3))
def test_a_script_across_the_border_of_two_reads_is_found(before: int) -> None:
    content = PDF.ljust(CHUNK - before, b"x") + b"/JavaScript"
    with pytest.raises(ValidationError, match="skript"):
        check_upload(upload("rapport.pdf", content))


def test_a_package_of_very_many_parts_is_refused(monkeypatch) -> None:
    parts = {f"word/media/{number}.xml": "x" for number in range(6)}
    monkeypatch.setattr("resources.uploads.MAX_PARTS", len(parts) + 2)
    check_upload(upload("mall.docx", docx(**parts)))
    monkeypatch.setattr("resources.uploads.MAX_PARTS", len(parts) + 1)
    with pytest.raises(ValidationError, match="orimligt stor"):
        check_upload(upload("mall.docx", docx(**parts)))


@pytest.fixture
def editor_client(client: Client) -> Client:
    client.force_login(PersonFactory(editor=True))
    return client


WAYS_TO_UPLOAD = {
    "one": ("wagtaildocs:add", ""),
    "many": ("wagtaildocs:add_multiple", ""),
    "chooser": ("wagtaildocs_chooser:create", "document-chooser-upload-"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS_TO_UPLOAD)
@pytest.mark.parametrize(("name", "stored"), [("rapport.pdf", 1), ("falsk.pdf", 0)])
def test_every_way_to_upload_checks_the_content(editor_client: Client, way: str, name: str, stored: int) -> None:
    url, prefix = WAYS_TO_UPLOAD[way]
    content = PDF if stored else b"<script>alert(1)</script>"
    fields = {"title": "Ny", "collection": Collection.get_first_root_node().pk, "file": upload(name, content)}
    data = {f"{prefix}{field}": value for field, value in fields.items()}
    if way == "many":
        data = {"title": "Ny", "files[]": upload(name, content)}
    editor_client.post(reverse(url), data, headers={"x-requested-with": "XMLHttpRequest"})
    assert Document.objects.count() == stored


@pytest.mark.django_db
def test_a_new_version_of_a_document_is_checked_too(editor_client: Client) -> None:
    document = DocumentFactory()
    answer = editor_client.post(
        reverse("document_version_add", args=[document.pk]),
        {"title": document.title, "note": "Nytt.", "file": upload("falsk.pdf", b"<script>alert(1)</script>")},
    )
    assert "innehåller något annat" in answer.content.decode()
    assert not document.versions.exists()
