"""Delivery: claim a mail, hand it to the server, write down what became of it."""

import time
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import Error, connection, models, transaction

from . import clock
from .bounces.classes import classify
from .composition import readdress, sender_address
from .conditions import ask
from .enums import MailStatus
from .leases import LEASE, known_dead
from .mail_server import DeliveryError, MailServer, PermanentFailure
from .models import MAX_REPLY, MailEvent, OutgoingMail, QueueState
from .personal_links import LinkGone, message_to_send
from .verp import envelope_address

log = structlog.get_logger("outbox")

# The pauses after each failed try: about two days in all, then we give up.
RETRY_DELAYS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, *[240] * 11)]
# One try before each pause and one after the last; it also ends a mail that kills each worker that takes it.
MOST_TRIES = len(RETRY_DELAYS) + 1
# Seconds between tries to write down a delivery that has already happened.
RECORD_PAUSES = (0.2, 1, 3, 10, 30)


def claim_next(*, holder: str, now: datetime | None = None) -> OutgoingMail | None:
    """Take the next mail that is due, so that no other worker takes it; None when there is none.

    The row is locked while it is read and marked: on PostgreSQL the row alone (rows that another
    worker is just taking are skipped), on SQLite the database, where only one transaction may write.
    """
    now = now or clock.now()
    with transaction.atomic():
        mail = OutgoingMail.objects.deliverable(now).select_for_update(skip_locked=True).first()
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


def deliver(mail: OutgoingMail, *, server: MailServer) -> MailStatus:
    """Hand over a claimed mail and record the outcome; return the mail's new status.

    A mail that facts have overtaken is withdrawn; one whose receiver has a new address goes there.
    """
    verdict = ask(mail)
    if verdict.withdrawn:
        return record_withdrawal(mail, verdict.withdrawn)
    if verdict.address:
        record_new_address(mail, verdict.address)
    try:
        if mail.tries > MOST_TRIES:
            raise PermanentFailure(f"Gav upp: {mail.tries - 1} försök har avbrutits")
        reply = server.send(sender=_envelope_sender(mail), recipient=mail.recipient, content=_content(mail))
    except DeliveryError as error:
        status = record_failure(mail, error)
        log.warning("mail not delivered", mail=mail.pk, status=status.value, tries=mail.tries, reply=str(error))
        return status
    record_sent_with_retries(mail, reply)
    log.info("mail delivered", mail=mail.pk, message_id=mail.message_id, reply=reply)
    return MailStatus.SENT


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


def record_sent_with_retries(mail: OutgoingMail, reply: str) -> None:
    """Record the delivery even if the database is away for a moment: a mail whose delivery is not
    recorded is sent once more."""
    for pause in RECORD_PAUSES:
        try:
            return record_sent(mail, reply)
        except Error:
            log.exception("delivery not written down yet", mail=mail.pk)
            connection.close()
            time.sleep(pause)
    return record_sent(mail, reply)


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
    """Plan a new try, or give the mail up when the server's refusal is final or the tries are used up."""
    now = now or clock.now()
    reply = str(error)[:MAX_REPLY]
    final = isinstance(error, PermanentFailure) or mail.tries >= MOST_TRIES
    status = MailStatus.FAILED if final else MailStatus.RETRY
    with transaction.atomic():
        ours = OutgoingMail.objects.filter(pk=mail.pk, status=MailStatus.SENDING, holder=mail.holder)
        changed = ours.update(
            status=status,
            reply=reply,
            holder="",
            due_at=None if final else now + RETRY_DELAYS[mail.tries - 1],
            **(_failure_class(reply) if final else {}),
        )
        if changed:
            MailEvent.objects.create(mail_id=mail.pk, at=now, status=status, note=reply)
    return status


def _failure_class(reply: str) -> dict[str, str]:
    """The fields that say what a final refusal means. What we say ourselves, without a code, means nothing."""
    bounce_class = classify(reply) if reply[:1].isdigit() else None
    return {"bounce_class": bounce_class or "", "failed_address": ""}
