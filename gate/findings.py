"""Screens the texts and files of a model instance; each finding has its place."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from django.db import models
from django.utils.text import capfirst
from wagtail.models import Page

from screening.descriptions import describe, masked_title
from screening.findings import Finding, Screening
from screening.text import screen_text

from .texts import Piece, label_of, text_fields, texts_in_field, texts_of


def screen_texts(instance: models.Model) -> Screening:
    """Screen all texts of an instance, but not its files; the findings are in the order of its form."""
    return Screening.of(screening for _, screening in screen_pieces(instance))


def screen_pieces(instance: models.Model) -> list[tuple[Piece, Screening]]:
    """Screen each text of an instance, in the order of its form."""
    order = {name: number for number, name in enumerate(form_order(type(instance)))}
    pieces = sorted(texts_of(instance), key=lambda piece: order.get(piece.field, len(order)))
    return [(piece, screen_piece(piece)) for piece in pieces]


def screen_field(field: models.Field, value: Any) -> Screening:
    """Screen the value of one field; its label is the place and the context of what is found."""
    return Screening.of(screen_piece(piece) for piece in texts_in_field(field, value))


def findings_in(instance: models.Model, names: Collection[str] | None = None) -> dict[str, tuple[Finding, ...]]:
    """The findings in each text field of a row, or in those in `names`; fields without findings are left out.

    Deferred fields are left out too, since a save does not change them.
    """
    deferred = instance.get_deferred_fields()
    found = {
        field.name: screen_field(field, field.value_from_object(instance)).findings
        for field in text_fields(type(instance))
        if field.attname not in deferred and (names is None or field.name in names)
    }
    return {name: findings for name, findings in found.items() if findings}


def sentence_at_field(field: models.Field, finding: Finding) -> str:
    """The sentence about a finding to show at its field: without the label, but with the line if there are several."""
    where = finding.where.removeprefix(label_of(field)).lstrip(",: ")
    return str(capfirst(describe(replace(finding, where=where))))


def screen_piece(piece: Piece) -> Screening:
    """Screen a text; findings in rich text are placed by paragraph, as an editor sees it, and not by line."""
    if not piece.paragraphs:
        return screen_text(piece.text, where=piece.where, context=piece.label)
    found = screen_text(piece.text, context=piece.label)

    def placed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(replace(each, where=f"{piece.where}{_paragraph(piece, each)}") for each in findings)

    return Screening(placed(found.findings), placed(found.advice))


def _paragraph(piece: Piece, finding: Finding) -> str:
    """The paragraph of a finding placed by line ("rad 4"); "" if the text has only one paragraph."""
    line = int(finding.where.removeprefix("rad ") or 1)
    several = piece.paragraphs[-1] > 1
    return f", stycke {piece.paragraphs[min(line, len(piece.paragraphs)) - 1]}" if several else ""


def screen_file_of(file: Any) -> Screening:
    """What keeps a document or image from being public; empty when it is approved."""
    name = f"Filen {masked_title(str(file))}"
    screening = file.screening
    if screening is None or not screening.is_done:
        return Screening(fault=f"{name} är inte granskad än.")
    if file.is_approved:
        return Screening()

    def placed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(replace(each, where=f"{name}, {each.where}" if each.where else name) for each in findings)

    result = screening.result
    fault = f"{name} kunde inte läsas: {result.fault}" if result.fault else ""
    return Screening(placed(result.findings), placed(result.advice), fault)


@cache
def form_order(model: type[models.Model]) -> tuple[str, ...]:
    """The names of the fields and child relations of a page type, in the order of its form in the admin."""
    return tuple(_names_in(model.get_edit_handler())) if issubclass(model, Page) else ()  # type: ignore[attr-defined]


def _names_in(panel: Any) -> Iterator[str]:
    name = getattr(panel, "field_name", "") or getattr(panel, "relation_name", "")
    if name:
        yield name
    else:
        for child in getattr(panel, "children", ()):
            yield from _names_in(child)
