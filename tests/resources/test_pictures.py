"""Renditions have no metadata, and the pictures of phones are taken."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Picture
from PIL import ImageCms
from PIL.PngImagePlugin import PngInfo
from pillow_heif import register_heif_opener

from gate.files.content import content_of
from resources.models import Image, Rendition
from screening.findings import Verdict
from tests.factories.contacts import PersonFactory
from tests.factories.resources import ImageFactory, known_as

pytestmark = pytest.mark.django_db

MARK = "Fotograf Nilsson"
GPS = 0x8825
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>{MARK}</a></x:xmpmeta>'.encode()


def exif() -> Picture.Exif:
    exif = Picture.Exif()
    exif[0x013B], exif[0x010E], exif[0xA431] = MARK, MARK, MARK  # artist, description, the camera's number
    exif.get_ifd(GPS)[2] = (59.0, 19.0, 46.0)
    return exif


def profile() -> bytes:
    """The colours of sRGB under a name that tells of somebody."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    name = b"sRGB built-in"
    wide = "".join(f"\0{letter}" for letter in name.decode()).encode("latin-1")
    mine = "".join(f"\0{letter}" for letter in MARK[: len(name)]).encode("latin-1")
    assert wide in made
    return made.replace(wide, mine)


def with_segment(jpeg: bytes, marker: int, content: bytes) -> bytes:
    return jpeg[:2] + bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content + jpeg[2:]


def as_jpeg() -> bytes:
    target = BytesIO()
    Picture.new("RGB", (60, 40), "teal").save(
        target, "JPEG", exif=exif(), icc_profile=profile(), comment=MARK.encode(), xmp=XMP
    )
    iptc = (
        b"Photoshop 3.0\x008BIM\x04\x04\0\0" + (21).to_bytes(4, "big") + b"\x1c\x02\x50\0\x10" + MARK.encode() + b"\0"
    )
    return with_segment(target.getvalue(), 0xED, iptc)


def as_png() -> bytes:
    target, texts = BytesIO(), PngInfo()
    texts.add_text("Author", MARK)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    Picture.new("RGBA", (60, 40), (0, 128, 128, 90)).save(
        target, "PNG", exif=exif(), icc_profile=profile(), pnginfo=texts
    )
    return target.getvalue()


def as_webp() -> bytes:
    target = BytesIO()
    Picture.new("RGB", (60, 40), "teal").save(target, "WEBP", exif=exif(), icc_profile=profile(), xmp=XMP)
    return target.getvalue()


def as_gif() -> bytes:
    target = BytesIO()
    Picture.new("P", (60, 40), 3).save(target, "GIF", comment=MARK.encode())
    return target.getvalue()


KINDS: dict[str, Callable[[], bytes]] = {"jpg": as_jpeg, "png": as_png, "webp": as_webp, "gif": as_gif}


def stored(content: bytes, name: str) -> Image:
    known_as(Verdict.UNSCREENED, content_of(ContentFile(content, name=name)))
    image: Image = ImageFactory(file=ContentFile(content, name=name))
    return image


@pytest.mark.parametrize(
    "spec", ["width-30", "original", "fill-20x20", "format-webp|width-30", "format-png", "format-gif"]
)
@pytest.mark.parametrize("kind", KINDS)
def test_f15_a_rendition_has_none_of_the_metadata(kind: str, spec: str) -> None:
    original = KINDS[kind]()
    assert MARK.encode() in original
    rendition = stored(original, f"bild.{kind}").get_rendition(spec)
    published = rendition.file.read()
    for trace in (MARK, MARK[:13], "".join(f"\0{letter}" for letter in MARK[:13])):
        assert trace.encode("latin-1") not in published
    for block in (
        b"Exif",
        b"eXIf",
        b"iCCP",
        b"ICCP",
        b"ICC_PROFILE",
        b"http://ns.adobe.com",
        b"XMP ",
        b"tEXt",
        b"iTXt",
    ):
        assert block not in published
    with Picture.open(BytesIO(published)) as picture:
        assert not picture.getexif() and "icc_profile" not in picture.info and not picture.info.get("comment")
        assert picture.mode == "RGBA" or kind != "png" or spec == "format-gif", "transparency stays"
        if kind in ("jpg", "webp"):
            shown: Any = picture.convert("RGB").getpixel((5, 5))
            assert max(abs(one - other) for one, other in zip(shown, (0, 128, 128), strict=True)) < 12


def test_f15_a_picture_taken_on_its_side_stands_upright() -> None:
    target, turned = BytesIO(), exif()
    turned[0x0112] = 6
    Picture.new("RGB", (60, 40), "teal").save(target, "JPEG", exif=turned)
    rendition = stored(target.getvalue(), "bild.jpg").get_rendition("max-60x60")
    assert (rendition.width, rendition.height) == (40, 60)


def phone_picture(kind: str, mode: str = "RGB") -> bytes:
    register_heif_opener()
    target, turned = BytesIO(), exif()
    turned[0x0112] = 6
    Picture.new(mode, (64, 40), "teal").save(target, kind, exif=turned.tobytes(), quality=90)
    return target.getvalue()


@pytest.fixture
def editor_client(client: Client) -> Client:
    client.force_login(PersonFactory(editor=True))
    return client


def upload(client: Client, name: str, content: bytes) -> Any:
    data = {
        "title": "Från telefonen",
        "file": SimpleUploadedFile(name, content),
        "collection": "1",
        "content_is_read": "on",
    }
    return client.post("/admin/images/add/", data)


@pytest.mark.parametrize(("name", "kind"), [("IMG_1.HEIC", "HEIF"), ("bild.heif", "HEIF"), ("bild.avif", "AVIF")])
def test_f17_a_phones_picture_is_taken_upright_and_without_its_position(
    editor_client: Client, name: str, kind: str
) -> None:
    content = phone_picture(kind)
    assert MARK.encode() in content
    assert upload(editor_client, name, content).status_code == 302
    image = Image.objects.get()
    assert image.file.name.endswith(".jpg")
    assert (image.width, image.height) == (40, 64)
    with image.file.open() as file:
        kept = file.read()
    assert kept.startswith(b"\xff\xd8\xff") and MARK.encode() not in kept and b"Exif" not in kept
    assert image.is_approved and image.get_rendition("width-20").file.name.endswith(".jpg")


def test_f17_transparency_is_kept_as_webp(editor_client: Client) -> None:
    assert upload(editor_client, "bild.heic", phone_picture("HEIF", "RGBA")).status_code == 302
    assert Image.objects.get().file.name.endswith(".webp")


@pytest.mark.parametrize("content", [b"", b"\0\0\0\x18ftypheic" + b"\0" * 50, as_png()], ids=["empty", "broken", "png"])
def test_f17_what_is_no_such_picture_is_refused_in_swedish(editor_client: Client, content: bytes) -> None:
    response = upload(editor_client, "bild.heic", content)
    assert response.status_code == 200 and not Image.objects.exists()
    assert response.context["form"].errors["file"]


def test_renditions_from_before_are_made_anew() -> None:
    import importlib

    from django.apps import apps

    migration = importlib.import_module("resources.migrations.0010_plain_renditions")
    image = stored(as_jpeg(), "bild.jpg")
    former = image.get_rendition("width-30")
    migration.remove_renditions(apps, None)
    assert not Rendition.objects.filter(pk=former.pk).exists()
    assert image.get_rendition("width-30").pk != former.pk
