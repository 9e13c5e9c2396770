"""The colleagues to whom an organisation forwards its invitations, as its contact persons keep them by unit."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from contacts.mail_tokens import Tokens
from gate.models import Screened
from outbox.addresses import comparable
from outbox.links import absolute
from outbox.mails import PersonalLink

UNIT_LENGTH = 150
LEAVE = Tokens("colleague")


class ColleagueQuerySet(models.QuerySet["Colleague"]):
    def listed(self) -> Self:
        """Those who may be mailed, by unit."""
        return self.filter(left_at=None).order_by("unit", "name", "email")

    def left(self) -> Self:
        """Those who have asked not to be mailed for the organisation."""
        return self.filter(left_at__isnull=False)

    def of_address(self, address: str) -> Self:
        """Those of the address, however its capitals are written."""
        return self.filter(email__iexact=comparable(address))

    def by_token(self, token: str) -> "Colleague | None":
        """The colleague whose leave link carries the token; None for anything else."""
        pk = LEAVE.read(token)
        return None if pk is None else self.select_related("organisation").filter(pk=pk).first()

    def used_before(self, moment: datetime) -> Self:
        """Those still listed whom nobody has added or forwarded to since the moment."""
        return self.filter(left_at=None, used_at__lte=moment).order_by("pk")


class Colleague(Screened):
    """Somebody whom an organisation's contact persons forward invitations to.

    One who leaves stays as an address without name and unit, so that nobody mails it for the organisation again.
    """

    organisation = models.ForeignKey(
        "contacts.Organisation", models.CASCADE, related_name="colleagues", verbose_name="organisation"
    )
    email = models.EmailField("e-post")
    name = models.CharField("namn", max_length=150, blank=True)
    unit = models.CharField("förvaltning eller enhet", max_length=UNIT_LENGTH, blank=True)
    # None when the person has been removed.
    added_by = models.ForeignKey(
        "contacts.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="tillagd av"
    )
    added_at = models.DateTimeField("tillagd", default=timezone.now)
    # When somebody last added the colleague or forwarded an invitation; retention counts from it.
    used_at = models.DateTimeField("senast använd", default=timezone.now)
    # None while the colleague may be mailed.
    left_at = models.DateTimeField("ville inte ha fler", null=True, blank=True)

    objects = ColleagueQuerySet.as_manager()

    class Meta:
        verbose_name = "kollega"
        verbose_name_plural = "kollegor"
        constraints = [
            models.UniqueConstraint("organisation", Lower("email"), name="one_colleague_an_address"),
            models.CheckConstraint(
                condition=models.Q(left_at=None) | models.Q(name="", unit=""), name="who_left_is_only_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def leave_link(self) -> PersonalLink:
        """The link to the page on which the colleague asks not to be mailed for the organisation."""
        return PersonalLink("colleague", self.pk, absolute("meetings:leave", LEAVE.sign(self.pk)))
