"""Loads the demo and the made resources into the database, files and all."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from docx import Document as Word

from bench.scratch import load_organisations
from contacts.models import Organisation
from gate.files.queue import drain_now
from lumen.demo.loading import load_demo
from lumen.demo.pages import publish
from lumen.demo.people import editor
from resources.models import Document, ResourceFile, ResourceIndexPage, ResourcePage, Theme
from resources.search.public_views import index_public_views
from tests.factories.pdf import pdf_of

FOLDER = Path(__file__).parent


def read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text())
    return rows


def load() -> None:
    """Fill an empty database with the demo and the made resources, and read the text of their files."""
    _load_pages()
    drain_now()
    index_public_views()


@transaction.atomic
def _load_pages() -> None:
    load_organisations()
    load_demo()
    index, by = ResourceIndexPage.objects.get(), editor()
    for content in read("resources"):
        _resource(content, index, by)


def _resource(content: dict[str, Any], index: ResourceIndexPage, by: Any) -> None:
    page = ResourcePage(
        title=content["title"],
        slug=content["slug"],
        lead=content["lead"],
        kind=content["kind"],
        producer=_producer(content["organisation"]),
        published_on=date.fromisoformat(content["date"]),
        body=[("text", f"<p>{paragraph}</p>") for paragraph in content["body"]],
    )
    index.add_child(instance=page)
    page.themes.add(*Theme.objects.filter(slug__in=content["themes"]))
    if content["file"]:
        page.files.add(ResourceFile(document=_document(content["file"], by)))
    publish(page, by)


def _producer(name: str) -> Organisation:
    short_name = {"": "Socialstyrelsen", "EBM": "Ekobrottsmyndigheten"}.get(name, name)
    return Organisation.objects.get(short_name=short_name)


def _document(content: dict[str, Any], by: Any) -> Document:
    name = content["name"]
    data = pdf_of(*content["pages"]) if name.endswith(".pdf") else _word(content["pages"])
    document = Document(title=content["title"], uploaded_by_user=by, file_size=len(data))
    document.file.save(name, ContentFile(data), save=False)
    document.save()
    return document


def _word(pages: list[str]) -> bytes:
    document = Word()
    for page in pages:
        document.add_paragraph(page)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()
