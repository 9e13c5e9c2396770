"""Somebody who has been everything in LUMEN, as the tests of extract and erasure need them."""

from datetime import date, timedelta
from types import SimpleNamespace

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from contacts.actions import appoint_deputy, change_own_details
from contacts.enums import AccessKind
from contacts.models import LogIn, Person
from gate.models import PageApproval
from meetings.actions import forward_to_colleagues, register, send_invitations
from meetings.models import Details, InvitedOrganisation, MeetingPage, Registration
from outbox.actions import queue
from outbox.mails import Mail
from privacy.models import AccessLogEntry
from resources.models import DraftComment, DraftLink
from tests.factories.contacts import (
    ContactPersonFactory,
    GroupFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.meetings import MeetingPageFactory, RegistrationFactory
from tests.factories.outbox import OutgoingMailFactory

NAME = "Vilhelmina Ängsvik"
EMAIL = "vilhelmina.angsvik@nacka.example"


def whole_person() -> SimpleNamespace:
    """A contact person, deputy, member, participant, former editor and receiver of mails, with traces everywhere."""
    nacka = OrganisationFactory(municipality=True, short_name="Nacka", email_domains="nacka.example")
    person: Person = PersonFactory(name=NAME, email=EMAIL, title="Samordnare", phone="08-123", organisation=nacka)
    role = ContactPersonFactory(person=person, organisation=nacka)
    ContactPersonFactory(person=person, is_deputy=True, ended=True, no_mail=True)
    MembershipFactory(person=person, organisation=nacka, group=GroupFactory(name="Referensgruppen"))
    coming, held = MeetingPageFactory(title="Kommande"), MeetingPageFactory(title="Hållet", past=True)
    send_invitations(meeting=coming, by=None)
    invited = InvitedOrganisation.objects.get(meeting=coming, organisation=nacka)
    forward_to_colleagues(invited=invited, by=person, addresses=["kollega@nacka.example"])
    register(meeting=coming, email=EMAIL.upper(), details=Details(NAME, "Chef", "Kansliet"), invited=invited)
    RegistrationFactory(meeting=held, organisation=nacka, name=NAME, email=EMAIL, role="Chef", attended=True)
    appoint_deputy(by=person, organisation=nacka, email="ersattare@nacka.example", name="Erik Ersättare")
    change_own_details(person=person, name=NAME, title="Samordnare", phone="08-123")
    OutgoingMailFactory(recipient=EMAIL, bounced=True, subject=f"Hej {NAME}", text=f"Hej {NAME}")
    queue(Mail(to=EMAIL, subject="Väntar", text=f"Till {EMAIL}"))
    content_type = ContentType.objects.get_for_model(MeetingPage)
    PageApproval.objects.create(
        content_type=content_type, object_id=held.pk, digest="x" * 64, approved_by=person, reason="Det är offentligt"
    )
    log(instance=person, action="wagtail.edit", title=NAME)  # as an older version of Wagtail's own form would
    log(instance=held, action="wagtail.publish", user=person)
    AccessLogEntry.objects.create(who=person, kind=AccessKind.READ, what="Lista: kontaktpersoner", rows=7)
    EmailAddress.objects.create(user=person, email=EMAIL, primary=True, verified=True)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "HEMLIGT-FRO"})
    UserProfile.objects.create(user=person)
    SocialAccount.objects.create(user=person, provider="myndigheten", uid="v-17", extra_data={"name": NAME})
    LogIn.objects.create(person=person, browser="Firefox", network="10.1.2.0/24")
    link = DraftLink.objects.create(
        page=held, for_whom="Referensgruppen", last_day=date(2026, 1, 31), token_hash="a" * 64, created_by=person
    )
    DraftComment.objects.create(link=link, name=NAME, text="Stycke två är oklart.")
    client = Client()
    client.force_login(person)
    return SimpleNamespace(
        person=person, organisation=nacka, role=role, coming=coming, held=held, invited=invited, client=client
    )


def numbers(meeting: MeetingPage) -> tuple[int, int, int]:
    """Registered, attended and organisations registered at a meeting."""
    rows = Registration.objects.taking_part().to_meeting(meeting)
    return rows.count(), rows.filter(attended=True).count(), rows.values("organisation").distinct().count()


def some_days() -> list[date]:
    """Days on which coverage is compared: long before, in between and today."""
    return [date(2025, 9, 30), date(2025, 11, 1), timezone.localdate() - timedelta(days=1)]
