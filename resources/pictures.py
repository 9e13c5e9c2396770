"""Pictures as visitors get them: without metadata; and those of phones as a kind that every browser shows."""

from contextlib import suppress
from functools import cached_property
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener
from wagtail.images.fields import WagtailImageField
from wagtail.images.image_operations import FilterOperation
from wagtail.images.models import Filter
from willow.plugins.pillow import PillowImage

PHONE_KINDS = frozenset({".heic", ".heif", ".avif"})
QUALITY = 90
MAX_PIXELS = 128_000_000  # as Wagtail's own limit; unpacked they take three bytes each
# What a picture needs to be shown, of all that Pillow knows of it beside its pixels.
_SHOWS = ("transparency", "background")

UNREADABLE = "Bilden går inte att läsa. Spara den som jpg och försök igen."
TOO_LARGE = "Bilden har för många bildpunkter. Spara den i mindre storlek och försök igen."


def plain(picture: Image.Image) -> Image.Image:
    """The picture without anything but its pixels, in the colours that a browser takes for granted (sRGB).

    A colour profile is metadata too: it may name a camera or a person. So its colours are worked out, and it goes.
    """
    profile = picture.info.get("icc_profile")
    if profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
            if picture.mode in ("P", "PA", "LA", "RGBA") or has_alpha:
                picture = picture.convert("RGBA" if has_alpha else "RGB")
            converted = ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGBA" if has_alpha else "RGB",
            )
            picture = converted or picture
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    if palette := picture.getpalette():
        bare.putpalette(palette)
    bare.info = {
        name: picture.info[name] for name in _SHOWS if name in picture.info and picture.mode in ("P", "L", "RGB")
    }
    return bare


class _Plain(FilterOperation):
    """The last operation of a rendition: leaves nothing but the pixels."""

    def construct(self) -> None:
        """Take no parameters."""

    def run(self, willow: Any, image: Any, env: dict[str, Any]) -> PillowImage:
        return PillowImage(plain(willow.image))


class PlainFilter(Filter):
    """A filter of Wagtail whose pictures have no metadata of the original."""

    @cached_property
    def operations(self) -> list[Any]:
        return [*super().operations, _Plain("plain")]


def as_common_picture(upload: Any) -> Any:
    """A phone's picture as a JPEG, upright and without its position; with transparency as WebP. Others as they are.

    Raises ValidationError, in Swedish.
    """
    if not isinstance(upload, UploadedFile) or PurePath(upload.name or "").suffix.lower() not in PHONE_KINDS:
        return upload
    register_heif_opener()
    try:
        upload.seek(0)
        with Image.open(upload, formats=("HEIF", "AVIF")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(TOO_LARGE)
            upright = plain(ImageOps.exif_transpose(picture))
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise ValidationError(UNREADABLE) from error
    has_alpha = upright.mode in ("RGBA", "LA")
    kind, suffix = ("WEBP", ".webp") if has_alpha else ("JPEG", ".jpg")
    target = BytesIO()
    (upright if has_alpha else upright.convert("RGB")).save(target, kind, quality=QUALITY)
    name = PurePath(upload.name or "").with_suffix(suffix).name
    return SimpleUploadedFile(name, target.getvalue(), content_type=f"image/{kind.lower()}")


class PictureField(WagtailImageField):
    """The field of an uploaded picture, which takes those of phones too."""

    def to_python(self, data: Any) -> Any:
        return super().to_python(as_common_picture(data))
