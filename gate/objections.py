"""Actions by which two persons let something through that the screening stops: object, agree, or say no."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from screening.text import screen_text

from .files.actions import leave_out_passed, stop_passed
from .log_actions import LET_THROUGH, OBJECT_TO_STOP, UPHOLD_STOP
from .models import MAX_REASON, FileScreening, Objection, subject_fields
from .permissions import user_can_answer_for
from .stops import Stop, is_too_much, stops_in, stops_in_file

CHANGED = "Det som stoppades har ändrats sedan dess. Läs igenom det igen."
ANSWERED = "Någon har redan svarat. Läs igenom det igen."
OBJECTED = "Någon har redan sagt att stoppet är fel."
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
    try:
        with transaction.atomic():
            objections = [_say(subject, stop, by, reason) for stop in chosen]
    except IntegrityError:  # a digest has one objection
        raise ValidationError(OBJECTED) from None
    _log(subject, OBJECT_TO_STOP, by, reason=reason, findings=[asdict(stop.finding) for stop in chosen])
    return objections


@transaction.atomic
def agree(objection: Objection, *, by: Any) -> None:
    """Agree that a stop is wrong, as the second person: what was found is let through in exactly this text.

    Raises PermissionDenied for the one who said it first, and ValidationError when the text has changed.
    """
    objection, subject = _locked(objection)
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
    """Say that a stop is right after all: the objection goes, whoever made it, and also when two had agreed.

    A content that had been let through is read again before it can be public. A page stays published; the desk stops
    it the next time.
    """
    objection, subject = _locked(objection)
    _check(subject, by)
    finding, was_passed = objection.finding, objection.agreed_at is not None
    objection.delete()
    _log(subject, UPHOLD_STOP, by, findings=[asdict(finding)])
    if was_passed and isinstance(subject, FileScreening):
        stop_passed(subject)


def stops_of(subject: Page | FileScreening) -> list[Stop]:
    if isinstance(subject, FileScreening):
        return stops_in_file(subject)
    return stops_in(subject.get_latest_revision_as_object())


def _say(subject: Page | FileScreening, stop: Stop, by: Any, reason: str) -> Objection:
    return Objection.objects.create(
        **subject_fields(subject),
        digest=stop.digest,
        kind=stop.finding.kind,
        where=stop.finding.where[:300],
        excerpt=stop.finding.excerpt[:100],
        reason=reason,
        proposed_by=by,
    )


def _locked(objection: Objection) -> tuple[Objection, Page | FileScreening]:
    """The objection as it is now and what it is about, locked. Raises ValidationError when it is gone."""
    try:
        row = Objection.objects.select_for_update().get(pk=objection.pk)
    except Objection.DoesNotExist:
        raise ValidationError(ANSWERED) from None
    if row.content_id is not None:
        return row, FileScreening.objects.select_for_update().get(pk=row.content_id)
    page: Any = row.page  # an objection is about a page or a content
    specific: Page = page.specific
    return row, specific


def _check(subject: Page | FileScreening, by: Any) -> None:
    if not user_can_answer_for(by, subject):
        raise PermissionDenied("Du får inte säga att ett stopp är fel. Be en redaktör.")


def _log(subject: Page | FileScreening, action: str, by: Any, **data: Any) -> None:
    """Log the action on the page, or on each file that has the content."""
    instances = [subject] if isinstance(subject, Page) else list(subject.files()) or [subject]
    for instance in instances:
        log(instance=instance, action=action, user=by, data=data)
