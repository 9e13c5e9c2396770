"""What follows for registrations and invitations when two rows of the register are merged."""

from contacts.consequences import Merge
from outbox.models import OutgoingMail

from ..models import Invitation, Registration


def readdress_registrations(merge: Merge) -> int:
    """Let what was registered with the address that went have the one that stays; return how many registrations.

    A meeting with both has two registrations, which were counted as two: there nothing changes. Mails that wait lead
    to the invitations that stay.
    """
    rows = Registration.objects.of_address(merge.former_address)
    both = Registration.objects.of_address(merge.stays.email).values("meeting")
    number = rows.exclude(meeting__in=both).update(email=merge.stays.email)
    links = {f"invitation:{gone}": f"invitation:{kept}" for gone, kept in merge.replaced.get(Invitation, {}).items()}
    if links:
        for mail in OutgoingMail.objects.pending().filter(condition__person=merge.stays.pk, links__isnull=False):
            redirected = {place: links.get(link, link) for place, link in (mail.links or {}).items()}
            OutgoingMail.objects.filter(pk=mail.pk).update(links=redirected)
    return number
