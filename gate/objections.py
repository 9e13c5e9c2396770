"""Actions by which two persons let something through that the screening stops: object, agree, or say no."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from screening.text import screen_text

from .files.actions import leave_out_passed
from .log_actions import LET_THROUGH, OBJECT_TO_STOP, UPHOLD_STOP
from .models import MAX_REASON, FileScreening, Objection
from .permissions import user_can_pass_stops
from .stops import Stop, is_too_much, stops_in, stops_in_file

CHANGED = "Det som stoppades har ändrats sedan dess. Läs igenom det igen."
TOO_MANY = "Så många stopp går inte att släppa. Dela upp texten eller filen."


@transaction.atomic
def object_to(subject: Page | FileScreening, digests: Sequence[str], *, by: Any, reason: str) -> list[Objection]:
    """Say that stops of a page's latest draft, or of a file's content, are wrong.

    Nothing is let through until a second person agrees. Raises PermissionDenied and ValidationError, in Swedish.
    """
    _check(subject, by)
    reason = reason.strip()
    if not reason:
        raise ValidationError("Skriv varför stoppet är fel.")
    if len(reason) > MAX_REASON:
        raise ValidationError(f"Skriv högst {MAX_REASON} tecken.")
    if screen_text(reason, where="Skäl").findings:
        raise ValidationError("Skriv skälet utan själva numret. Det sparas i historiken.")
    stops = {stop.digest: stop for stop in stops_of(subject)}
    if is_too_much(stop.finding for stop in stops.values() for _ in range(stop.number)):
        raise ValidationError(TOO_MANY)
    chosen = [stops[digest] for digest in dict.fromkeys(digests) if digest in stops]
    if not chosen or len(chosen) != len(set(digests)):
        raise ValidationError(CHANGED if digests else "Kryssa i vilket stopp som är fel.")
    about: dict[str, Any] = {"page": subject} if isinstance(subject, Page) else {"content": subject}
    if Objection.objects.filter(**about, digest__in=[stop.digest for stop in chosen]).exists():
        raise ValidationError("Någon har redan sagt att stoppet är fel.")
    objections = [
        Objection.objects.create(
            **about,
            digest=stop.digest,
            kind=stop.finding.kind,
            where=stop.finding.where[:300],
            excerpt=stop.finding.excerpt[:100],
            reason=reason,
            proposed_by=by,
        )
        for stop in chosen
    ]
    _log(subject, OBJECT_TO_STOP, by, reason=reason, findings=[asdict(stop.finding) for stop in chosen])
    return objections


@transaction.atomic
def agree(objection: Objection, *, by: Any) -> None:
    """Agree that a stop is wrong, as the second person: what was found is let through in exactly this text.

    Raises PermissionDenied for the one who said it first, and ValidationError when the text has changed.
    """
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    subject = _subject(objection)
    _check(subject, by)
    if objection.proposed_by_id == by.pk:
        raise PermissionDenied("Någon annan än du behöver hålla med.")
    if objection.agreed_at:
        return
    if objection.digest not in {stop.digest for stop in stops_of(subject)}:
        raise ValidationError(CHANGED)
    objection.agreed_by, objection.agreed_at = by, timezone.now()
    objection.save()
    data = {"reason": objection.reason, "findings": [asdict(objection.finding)], "said_by": objection.proposed_by_id}
    _log(subject, LET_THROUGH, by, **data)
    if isinstance(subject, FileScreening):
        leave_out_passed(subject)


@transaction.atomic
def uphold(objection: Objection, *, by: Any) -> None:
    """Say that a stop is right after all: the objection goes, also that of the person who says so."""
    subject = _subject(objection)
    _check(subject, by)
    if objection.agreed_at:
        raise ValidationError("Två personer har redan sagt att stoppet är fel.")
    Objection.objects.filter(pk=objection.pk).delete()
    _log(subject, UPHOLD_STOP, by, findings=[asdict(objection.finding)])


def stops_of(subject: Page | FileScreening) -> list[Stop]:
    if isinstance(subject, FileScreening):
        return stops_in_file(subject)
    return stops_in(subject.get_latest_revision_as_object())


def _subject(objection: Objection) -> Page | FileScreening:
    if objection.content is not None:
        return FileScreening.objects.select_for_update().get(pk=objection.content.pk)
    page: Any = objection.page  # an objection is about a page or a content
    specific: Page = page.specific
    return specific


def _check(subject: Page | FileScreening, by: Any) -> None:
    """Raise PermissionDenied unless the person may let stops through and may change what is stopped."""
    may = user_can_pass_stops(by)
    if isinstance(subject, Page):
        may = may and subject.permissions_for_user(by).can_edit()
    if not may:
        raise PermissionDenied("Du får inte säga att ett stopp är fel. Be en redaktör.")


def _log(subject: Page | FileScreening, action: str, by: Any, **data: Any) -> None:
    """Log the action on the page, or on each file that has the content."""
    instances = [subject] if isinstance(subject, Page) else list(subject.files()) or [subject]
    for instance in instances:
        log(instance=instance, action=action, user=by, data=data)
