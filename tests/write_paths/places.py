"""Every place of a model where somebody could write, found in the model itself.

What is not known to be anything else is taken for text, so a new kind of field or block is tried too.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from taggit.managers import TaggableManager
from taggit.models import ItemBase
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import COMMENTS_RELATION_NAME

from .instances import factory_of
from .texts import Text

NO_TEXT = (
    models.AutoField,
    models.BooleanField,
    models.DateField,
    models.DecimalField,
    models.DurationField,
    models.FloatField,
    models.IntegerField,
    models.TimeField,
    models.UUIDField,
)
# Wagtail makes these of others: the place in the tree, and what follows from the slug and the title.
DERIVED = frozenset({"path", "url_path", "draft_title"})
NO_TEXT_BLOCKS = (
    blocks.BooleanBlock,
    blocks.ChooserBlock,
    blocks.ChoiceBlock,
    blocks.DateBlock,
    blocks.DateTimeBlock,
    blocks.DecimalBlock,
    blocks.FloatBlock,
    blocks.IntegerBlock,
    blocks.TimeBlock,
    blocks.StaticBlock,
)


@dataclass(frozen=True)
class Place:
    """Somewhere to write in an instance of a model."""

    name: str
    put: Callable[[Any, Text], None]
    field: models.Field | None = None  # of the model itself, when the place is the whole of it
    is_tag: bool = False


def places_of(model: type[models.Model]) -> Iterator[Place]:
    for field in model._meta.concrete_fields:
        if field.is_relation or field.choices or field.name in DERIVED or isinstance(field, NO_TEXT):
            continue
        if isinstance(field, StreamField):
            yield from _in_stream(field)
        else:
            yield Place(field.name, _into(field), field)
    for field in model._meta.many_to_many:
        if isinstance(field, TaggableManager) and getattr(field.related_model, "free_tagging", True):
            yield Place(field.name, _as_tag(field.name), is_tag=True)
    for relation in get_all_child_relations(model):
        child = relation.related_model
        if relation.get_accessor_name() == COMMENTS_RELATION_NAME or issubclass(child, ItemBase):
            continue  # comments are a model of their own; tags are above
        for place in places_of(child):
            yield Place(f"{relation.get_accessor_name()} > {place.name}", _into_child(relation, place))


def _into(field: models.Field) -> Callable[[Any, Text], None]:
    def put(instance: Any, text: Text) -> None:
        setattr(instance, field.attname, written(field, text))

    return put


def written(field: models.Field, text: Text) -> Any:
    """The text as the field takes it."""
    if isinstance(field, models.URLField):
        return text.address
    if isinstance(field, models.SlugField):
        return text.slug
    if isinstance(field, models.JSONField):
        return {"a": [text.words]}
    if isinstance(field, RichTextField):
        return f"<p>Om <b>{text.words}</b>.</p>"
    return text.short if (field.max_length or 1000) < 60 else text.words


def _as_tag(name: str) -> Callable[[Any, Text], None]:
    return lambda instance, text: getattr(instance, name).add(text.short)


def _into_child(relation: Any, place: Place) -> Callable[[Any, Text], None]:
    def put(instance: Any, text: Text) -> None:
        child = minimal(relation.related_model)
        place.put(child, text)
        setattr(instance, relation.get_accessor_name(), [child])

    return put


def minimal(model: type[models.Model]) -> Any:
    """A child object with what the database demands."""
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.null or field.has_default() or field.primary_key:
            continue
        if isinstance(field, models.TimeField):
            values[field.name] = time(9)
        elif isinstance(field, models.ForeignKey) and not isinstance(field, ParentalKey):
            values[field.name] = factory_of(field.related_model)()
    return model(**values)


def _in_stream(field: StreamField) -> Iterator[Place]:
    for name, make in _in_block(field.stream_block):

        def put(instance: Any, text: Text, make: Callable[[Text], Any] = make) -> None:
            setattr(instance, field.name, field.to_python(json.dumps(make(text))))

        yield Place(f"{field.name} > {name}", put)


def _in_block(block: blocks.Block) -> Iterator[tuple[str, Callable[[Text], Any]]]:
    """Each leaf of the block, with what makes the stored value that has the text there."""
    if isinstance(block, blocks.BaseStreamBlock):
        for name, child in block.child_blocks.items():
            for place, make in _in_block(child):
                yield f"{name} {place}".strip(), lambda text, n=name, m=make: [{"type": n, "value": m(text)}]
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            for place, make in _in_block(child):
                yield f"{name} {place}".strip(), lambda text, n=name, m=make: {n: m(text)}
    elif isinstance(block, blocks.ListBlock):
        for place, make in _in_block(block.child_block):
            yield place, lambda text, m=make: [{"type": "item", "value": m(text)}]
    elif isinstance(block, TableBlock):
        yield "", lambda text: {"data": [["Rubrik"], [text.words]]}
        yield "caption", lambda text: {"data": [["Rubrik"]], "table_caption": text.words}
    elif isinstance(block, blocks.URLBlock):
        yield "", lambda text: text.address
    elif isinstance(block, blocks.RichTextBlock | blocks.RawHTMLBlock):
        yield "", lambda text: f"<p>Om <b>{text.words}</b>.</p>"
        yield "link", lambda text: f'<p><a href="{text.address}">Läs</a></p>'
    elif isinstance(block, blocks.RegexBlock):
        yield "", lambda text: f"/{text.slug}"
    elif not isinstance(block, NO_TEXT_BLOCKS):
        yield "", lambda text: text.words
