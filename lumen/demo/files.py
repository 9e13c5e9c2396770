"""The demo's own documents and pictures."""

from io import BytesIO
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile

from contacts.models import Person
from gate.files.actions import approve_file
from gate.files.models import ScreenedFile
from resources.models import Document, Image

from .reading import FILES, read

AnyFile = TypeVar("AnyFile", bound=ScreenedFile)


def add_document(content: dict[str, Any], by: Person) -> Document:
    """Upload the file of a piece of material and approve it."""
    data = (FILES / content["file"]).read_bytes()
    document = Document(title=content["file_title"], uploaded_by_user=by, file_size=len(data))
    document.file.save(content["file"], ContentFile(data), save=False)
    return _approved(document, by)


def fill_pictures(by: Person) -> None:
    """Upload the pictures and approve them."""
    for content in read("pictures")["picture"]:
        name = f"bild-{content['name']}.png"
        data = (FILES / name).read_bytes()
        x, y, width, height = content["focus"]
        _approved(
            Image(
                title=content["title"],
                file=ImageFile(BytesIO(data), name=name),
                file_size=len(data),
                uploaded_by_user=by,
                focal_point_x=x,
                focal_point_y=y,
                focal_point_width=width,
                focal_point_height=height,
            ),
            by,
        )


def lead_picture(content: dict[str, Any]) -> dict[str, Any]:
    """The fields of the picture first on a page; none if the content names no picture or an editor has removed it."""
    if "picture" not in content:
        return {}
    picture = find_picture(content["picture"])
    return {"lead_picture": picture, "lead_picture_alt": alt_text(content["picture"])} if picture else {}


def find_picture(name: str) -> Image | None:
    return Image.objects.filter(title=_named(name)["title"]).first()


def alt_text(name: str) -> str:
    return str(_named(name)["alt"])


def _named(name: str) -> dict[str, Any]:
    return next(content for content in read("pictures")["picture"] if content["name"] == name)


def _approved(file: AnyFile, by: Person) -> AnyFile:
    file.save()
    if file.screening is not None and file.screening.needs_approval:
        approve_file(file.screening, by=by, reason="Demons egen fil. Alla uppgifter i den är påhittade.")
    return file
