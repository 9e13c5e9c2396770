"""What happens to the screening of a content: it is read, waits, is read again, and somebody answers for it."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from screening.files import is_out_of_time
from screening.findings import RULES_VERSION, Finding, Screening, Verdict
from screening.text import screen_text
from screening.wording import describe

from ..models import FileScreening, ScreeningState
from ..permissions import user_can_pass_warning
from ..publishing.errors import Blocked
from .content import Content, screen_content
from .holders import holders_of

Person = AbstractBaseUser | AnonymousUser


def known_screening(content: Content) -> FileScreening | None:
    """What today's rules have said of the content before, if anything."""
    return FileScreening.objects.filter(
        digest=content.digest, suffix=content.suffix, state=ScreeningState.DONE, rules=RULES_VERSION
    ).first()


def screen_at_once(file: File, content: Content) -> FileScreening | None:
    """Screen the file now and keep what was found; None if that takes too long and is left to the worker.

    Two that do so at the same time find the same.
    """
    outcome = screen_content(file, content)
    if is_out_of_time(outcome) and outcome.verdict != Verdict.BLOCK:
        return None  # A person's word is asked for only when the worker, with more time, has not read it either.
    with transaction.atomic():
        screening, _ = FileScreening.objects.select_for_update().get_or_create(
            digest=content.digest, suffix=content.suffix, defaults={"size": content.size}
        )
        record_outcome(screening, outcome)
    return screening


def screening_in_queue(content: Content) -> FileScreening:
    """The row of the content, which waits for the worker unless it is screened. Needs a transaction."""
    screening, _ = FileScreening.objects.select_for_update().get_or_create(
        digest=content.digest, suffix=content.suffix, defaults={"size": content.size}
    )
    return screening


def record_outcome(screening: FileScreening, outcome: Screening, *, at: datetime | None = None) -> None:
    """Keep what was found. A word that was given stays if nothing has been found that it did not cover.

    A word given before anybody knew that the file takes too long to read is no word that it was read.
    """
    at = at or timezone.now()
    findings = [_as_json(finding) for finding in outcome.findings]
    verdict = outcome.verdict
    passable = verdict in (Verdict.WARN, Verdict.UNSCREENED)
    is_news = is_out_of_time(outcome) and not is_out_of_time(screening.result)
    covered = (not findings or findings == screening.findings) and not is_news
    promised = screening.state != ScreeningState.DONE and screening.cleared_by_id is not None
    if passable and promised and not findings and not is_news:
        screening.cleared_at = at
    elif not (passable and covered and screening.cleared_at):
        screening.cleared_at, screening.cleared_by, screening.reason = None, None, ""
    screening.state, screening.verdict, screening.rules = ScreeningState.DONE, verdict, RULES_VERSION
    screening.findings, screening.advice = findings, [_as_json(advice) for advice in outcome.advice]
    screening.fault = outcome.fault[:300]
    screening.screened_at, screening.taken_at, screening.tries = at, None, 0
    screening.save()


def _as_json(finding: Finding) -> dict[str, str]:
    return {"kind": finding.kind.value, "where": finding.where, "excerpt": finding.excerpt}


def check_word(findings: Sequence[Finding], *, by: Person, reason: str) -> None:
    """Raise PermissionDenied or ValidationError, in Swedish, where the person's word is not enough."""
    outcome = screen_text(reason, where="Skäl")
    if outcome.verdict == Verdict.BLOCK:
        raise Blocked(outcome.findings)
    if not findings:
        return
    if not user_can_pass_warning(by):
        raise PermissionDenied("Du får inte godkänna det som programmet varnar för. Be någon av dem som får det.")
    if not reason.strip():
        found = " ".join(dict.fromkeys(describe(finding) for finding in findings))
        raise ValidationError(f"{found} Skriv ett skäl om det ändå ska stå kvar.")


@transaction.atomic
def give_word(file_screening: FileScreening, *, by: Person, reason: str = "") -> None:
    """Let the content be public on the person's word; it is logged on every file that holds it.

    While the content waits for the worker, the word is kept for an outcome without findings. Raises
    ValidationError for what blocks and for warnings without a reason, PermissionDenied for warnings
    that the person may not pass.
    """
    screening = FileScreening.objects.select_for_update().get(pk=file_screening.pk)
    outcome = screening.result
    if screening.blocks:
        raise ValidationError("Filen innehåller uppgifter som inte får publiceras. Den kan inte godkännas.")
    check_word(outcome.findings, by=by, reason=reason)
    if screening.state == ScreeningState.DONE:
        if not screening.can_be_passed:
            return
        screening.cleared_at = timezone.now()
    screening.cleared_by, screening.reason = by, reason.strip()  # type: ignore[assignment]
    screening.save()
    for name in ("cleared_at", "cleared_by", "reason"):
        setattr(file_screening, name, getattr(screening, name))
    data = {"reason": screening.reason, "findings": [_as_json(finding) for finding in outcome.findings]}
    for holder in holders_of(screening):
        log(instance=holder, action="gate.word", user=by, data=data)


@transaction.atomic
def screen_again(file_screening: FileScreening, *, by: Person) -> None:
    """Let the worker read the content once more; it is not public until then, and a word given is taken back.

    Raises ValidationError for what could be read, since the answer would be the same.
    """
    screening = FileScreening.objects.select_for_update().get(pk=file_screening.pk)
    if screening.verdict != Verdict.UNSCREENED:
        raise ValidationError("Filen är redan läst till slutet eller väntar på granskning.")
    screening.state, screening.verdict = ScreeningState.WAITING, ""
    screening.findings, screening.advice, screening.fault = [], [], ""
    screening.cleared_at, screening.cleared_by, screening.reason = None, None, ""
    screening.screened_at, screening.taken_at, screening.tries = None, None, 0
    screening.save()
    file_screening.refresh_from_db()
    for holder in holders_of(screening):
        log(instance=holder, action="gate.again", user=by)


@transaction.atomic
def withdraw_word(file_screening: FileScreening, *, by: Person) -> None:
    """Take the word back, so that the content is not public any more."""
    screening = FileScreening.objects.select_for_update().get(pk=file_screening.pk)
    screening.cleared_at, screening.cleared_by, screening.reason = None, None, ""
    screening.save()
    for name in ("cleared_at", "cleared_by", "reason"):
        setattr(file_screening, name, getattr(screening, name))
    for holder in holders_of(screening):
        log(instance=holder, action="gate.word_withdrawn", user=by)
