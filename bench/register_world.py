"""The people of the simulated register (`bench.reachability`): what they do, and what they answer."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import time_machine
from django.core.exceptions import ValidationError

from contacts.actions import appoint_contact_person, end_contact_role
from contacts.enums import InquiryAnswer, ProofKind, Reachability
from contacts.models import ContactPerson, Inquiry, Organisation, Person, today
from contacts.nominations.actions import Details, confirm, hand_over, replace_contact_person
from contacts.reachability.actions import answer
from contacts.reachability.admin_views import states_to_follow_up
from contacts.reachability.asking import ask_the_silent
from contacts.reachability.proofs import prove
from contacts.reachability.states import states_of
from outbox.models import OutgoingMail
from tests.factories.outbox import OutgoingMailFactory

YEARS = 3
START = datetime.fromisoformat("2026-01-01T08:00:00+01:00")
LEAVE, DIE = 0.20 / 365, 0.08 / 365


@dataclass
class Outcome:
    """What came of one run: shares, the lowest or highest of its time."""

    seed: int
    organisations: int = 0
    months: list[float] = field(default_factory=list)  # organisations proved within 180 days, of those with a living
    editor_acts: int = 0
    failed: int = 0  # contacts that left without a word, or whose address died
    mended: int = 0  # those that were mended without an editor
    most_asked: int = 0

    @property
    def lowest_month(self) -> float:
        return min(self.months)

    @property
    def acts_a_year(self) -> float:
        """Acts of editors a year for 100 organisations."""
        return self.editor_acts / YEARS / (self.organisations / 100)

    @property
    def mended_alone(self) -> float:
        return self.mended / self.failed if self.failed else 1.0


class World:
    """The people behind the rows: who is still there, whose address works, and what they will answer."""

    def __init__(self, seed: int, traveller: time_machine.Traveller) -> None:
        self.chance = Random(seed)
        self.outcome = Outcome(seed)
        self.traveller = traveller
        self.now = START
        self.gone: set[int] = set()  # persons who have left without a word
        self.dead: set[int] = set()  # persons whose address no longer works
        self.bounces: set[int] = set()  # those of them whose server says so
        self.failed: dict[int, int] = {}  # role → organisation
        self.answers: dict[datetime, list[int]] = defaultdict(list)  # inquiries by the day on which they are answered
        self.seen = 0  # the last inquiry that has been looked at
        self.number = 0
        self.organisations = list(Organisation.objects.covered().order_by("pk"))
        self.outcome.organisations = len(self.organisations)
        for organisation in self.organisations:
            self.appoint(organisation)

    @property
    def roles(self) -> Any:
        """The roles of today."""
        return ContactPerson.objects.active().select_related("person", "organisation")

    def new_address(self, organisation: Organisation) -> str:
        self.number += 1
        return f"person{self.number}@{(organisation.domains or ['ort.example'])[0]}"

    def appoint(self, organisation: Organisation) -> None:
        role = appoint_contact_person(
            organisation=organisation, email=self.new_address(organisation), name=f"Person {self.number}", by=None
        )
        prove(role.person, ProofKind.CONFIRMED)

    def run(self) -> Outcome:
        for day in range(YEARS * 365):
            self.now = START + timedelta(days=day)
            self.traveller.move_to(self.now)
            self.live_a_day()
            if day % 61 == 30:
                self.meet()
            self.answer_today()
            self.run_jobs()
            self.look_at_inquiries()
            if day % 7 == 6:
                self.edit()
            if day % 30 == 29:
                self.outcome.months.append(self.share_proved())
        self.outcome.most_asked = self.most_asked_in_a_year()
        return self.outcome

    def live_a_day(self) -> None:
        """Some leave, with or without a word, and some addresses die."""
        for role in list(self.roles.order_by("pk")):
            person = role.person_id
            if person in self.gone:
                continue
            if self.chance.random() < LEAVE:
                if self.chance.random() < 0.5:
                    self.gone.add(person)
                    self.fail(role)
                elif person not in self.dead:
                    if role.start == today():
                        end_contact_role(role=role, on=today(), by=None)
                        continue
                    nomination = hand_over(
                        role=role,
                        email=self.new_address(role.organisation),
                        name=f"Person {self.number}",
                        by=role.person,
                    )
                    confirm(nomination=nomination, name=nomination.name, title="", phone="")
                continue
            if person not in self.dead and self.chance.random() < DIE:
                self.dead.add(person)
                self.fail(role)
                if self.chance.random() < 0.5:
                    self.bounces.add(person)

    def fail(self, role: ContactPerson) -> None:
        pk, organisation = role.pk, role.organisation_id
        if pk not in self.failed:
            self.failed[pk] = organisation
            self.outcome.failed += 1

    def meet(self) -> None:
        """At a meeting each living contact person acts or does not. A mail to a dead address bounces or is lost."""
        for role in list(self.roles.order_by("pk")):
            if role.person_id in self.gone | self.dead:
                self.bounce(role.person)
            elif self.chance.random() < 0.5:
                prove(role.person, ProofKind.FORWARDED)

    def bounce(self, person: Person) -> None:
        if person.pk in self.bounces:
            OutgoingMailFactory(recipient=person.email, failed=True)

    def run_jobs(self) -> None:
        ask_the_silent()

    def look_at_inquiries(self) -> None:
        """Decide when each new question is answered, if ever."""
        for inquiry in Inquiry.objects.filter(pk__gt=self.seen).order_by("pk").select_related("receiver"):
            self.seen = inquiry.pk
            drawn = self.chance.random()
            if (receiver := inquiry.receiver) is None:
                waits = self.chance.randint(1, 29) if drawn < 0.6 else 0
            else:
                waits = self.chance.randint(1, 6) if drawn < 0.5 else self.chance.randint(8, 27) if drawn < 0.7 else 0
                if receiver.pk in self.gone | self.dead:
                    waits = 0
                    self.bounce(receiver)
            if waits:
                self.answers[self.now + timedelta(days=waits)].append(inquiry.pk)

    def answer_today(self) -> None:
        for pk in self.answers.pop(self.now, ()):
            inquiry = Inquiry.objects.select_related("about__person", "organisation").get(pk=pk)
            lost = inquiry.about is None or inquiry.about.person_id in self.gone | self.dead
            said = InquiryAnswer.OTHER if lost else InquiryAnswer.YES
            address = self.new_address(inquiry.organisation) if lost else ""
            try:
                answer(inquiry=inquiry, said=said, name=f"Person {self.number}" if lost else "", email=address)
            except ValidationError:
                continue  # it has been answered in another way
            if lost:
                nomination = inquiry.organisation.nominations.filter(email=address).get()
                nomination = confirm(nomination=nomination, name=nomination.name, title="", phone="")
                if nomination.outcome == "appointed":
                    self.mend(inquiry.organisation_id)

    def mend(self, organisation: int, *, by_editor: bool = False) -> None:
        for role in [role for role, where in self.failed.items() if where == organisation]:
            del self.failed[role]
            self.outcome.mended += not by_editor

    def edit(self) -> None:
        """The editor calls each organisation on the list, and appoints whom they name: one act each."""
        for state in states_to_follow_up():
            self.outcome.editor_acts += 1
            organisation = state.organisation
            for role in list(self.roles.filter(organisation=organisation, start__lt=today())):
                details = Details(self.new_address(organisation), f"Person {self.number}")
                new = replace_contact_person(role=role, details=details, on=today(), by=self.editor)
                prove(new.person, ProofKind.CONFIRMED)
            if not self.roles.filter(organisation=organisation).exists():
                self.appoint(organisation)
            self.mend(organisation.pk, by_editor=True)

    @property
    def editor(self) -> Person:
        return Person.objects.get(is_superuser=True)

    def share_proved(self) -> float:
        """Of the organisations with a living contact person, those with a proof younger than 180 days."""
        living = {role.organisation for role in self.roles if role.person_id not in self.gone}
        return sum(state.reachability == Reachability.REACHABLE for state in states_of(living)) / len(living)

    def most_asked_in_a_year(self) -> int:
        asked: dict[str, list[datetime]] = defaultdict(list)
        persons = set(Person.objects.values_list("email", flat=True))
        for to, when in OutgoingMail.objects.filter(category="contact_inquiry").values_list("recipient", "created_at"):
            if to in persons:
                asked[to].append(when)
        year = timedelta(days=365)
        counts = (sum(a <= b < a + year for b in times) for times in asked.values() for a in times)
        return max(counts, default=0)
