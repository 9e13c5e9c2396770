"""Collects the texts of a model instance that others could read, with their places in its form, and its files."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.text import capfirst
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import COMMENTS_RELATION_NAME, ReferenceIndex

from .markup import read_markup

# Fields that Wagtail and Django maintain. Nobody sees `draft_title`, and a page's address is screened by its slug.
BOOKKEEPING = frozenset({"path", "url_path", "draft_title", "password", "file_hash"})


@dataclass(frozen=True)
class Piece:
    """A text and its place in Swedish: "Innehåll, block 3 (Citat): Vem säger det".

    `label` is the label of its field, which the screening uses as context ("Telefon"). `field` is the name of the
    field or child relation of the instance that it comes from. `paragraphs` are as in `Markup`.
    """

    where: str
    text: str
    label: str = ""
    field: str = ""
    paragraphs: tuple[int, ...] = ()


def texts_of(instance: models.Model, place: str = "") -> Iterator[Piece]:
    """The texts of any instance, saved or not: fields, blocks of streams, child objects and names of tags.

    Adjacent texts are never joined. Left out are numbers, dates, choices, fields that only code fills in, and
    texts of related rows other than names of tags. `place` is put in front of each place.
    """
    not_typed = getattr(instance, "not_typed", ())  # as `Screened` has it: hashes hold numbers by chance
    for field in instance._meta.concrete_fields:
        if not field.is_relation and field.name not in BOOKKEEPING and field.name not in not_typed:
            yield from _with_field(field.name, texts_in_field(field, field.value_from_object(instance), place))
    yield from _names_of_related_rows(instance, place)
    yield from _child_texts(instance, place)


def files_of(instance: models.Model) -> list[models.Model]:
    """The documents and images that an instance refers to in any way, also in a draft; each once, by title."""
    files = []
    references = {
        (content_type, pk) for content_type, pk, *_ in ReferenceIndex._extract_references_from_object(instance)
    }
    for model in (get_document_model(), get_image_model()):
        content_type = ContentType.objects.get_for_model(model).pk
        pks = [pk for kind, pk in references if kind == content_type]
        if pks:
            files += model.objects.filter(pk__in=pks).order_by("title", "pk")
    return files


def digest_of(instance: models.Model) -> str:
    """SHA-256, in hexadecimal, of the texts and files that the public would see of the instance."""
    parts: list[Any] = [[piece.where, piece.text] for piece in texts_of(instance)]
    parts.append(sorted(_key_of(file) for file in files_of(instance)))
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _key_of(file: Any) -> str:
    return file.screening.digest if file.screening is not None else f"{file._meta.label}:{file.pk}"


def text_fields(model: type[models.Model]) -> list[models.Field]:
    """The free-text fields of a model, slugs and addresses included, but not those in its `not_typed`."""
    not_typed: Collection[str] = getattr(model, "not_typed", ())
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices and field.name not in not_typed
    ]


def label_of(field: models.Field) -> str:
    return str(capfirst(str(field.verbose_name)))


def texts_in_field(field: models.Field, value: Any, place: str = "") -> Iterator[Piece]:
    """The texts in the value of one field; `place` is put in front of the field's label."""
    if not value and not getattr(value, "raw_text", None):
        return
    label = label_of(field)
    where = f"{place}{label}"
    if isinstance(field, StreamField):
        if value.raw_text:  # A value that cannot be read as blocks is kept there.
            yield from texts_in_json(value.raw_text, where, label)
        else:
            yield from _block_texts(field.stream_block, field.stream_block.get_prep_value(value), where, label)
    elif isinstance(field, RichTextField):
        yield from _markup_texts(value, where, label)
    elif isinstance(field, models.FileField):
        yield Piece(where, value.name.rpartition("/")[2], label)
    elif isinstance(field, models.JSONField):
        yield from texts_in_json(value, where, label)
    elif isinstance(field, models.URLField):
        yield Piece(where, unquote(str(value)), label)
    elif isinstance(value, str) or isinstance(field, models.CharField | models.TextField):
        text = str(value)
        if text not in dict(field.flatchoices):
            yield Piece(where, text, label)


def _with_field(field: str, pieces: Iterable[Piece]) -> Iterator[Piece]:
    return (replace(piece, field=field) for piece in pieces)


