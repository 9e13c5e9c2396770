"""The durable mail queue: a mail is a row, written in the transaction that caused it."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from . import clock
from .addresses import comparable
from .enums import (
    PENDING_STATUSES,
    RETRIABLE_STATUSES,
    SENT_ON_ADVICE,
    UNCERTAIN_ADVICE,
    UNDELIVERABLE_STATUSES,
    UNSENT_STATUSES,
    BounceClass,
    MailStatus,
)

MAX_REPLY = 500  # characters
PENDING = models.Q(status__in=sorted(PENDING_STATUSES))
# A mail keeps the class of its failure when it is sent again; a complaint is about one that arrived.
FAILED_NOW = models.Q(status__in=UNDELIVERABLE_STATUSES) | models.Q(bounce_class=BounceClass.COMPLAINT)
URGENT, ORDINARY = 0, 1
# How long a mail must have been gone without a report before it shows that its address works: a relay takes every
# mail, and the report comes hours or days later.
REPORTS_COME_WITHIN = timedelta(days=4)


class MailQuerySet(models.QuerySet["OutgoingMail"]):
    def pending(self) -> Self:
        """Mails still to be delivered."""
        return self.filter(priority__gte=0)

    def undeliverable(self) -> Self:
        return self.filter(status__in=UNDELIVERABLE_STATUSES)

    def retriable(self) -> Self:
        """Mails that somebody may ask to have sent again."""
        return self.filter(status__in=RETRIABLE_STATUSES)

    def undecided(self) -> Self:
        """Mails that may have left without our knowing: those in the queue, and the uncertain."""
        return self.filter(PENDING | models.Q(status=MailStatus.UNCERTAIN))

    def not_being_sent(self, now: datetime | None = None) -> Self:
        """Mails that no worker is sending: one whose lease is over was left behind, as all are in a held queue."""
        if QueueState.objects.filter(held_since__isnull=False).exists():
            return self
        return self.exclude(status=MailStatus.SENDING, due_at__gt=now or clock.now())

    def failed_now(self) -> Self:
        """Mails that did not arrive, or arrived and were called spam."""
        return self.filter(FAILED_NOW)

    def failed_because(self, bounce_class: BounceClass) -> Self:
        return self.failed_now().filter(bounce_class=bounce_class)

    def without_later_arrival(self) -> Self:
        """Mails after which none to the same address, nor the mail itself, has been gone for days without a report."""
        arrived = OutgoingMail.objects.annotate(address=Lower("recipient")).filter(
            address=Lower(models.OuterRef("recipient")),
            pk__gte=models.OuterRef("pk"),
            status=MailStatus.SENT,
            sent_at__lte=timezone.now() - REPORTS_COME_WITHIN,
        )
        return self.exclude(models.Exists(arrived))

    def latest_failures(self, addresses: Iterable[str]) -> "dict[str, OutgoingMail]":
        """For each of the addresses whose mails fail, in normal form: the latest mail that did."""
        failed = self.filter(recipient__in=set(addresses)).failed_now().without_later_arrival()
        return {mail.recipient: mail for mail in failed.defer("message", "text").order_by("pk")}

    def to_dead_address(self) -> Self:
        """Mails whose latest failure says that the receiver's own address does not work."""
        return self.filter(bounce_class=BounceClass.DEAD, failed_address="")

    def in_batch(self, batch: str) -> Self:
        """The mails of one mail-out, such as `mailout:17`."""
        return self.filter(batch=batch)

    def to_address(self, address: str) -> Self:
        """Mails to the address, however its capitals and domain are written."""
        return self.filter(recipient=comparable(address))

    def delivered_before(self, moment: datetime) -> Self:
        """Mails that were delivered at the moment or earlier, and did not come back."""
        return self.filter(status=MailStatus.SENT, sent_at__lte=moment)

    def undelivered_before(self, moment: datetime) -> Self:
        """Mails written at the moment or earlier that left the queue undelivered, whose receiver is still known."""
        return self.filter(status__in=UNSENT_STATUSES, created_at__lte=moment).exclude(recipient="")

    def with_content(self) -> Self:
        """Mails whose text or message is kept."""
        return self.exclude(text="", message=b"")

    def since(self, moment: datetime) -> Self:
        return self.filter(created_at__gte=moment)

    def in_last_hour(self, category: str) -> Self:
        """Mails of one kind queued during the last hour."""
        return self.filter(created_at__gte=timezone.now() - timedelta(hours=1), category=category)

    def waiting_for_room(self) -> Self:
        """Mails that wait for their first try, since so many of their kind have left this hour."""
        return self.filter(status=MailStatus.QUEUED, tries=0, due_at__gt=clock.now() + timedelta(minutes=1))

    def deliverable(self, now: datetime | None = None, *, held_since: datetime | None = None) -> Self:
        """Mails that may go out now, the urgent first, then the oldest.

        Within a stream the oldest goes first, urgent or not, so that a cancellation never
        overtakes the invitation it cancels. While the queue is held, only what somebody waits for to log in, written
        since: that cannot have left before, and whoever is to release the queue must get in.
        """
        if held_since is not None:
            return self.filter(sensitive=True, created_at__gt=held_since).deliverable(now)
        earlier = OutgoingMail.objects.pending().filter(stream=models.OuterRef("stream"), pk__lt=models.OuterRef("pk"))
        return (
            self.pending()
            .filter(due_at__lte=now or clock.now())
            .exclude(~models.Q(stream="") & models.Exists(earlier))
            .order_by("priority", "pk")
        )


