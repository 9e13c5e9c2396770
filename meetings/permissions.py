"""Who may do what with a meeting."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from contacts.models import ContactPerson, Organisation, Person

from .models import InvitedOrganisation, MeetingPage, Registration

User = Person | AnonymousUser

# What the group Redaktörer needs of this room. Publishing is a permission on the page tree.
EDITOR_PERMISSIONS = (
    "meetings.view_registration",
    "meetings.change_registration",
    "meetings.view_mailout",
    "meetings.view_invitation",
    "meetings.view_invitedorganisation",
    "meetings.send_letter",
)


def user_can_send_invitations(user: User, meeting: MeetingPage) -> bool:
    """Whoever may publish the meeting may also invite to it, change it and cancel it."""
    return bool(meeting.permissions_for_user(user).can_publish())


def user_can_see_registrations(user: User, meeting: MeetingPage | None = None) -> bool:
    """Participants' names and addresses are for editors only."""
    return user.has_perm("meetings.view_registration")


def user_can_change_registrations(user: User, meeting: MeetingPage | None = None) -> bool:
    """Match, cancel and tick off participants."""
    return user.has_perm("meetings.change_registration")


def user_can_cancel_registration(user: User, registration: Registration) -> bool:
    """Editors may cancel for anybody, contact persons for those of their own organisation."""
    if user_can_change_registrations(user, registration.meeting):
        return True
    return registration.organisation in contact_person_organisations(user)


def user_can_send_letters(user: User) -> bool:
    """Write to the contact persons of many organisations at once."""
    return user.has_perm("meetings.send_letter")


def contact_person_organisations(user: User) -> QuerySet[Organisation]:
    """The organisations whose contact person the user is today."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    roles = ContactPerson.objects.active().filter(person=user)
    return Organisation.objects.filter(pk__in=roles.values("organisation"))


def user_can_answer_for(user: User, invited: InvitedOrganisation) -> bool:
    """Contact persons speak for their organisation: forward, decline, see who is registered."""
    return contact_person_organisations(user).filter(pk=invited.organisation_id).exists()
