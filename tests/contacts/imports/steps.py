"""The steps of an import in the admin, for the tests."""

import base64
import io
import re
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from contacts.models import PendingImport


def upload(client: Client, content: bytes, name: str = "lista.xlsx"):
    """Upload a file and see what it would change."""
    return client.post(reverse("contact_import:index"), {"file": SimpleUploadedFile(name, content)}, follow=True)


def preview(client: Client):
    return client.get(reverse("contact_import:preview", args=[PendingImport.objects.get().pk]))


def hidden(html: str) -> dict[str, str]:
    """What the button that stores sends along."""
    return dict(re.findall(r'name="(seen|without)"\s+value="([^"]*)"', html))


def confirm(client: Client, pk: int, seen: dict[str, str] | None = None):
    """Press the button of the preview: as it is now, or as it was."""
    if seen is None:
        seen = hidden(client.get(reverse("contact_import:preview", args=[pk]), follow=True).content.decode())
    return client.post(reverse("contact_import:confirm", args=[pk]), seen, follow=True)


def answer(client: Client, **data: Any):
    """Say which organisation a name means."""
    url = reverse("contact_import:organisation", args=[PendingImport.objects.get().pk])
    return client.post(url, data, follow=True)


def choose_columns(client: Client, *fields: str, first_row: int):
    """Say what each column holds, and read the file so."""
    url = reverse("contact_import:columns", args=[PendingImport.objects.get().pk])
    columns = {f"column_{column}": field for column, field in enumerate(fields)}
    return client.post(url, {**columns, "first_row": first_row}, follow=True)


def faulty_file(html: str) -> openpyxl.Workbook:
    """The file of the faulty rows that the preview offers."""
    content = base64.b64decode(re.search(r"spreadsheetml.sheet;base64,([^\"]+)", html)[1])
    return openpyxl.load_workbook(io.BytesIO(content))


def told(response: Any) -> str:
    """The text of the page, without tags and blanks."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode().split("<main")[1])
    return " ".join(text.replace("&quot;", '"').split())
