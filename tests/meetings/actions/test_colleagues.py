"""The list of colleagues to whom an organisation forwards."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from contacts.models import ContactPerson
from meetings import actions
from meetings.enums import MailCategory
from meetings.errors import MeetingError
from meetings.models import Colleague, InvitedOrganisation
from meetings.receivers import receivers_of
from outbox.conditions import ask
from outbox.models import OutgoingMail
from privacy.purge.removal import Removal
from privacy.records.meetings import COLLEAGUES, COLLEAGUES_ADDED
from privacy.subjects import find_subject
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory
from tests.factories.meetings import (
    ColleagueFactory,
    InvitedOrganisationFactory,
    MeetingPageFactory,
    RegistrationFactory,
)

from ..reading import everything_in, last_mail_to, mails_to, text_of, unsubscribe_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def role() -> ContactPerson:
    return ContactPersonFactory(organisation__email_domains="ort.example", person__email="kontakt@ort.example")


@pytest.fixture
def invited(role: ContactPerson) -> InvitedOrganisation:
    return InvitedOrganisationFactory(organisation=role.organisation, meeting=MeetingPageFactory())


def forward(
    invited: InvitedOrganisation, role: ContactPerson, *addresses: str, keep: bool = False
) -> actions.Forwarded:
    return actions.forward_to_colleagues(invited=invited, by=role.person, addresses=list(addresses), keep=keep)


def test_whom_one_forwards_to_is_remembered_when_asked(invited: InvitedOrganisation, role: ContactPerson) -> None:
    forward(invited, role, "annan@ort.example")
    forward(invited, role, "kim@ort.example", keep=True)
    row = Colleague.objects.get()
    assert (row.email, row.organisation, row.added_by) == ("kim@ort.example", role.organisation, role.person)


def test_the_first_mail_tells_where_the_address_comes_from_and_how_to_leave(
    invited: InvitedOrganisation, role: ContactPerson
) -> None:
    forward(invited, role, "kim@ort.example", keep=True)
    text = text_of(last_mail_to("kim@ort.example"))
    assert "Uppgifterna kommer från din kontaktperson" in text
    assert "används bara till det" in text
    leave = Colleague.objects.get().leave_link.url
    assert leave in text
    assert unsubscribe_link(last_mail_to("kim@ort.example")) == leave


def test_who_is_not_on_the_list_gets_no_such_link(invited: InvitedOrganisation, role: ContactPerson) -> None:
    forward(invited, role, "kim@ort.example")
    assert "/kollega/" not in everything_in(last_mail_to("kim@ort.example"))


def test_who_has_left_is_not_mailed_for_the_organisation_again(
    invited: InvitedOrganisation, role: ContactPerson
) -> None:
    row = ColleagueFactory(organisation=role.organisation, email="kim@ort.example")
    actions.leave(colleague=row)
    assert (row.name, row.unit) == ("", "")
    assert forward(invited, role, "Kim@ort.example", keep=True).unwilling == 1
    assert mails_to("kim@ort.example") == []
    with pytest.raises(MeetingError, match="bett att slippa"):
        actions.add_colleague(organisation=role.organisation, by=role.person, email="kim@ort.example")


def test_another_organisation_may_still_mail_who_has_left(role: ContactPerson) -> None:
    ColleagueFactory(email="kim@privat.example", has_left=True)
    mine = InvitedOrganisationFactory(organisation=role.organisation)
    assert forward(mine, role, "kim@privat.example").queued == 1


def test_who_left_and_then_registers_may_be_mailed_again(invited: InvitedOrganisation, role: ContactPerson) -> None:
    ColleagueFactory(organisation=role.organisation, email="kim@ort.example", has_left=True)
    RegistrationFactory(organisation=role.organisation, email="kim@ort.example")
    assert forward(invited, role, "kim@ort.example", keep=True).queued == 1
    assert Colleague.objects.listed().get().email == "kim@ort.example"


def test_what_waits_is_withdrawn_when_the_colleague_leaves(invited: InvitedOrganisation, role: ContactPerson) -> None:
    forward(invited, role, "kim@ort.example", keep=True)
    mail = OutgoingMail.objects.get(category=MailCategory.FORWARD)
    assert not ask(mail).withdrawn
    actions.leave(colleague=Colleague.objects.get())
    assert ask(mail).withdrawn


def test_who_has_left_is_told_of_no_change(invited: InvitedOrganisation, role: ContactPerson) -> None:
    forward(invited, role, "kim@ort.example", keep=True)
    assert [row.address for row in receivers_of(invited.meeting).colleagues] == ["kim@ort.example"]
    actions.leave(colleague=Colleague.objects.get())
    assert receivers_of(invited.meeting).colleagues == []


def test_an_address_of_another_organisation_is_refused(role: ContactPerson) -> None:
    OrganisationFactory(name="Grannkommunen", email_domains="grannen.example")
    with pytest.raises(MeetingError, match="Grannkommunen"):
        actions.add_colleague(organisation=role.organisation, by=role.person, email="kim@grannen.example")
    assert not Colleague.objects.exists()


def test_the_list_is_for_the_own_organisation_only(role: ContactPerson) -> None:
    row = ColleagueFactory()
    for act in (
        lambda: actions.add_colleague(organisation=row.organisation, by=role.person, email="a@b.example"),
        lambda: actions.change_colleague(colleague=row, by=role.person, name="X", unit=""),
        lambda: actions.remove_colleague(colleague=row, by=role.person),
    ):
        with pytest.raises(PermissionDenied):
            act()
    row.refresh_from_db()
    assert row.name != "X"


def test_a_colleague_added_twice_is_one_row_with_the_latest_unit(role: ContactPerson) -> None:
    for unit in ("Barn och unga", "Äldre"):
        actions.add_colleague(organisation=role.organisation, by=role.person, email="Kim@ort.example", unit=unit)
    assert Colleague.objects.get().unit == "Äldre"


def test_the_database_refuses_an_address_twice_and_a_name_of_who_left(role: ContactPerson) -> None:
    ColleagueFactory(organisation=role.organisation, email="kim@ort.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        ColleagueFactory(organisation=role.organisation, email="KIM@ort.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        ColleagueFactory(left_at=timezone.now(), name="Kim")


def test_a_full_list_says_so(role: ContactPerson, settings) -> None:
    settings.FORWARD_ADDRESSES_AT_ONCE = 1
    ColleagueFactory(organisation=role.organisation)
    with pytest.raises(MeetingError, match="rymmer 1"):
        actions.add_colleague(organisation=role.organisation, by=role.person, email="kim@ort.example")


def test_retention_takes_who_is_on_the_list_unused_and_keeps_who_left() -> None:
    long_ago = timezone.now() - timedelta(days=731)
    ColleagueFactory(used_at=long_ago)
    kept = [ColleagueFactory(), ColleagueFactory(used_at=long_ago, has_left=True)]
    Colleague.objects.used_before(timezone.now() - timedelta(days=730)).delete()
    assert list(Colleague.objects.order_by("pk")) == kept


def test_the_invitation_leads_to_the_same_as_last_time_where_there_is_a_list(role: ContactPerson) -> None:
    other = ContactPersonFactory()
    ColleagueFactory(organisation=role.organisation)
    actions.send_invitations(meeting=MeetingPageFactory(slug="nasta"), by=None)
    assert f"/min-sida/moten/nasta/{role.organisation_id}/vidarebefordra/samma/" in text_of(
        last_mail_to(role.person.email)
    )
    assert "/samma/" not in text_of(last_mail_to(other.person.email))


def test_the_extract_shows_the_row_and_erasure_takes_it() -> None:
    ColleagueFactory(email="kim@ort.example", unit="Ekonomi")
    kept = ColleagueFactory()
    subject = find_subject("Kim@ort.example")
    assert [COLLEAGUES.show(row)["Enhet"] for row in COLLEAGUES.rows(subject)] == ["Ekonomi"]
    assert COLLEAGUES.erase is not None
    COLLEAGUES.erase(subject, Removal())
    assert list(Colleague.objects.all()) == [kept]


def test_erasing_a_contact_person_leaves_the_colleagues_without_who_added_them(role: ContactPerson) -> None:
    row = ColleagueFactory(organisation=role.organisation, added_by=role.person)
    assert COLLEAGUES_ADDED.erase is not None
    COLLEAGUES_ADDED.erase(find_subject(role.person.email), Removal())
    row.refresh_from_db()
    assert row.added_by is None
