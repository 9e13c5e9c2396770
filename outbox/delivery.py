"""Delivery: claim a mail, hand it to the server, write down what became of it."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import chain, repeat
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, models, transaction

from . import clock
from .addresses import masked
from .bounces.classes import classify
from .composition import readdress, sender_address
from .conditions import ask
from .enums import MailStatus
from .leases import LEASE, known_dead
from .mail_server import (
    DeliveryError,
    MailServer,
    PermanentFailure,
    ServerBusy,
    TemporaryFailure,
    UncertainDelivery,
)
from .models import MAX_REPLY, MailEvent, OutgoingMail, QueueState
from .personal_links import LinkGone, message_to_send
from .verp import envelope_address

log = structlog.get_logger("outbox")

# The pauses after each failed try: about two days in all, then we give up.
RETRY_DELAYS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, *[240] * 11)]
# One try before each pause and one after the last; it also ends a mail that kills each worker that takes it.
MOST_TRIES = len(RETRY_DELAYS) + 1
# How long a mail waits, behind the others, when the server takes none now.
BUSY_DELAY = timedelta(seconds=5)
# Seconds between tries to write down an outcome; the last one again and again.
RECORD_PAUSES = (0.2, 1, 3, 5)
# The database is away, or a lock lasted too long. All else is a fault of ours, which no new try mends.
UNREACHABLE = (OperationalError, InterfaceError)

Outcome = TypeVar("Outcome")


class Overtaken(Exception):
    """The mail must not leave any more; the message says why, in Swedish."""


def claim_next(*, holder: str, now: datetime | None = None, held_since: datetime | None = None) -> OutgoingMail | None:
    """Take the next mail that is due, so that no other worker takes it; None when there is none.

    `held_since` is when the queue was held, if it is: then few mails may go (`deliverable`).

    The row is locked while it is read and marked: on PostgreSQL the row alone (rows that another
    worker is just taking are skipped), on SQLite the database, where only one transaction may write.
    """
    now = now or clock.now()
    with transaction.atomic():
        mail = OutgoingMail.objects.deliverable(now, held_since=held_since).select_for_update(skip_locked=True).first()
        if mail is None:
            return None
        mail.status = MailStatus.SENDING
        mail.tries += 1
        mail.holder = holder
        mail.due_at = now + LEASE
        mail.save(update_fields=["status", "tries", "holder", "due_at"])
        return mail


def release_dead_mails(*, now: datetime | None = None) -> int:
    """End the leases of workers on this machine that died while sending; return how many."""
    sending = OutgoingMail.objects.filter(status=MailStatus.SENDING)
    dead = known_dead(set(sending.order_by().values_list("holder", flat=True)))
    return sending.filter(holder__in=dead).update(due_at=now or clock.now()) if dead else 0


def deliver(mail: OutgoingMail, *, server: MailServer, is_about_mail: bool = False) -> MailStatus:
    """Hand over a claimed mail and record the outcome; return the mail's new status.

    A mail that facts have overtaken is withdrawn; one whose receiver has a new address goes there. Raises ServerBusy
    when the server takes no mails now: then the mail lies in the queue again as it did. With `is_about_mail` that
    counts as a try, since the server takes others.
    """
    try:
        reply = hand_over(mail, server=server)
    except Overtaken as overtaken:
        until_recorded(record_withdrawal, mail, str(overtaken))
        return MailStatus.WITHDRAWN
    except ServerBusy as error:
        if not is_about_mail:
            until_recorded(give_back, mail)
            raise
        return fail(mail, error)
    except DeliveryError as error:
        return fail(mail, error)
    except UNREACHABLE:  # the database was away before the mail server was asked
        until_recorded(give_back, mail)
        raise
    except Exception as error:
        log.exception("mail could not be made ready", mail=mail.pk)
        return fail(mail, TemporaryFailure(f"Mejlet gick inte att göra i ordning ({type(error).__name__})"))
    until_recorded(record_sent, mail, reply)
    log.info("mail delivered", mail=mail.pk, message_id=mail.message_id, reply=masked(reply))
    return MailStatus.SENT


def hand_over(mail: OutgoingMail, *, server: MailServer) -> str:
    """Ask whether the mail should still leave, and hand it over; return the server's reply."""
    verdict = ask(mail)
    if verdict.withdrawn:
        raise Overtaken(verdict.withdrawn)
    if verdict.address:
        record_new_address(mail, verdict.address)
    if mail.tries > MOST_TRIES:
        raise PermanentFailure(f"Gav upp: {mail.tries - 1} försök har avbrutits")
    return server.send(sender=_envelope_sender(mail), recipient=mail.recipient, content=_content(mail))


def fail(mail: OutgoingMail, error: DeliveryError) -> MailStatus:
    """Record and log that the mail was not delivered, or may not have been."""
    status = until_recorded(record_failure, mail, error)
    log.warning("mail not delivered", mail=mail.pk, status=status.value, tries=mail.tries, reply=masked(str(error)))
    return status


def give_back(mail: OutgoingMail) -> None:
    """Put a claimed mail back in the queue as it was, behind those that are due now: its try does not count."""
    now, tries = clock.now(), mail.tries - 1
    ours = OutgoingMail.objects.filter(pk=mail.pk, status=MailStatus.SENDING, holder=mail.holder)
    ours.update(
        status=MailStatus.RETRY if tries else MailStatus.QUEUED, tries=tries, holder="", due_at=now + BUSY_DELAY
    )


