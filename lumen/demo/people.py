"""The demo's made-up persons: who is a contact person from when, and who edits."""

import re
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group as AuthGroup
from django.utils import timezone

from contacts.enums import OrganisationKind, ProofKind
from contacts.models import ContactPerson, Group, Membership, Organisation, Person
from lumen.roles import EDITORS, PURGERS, SUBJECT_REVIEWERS

from .reading import read

EDITOR_EMAIL = "redaktor@lumen.example"
COLLEAGUE_EMAIL = "kollega@lumen.example"
REVIEWER_EMAIL = "granskare@lumen.example"
STAFF_PASSWORD = "lumen-demo-2026"  # noqa: S105  (made up; set in development only, see _staff())
CONTACT_EMAIL = "kontakt@nacka.example"

# fmt: off
FIRST_NAMES = (
    "Alva", "Björn", "Cecilia", "Daniel", "Elin", "Fredrik", "Greta", "Hamid", "Ingrid", "Johan", "Karin",
    "Leila", "Mikael", "Nora", "Oskar", "Petra", "Ragnar", "Sara", "Tomas", "Ulla", "Viktor", "Wilma", "Yasmin",
    "Zandra", "Åke", "Ängla", "Östen",
)
# fmt: on
TITLES = ("Säkerhetssamordnare", "Utvecklingsledare", "Controller", "Upphandlingschef", "Samordnare mot välfärdsbrott")
# The source documents say how many had appointed somebody by each meeting, not who.
# Those that the documents name come first; the rest are taken evenly over the country.
NAMED = ("Nacka", "Eskilstuna", "Sigtuna", "Göteborg", "Västra Götalandsregionen", "Region Stockholm", "Kalmar län")
PLAN = (
    # kind, how many by the first meeting, how many by the second
    (OrganisationKind.MUNICIPALITY, 121, 154),
    (OrganisationKind.REGION, 17, 19),
)
FIRST_APPOINTED = date(2025, 9, 1)


def slug(organisation: Organisation) -> str:
    """The organisation's part of its made-up addresses: `nacka`, `region-stockholm`."""
    plain = organisation.short_name.lower().translate(str.maketrans("åäöéü", "aaoeu"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _in_order(kind: str) -> list[Organisation]:
    rows = list(Organisation.objects.filter(kind=kind).order_by("code"))
    named = [row for row in rows if any(name in row.name for name in NAMED)]
    # A step that shares no factor with the number of rows visits each of them once.
    rest = [row for row in (rows[i * 11 % len(rows)] for i in range(len(rows))) if row not in named]
    return named + rest


def appoint_contact_persons(first_meeting: date, second_meeting: date) -> int:
    """Appoint contact persons in as many organisations as had one by each meeting; return how many are new."""
    number = 0
    for kind, by_first, by_second in PLAN:
        rows = _in_order(kind)[:by_second]
        for i, organisation in enumerate(rows):
            if i < by_first:
                start = FIRST_APPOINTED + timedelta(days=i % (first_meeting - FIRST_APPOINTED).days)
            else:
                start = first_meeting + timedelta(days=1 + i % ((second_meeting - first_meeting).days - 1))
            number += _appoint(organisation, start, number)
    return number


def _appoint(organisation: Organisation, start: date, number: int) -> int:
    domain = f"{slug(organisation)}.example"
    if domain not in organisation.domains:
        organisation.email_domains = f"{organisation.email_domains}\n{domain}".strip()
        organisation.save(update_fields=["email_domains"])
    if not organisation.mailbox:
        organisation.mailbox = f"registrator@{domain}"
        organisation.save(update_fields=["mailbox"])
    email = f"kontakt@{domain}"
    person = Person.objects.filter(email=email).first() or Person.objects.create_user(
        email,
        f"{FIRST_NAMES[number % len(FIRST_NAMES)]} Exempel",
        title=TITLES[number % len(TITLES)],
        phone=f"070-174 06 {number % 90 + 10}",
        organisation=organisation,
        **_proof(number),
    )
    _, created = ContactPerson.objects.get_or_create(
        person=person, organisation=organisation, defaults={"start": start}
    )
    return int(created)


def _proof(number: int) -> dict[str, Any]:
    """When the person last acted: most of them lately, one in twenty-five not for long."""
    if number % 25 == 24:
        return {}
    return {"proved_at": timezone.now() - timedelta(days=number * 7 % 140), "proved_by": ProofKind.FORWARDED}


def editor() -> Person:
    return _staff(EDITOR_EMAIL, "Robin Redaktör", "Redaktör", "Socialstyrelsen", EDITORS, PURGERS)


def second_editor() -> Person:
    """Somebody to agree with the first editor that a stop is wrong."""
    return _staff(COLLEAGUE_EMAIL, "Kim Kollega", "Redaktör", "Socialstyrelsen", EDITORS)


def subject_reviewer() -> Person:
    return _staff(REVIEWER_EMAIL, "Sam Sakgranskare", "Utredare", "Brottsförebyggande rådet", SUBJECT_REVIEWERS)


def _staff(email: str, name: str, title: str, organisation: str, *groups: str) -> Person:
    """Somebody with rights, who has the known password only where demo log-ins are allowed."""
    person = Person.objects.filter(email=email).first()
    if person is None:
        password = STAFF_PASSWORD if settings.DEMO_LOGIN else None
        works_at = Organisation.objects.get(name=organisation)
        person = Person.objects.create_user(email, name, password, title=title, organisation=works_at)
        person.groups.add(*AuthGroup.objects.filter(name__in=groups))
    return person


def fill_organisations() -> None:
    """Add the producers of the material that are no kommun, region or member of a group."""
    for content in read("groups")["organisation"]:
        Organisation.objects.get_or_create(
            name=content["name"],
            defaults={key: content[key] for key in ("short_name", "kind", "website", "description")},
        )


def fill_groups() -> None:
    """Create the groups that are missing, with their seats and made-up members."""
    for content in read("groups")["group"]:
        group, created = Group.objects.get_or_create(
            name=content["name"], defaults={"kind": content["kind"], "description": content["summary"]}
        )
        if created:
            _fill_group(group, content)


def _fill_group(group: Group, content: dict[str, Any]) -> None:
    for name in content["organisations"]:
        organisation = Organisation.objects.get(name=name)
        Membership.objects.create(group=group, organisation=organisation, start=FIRST_APPOINTED)
    for member in content["members"]:
        organisation = Organisation.objects.get(name=member["organisation"])
        person = Person.objects.filter(email=member["email"]).first() or Person.objects.create_user(
            member["email"], member["name"], title=member["title"], organisation=organisation
        )
        Membership.objects.create(group=group, organisation=organisation, person=person, start=FIRST_APPOINTED)
