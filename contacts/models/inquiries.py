"""Inquiries: questions by mail whether an organisation's contact person is still there, and what was answered."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from outbox.links import absolute
from outbox.mails import PersonalLink

from ..enums import InquiryAnswer, InquiryKind
from ..mail_tokens import INQUIRY
from .persons import Person
from .roles import ContactPerson


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(closed_at=None)

    def by_token(self, token: str) -> "Inquiry | None":
        """The inquiry whose link carries the token; None for anything else."""
        pk = INQUIRY.read(token)
        rows = self.select_related("organisation", "about__person", "receiver")
        return None if pk is None else rows.filter(pk=pk).first()

    def made_before(self, moment: datetime) -> Self:
        return self.filter(asked_at__lte=moment).order_by("pk")


class Inquiry(models.Model):
    """A question whether a contact person is still there, to the person, a colleague or the functional mailbox.

    `about` is the role in question; a mailbox is also asked where nobody is appointed. `receiver` is whom it was mailed
    to, or NULL for the mailbox.
    """

    kind = models.CharField("till", max_length=10, choices=InquiryKind)
    organisation = models.ForeignKey("contacts.Organisation", models.CASCADE, related_name="inquiries")
    about = models.ForeignKey(ContactPerson, models.SET_NULL, null=True, blank=True, related_name="inquiries")
    receiver = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="inquiries")
    asked_at = models.DateTimeField("frågad", default=timezone.now)
    reminded_at = models.DateTimeField("påmind", null=True, blank=True)
    closed_at = models.DateTimeField("avslutad", null=True, blank=True)
    answer = models.CharField("svar", max_length=10, choices=InquiryAnswer, blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = "fråga om kontaktpersonen"
        verbose_name_plural = "frågor om kontaktpersoner"
        ordering: ClassVar[list[str]] = ["-asked_at", "-pk"]
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind=InquiryKind.MAILBOX, receiver=None)
                | ~models.Q(kind=InquiryKind.MAILBOX) & models.Q(receiver__isnull=False),
                name="an_inquiry_goes_to_a_person_or_the_mailbox",
            ),
            models.UniqueConstraint(
                fields=["kind", "about", "receiver"],
                condition=models.Q(closed_at=None, receiver__isnull=False),
                name="one_open_inquiry_to_a_person",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(closed_at=None, kind=InquiryKind.MAILBOX),
                name="one_open_inquiry_to_a_mailbox",
            ),
        ]

    def __str__(self) -> str:
        return f"Fråga {self.pk}"

    @property
    def person_has_acted(self) -> bool:
        """Whether the person in question has done something since the question was put."""
        proved_at = self.about.person.proved_at if self.about else None
        return proved_at is not None and proved_at >= self.asked_at

    @property
    def needs_answer(self) -> bool:
        """Whether it still matters what is answered, and whoever was asked still has a say."""
        roles = ContactPerson.objects.active().filter(organisation=self.organisation_id)
        if self.closed_at is not None:
            return False
        if self.receiver_id is not None and not roles.filter(person=self.receiver_id).exists():
            return False
        if self.about is None:
            return self.kind == InquiryKind.MAILBOX and not roles.exists()
        return self.about.is_active() and (self.kind == InquiryKind.PERSON or not self.person_has_acted)

    @property
    def address(self) -> str:
        """Where it is mailed."""
        return self.receiver.email if self.receiver else self.organisation.mailbox

    @property
    def link(self) -> PersonalLink:
        """The link by which it is answered."""
        return PersonalLink("inquiry", self.pk, absolute("contacts:inquiry", INQUIRY.sign(self.pk)))