def give_back_all(*, holder: str) -> None:
    """Put back what a worker had claimed when the database went away."""
    for mail in OutgoingMail.objects.filter(status=MailStatus.SENDING, holder=holder).defer("message", "text"):
        give_back(mail)


def record_withdrawal(mail: OutgoingMail, because: str) -> MailStatus:
    """Record that a claimed mail was withdrawn, and why."""
    with transaction.atomic():
        ours = OutgoingMail.objects.filter(pk=mail.pk, status=MailStatus.SENDING, holder=mail.holder)
        if ours.update(status=MailStatus.WITHDRAWN, reply=because[:MAX_REPLY], holder="", due_at=None):
            MailEvent.objects.create(mail_id=mail.pk, status=MailStatus.WITHDRAWN, note=because[:MAX_REPLY])
    log.info("mail withdrawn", mail=mail.pk, because=because)
    return MailStatus.WITHDRAWN


def record_new_address(mail: OutgoingMail, address: str) -> None:
    """Send a claimed mail to the address that its receiver has now."""
    readdress(mail, address)
    # What a report said of an earlier try was about the former address.
    mail.bounce_class = mail.failed_address = ""
    with transaction.atomic():
        mail.save(update_fields=["recipient", "message", "stream", "bounce_class", "failed_address"])
        MailEvent.objects.create(mail=mail, status=MailStatus.SENDING, note="Mottagaren har bytt adress")


def _envelope_sender(mail: OutgoingMail) -> str:
    """The address that bounces of the mail go to."""
    return envelope_address(mail, sender_address()) if settings.OUTBOX_VERP else sender_address()


def _content(mail: OutgoingMail) -> bytes:
    """The message with its personal links. Raises PermanentFailure when one leads nowhere any more."""
    try:
        return message_to_send(mail)
    except LinkGone as error:
        raise PermanentFailure("Länken i mejlet leder inte längre någonstans, så mejlet skickas inte") from error


def until_recorded(record: Callable[..., Outcome], *facts: Any) -> Outcome:
    """Record an outcome, however long the database is away: what was delivered and is not recorded is sent again."""
    for pause in chain(RECORD_PAUSES, repeat(RECORD_PAUSES[-1])):
        try:
            return record(*facts)
        except UNREACHABLE as error:
            log.error("outcome not written down yet", mail=facts[0].pk, reason=str(error))
            connection.close()
            time.sleep(pause)
    raise AssertionError("the pauses never end")


def record_sent(mail: OutgoingMail, reply: str, now: datetime | None = None) -> None:
    """Record that the server has taken the mail: mark it sent, count it, and wipe what is sensitive."""
    now = now or clock.now()
    changes: dict[str, object] = {
        "status": MailStatus.SENT,
        "sent_at": now,
        "reply": reply[:MAX_REPLY],
        "holder": "",
        "due_at": None,
    }
    if mail.sensitive and settings.OUTBOX_HIDE_SENSITIVE:
        changes |= {"text": "", "message": b""}
    with transaction.atomic():
        # Recorded whoever claims the mail now: the server has it, even if our lease ran out.
        unrecorded = OutgoingMail.objects.exclude(status__in=[MailStatus.SENT, MailStatus.BOUNCED])
        if unrecorded.filter(pk=mail.pk).update(**changes):
            MailEvent.objects.create(mail_id=mail.pk, at=now, status=MailStatus.SENT, note=reply[:MAX_REPLY])
            QueueState.objects.update(delivered=models.F("delivered") + 1, latest_delivery=mail.message_id)


def record_failure(mail: OutgoingMail, error: DeliveryError, now: datetime | None = None) -> MailStatus:
    """Plan a new try, or let the mail leave the queue: given up, or left to a person who knows whether it arrived."""
    now = now or clock.now()
    reply = str(error)[:MAX_REPLY]
    status = status_after(error, mail.tries)
    with transaction.atomic():
        ours = OutgoingMail.objects.filter(pk=mail.pk, status=MailStatus.SENDING, holder=mail.holder)
        changed = ours.update(
            status=status,
            reply=reply,
            holder="",
            due_at=now + RETRY_DELAYS[mail.tries - 1] if status == MailStatus.RETRY else None,
            **(_failure_class(reply) if status == MailStatus.FAILED else {}),
        )
        if changed:
            MailEvent.objects.create(mail_id=mail.pk, at=now, status=status, note=reply)
    return status


def status_after(error: DeliveryError, tries: int) -> MailStatus:
    """What becomes of a mail that the server did not take, or did not say that it took."""
    if isinstance(error, UncertainDelivery):
        return MailStatus.UNCERTAIN
    final = isinstance(error, PermanentFailure) or tries >= MOST_TRIES
    return MailStatus.FAILED if final else MailStatus.RETRY


def _failure_class(reply: str) -> dict[str, str]:
    """The fields that say what a final refusal means. What we say ourselves, without a code, means nothing."""
    bounce_class = classify(reply) if reply[:1].isdigit() else None
    return {"bounce_class": bounce_class or "", "failed_address": ""}
