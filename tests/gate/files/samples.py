"""Small files as they are uploaded."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture

from tests.screening.numbers import personal_number


def text_file(text: str = "En rutin utan uppgifter.", name: str = "rutin.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/plain")


def blocked_file(name: str = "rutin.txt") -> SimpleUploadedFile:
    return text_file(f"Rad ett.\nPersonnummer: {personal_number()}\n", name)


def picture(colour: str = "red", name: str = "bild.png") -> SimpleUploadedFile:
    content = BytesIO()
    Picture.new("RGB", (40, 30), colour).save(content, "png")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")