def _markup_texts(html: str, where: str, label: str) -> Iterator[Piece]:
    markup = read_markup(html)
    if markup.text.strip():
        yield Piece(where, markup.text, label, paragraphs=markup.paragraphs)
    for what, text in markup.hidden:
        if text.strip():
            yield Piece(f"{where} ({what})", text, label)


def texts_in_json(value: Any, where: str = "", label: str = "") -> Iterator[Piece]:
    """The strings of a JSON value, keys included; one with markup is read both as markup and as it is."""
    if isinstance(value, str):
        if "<" in value and ">" in value:
            yield from _markup_texts(value, where, label)
        if value.strip():
            yield Piece(where, value, label)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts_in_json(inner, where, label)
            if isinstance(inner, list | dict) or (isinstance(inner, str) and inner):
                yield Piece(where, str(key), label)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in_json(inner, where, label)


def _block_texts(block: Any, value: Any, where: str, label: str) -> Iterator[Piece]:
    """The texts of a stored block value, with the blocks' labels in the places; what fits no block is read as JSON."""
    if isinstance(block, blocks.BaseStreamBlock) and isinstance(value, list):
        for number, item in enumerate(value, 1):
            kind, inner = _type_and_value(item)
            child = block.child_blocks.get(kind)
            name = child.label if child is not None else kind
            place = f"{where}, block {number} ({name})" if name else f"{where}, block {number}"
            yield from _block_texts(child, inner, place, str(name or label))
    elif isinstance(block, blocks.ListBlock) and isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield from _block_texts(block.child_block, _type_and_value(item)[1], f"{where}, punkt {number}", label)
    elif isinstance(block, blocks.BaseStructBlock) and isinstance(value, dict):
        for name, inner in value.items():
            child = block.child_blocks.get(name)
            inner_label = str(child.label if child is not None else name)
            yield from _block_texts(child, inner, f"{where}: {inner_label}", inner_label)
    elif isinstance(block, blocks.RichTextBlock | blocks.RawHTMLBlock) and isinstance(value, str):
        yield from _markup_texts(value, where, label)
    elif isinstance(block, blocks.URLBlock) and isinstance(value, str):
        yield Piece(where, unquote(value), label)
    elif isinstance(value, dict) and isinstance(value.get("data"), list):
        yield from _table_texts(value, where, label)
    elif isinstance(value, str) and block is not None:
        yield Piece(where, value, label)
    else:
        yield from texts_in_json(value, where, label)


def _type_and_value(item: Any) -> tuple[str, Any]:
    """The type and the value of an item of a stream or list, in any of the shapes that Wagtail has stored."""
    if isinstance(item, dict) and "value" in item:
        return str(item.get("type", "")), item["value"]
    return "", item


def _table_texts(table: dict[str, Any], where: str, label: str) -> Iterator[Piece]:
    for number, row in enumerate(table["data"], 1):
        for column, cell in enumerate(row if isinstance(row, list) else [row], 1):
            yield from texts_in_json(cell, f"{where}, rad {number}, kolumn {column}", label)
    yield from texts_in_json({key: value for key, value in table.items() if key != "data"}, where, label)


def _names_of_related_rows(instance: models.Model, place: str) -> Iterator[Piece]:
    """The names of the instance's tags and other many-to-many rows."""
    for field in instance._meta.many_to_many:
        if field.related_model._meta.app_label == "auth":
            continue
        label = label_of(field)
        for name in sorted(map(str, _related_rows(instance, field.name))):
            yield Piece(f"{place}{label}", name, label, field.name)


def _related_rows(instance: models.Model, name: str) -> Iterable[Any]:
    try:
        return list(getattr(instance, name).all())
    except (ValueError, AttributeError):  # It has not been saved, so it has none yet.
        return []


def _child_texts(instance: models.Model, place: str) -> Iterator[Piece]:
    for relation in get_all_child_relations(type(instance)):
        name = relation.get_accessor_name()
        if name == COMMENTS_RELATION_NAME:  # Comments between editors, which no page shows.
            continue
        label = capfirst(str(relation.related_model._meta.verbose_name_plural))
        for number, child in enumerate(_related_rows(instance, name), 1):
            yield from _with_field(name, texts_of(child, f"{place}{label}, punkt {number}: "))
