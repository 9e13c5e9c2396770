"""The durable mail queue: a mail is a row, written in the transaction that caused it."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone

from .enums import PENDING_STATUSES, UNDELIVERABLE_STATUSES, MailStatus


class MailQuerySet(models.QuerySet["OutgoingMail"]):
    def pending(self) -> Self:
        return self.filter(status__in=PENDING_STATUSES)

    def undeliverable(self) -> Self:
        return self.filter(status__in=UNDELIVERABLE_STATUSES)

    def in_batch(self, batch: str) -> Self:
        """The mails of one mail-out, such as `invitation:17`."""
        return self.filter(batch=batch)

    def to_address(self, address: str) -> Self:
        return self.filter(recipient__iexact=address)

    def since(self, moment: datetime) -> Self:
        return self.filter(created_at__gte=moment)

    def deliverable(self, now: datetime | None = None) -> Self:
        """Mails that may go out now, oldest first.

        A mail is due when it is queued, when its time for a new try has come, or when the lease of
        the worker that was sending it has run out. Within a stream the oldest goes first, so that
        a cancellation never overtakes the invitation it cancels.
        """
        now = now or timezone.now()
        earlier = OutgoingMail.objects.pending().filter(stream=models.OuterRef("stream"), pk__lt=models.OuterRef("pk"))
        due = (
            models.Q(status=MailStatus.QUEUED)
            | models.Q(status=MailStatus.RETRY, next_try_at__lte=now)
            | models.Q(status=MailStatus.SENDING, lease_until__lte=now)
        )
        return self.filter(due).exclude(~models.Q(stream="") & models.Exists(earlier)).order_by("-urgent", "pk")


class OutgoingMail(models.Model):
    """One mail to one receiver, as it will be sent (headers and parts in `message`)."""

    recipient = models.EmailField("till")
    subject = models.CharField("ämne", max_length=255)
    text = models.TextField("text")
    # The whole RFC 5322 message. Its Message-ID is fixed when the row is written, so that a second
    # delivery of the same mail is recognisable.
    message = models.BinaryField()
    message_id = models.CharField(max_length=255, unique=True)
    # Mails of one stream leave in the order they were written; "" is no stream.
    stream = models.CharField(max_length=200, blank=True, db_index=True)
    batch = models.CharField("utskick", max_length=100, blank=True, db_index=True)
    category = models.CharField("slag", max_length=40, blank=True)
    urgent = models.BooleanField("går före", default=False)
    sensitive = models.BooleanField("känsligt", default=False)

    status = models.CharField("status", max_length=10, choices=MailStatus, default=MailStatus.QUEUED)
    tries = models.PositiveSmallIntegerField("försök", default=0)
    created_at = models.DateTimeField("skapat", default=timezone.now, db_index=True)
    next_try_at = models.DateTimeField("nästa försök", null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField("skickat", null=True, blank=True)
    reply = models.CharField("serverns svar", max_length=500, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "mejl"
        verbose_name_plural = "mejl"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["status", "next_try_at"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status=MailStatus.SENT) | models.Q(sent_at__isnull=False),
                name="sent_mail_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"


class QueueState(models.Model):
    """The one row that says whether the queue may run.

    `queue_id` names this queue on the disk of each worker and `delivered` counts its mails, which
    together tell that a database was restored from a backup: then the worker holds the queue until
    an operator releases it.
    """

    queue_id = models.UUIDField(default=uuid.uuid4, editable=False)
    delivered = models.PositiveBigIntegerField(default=0)
    held_since = models.DateTimeField(null=True, blank=True)
    held_because = models.CharField(max_length=300, blank=True)
    singleton = models.BooleanField(default=True, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(singleton=True), name="one_queue_state")]


class DeliverySlot(models.Model):
    """A place at the mail server. There are three, so there are never more than three connections."""

    number = models.PositiveSmallIntegerField(unique=True)
    holder = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1, number__lte=3), name="three_delivery_slots")
        ]
