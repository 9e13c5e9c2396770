"""Who is invited: mail-outs, organisations and their contact persons."""

from django.db import models
from django.utils import timezone

from ..enums import MailOutKind
from .meeting import MeetingPage


class MailOut(models.Model):
    """One sending to everybody: an invitation, a change or a cancellation."""

    meeting = models.ForeignKey(MeetingPage, models.CASCADE, related_name="mail_outs", verbose_name="möte")
    kind = models.CharField("slag", max_length=15, choices=MailOutKind)
    note = models.CharField("vad som sägs", max_length=300, blank=True)
    created_at = models.DateTimeField("skapat", default=timezone.now)
    created_by = models.ForeignKey(
        "contacts.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="av"
    )

    class Meta:
        verbose_name = "utskick"
        verbose_name_plural = "utskick"
        ordering = ["-created_at"]

    @property
    def batch(self) -> str:
        """The name of this mail-out in the outbox."""
        return f"mailout:{self.pk}"


class InvitedOrganisation(models.Model):
    """An organisation's invitation to a meeting, with the one link that it may spread.

    The link's token is derived from SECRET_KEY and `nonce`, so it can be shown again, but a copy of
    the database alone gives nobody a working link; `token_hash` finds the row.
    """

    meeting = models.ForeignKey(MeetingPage, models.CASCADE, related_name="invited_organisations")
    organisation = models.ForeignKey("contacts.Organisation", models.PROTECT, related_name="invitations")
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField("öppnade för anmälan", null=True, blank=True)
    declined_at = models.DateTimeField("tackade nej", null=True, blank=True)
    declined_because = models.CharField("varför", max_length=300, blank=True)

    class Meta:
        verbose_name = "inbjuden organisation"
        verbose_name_plural = "inbjudna organisationer"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organisation"], name="one_invitation_an_organisation")
        ]


class Invitation(models.Model):
    """The mail of an invitation to one contact person."""

    invited = models.ForeignKey(InvitedOrganisation, models.CASCADE, related_name="invitations")
    contact_person = models.ForeignKey("contacts.ContactPerson", models.PROTECT, related_name="invitations")
    mail = models.ForeignKey("outbox.OutgoingMail", models.SET_NULL, null=True, blank=True, related_name="+")
    mail_out = models.ForeignKey(MailOut, models.SET_NULL, null=True, blank=True, related_name="invitations")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "inbjudan"
        verbose_name_plural = "inbjudningar"
        constraints = [
            models.UniqueConstraint(fields=["invited", "contact_person"], name="one_invitation_a_contact_person")
        ]
