"""Everybody that LUMEN knows, with something of each kind to see or change: for the tests of who may do what."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth.models import Group as StaffGroup
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from contacts.models import ContactPerson, Organisation, Person
from gate.files.content import content_of
from lumen.actions import set_up_site
from lumen.roles import ROLES
from meetings.models import MailOut, MeetingPage, Registration
from outbox.models import OutgoingMail
from resources.models import Document, Image, ResourcePage
from screening.findings import Verdict
from tests.accounts import give_second_factor
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory, PersonFactory
from tests.factories.meetings import InvitationFactory, MailOutFactory, MeetingPageFactory, RegistrationFactory
from tests.factories.outbox import OutgoingMailFactory
from tests.factories.resources import DocumentFactory, ImageFactory, ResourcePageFactory, known_as

ADMINISTRATOR = "Administratör"
STAFF = (*(role.name for role in ROLES), ADMINISTRATOR)


@dataclass
class World:
    a: Organisation
    b: Organisation
    contact_a: ContactPerson
    contact_b: ContactPerson
    deputy_a: ContactPerson
    former_a: ContactPerson
    meeting: MeetingPage
    participant: Registration
    mail_out: MailOut
    page: ResourcePage
    document: Document
    image: Image
    mail: OutgoingMail
    staff: dict[str, Person] = field(default_factory=dict)


def make_world() -> World:
    set_up_site()
    a, b = (OrganisationFactory(municipality=True, short_name=name) for name in ("Askby", "Bokby"))
    meeting = MeetingPageFactory()
    contact_a = ContactPersonFactory(organisation=a)
    contact_b = ContactPersonFactory(organisation=b)
    for role in (contact_a, contact_b):
        InvitationFactory(
            invited__meeting=meeting, invited__organisation=role.organisation, contact_person=role, mailed=True
        )
    # A file that waits for somebody's approval.
    unread = ContentFile(b"%PDF-1.4 en skannad sida", name="skannad.pdf")
    known_as(Verdict.UNSCREENED, content_of(unread), approved_at=None)
    world = World(
        a=a,
        b=b,
        contact_a=contact_a,
        contact_b=contact_b,
        deputy_a=ContactPersonFactory(organisation=a, is_deputy=True),
        former_a=ContactPersonFactory(organisation=a, ended=True),
        meeting=meeting,
        participant=RegistrationFactory(meeting=meeting, organisation=a),
        mail_out=MailOut.objects.first() or MailOutFactory(meeting=meeting),
        page=ResourcePageFactory(),
        document=DocumentFactory(file=unread, unread=True),
        image=ImageFactory(),
        mail=OutgoingMailFactory(failed=True),
    )
    for name in STAFF:
        person = PersonFactory(is_superuser=name == ADMINISTRATOR)
        person.groups.add(*StaffGroup.objects.filter(name=name))
        give_second_factor(person)
        world.staff[name] = person
    return world


def session_of(person: Person | None, *, second_factor: bool = False) -> Client:
    """A browser in which the person is logged in, and has shown a second factor or not. None is nobody."""
    client = Client(headers={"accept-language": "sv"}, raise_request_exception=False)
    if person is None:
        return client
    client.force_login(person)
    if second_factor:
        session: Any = client.session
        now = (timezone.now() - timedelta(seconds=1)).timestamp()
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": now}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
    return client
