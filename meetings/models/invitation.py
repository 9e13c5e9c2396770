"""Who is invited: mail-outs, organisations and their contact persons."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone

from gate.models import Screened
from outbox.enums import UNDELIVERABLE_STATUSES, MailStatus
from outbox.mails import PersonalLink
from outbox.models import MailQuerySet, OutgoingMail

from .. import links
from ..enums import TAKING_PART, MailOutKind
from ..forward_batches import ForwardBatch
from ..tokens import Purpose, hash_token, show_token
from .calendar import NOTE_LENGTH
from .meeting import MeetingPage


class MailOut(Screened):
    """One sending to everybody: an invitation, a reminder of it, a change or a cancellation."""

    # The page's note of a change, or the calendar's of a cancellation: screened there.
    not_typed = frozenset({"note"})

    meeting = models.ForeignKey(MeetingPage, models.CASCADE, related_name="mail_outs", verbose_name="möte")
    kind = models.CharField("slag", max_length=15, choices=MailOutKind)
    note = models.CharField("vad som sägs", max_length=NOTE_LENGTH, blank=True)
    created_at = models.DateTimeField("skapat", default=timezone.now)
    created_by = models.ForeignKey(
        "contacts.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="av"
    )

    class Meta:
        verbose_name = "utskick"
        verbose_name_plural = "utskick"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=models.Q(kind=MailOutKind.INVITATION), name="one_invitation_a_meeting"
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=models.Q(kind=MailOutKind.CANCELLATION), name="one_cancellation_a_meeting"
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=models.Q(kind=MailOutKind.REMINDER), name="one_reminder_a_meeting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.meeting}"

    @property
    def batch(self) -> str:
        """The name of this mail-out in the outbox."""
        return f"mailout:{self.pk}"

    @property
    def mails(self) -> MailQuerySet:
        """The mails of this mail-out, with the status of each receiver."""
        return OutgoingMail.objects.in_batch(self.batch)


class InvitedOrganisationQuerySet(models.QuerySet["InvitedOrganisation"]):
    def by_token(self, token: str) -> "InvitedOrganisation | None":
        """The organisation whose link carries the token; None for anything else."""
        return self.select_related("meeting__calendar", "organisation").filter(token_hash=hash_token(token)).first()

    def silent(self) -> Self:
        """Those of which nobody is registered, and nobody has said no."""
        registered = MeetingPage.objects.filter(
            pk=models.OuterRef("meeting"),
            registrations__organisation=models.OuterRef("organisation"),
            registrations__status__in=TAKING_PART,
        )
        return self.filter(~models.Exists(registered), declined_at=None)

    def to_remind(self, *, invited_by: datetime) -> Self:
        """The silent ones that got the invitation at the moment or earlier, and have not been reminded."""
        had_time = Invitation.objects.mailed().filter(invited=models.OuterRef("pk"), created_at__lte=invited_by)
        return self.silent().filter(models.Exists(had_time), reminded_at=None)


class InvitedOrganisation(Screened):
    """An organisation's invitation to a meeting, with the one link that it may spread.

    The link's token is derived from SECRET_KEY and `nonce`, so it can be shown again, but a copy of
    the database alone gives nobody a working link; `token_hash` finds the row.
    """

    not_typed = frozenset({"nonce", "token_hash"})

    meeting = models.ForeignKey(MeetingPage, models.CASCADE, related_name="invited_organisations")
    organisation = models.ForeignKey("contacts.Organisation", models.PROTECT, related_name="invitations")
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    # Set when somebody registers through the link or forwards from min sida. A mere visit says
    # nothing: mail scanners follow every link.
    opened_at = models.DateTimeField("öppnade för anmälan", null=True, blank=True)
    # When its contact persons were reminded, which is done once. None if they were not.
    reminded_at = models.DateTimeField("påmind", null=True, blank=True, editable=False)
    declined_at = models.DateTimeField("tackade nej", null=True, blank=True)
    # "" when no reason was given.
    declined_because = models.CharField("varför", max_length=NOTE_LENGTH, blank=True)

    objects = InvitedOrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "inbjuden organisation"
        verbose_name_plural = "inbjudna organisationer"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organisation"], name="one_invitation_an_organisation"),
            models.CheckConstraint(
                condition=models.Q(declined_at__isnull=False) | models.Q(declined_because=""),
                name="only_who_declined_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.meeting}"

    @property
    def token(self) -> str:
        return show_token(Purpose.ORGANISATION, self)

    @property
    def link(self) -> str:
        """The absolute address that anybody in the organisation may use to register."""
        return links.registration_form(self.token)

    @property
    def personal_link(self) -> PersonalLink:
        """The same for a mail, which must not store it."""
        return PersonalLink("organisation", self.pk, self.link)

    @property
    def mails_to_colleagues(self) -> MailQuerySet:
        """The mails in which contact persons have forwarded it, as long as the outbox knows their receivers."""
        mails = OutgoingMail.objects.filter(batch__startswith=ForwardBatch.of_invitation(self.pk))
        return mails.exclude(recipient="").order_by("recipient", "pk")

    def invitation_from_hint(self, hint: str | None) -> "Invitation | None":
        """Finds the invitation that a visitor came through: the only one there is, or the one that `k` names.

        The hint is no secret and gives no rights; an unknown one counts as none.
        """
        invitations = list(self.invitations.all())
        if len(invitations) == 1:
            return invitations[0]
        return next((invitation for invitation in invitations if str(invitation.pk) == hint), None)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def to_meeting(self, meeting: MeetingPage) -> Self:
        return self.filter(invited__meeting=meeting)

    def mailed(self) -> Self:
        """Those whose contact person was sent a mail."""
        return self.filter(mail_out__isnull=False)

    def standing(self) -> Self:
        """Those that need not be sent anew: not withdrawn, nor failed at an address that the person no longer has.

        One whose mail is removed from the outbox had left.
        """
        withdrawn = models.Q(mail__status=MailStatus.WITHDRAWN)
        corrected = models.Q(mail__status__in=UNDELIVERABLE_STATUSES) & ~models.Q(
            mail__recipient=models.F("contact_person__person__email")
        )
        return self.filter(models.Q(mail=None) | ~(withdrawn | corrected))

    def with_receiver(self) -> Self:
        """Fetch person, organisation and mail in the same query, in the order a list shows them."""
        return self.select_related(
            "contact_person__person", "invited__organisation", "invited__meeting", "mail"
        ).order_by("invited__organisation__kind", "invited__organisation__short_name", "pk")

    def undeliverable(self) -> Self:
        """Those whose mail did not arrive and needs somebody's attention."""
        return self.filter(mail__status__in=UNDELIVERABLE_STATUSES)


