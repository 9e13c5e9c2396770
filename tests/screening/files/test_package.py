"""The zip of an office document: what it says beside its parts, and what is hidden in it."""

import zipfile
from io import BytesIO

import pytest

from screening.findings import Verdict

from .makers import excel, images, opendocument, powerpoint, word
from .makers.packages import Parts
from .places import NUMBER, WORDS, finds_it_there, is_clean_without, screened

MAKERS = {
    "docx": ("word/media/", lambda parts: word.document("", parts)),
    "pptx": ("ppt/media/", lambda parts: powerpoint.presentation("", parts)),
    "xlsx": ("xl/media/", lambda parts: excel.workbook(parts=parts)),
    "odt": ("Pictures/", lambda parts: opendocument.written("", parts=parts)),
}
PICTURE = images.picture("PNG")
NOISE = bytes(range(255, 0, -1)) * 20


def made(suffix: str, parts: Parts | None = None) -> bytes:
    return MAKERS[suffix][1]({MAKERS[suffix][0] + name: content for name, content in (parts or {}).items()})


def with_comments(content: bytes, *, archive: str = "", entry: str = "") -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for info in old.infolist():
            copy = zipfile.ZipInfo(info.filename)
            copy.comment = entry.encode()
            new.writestr(copy, old.read(info))
        new.comment = archive.encode()
    return file.getvalue()


def between(content: bytes, more: bytes) -> bytes:
    """Bytes between the parts and their directory."""
    start, end = content.index(b"PK\1\2"), content.rindex(b"PK\5\6")
    place = (start + len(more)).to_bytes(4, "little")
    return content[:start] + more + content[start : end + 16] + place + content[end + 20 :]


@pytest.mark.parametrize("suffix", MAKERS)
def test_a_number_in_the_name_of_a_picture_is_found(suffix):
    def make(words: str) -> bytes:
        return made(suffix, {f"{words}.png": PICTURE})

    finds_it_there(f"fil.{suffix}", make, "namnet på en fil i dokumentet")
    is_clean_without(f"fil.{suffix}", make)


@pytest.mark.parametrize("place", ["archive", "entry"])
@pytest.mark.parametrize("suffix", MAKERS)
def test_a_number_in_a_comment_of_the_zip_is_found(suffix, place):
    def make(words: str) -> bytes:
        return with_comments(made(suffix), **{place: f"Om {words}"})

    finds_it_there(f"fil.{suffix}", make, "kommentar i filens förpackning")
    is_clean_without(f"fil.{suffix}", make)


@pytest.mark.parametrize("suffix", MAKERS)
def test_what_lies_beside_the_parts_is_not_passed(suffix):
    content, hidden = made(suffix), f"Om {NUMBER} i akten".encode() * 3
    for hiding in (content + hidden, b"PK" + hidden + content, between(content, hidden)):
        assert screened(f"fil.{suffix}", hiding).verdict is Verdict.UNSCREENED
    assert screened(f"fil.{suffix}", content).verdict is Verdict.CLEAN


@pytest.mark.parametrize("suffix", MAKERS)
@pytest.mark.parametrize(
    "content", [NOISE, PICTURE[:8] + NOISE, PICTURE + NOISE], ids=["noise", "only its beginning", "noise after it"]
)
def test_a_picture_that_is_none_is_not_passed(suffix, content):
    assert screened(f"fil.{suffix}", made(suffix, {"x.png": content})).verdict is Verdict.UNSCREENED
    assert screened(f"fil.{suffix}", made(suffix, {"x.png": PICTURE})).verdict is Verdict.CLEAN


@pytest.mark.parametrize("name", ["word/fonts/font1.odttf", "word/media/image1.emf", "word/printerSettings1.bin"])
def test_what_office_programs_keep_beside_the_text_is_passed(name):
    assert screened("fil.docx", word.document("", {name: NOISE})).verdict is Verdict.CLEAN


def test_a_name_that_a_program_made_up_is_nobodys_number():
    digits = NUMBER.replace("-", "")
    parts = {f"{digits}0000{digits}.png": PICTURE}
    assert screened("fil.odt", made("odt", parts)).verdict is Verdict.CLEAN


def repacked_with(content: bytes, *more: tuple[str, str]) -> bytes:
    """The same parts with entries for folders among them, as LibreOffice and zip programs write them."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for number, info in enumerate(old.infolist()):
            new.writestr(info.filename, old.read(info))
            for name, text in more:
                new.writestr(name.format(number), text)
    return file.getvalue()


@pytest.mark.parametrize("suffix", MAKERS)
def test_f2_entries_of_folders_are_no_stray_bytes(suffix):
    folders = [(f"Configurations2/{name}/{{}}/", "") for name in ("floater", "images/Bitmaps", "popupmenu")]
    assert screened(f"fil.{suffix}", repacked_with(made(suffix), *folders)).verdict is Verdict.CLEAN
    assert screened(f"fil.{suffix}", repacked_with(made(suffix), (f"om{{}} {NUMBER}/", ""))).verdict is Verdict.BLOCK


@pytest.mark.parametrize("suffix", MAKERS)
def test_f2_what_a_folder_holds_is_read_as_every_part(suffix):
    def make(words: str) -> bytes:
        return repacked_with(made(suffix), ("notes{}/", f"Om {words} i akten"))

    assert screened(f"fil.{suffix}", make(NUMBER)).verdict is Verdict.BLOCK
    assert screened(f"fil.{suffix}", make(WORDS)).verdict is Verdict.CLEAN


PADDING = {"zeros": b"\0" * 400, "ones": b"\xff" * 400, "memory": bytes(range(1, 200)) + b"\0" * 100}


@pytest.mark.parametrize("padding", PADDING)
def test_f13_the_thumbnail_of_the_program_may_have_bytes_after_its_end(padding):
    def make(name: str, after: bytes) -> bytes:
        return powerpoint.presentation("", {name: images.picture("JPEG") + after})

    padded = PADDING[padding]
    assert screened("fil.pptx", make("docProps/thumbnail.jpeg", padded)).verdict is Verdict.CLEAN
    assert screened("fil.pptx", make("docProps/thumbnail.jpeg", padded + NUMBER.encode())).verdict is Verdict.BLOCK
    other = Verdict.UNSCREENED if padding == "memory" else Verdict.CLEAN
    assert screened("fil.pptx", make("ppt/media/image1.jpeg", padded)).verdict is other


def test_f13_a_thumbnail_that_is_damaged_says_what_can_be_done():
    screening = screened("fil.pptx", powerpoint.presentation("", {"docProps/thumbnail.jpeg": b"\xff\xd8\xff" + NOISE}))
    assert screening.fault.endswith("Spara filen utan miniatyrbild.")
