"""Who takes part. Participants are no persons of the register: they give an address for one meeting."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from contacts.models.persons import ERASED_DOMAIN, is_erased_address
from gate.models import Screened
from outbox.addresses import comparable
from outbox.mails import PersonalLink

from .. import links
from ..enums import TAKING_PART, Claim, RegistrationStatus
from ..tokens import Purpose, hash_token, show_token
from .invitation import Invitation
from .meeting import MeetingPage


@dataclass(frozen=True)
class Details:
    """What participants tell of themselves beside the address, and may correct.

    A new detail is added in four places: here, as a field of `Registration` (with a migration), as a field of
    `ParticipantForm` (forms.py), and as a column of the participants' export (exports.py).
    """

    name: str
    role: str = ""
    department: str = ""


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def by_token(self, token: str) -> "Registration | None":
        """The registration whose personal link carries the token; None for anything else."""
        return self.select_related("meeting__calendar", "organisation").filter(token_hash=hash_token(token)).first()

    def taking_part(self) -> Self:
        """Those who get updates and the join link."""
        return self.filter(status__in=TAKING_PART)

    def waiting(self) -> Self:
        """Those who wait for an editor to tell their organisation."""
        return self.filter(status=RegistrationStatus.WAITING)

    def current(self) -> Self:
        """Those who have not cancelled."""
        return self.exclude(status=RegistrationStatus.CANCELLED)

    def to_meeting(self, meeting: MeetingPage) -> Self:
        return self.filter(meeting=meeting)

    def of_address(self, address: str) -> Self:
        """Those of the address, however its capitals are written."""
        return self.filter(email__iexact=comparable(address))

    def with_details(self) -> Self:
        """Those that are not anonymised."""
        return self.exclude(email__endswith=f"@{ERASED_DOMAIN}")

    def to_meetings_ended(self, moment: datetime) -> Self:
        """Those to meetings that had ended at the moment."""
        return self.filter(meeting__calendar__ends_at__lte=moment)

    def with_origin(self) -> Self:
        """Fetch organisation and the contact person behind each in the same query."""
        return self.select_related("organisation", "invitation__contact_person__person")


class Registration(Screened):
    """A participant in a meeting, by address: registered, waiting for an organisation, or cancelled.

    One that is anonymised has no name or address left, but still counts: see `actions.anonymise_registrations`.
    """

    not_typed = frozenset({"nonce", "token_hash"})

    meeting = models.ForeignKey(MeetingPage, models.CASCADE, related_name="registrations", verbose_name="möte")
    organisation = models.ForeignKey(
        "contacts.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name="organisation",
    )
    invitation = models.ForeignKey(
        Invitation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name="via inbjudan till",
    )
    name = models.CharField("namn", max_length=150)
    email = models.EmailField("e-post")
    role = models.CharField("roll", max_length=150, blank=True)
    department = models.CharField("förvaltning eller enhet", max_length=150, blank=True)
    status = models.CharField(
        "status", max_length=15, choices=RegistrationStatus, default=RegistrationStatus.REGISTERED
    )
    # Anybody can fill in the form with anybody's address; only its owner gets the personal link.
    # `db_default` is for rows from before it was noted: only the owner and the own organisation's link change them.
    claim = models.PositiveSmallIntegerField(
        "uppgifterna kom", choices=Claim, default=Claim.OPEN_FORM, db_default=Claim.OWN_LINK
    )
    # None is not known; attendance is ticked off after the meeting.
    attended = models.BooleanField("deltog", null=True, blank=True)
    # The SEQUENCE of the last calendar message to the address: each is higher than the one before (RFC 5546, 3.2.5).
    sequence = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("anmäld", default=timezone.now)
    cancelled_at = models.DateTimeField("avanmäld", null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "anmälan"
        verbose_name_plural = "anmälningar"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("meeting", Lower("email"), name="one_registration_an_address"),
            models.CheckConstraint(
                condition=~models.Q(status=RegistrationStatus.REGISTERED) | models.Q(organisation__isnull=False),
                name="registered_participants_have_an_organisation",
            ),
            models.CheckConstraint(
                condition=models.Q(status=RegistrationStatus.CANCELLED) | models.Q(cancelled_at__isnull=True),
                name="only_cancelled_registrations_say_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Anmälan {self.pk}, utan uppgifter" if self.is_anonymous else f"{self.name} ({self.email})"

    @property
    def is_anonymous(self) -> bool:
        """Whether name and address have been removed; an address that can't exist stands in their place."""
        return is_erased_address(self.email)

    @property
    def details(self) -> Details:
        return Details(**{field.name: getattr(self, field.name) for field in fields(Details)})

    def take_over(self, details: Details) -> None:
        """Write the details on the row (not saved)."""
        for name, value in vars(details).items():
            setattr(self, name, value)

    def raise_sequence(self) -> None:
        """Take the SEQUENCE of one more calendar message to the address (not saved)."""
        self.sequence = max(self.sequence, self.meeting.calendar.sequence) + 1

    @property
    def token(self) -> str:
        return show_token(Purpose.PARTICIPANT, self)

    @property
    def manage_link(self) -> str:
        """The absolute address of the participant's own page."""
        return self.personal_link.url

    @property
    def personal_link(self) -> PersonalLink:
        """The link to the participant's own page. It goes to the participant's mail only."""
        return PersonalLink("participant", self.pk, links.participant_page(show_token(Purpose.PARTICIPANT, self)))

    @property
    def takes_part(self) -> bool:
        return self.status in TAKING_PART
