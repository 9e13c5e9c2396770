"""Actions on the outbox: queue a mail, try again, record a bounce, hold and release the queue."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from . import clock
from .composition import compose
from .database_identity import database_identity
from .enums import RETRIABLE_STATUSES, TAKEN_STATUSES, BounceClass, MailStatus
from .mails import Mail
from .models import MAX_REPLY, MailEvent, MailQuerySet, OutgoingMail, QueueState
from .permissions import Operator, user_can_release_queue, user_can_retry_mail

log = structlog.get_logger("outbox")

REMOVED_SUBJECT = "Borttaget mejl"
TAKEN_OUT = "Togs bort ur kön för hand"
LOG_SAYS_SENT = "Skickat enligt mejlserverns logg"
ROWS_A_QUERY = 100  # a message with its HTML and calendar is some 30 kB


def queue(mail: Mail) -> OutgoingMail:
    """Write a mail to the outbox, in the caller's transaction: a rollback leaves no mail.

    Raises CompositionError for an address or link that cannot be used.
    """
    row = compose(mail, now=clock.now())
    row.save()
    return row


def queue_all(mails: Iterable[Mail]) -> list[OutgoingMail]:
    """Write many mails in a few queries, in the order given. Raises CompositionError as `queue` does."""
    now = clock.now()
    rows = [compose(mail, now=now) for mail in mails]
    return OutgoingMail.objects.bulk_create(rows, batch_size=ROWS_A_QUERY)


@transaction.atomic
def withdraw_all(mails: MailQuerySet, *, because: str) -> list[OutgoingMail]:
    """Withdraw those of the mails that still wait, and return them. What a worker is just sending is left alone.

    `because` is Swedish and stands on the page of each mail, and in sums on that of its mail-out.
    """
    waiting = mails.filter(status__in=[MailStatus.QUEUED, MailStatus.RETRY]).defer("message", "text")
    withdrawn = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    reason = because[:MAX_REPLY]
    for start in range(0, len(withdrawn), ROWS_A_QUERY):
        ids = [mail.pk for mail in withdrawn[start : start + ROWS_A_QUERY]]
        OutgoingMail.objects.filter(pk__in=ids).update(status=MailStatus.WITHDRAWN, reply=reason, due_at=None)
    MailEvent.objects.bulk_create(
        MailEvent(mail_id=mail.pk, status=MailStatus.WITHDRAWN, note=reason) for mail in withdrawn
    )
    return withdrawn


class RetryRefused(Exception):
    """The mail must not be sent again; the message says why, in Swedish."""


def retry_mail(*, mail: OutgoingMail, by: Operator) -> None:
    """Put a mail that failed, bounced or may have arrived back in the queue, with all its tries left.

    Raises PermissionDenied, and RetryRefused when sending it now would do harm or is impossible.
    """
    if not user_can_retry_mail(by):
        raise PermissionDenied
    with transaction.atomic():
        mail = OutgoingMail.objects.select_for_update().get(pk=mail.pk)
        if reason := reason_not_to_retry(mail):
            raise RetryRefused(reason)
        mail.status = MailStatus.QUEUED
        mail.tries = 0
        mail.sent_at = None
        mail.due_at = clock.now()
        mail.save(update_fields=["status", "tries", "sent_at", "due_at"])
        note = f"Försök igen: {by}"[:MAX_REPLY]
        MailEvent.objects.create(mail=mail, status=MailStatus.QUEUED, note=note)
    log.info("mail put back in the queue", mail=mail.pk, by=by.pk)


def retry_all(*, mails: MailQuerySet, by: Operator) -> tuple[int, int]:
    """Put those of the mails back in the queue that may be sent again; return how many were, and how many were not.

    Raises PermissionDenied.
    """
    if not user_can_retry_mail(by):
        raise PermissionDenied
    chosen = list(mails.retriable().defer("text").order_by("pk"))
    refused = 0
    for mail in chosen:
        try:
            retry_mail(mail=mail, by=by)
        except RetryRefused:
            refused += 1
    return len(chosen) - refused, refused


def reason_not_to_retry(mail: OutgoingMail) -> str:
    """Say why the mail must not be put back in the queue, or "" when it may."""
    if mail.status not in RETRIABLE_STATUSES:
        return "Mejlet är inte ett som har gått fel, så det finns inget att försöka om."
    if mail.wiped:
        return "Mejlets innehåll var känsligt och är raderat, så det går inte att skicka igen."
    later = OutgoingMail.objects.filter(stream=mail.stream, pk__gt=mail.pk, status=MailStatus.SENT)
    if mail.stream and later.exists():
        return "Ett senare mejl i samma ärende har redan gått ut, så det här skulle vara inaktuellt."
    return ""


@transaction.atomic
def mark_sent(*, mails: MailQuerySet, by: Operator | None, note: str) -> int:
    """Record that mails have gone out although the outbox did not see it; return how many.

    Takes those in the queue that no worker is sending, and the uncertain; for somebody who may not release the queue
    the uncertain only. `by` None is the operator at the console. `note` is Swedish and stands on the page of each mail,
    with who did it. Raises PermissionDenied.
    """
    if by is not None and not user_can_retry_mail(by):
        raise PermissionDenied
    may_decide = by is None or user_can_release_queue(by)
    allowed = mails.undecided() if may_decide else mails.filter(status=MailStatus.UNCERTAIN)
    ids = _lock(allowed.not_being_sent())
    now = clock.now()
    event = (f"{note}: {by}" if by else note)[:MAX_REPLY]
    for chunk in _chunks(ids):
        rows = OutgoingMail.objects.filter(pk__in=chunk)
        rows.update(status=MailStatus.SENT, sent_at=now, reply=note[:MAX_REPLY], holder="", due_at=None)
        if settings.OUTBOX_HIDE_SENSITIVE:
            rows.filter(sensitive=True).update(text="", message=b"")
        MailEvent.objects.bulk_create(MailEvent(mail_id=pk, at=now, status=MailStatus.SENT, note=event) for pk in chunk)
    log.warning("mails marked as sent", mails=len(ids), by=by.pk if by else "console")
    return len(ids)


@transaction.atomic
def take_out_of_queue(*, mails: MailQuerySet, by: Operator) -> int:
    """Withdraw those of the mails that wait, and those that a worker left behind; return how many.

    Raises PermissionDenied.
    """
    if not user_can_release_queue(by):
        raise PermissionDenied
    ids = _lock(mails.pending().not_being_sent())
    for chunk in _chunks(ids):
        left_behind = OutgoingMail.objects.filter(pk__in=chunk, status=MailStatus.SENDING)
        left_behind.update(status=MailStatus.QUEUED, holder="")
        withdraw_all(OutgoingMail.objects.filter(pk__in=chunk), because=TAKEN_OUT)
    log.warning("mails taken out of the queue", mails=len(ids), by=by.pk)
    return len(ids)


def _lock(mails: MailQuerySet) -> list[int]:
    """Lock the mails against the workers, and return their ids."""
    rows = OutgoingMail.objects.filter(pk__in=mails.order_by().values("pk")).order_by("pk")
    return list(rows.select_for_update().values_list("pk", flat=True))


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + ROWS_A_QUERY] for start in range(0, len(ids), ROWS_A_QUERY))


def record_bounce(
    *, mail: OutgoingMail, diagnosis: str, at: datetime, bounce_class: BounceClass, address: str = ""
) -> bool:
    """Note that a delivered mail came back; `at` is when the other server wrote its report.

    `address` is the one that failed, where it is not the receiver's. False when that report is noted already, or the
    mail is on its way again.
    """
    note = diagnosis[:MAX_REPLY]
    with transaction.atomic():
        mail = OutgoingMail.objects.select_for_update().get(pk=mail.pk)
        if mail.status not in TAKEN_STATUSES:
            return False
        # A mail may have been sent again since; the old report must not count against the new try.
        if mail.events.filter(status=MailStatus.BOUNCED, at=at, note=note).exists():
            return False
        mail.status, mail.reply = MailStatus.BOUNCED, note
        mail.bounce_class, mail.failed_address = bounce_class, address
        mail.save(update_fields=["status", "reply", "bounce_class", "failed_address"])
        MailEvent.objects.create(mail=mail, at=at, status=MailStatus.BOUNCED, note=note)
    log.warning("mail bounced", mail=mail.pk, bounce_class=bounce_class)
    return True


def record_delay(*, mail: OutgoingMail, diagnosis: str, at: datetime) -> bool:
    """Note that another server is late with a mail, and still tries. False when that report is noted already."""
    note = f"Försenat hos mottagarens server: {diagnosis}"[:MAX_REPLY]
    _, is_new = MailEvent.objects.get_or_create(mail=mail, at=at, note=note, defaults={"status": mail.status})
    return is_new


def record_complaint(*, mail: OutgoingMail, at: datetime) -> bool:
    """Note that the receiver calls a mail that arrived spam. False when that is noted already."""
    with transaction.atomic():
        mail = OutgoingMail.objects.select_for_update().get(pk=mail.pk)
        if mail.status not in TAKEN_STATUSES or mail.bounce_class == BounceClass.COMPLAINT:
            return False
        mail.bounce_class = BounceClass.COMPLAINT
        mail.save(update_fields=["bounce_class"])
        MailEvent.objects.create(mail=mail, at=at, status=mail.status, note=BounceClass.COMPLAINT.label)
    log.warning("mail reported as spam", mail=mail.pk)
    return True


def hold_queue(*, because: str) -> QueueState:
    """Stop all delivery until somebody releases the queue. A queue that is held already stays as it is."""
    with transaction.atomic():
        state = QueueState.objects.select_for_update().get(pk=QueueState.objects.current().pk)
        if not state.held_since:
            state.held_since, state.held_because = timezone.now(), because
            state.save(update_fields=["held_since", "held_because"])
            log.error("queue held", because=because)
    return state


def release_queue(*, by: Operator | None) -> bool:
    """Let a held queue run again; False when it was not held. `by` None is the operator at the console.

    Every machine accepts the database's count of delivered mails as it now is. Raises PermissionDenied.
    """
    if by is not None and not user_can_release_queue(by):
        raise PermissionDenied
    here = database_identity()
    with transaction.atomic():
        state = QueueState.objects.select_for_update().get(pk=QueueState.objects.current().pk)
        if not state.held_since:
            return False
        state.held_since, state.held_because = None, ""
        state.released_at, state.latest_release = timezone.now(), uuid.uuid4()
        state.database_identity = here
        state.save(update_fields=["held_since", "held_because", "released_at", "latest_release", "database_identity"])
    log.warning("queue released", by=by.pk if by else "console")
    return True


def empty_mails(mails: MailQuerySet) -> int:
    """Remove the texts of mails that have left the queue, but not that they were sent; return how many."""
    return mails.filter(priority=None).update(text="", message=b"", links=None)


@transaction.atomic
def remove_mails(mails: MailQuerySet) -> int:
    """Remove mails with their events; those in the queue are never sent. Return how many.

    An undeliverable mail leaves a row without address or content, since a mail-out counts what did not arrive.
    """
    ids = list(mails.order_by().values_list("pk", flat=True))
    for start in range(0, len(ids), ROWS_A_QUERY):
        chosen = OutgoingMail.objects.filter(pk__in=ids[start : start + ROWS_A_QUERY])
        failed = chosen.undeliverable()
        MailEvent.objects.filter(mail__in=failed.values("pk")).update(note="")
        emptied = dict.fromkeys(["recipient", "text", "reply", "stream", "failed_address"], "")
        failed.update(**emptied, subject=REMOVED_SUBJECT, message=b"", links=None)
        chosen.exclude(recipient="").delete()
    return len(ids)


def forget_failed_addresses(mails: MailQuerySet) -> int:
    """Remove the addresses that mails were sent on to, and with them why they failed; return how many mails."""
    return mails.update(failed_address="", bounce_class="")
