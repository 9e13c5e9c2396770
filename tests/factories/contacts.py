"""Organisations, persons and their roles. Everybody here is made up."""

from datetime import UTC, date, datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from contacts.enums import GroupKind, NominationKind, OrganisationKind, ProofKind
from contacts.models import ContactPerson, Group, Membership, Nomination, Organisation, Person


class OrganisationFactory(DjangoModelFactory):
    """An authority; `municipality=True` and `region=True` make one that the forum counts."""

    class Meta:
        model = Organisation

    class Params:
        municipality = factory.Trait(
            kind=OrganisationKind.MUNICIPALITY,
            code=factory.Sequence(lambda n: f"{9000 + n % 1000}"),
            name=factory.LazyAttribute(lambda o: f"{o.short_name} kommun"),
            county_code="01",
            county="Stockholms län",
        )
        region = factory.Trait(
            kind=OrganisationKind.REGION,
            code=factory.Sequence(lambda n: f"{n % 100:02}"),
            name=factory.LazyAttribute(lambda o: f"Region {o.short_name}"),
            county_code=factory.SelfAttribute("code"),
            county=factory.LazyAttribute(lambda o: f"{o.short_name} län"),
        )

    kind = OrganisationKind.AUTHORITY
    short_name = factory.Sequence(lambda n: f"Ort{n}")
    name = factory.LazyAttribute(lambda o: f"{o.short_name}myndigheten")
    email_domains = factory.LazyAttribute(lambda o: f"{o.short_name.lower()}.example")


class PersonFactory(DjangoModelFactory):
    """Somebody who may log in; `editor=True` also lets them into the admin, `proved=True` has just acted."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    class Params:
        editor = factory.Trait(is_superuser=True)
        proved = factory.Trait(proved_at=factory.LazyFunction(timezone.now), proved_by=ProofKind.LOG_IN)

    email = factory.Sequence(lambda n: f"person{n}@ort.example")
    name = factory.Sequence(lambda n: f"Person Påhittad {n}")
    password = "!"  # no password: they log in by a code


class ContactPersonFactory(DjangoModelFactory):
    """An open role since 1 October 2025; `ended=True` for one that is over, `is_deputy=True` for a deputy.

    `no_mail=True` has said no to mail-outs.
    """

    class Meta:
        model = ContactPerson

    class Params:
        ended = factory.Trait(end=date(2025, 12, 1))
        is_deputy = factory.Trait(deputy=True)
        no_mail = factory.Trait(mail_stopped_at=datetime(2026, 3, 9, 23, 30, tzinfo=UTC))  # the 10th in Sweden

    organisation = factory.SubFactory(OrganisationFactory, municipality=True)
    person = factory.SubFactory(PersonFactory, organisation=factory.SelfAttribute("..organisation"))
    start = date(2025, 10, 1)


class NominationFactory(DjangoModelFactory):
    """An application that its person has not confirmed; `confirmed=True` waits for an editor."""

    class Meta:
        model = Nomination

    class Params:
        confirmed = factory.Trait(confirmed_at=factory.LazyFunction(timezone.now))

    kind = NominationKind.APPLICATION
    organisation = factory.SubFactory(OrganisationFactory, municipality=True)
    email = factory.LazyAttributeSequence(lambda o, n: f"ny{n}@{o.organisation.email_domains}")
    name = factory.Sequence(lambda n: f"Ny Påhittad {n}")
    decided_by = "Socialchefen"


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = Group

    kind = GroupKind.COLLABORATION
    name = factory.Sequence(lambda n: f"Grupp {n}")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    group = factory.SubFactory(GroupFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    start = date(2025, 4, 1)
