"""What stops a page or a file, apart from what two persons have said is wrong.

An objection is about a finding in exactly this text. What identifies it is a keyed hash of the text, the kind, the
place within the text and the masked excerpt: it follows the text to another block, and nobody can try numbers
against it without the key.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.crypto import salted_hmac
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from screening.findings import BLOCKING, Finding, Screening
from screening.text.screen import MOST

from .findings import screen_file_of, screen_piece, screen_pieces
from .models import FileScreening, Objection
from .texts import Piece, files_of, texts_in_field


@dataclass(frozen=True)
class Stop:
    """Something that blocks, with what identifies it; `number` of them look the same at the same place."""

    finding: Finding
    digest: str
    number: int = 1


def screen_instance(instance: models.Model) -> Screening:
    """Screen all texts of an instance, and add the screenings of its files; what is let through adds nothing.

    An approved file adds nothing. One that blocks or warns adds its findings, and one that is not screened or
    could not be read adds a fault.
    """
    texts = [outcome for _, outcome in screen_unpassed(instance)]
    return Screening.of([*texts, *(screen_file_of(file) for file in files_of(instance))])


def blocking(instance: models.Model) -> list[Finding]:
    """The findings in an instance's texts and files that must not be public, and that nobody has let through."""
    return [finding for finding in screen_instance(instance).findings if finding.kind in BLOCKING]


def screen_unpassed(instance: models.Model) -> list[tuple[str, Screening]]:
    """Screen each text of a page or a part of one, without what two persons have let through.

    Pairs of field name and screening, in the order of the form.
    """
    found = screen_pieces(instance)
    if not any(finding.kind in BLOCKING for _, outcome in found for finding in outcome.findings):
        return [(piece.field, outcome) for piece, outcome in found]
    passed = _passed(page_of(instance))
    return [(piece.field, _leave_out(_stops(piece, outcome), passed, outcome)) for piece, outcome in found]


def stops_in(instance: models.Model, *, passed: bool = False) -> list[Stop]:
    """What blocks in the texts of a page: what nobody has let through, or with `passed` what two persons have."""
    known = _passed(page_of(instance))
    stops = [stop for piece, outcome in screen_pieces(instance) for stop in _stops(piece, outcome)]
    return [stop for stop in stops if (stop.digest in known) is passed]


def is_passed(page: Page, name: str) -> bool:
    """Whether something blocks in a text field of the page, and two persons have let all of it through."""
    pieces = texts_in_field(page._meta.get_field(name), getattr(page, name))
    stops = [stop for piece in pieces for stop in _stops(piece, screen_piece(piece))]
    return bool(stops) and {stop.digest for stop in stops} <= _passed(page_of(page))


def stops_in_file(screening: FileScreening) -> list[Stop]:
    """What blocks in a content."""
    return _stops_of(screening.result.findings, screening.digest)


def without_passed(screening: FileScreening, outcome: Screening) -> Screening:
    """The outcome of reading a content, without what two persons have let through in it."""
    stops = _stops_of(outcome.findings, screening.digest)
    return _leave_out(stops, _digests(content=screening) if stops else set(), outcome)


def is_too_much(findings: Iterable[Finding]) -> bool:
    """Whether so much blocks that the screening may have left some out; then none of it can be let through."""
    return sum(finding.kind in BLOCKING for finding in findings) >= MOST


def page_of(instance: models.Model) -> Any:
    """The page that a text belongs to: the page itself, the one it is an alias of, or the one it is a part of."""
    if isinstance(instance, Page):
        return instance.alias_of_id or instance.pk
    for field in instance._meta.concrete_fields:
        if isinstance(field, ParentalKey):
            try:
                return page_of(getattr(instance, field.name))
            except ObjectDoesNotExist:
                continue
    return None


def _passed(page: Any) -> set[str]:
    return _digests(page=page) if page else set()


def _digests(**subject: Any) -> set[str]:
    return set(Objection.objects.agreed().filter(**subject).values_list("digest", flat=True))


def _leave_out(stops: Iterable[Stop], passed: set[str], outcome: Screening) -> Screening:
    left_out = {stop.finding for stop in stops if stop.digest in passed}
    if not left_out or is_too_much(outcome.findings):
        return outcome
    return replace(outcome, findings=tuple(each for each in outcome.findings if each not in left_out))


def _stops(piece: Piece, outcome: Screening) -> list[Stop]:
    return _stops_of(outcome.findings, f"{piece.label}\0{piece.text}", piece.where)


def _stops_of(findings: Iterable[Finding], text: str, where: str = "") -> list[Stop]:
    counted = Counter(finding for finding in findings if finding.kind in BLOCKING)
    return [Stop(finding, _digest(finding, number, text, where), number) for finding, number in counted.items()]


def _digest(finding: Finding, number: int, text: str, where: str) -> str:
    # Without the place of the text itself: a point of an agenda has another when it is saved alone.
    parts = (finding.kind, finding.where.removeprefix(where), finding.excerpt, str(number), text)
    return str(salted_hmac("gate.objection", "\0".join(parts), algorithm="sha256").hexdigest())
