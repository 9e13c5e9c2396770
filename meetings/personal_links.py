"""Makes the personal links of meetings anew, for mails that are about to leave."""

from .models import Colleague, Invitation, InvitedOrganisation, Registration


def participant(pk: int) -> str | None:
    row = Registration.objects.filter(pk=pk).first()
    return row.manage_link if row else None


def organisation(pk: int) -> str | None:
    row = InvitedOrganisation.objects.filter(pk=pk).first()
    return row.link if row else None


def invitation(pk: int) -> str | None:
    row = Invitation.objects.select_related("invited").filter(pk=pk).first()
    return row.link if row else None


def colleague(pk: int) -> str | None:
    row = Colleague.objects.filter(pk=pk).first()
    return row.leave_link.url if row else None


LINK_MAKERS = {
    "participant": participant,
    "organisation": organisation,
    "invitation": invitation,
    "colleague": colleague,
}