class Invitation(models.Model):
    """The mail of an invitation to one contact person."""

    invited = models.ForeignKey(InvitedOrganisation, models.CASCADE, related_name="invitations")
    contact_person = models.ForeignKey("contacts.ContactPerson", models.PROTECT, related_name="invitations")
    # None when the mail has been removed from the outbox.
    mail = models.ForeignKey("outbox.OutgoingMail", models.SET_NULL, null=True, blank=True, related_name="+")
    mail_out = models.ForeignKey(MailOut, models.SET_NULL, null=True, blank=True, related_name="invitations")
    created_at = models.DateTimeField(default=timezone.now)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "inbjudan"
        verbose_name_plural = "inbjudningar"
        constraints = [
            models.UniqueConstraint(fields=["invited", "contact_person"], name="one_invitation_a_contact_person")
        ]

    def __str__(self) -> str:
        return f"{self.contact_person}: {self.invited.meeting}"

    @property
    def link(self) -> str:
        """The organisation's link; where several are invited, with a hint of whose invitation it is."""
        return self.personal_link.url

    @property
    def personal_link(self) -> PersonalLink:
        """The same for a mail, which must not store it."""
        several = len(self.invited.invitations.all()) > 1  # Prefetched for a whole mail-out.
        token = show_token(Purpose.ORGANISATION, self.invited)
        url = links.registration_form(token, invitation=self.pk if several else None)
        return PersonalLink("invitation", self.pk, url)
