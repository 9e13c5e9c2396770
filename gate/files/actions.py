"""Actions on the screening of a file's content: screen, queue, screen again, approve, withdraw an approval."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from outbox.actions import queue
from screening.descriptions import describe, refusal
from screening.files import is_out_of_time
from screening.findings import RULES_VERSION, Finding, Screening, Verdict
from screening.text import screen_text

from ..enums import ScreeningState
from ..errors import Blocked
from ..log_actions import APPROVE_FILE, FILE_BLOCKED, SCREEN_AGAIN, WITHDRAW_APPROVAL
from ..mails import file_stopped
from ..models import APPROVABLE, FileScreening
from ..permissions import user_can_approve_warnings
from ..stops import without_passed
from .content import Content, screen_content
from .texts import forget_texts

Person = AbstractBaseUser | AnonymousUser


def screen_at_once(file: File, content: Content) -> FileScreening | None:
    """Screen the file now and store the outcome; None if that takes too long and is left to the worker.

    Two requests that screen the same content at the same time store the same outcome.
    """
    outcome = screen_content(file, content)
    if is_out_of_time(outcome) and outcome.verdict != Verdict.BLOCK:
        return None  # A person is asked only when the worker, with more time, could not read it either.
    with transaction.atomic():
        screening = screening_in_queue(content)
        record_outcome(screening, outcome)
    return screening


def screening_in_queue(content: Content) -> FileScreening:
    """The row of the content, locked; a new one waits for the worker. Needs a transaction."""
    screening, _ = FileScreening.objects.select_for_update().get_or_create(
        digest=content.digest, suffix=content.suffix, defaults={"size": content.size}
    )
    return screening


def record_outcome(
    screening: FileScreening, outcome: Screening, *, at: datetime | None = None, rules: int = RULES_VERSION
) -> None:
    """Store the outcome of a screening. An approval is kept only if it covers everything that was found.

    An approval from before the file turned out to take too long to read does not cover the unread part. What two
    persons have let through is left out.
    """
    at = at or timezone.now()
    outcome = without_passed(screening, outcome)
    findings = [asdict(finding) for finding in outcome.findings]
    verdict = outcome.verdict
    approvable = verdict in APPROVABLE
    is_news = is_out_of_time(outcome) and not is_out_of_time(screening.result)
    covered = (not findings or findings == screening.findings) and not is_news
    approved_while_waiting = not screening.is_done and screening.approved_by_id is not None
    if approvable and approved_while_waiting and not findings and not is_news:
        screening.approved_at = at
    elif not (approvable and covered and screening.approved_at):
        _clear_approval(screening)
    screening.state, screening.verdict, screening.rules = ScreeningState.DONE, verdict, rules
    screening.findings, screening.advice = findings, [asdict(advice) for advice in outcome.advice]
    screening.fault = outcome.fault[:300]
    screening.screened_at, screening.taken_at, screening.tries = at, None, 0
    forget_texts(screening)
    screening.save()


def leave_out_passed(screening: FileScreening) -> None:
    """Store the outcome again, since two persons have let something through in the content."""
    record_outcome(screening, screening.result, at=screening.screened_at, rules=screening.rules)


def report_blocked_file(screening: FileScreening) -> None:
    """Log the block on each stored file with the content, and mail those who uploaded them."""
    for file in screening.files():
        log(instance=file, action=FILE_BLOCKED, data={"findings": refusal(screening.result.findings)})
        uploader = file.uploaded_by_user
        if uploader is not None and uploader.is_active and uploader.email:
            queue(file_stopped(file))


def check_approval(findings: Sequence[Finding], *, by: Person, reason: str) -> None:
    """Raise PermissionDenied or ValidationError, in Swedish, unless the findings may be approved with the reason."""
    outcome = screen_text(reason, where="Skäl")
    if outcome.verdict == Verdict.BLOCK:
        raise Blocked(outcome.findings)
    if not findings:
        return
    if not user_can_approve_warnings(by):
        raise PermissionDenied("Du får inte godkänna det som programmet varnar för. Be någon av dem som får det.")
    if not reason.strip():
        found = " ".join(dict.fromkeys(describe(finding) for finding in findings))
        raise ValidationError(f"{found} Skriv ett skäl om det ändå ska stå kvar.")


@transaction.atomic
def approve_file(file_screening: FileScreening, *, by: Person, reason: str = "") -> None:
    """Record a person's approval of a content, so that it may be public; it is logged on every file that has it.

    An approval of a content that waits for the worker counts if nothing is found in it. Raises
    ValidationError for what blocks and for warnings without a reason, PermissionDenied for warnings that the
    person may not approve.
    """
    screening = _locked(file_screening)
    findings = screening.result.findings
    if screening.blocks:
        raise ValidationError("Filen innehåller uppgifter som inte får publiceras. Den kan inte godkännas.")
    check_approval(findings, by=by, reason=reason)
    if screening.is_done:
        if not screening.needs_approval:
            return
        screening.approved_at = timezone.now()
    screening.approved_by, screening.reason = by, reason.strip()  # type: ignore[assignment]
    _save(screening, APPROVE_FILE, by, reason=screening.reason, findings=[asdict(finding) for finding in findings])
    file_screening.refresh_from_db()


@transaction.atomic
def withdraw_approval(file_screening: FileScreening, *, by: Person) -> bool:
    """Withdraw an approval, also one of a content that waits, so that the content is not public.

    False when there was none to withdraw.
    """
    screening = _locked(file_screening)
    if screening.approved_at is None and screening.approved_by_id is None:
        return False
    _clear_approval(screening)
    _save(screening, WITHDRAW_APPROVAL, by)
    file_screening.refresh_from_db()
    return True


@transaction.atomic
def screen_again(file_screening: FileScreening, *, by: Person) -> None:
    """Queue a content that could not be read for another try; its approval is withdrawn.

    Raises ValidationError for a content that could be read, since the outcome would be the same.
    """
    screening = _locked(file_screening)
    if screening.verdict != Verdict.UNSCREENED:
        raise ValidationError("Filen är redan läst till slutet eller väntar på granskning.")
    _empty(screening)
    _save(screening, SCREEN_AGAIN, by)
    file_screening.refresh_from_db()


def stop_passed(screening: FileScreening) -> None:
    """Queue a content to be read again, since what two persons had let through is stopped. Takes a locked row."""
    _empty(screening)
    forget_texts(screening)
    screening.save()


def _empty(screening: FileScreening) -> None:
    """Make it as if the content had just come in, so that it waits for the worker."""
    screening.state, screening.verdict = ScreeningState.WAITING, ""
    screening.findings, screening.advice, screening.fault = [], [], ""
    screening.screened_at, screening.taken_at, screening.tries = None, None, 0
    _clear_approval(screening)


def _locked(screening: FileScreening) -> FileScreening:
    return FileScreening.objects.select_for_update().get(pk=screening.pk)


def _clear_approval(screening: FileScreening) -> None:
    screening.approved_at, screening.approved_by, screening.reason = None, None, ""


def _save(screening: FileScreening, action: str, by: Person, **data: Any) -> None:
    """Save the row, and log the action on every file that has the content."""
    forget_texts(screening)
    screening.save()
    for file in screening.files():
        log(instance=file, action=action, user=by, data=data)