class OutgoingMail(models.Model):
    """One mail to one receiver, as it will be sent (headers and parts in `message`)."""

    recipient = models.EmailField("till", db_index=True)
    subject = models.CharField("ämne", max_length=255)
    text = models.TextField("text")
    # The whole RFC 5322 message. Its Message-ID is fixed when the row is written, so that a second
    # delivery of the same mail is recognisable.
    message = models.BinaryField()
    message_id = models.CharField(max_length=255, unique=True)
    # What stands for a personal link in text and message → what it leads to, such as `participant:17`. The links
    # themselves are made at delivery; see `personal_links`. NULL when there are none.
    links = models.JSONField(null=True, blank=True)
    # What must hold for the mail to leave, such as `{"kind": "contact_person", "role": 17}`; see `conditions`. NULL: it
    # always leaves.
    condition = models.JSONField(null=True, blank=True)
    # Mails of one stream leave in the order they were written; "" is no stream.
    stream = models.CharField(max_length=200, blank=True)
    batch = models.CharField("utskick", max_length=100, blank=True, db_index=True)
    category = models.CharField("slag", max_length=40, blank=True)
    urgent = models.BooleanField("går före", default=False)
    sensitive = models.BooleanField("känsligt", default=False)

    status = models.CharField("status", max_length=10, choices=MailStatus, default=MailStatus.QUEUED)
    # The place in the queue as a number, for an index; NULL when it has left the queue.
    priority = models.GeneratedField(
        expression=models.Case(
            models.When(PENDING, urgent=True, then=URGENT), models.When(PENDING, then=ORDINARY), default=None
        ),
        output_field=models.PositiveSmallIntegerField(null=True),
        db_persist=True,
    )
    tries = models.PositiveSmallIntegerField("försök", default=0)
    created_at = models.DateTimeField("skapat", default=timezone.now, db_index=True)
    # When a worker may take it: at once, at the next try, or when the lease of the worker that is
    # sending it runs out. NULL when it has left the queue.
    due_at = models.DateTimeField("nästa försök", null=True, blank=True, default=timezone.now)
    # The worker that is sending it; see `leases`.
    holder = models.CharField(max_length=150, blank=True)
    sent_at = models.DateTimeField("gick iväg", null=True, blank=True)
    reply = models.CharField("serverns svar", max_length=MAX_REPLY, blank=True)
    # Of the latest failure, also when the mail has been sent again since: what it means ("" is not known), and the
    # address that failed where it is not the receiver's (a mail that is sent on).
    bounce_class = models.CharField("slag av studs", max_length=10, choices=BounceClass, blank=True, db_default="")
    failed_address = models.CharField("adressen som inte fungerade", max_length=254, blank=True, db_default="")

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "utgående mejl"
        verbose_name_plural = "utgående mejl"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["status", "-id"], name="mails_by_status"),
            models.Index(fields=["bounce_class", "recipient"], name="mails_by_bounce_class"),
            models.Index(fields=["priority", "id"], name="mails_in_queue_order"),
            models.Index(fields=["stream", "priority", "id"], name="mails_of_a_stream"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status=MailStatus.SENT) | models.Q(sent_at__isnull=False),
                name="sent_mail_says_when",
            ),
            models.CheckConstraint(condition=~PENDING | models.Q(due_at__isnull=False), name="mail_in_queue_is_due"),
        ]
        permissions = [("retry_outgoingmail", "Kan försöka skicka mejl igen")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"

    @property
    def wiped(self) -> bool:
        """Whether the body is gone, as it is once a sensitive mail has been delivered."""
        return not self.message

    @property
    def is_undeliverable(self) -> bool:
        return self.status in UNDELIVERABLE_STATUSES

    @property
    def failure(self) -> BounceClass | None:
        """What the failure of the mail means; None when it has not failed, or that is not known."""
        failed = self.is_undeliverable or self.bounce_class == BounceClass.COMPLAINT
        return BounceClass(self.bounce_class) if failed and self.bounce_class else None

    @property
    def advice(self) -> str:
        """What an editor can do about the mail, in Swedish; "" when there is nothing to do, or nothing is known."""
        if self.status == MailStatus.UNCERTAIN:
            return UNCERTAIN_ADVICE
        if self.failure is None:
            return ""
        return SENT_ON_ADVICE if self.failed_address else self.failure.what_to_do


class MailEvent(models.Model):
    """An event of a mail: delivered, refused, put back in the queue, …"""

    mail = models.ForeignKey(OutgoingMail, models.CASCADE, related_name="events", verbose_name="mejl")
    at = models.DateTimeField("när", default=timezone.now)
    status = models.CharField("status", max_length=10, choices=MailStatus)
    note = models.CharField("anteckning", max_length=MAX_REPLY, blank=True)

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelser"
        ordering = ["pk"]


class QueueStateManager(models.Manager["QueueState"]):
    def current(self) -> "QueueState":
        """The one row; created on first use."""
        return self.get_or_create(singleton=True)[0]


class QueueState(models.Model):
    """The one row that says whether the queue may run.

    `queue_id` names the mark on the disk of each worker and `delivered` counts the mails. By these a worker sees
    that the database was restored from a backup (`restore_guard`), and holds the queue until an operator
    releases it.
    """

    queue_id = models.UUIDField(default=uuid.uuid4, editable=False)
    delivered = models.PositiveBigIntegerField(default=0)
    # The Message-ID of the mail that was counted last.
    latest_delivery = models.CharField(max_length=255, blank=True, db_default="")
    # The name of the database when it was last sent from; see `database_identity`.
    database_identity = models.CharField(max_length=100, blank=True, db_default="")
    held_since = models.DateTimeField(null=True, blank=True)
    held_because = models.CharField(max_length=300, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    # Another at each release: clocks differ, and a restored database has forgotten the latest.
    latest_release = models.UUIDField(null=True, blank=True)
    # When the next mail may leave, where there is a pace; see `pace`.
    next_turn_at = models.DateTimeField(null=True, blank=True)
    singleton = models.BooleanField(default=True, unique=True)

    objects = QueueStateManager()

    class Meta:
        permissions = [("release_queue", "Kan släppa en kö som står stilla")]
        constraints = [models.CheckConstraint(condition=models.Q(singleton=True), name="one_queue_state")]


class DeliverySlot(models.Model):
    """The right to one connection to the mail server. There are three slots, so never more than three connections."""

    number = models.PositiveSmallIntegerField(unique=True)
    holder = models.CharField(max_length=150, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1, number__lte=3), name="three_delivery_slots")
        ]


class Tally(models.Model):
    """How many times something has been done in a window of time, counted by `limits`."""

    # A keyed hash of what is counted and for whom, so that no address lies here.
    key = models.CharField(max_length=64, unique=True)
    times = models.PositiveIntegerField(default=1)
    ends_at = models.DateTimeField(db_index=True)
