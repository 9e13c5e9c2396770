"""How far each organisation has come with a meeting: sent, opened, registered, attended, declined."""

from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from contacts.models import Organisation
from outbox.enums import UNDELIVERABLE_STATUSES, MailStatus

from ..enums import InvitationState
from .invitation import Invitation, InvitedOrganisation
from .meeting import MeetingPage
from .registration import Registration


def organisation_progress(meeting: MeetingPage) -> QuerySet[Organisation]:
    """The organisations that are invited to the meeting or have somebody registered, in one query.

    Each has `invited_id` (None when it is not invited), `mails`, `mails_sent` and `mails_failed` (number of
    contact persons), `invitation_state` (InvitationState), `opened_at`, `declined_at`, `declined_because`,
    `registered` and `attended` (number of participants).
    """
    invited = InvitedOrganisation.objects.filter(meeting=meeting.pk, organisation=OuterRef("pk"))
    mailed = Invitation.objects.mailed().filter(invited__meeting=meeting.pk, invited__organisation=OuterRef("pk"))
    taking_part = Registration.objects.taking_part().filter(meeting=meeting.pk, organisation=OuterRef("pk"))
    organisations = Organisation.objects.filter(
        Q(pk__in=InvitedOrganisation.objects.filter(meeting=meeting.pk).values("organisation"))
        | Q(pk__in=Registration.objects.taking_part().filter(meeting=meeting.pk).values("organisation"))
    )
    return organisations.annotate(
        invited_id=Subquery(invited.values("pk")),
        opened_at=Subquery(invited.values("opened_at")),
        declined_at=Subquery(invited.values("declined_at")),
        declined_because=Coalesce(Subquery(invited.values("declined_because")), Value("")),
        mails=_number(mailed, "invited__organisation"),
        # A mail that the outbox has been cleaned of was delivered once.
        mails_sent=_number(
            mailed.filter(Q(mail__isnull=True) | Q(mail__status=MailStatus.SENT)), "invited__organisation"
        ),
        mails_failed=_number(mailed.filter(mail__status__in=UNDELIVERABLE_STATUSES), "invited__organisation"),
        registered=_number(taking_part, "organisation"),
        attended=_number(taking_part.filter(attended=True), "organisation"),
    ).annotate(
        invitation_state=Case(
            When(mails=0, then=Value(InvitationState.NOT_MAILED)),
            When(mails_failed__gt=0, then=Value(InvitationState.FAILED)),
            When(mails_sent__lt=F("mails"), then=Value(InvitationState.ON_ITS_WAY)),
            default=Value(InvitationState.SENT),
        )
    )


def _number(rows: QuerySet[Any], grouped_by: str) -> Coalesce:
    """How many of the rows belong to the organisation of the outer query."""
    counted = rows.order_by().values(grouped_by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
