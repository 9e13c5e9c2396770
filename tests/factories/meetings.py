"""Meetings, invitations and registrations. A meeting is published the way an editor does it."""

from datetime import datetime, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail_factories import PageFactory

from meetings.enums import MailOutKind, MeetingFormat, RegistrationStatus
from meetings.models import (
    AgendaItem,
    Colleague,
    Invitation,
    InvitedOrganisation,
    MailOut,
    Material,
    MeetingIndexPage,
    MeetingPage,
    Registration,
    Speaker,
)
from meetings.tokens import Purpose, derive_token, hash_token, new_nonce

from .contacts import ContactPersonFactory, OrganisationFactory

JOIN_URL = "https://mote.example/rum/42?kod=hemlig"
RELATIONS = ("themes", "framework_parts", "agenda_items", "materials")


def swedish(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in Swedish time."""
    return timezone.make_aware(datetime(year, month, day, hour, minute))


def meeting_index() -> MeetingIndexPage:
    """The page /moten/, which stands when a test begins."""
    return MeetingIndexPage.objects.get()


def publish(meeting: MeetingPage, **changes: Any) -> MeetingPage:
    """Change the meeting and publish it, as the button does; returns the published page."""
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.save_revision(clean=False).publish()
    return MeetingPage.objects.get(pk=meeting.pk)


class MeetingPageFactory(PageFactory):
    """A published meeting, two hours long, in two weeks.

    `draft=True` is not published, `past=True` was held a month ago, `on_site=True` is in a room,
    `cancelled=True` has been cancelled. Relations are given as lists.
    """

    class Meta:
        model = MeetingPage

    class Params:
        past = factory.Trait(starts_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=30)))
        on_site = factory.Trait(format=MeetingFormat.PHYSICAL, place="Rålambsvägen 3, Stockholm", join_url="")

    # Not fields: `_create` takes them.
    draft = False
    cancelled = False
    parent = factory.LazyFunction(meeting_index)
    title = factory.Sequence(lambda n: f"Möte {n}")
    lead = "Så arbetar vi mot välfärdsbrott."
    starts_at = factory.LazyFunction(
        lambda: (timezone.localtime() + timedelta(days=14)).replace(hour=9, minute=0, second=0, microsecond=0)
    )
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(hours=2))
    join_url = JOIN_URL

    @classmethod
    def _create(cls, model_class: type[MeetingPage], *args: Any, **kwargs: Any) -> MeetingPage:
        draft = kwargs.pop("draft", False)
        cancelled = kwargs.pop("cancelled", False)
        related = {name: kwargs.pop(name) for name in RELATIONS if name in kwargs}
        parent = kwargs.pop("parent")
        page = model_class(live=False, **kwargs)
        for name, rows in related.items():
            if name == "themes":
                page.themes.set(rows)
            else:
                setattr(page, name, rows)
        parent.add_child(instance=page)
        if draft:
            return page
        page = publish(page)
        if cancelled:
            page.calendar.cancelled_at = timezone.now()
            page.calendar.cancellation_note = "För få anmälda."
            page.calendar.sequence += 1
            page.calendar.save()
        return page


class AgendaItemFactory(DjangoModelFactory):
    """An item of a published meeting; `speakers` are given as a list of organisations."""

    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingPageFactory)
    start = factory.LazyFunction(lambda: datetime(2026, 1, 1, 9, 0).time())
    title = factory.Sequence(lambda n: f"Punkt {n}")


class SpeakerFactory(DjangoModelFactory):
    class Meta:
        model = Speaker

    item = factory.SubFactory(AgendaItemFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class MaterialFactory(DjangoModelFactory):
    class Meta:
        model = Material

    meeting = factory.SubFactory(MeetingPageFactory)
    title = factory.Sequence(lambda n: f"Underlag {n}")
    url = factory.Sequence(lambda n: f"https://underlag.example/{n}")


class InvitedOrganisationFactory(DjangoModelFactory):
    class Meta:
        model = InvitedOrganisation

    class Params:
        declined = factory.Trait(
            declined_at=factory.LazyFunction(timezone.now), declined_because="Vi har inte möjlighet den dagen."
        )

    meeting = factory.SubFactory(MeetingPageFactory)
    organisation = factory.SubFactory(OrganisationFactory, municipality=True)
    nonce = factory.LazyFunction(new_nonce)
    token_hash = factory.LazyAttribute(lambda o: hash_token(derive_token(Purpose.ORGANISATION, o.nonce)))


class MailOutFactory(DjangoModelFactory):
    class Meta:
        model = MailOut

    meeting = factory.SubFactory(MeetingPageFactory)
    kind = MailOutKind.INVITATION


class InvitationFactory(DjangoModelFactory):
    """An invitation to a contact person of the invited organisation; `mailed=True` belongs to a mail-out."""

    class Meta:
        model = Invitation

    class Params:
        mailed = False

    invited = factory.SubFactory(InvitedOrganisationFactory)
    contact_person = factory.LazyAttribute(lambda o: ContactPersonFactory(organisation=o.invited.organisation))
    mail_out = factory.Maybe(
        "mailed",
        factory.LazyAttribute(
            lambda o: MailOut.objects.get_or_create(meeting=o.invited.meeting, kind=MailOutKind.INVITATION)[0]
        ),
        None,
    )


class RegistrationFactory(DjangoModelFactory):
    """A registered participant; `waiting=True` has no organisation yet, `left=True` has cancelled."""

    class Meta:
        model = Registration

    class Params:
        waiting = factory.Trait(status=RegistrationStatus.WAITING, organisation=None)
        left = factory.Trait(status=RegistrationStatus.CANCELLED, cancelled_at=factory.LazyFunction(timezone.now))

    meeting = factory.SubFactory(MeetingPageFactory)
    organisation = factory.SubFactory(OrganisationFactory, municipality=True)
    name = factory.Sequence(lambda n: f"Deltagare Påhittad {n}")
    email = factory.Sequence(lambda n: f"deltagare{n}@ort.example")
    nonce = factory.LazyFunction(new_nonce)
    token_hash = factory.LazyAttribute(lambda o: hash_token(derive_token(Purpose.PARTICIPANT, o.nonce)))


class ColleagueFactory(DjangoModelFactory):
    """A colleague on an organisation's list; `has_left=True` wants no more invitations."""

    class Meta:
        model = Colleague

    class Params:
        has_left = factory.Trait(left_at=factory.LazyFunction(timezone.now), name="", unit="")

    organisation = factory.SubFactory(OrganisationFactory, municipality=True)
    email = factory.Sequence(lambda n: f"kollega{n}@ort.example")
    name = factory.Sequence(lambda n: f"Kollega {n}")
    unit = "Socialförvaltningen"
