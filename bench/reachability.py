"""Three simulated years of a register that keeps itself true: `python -m bench.reachability [SEED …]`.

The clock is moved a day at a time, and everything goes through the real actions and jobs. What people do is drawn:
each year 20 % of the contact persons leave, half of them without a word, and 8 % of the addresses die, half without a
bounce. Of the living 50 % answer a question within a week, 20 % later and 30 % never; 60 % of the functional mailboxes
answer within 30 days. Six meetings a year, at each of which a living contact person acts with probability one half. An
editor looks at the list once a week, and appoints somebody where it says that nobody answers.
"""

import os
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

os.environ.setdefault("LUMEN_ENV", "test")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django
import time_machine

from lumen.settings import select_environment

YEARS = 3
START = datetime.fromisoformat("2026-01-01T08:00:00+01:00")
LEAVE, DIE = 0.20 / 365, 0.08 / 365
SEEDS = (1, 2, 3, 4, 5)


@dataclass
class Outcome:
    """What came of one run: shares, the lowest or highest of its time."""

    seed: int
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
        return self.editor_acts / YEARS / 3.11

    @property
    def mended_alone(self) -> float:
        return self.mended / self.failed if self.failed else 1.0


class World:
    """The people behind the rows: who is still there, whose address works, and what they will answer."""

    def __init__(self, seed: int, traveller: time_machine.Traveller) -> None:
        from contacts.models import Organisation

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
        for organisation in self.organisations:
            self.appoint(organisation)

    @property
    def roles(self) -> Any:
        """The roles of today."""
        from contacts.models import ContactPerson

        return ContactPerson.objects.active().select_related("person", "organisation")

    def new_address(self, organisation: object) -> str:
        self.number += 1
        domains = getattr(organisation, "domains", [])
        return f"person{self.number}@{domains[0] if domains else 'ort.example'}"

    def appoint(self, organisation: object) -> None:
        from contacts.actions import appoint_contact_person
        from contacts.enums import ProofKind
        from contacts.reachability.proofs import prove

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
        from contacts.actions import end_contact_role
        from contacts.models import today
        from contacts.nominations.actions import confirm, hand_over

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

    def fail(self, role: object) -> None:
        pk, organisation = role.pk, role.organisation_id  # type: ignore[attr-defined]
        if pk not in self.failed:
            self.failed[pk] = organisation
            self.outcome.failed += 1

    def meet(self) -> None:
        """At a meeting each living contact person acts or does not. A mail to a dead address bounces or is lost."""
        from contacts.enums import ProofKind
        from contacts.reachability.proofs import prove

        for role in list(self.roles.order_by("pk")):
            if role.person_id in self.gone:
                self.bounce(role.person)  # nothing says that somebody has left
            elif role.person_id in self.dead:
                self.bounce(role.person)
            elif self.chance.random() < 0.5:
                prove(role.person, ProofKind.FORWARDED)

    def bounce(self, person: object) -> None:
        from tests.factories.outbox import OutgoingMailFactory

        if person.pk in self.bounces:  # type: ignore[attr-defined]
            OutgoingMailFactory(recipient=person.email, failed=True)  # type: ignore[attr-defined]

    def run_jobs(self) -> None:
        from contacts.reachability.asking import ask_the_silent

        ask_the_silent()

    def look_at_inquiries(self) -> None:
        """Decide when each new question is answered, if ever."""
        from contacts.models import Inquiry

        for inquiry in Inquiry.objects.filter(pk__gt=self.seen).order_by("pk").select_related("receiver"):
            self.seen = inquiry.pk
            drawn = self.chance.random()
            if inquiry.receiver_id is None:
                waits = self.chance.randint(1, 29) if drawn < 0.6 else 0
            else:
                waits = self.chance.randint(1, 6) if drawn < 0.5 else self.chance.randint(8, 27) if drawn < 0.7 else 0
                if inquiry.receiver_id in self.gone or inquiry.receiver_id in self.dead:
                    waits = 0
                    self.bounce(inquiry.receiver)
            if waits:
                self.answers[self.now + timedelta(days=waits)].append(inquiry.pk)

    def answer_today(self) -> None:
        from django.core.exceptions import ValidationError

        from contacts.enums import InquiryAnswer
        from contacts.models import Inquiry
        from contacts.nominations.actions import confirm
        from contacts.reachability.actions import answer

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
        from contacts.models import today
        from contacts.nominations.actions import Details, replace_contact_person
        from contacts.reachability.admin_views import states_to_follow_up

        for state in states_to_follow_up():
            self.outcome.editor_acts += 1
            organisation = state.organisation
            for role in list(self.roles.filter(organisation=organisation, start__lt=today())):
                details = Details(self.new_address(organisation), f"Person {self.number}")
                new = replace_contact_person(role=role, details=details, on=today(), by=self.editor)
                from contacts.enums import ProofKind
                from contacts.reachability.proofs import prove

                prove(new.person, ProofKind.CONFIRMED)
            if not self.roles.filter(organisation=organisation).exists():
                self.appoint(organisation)
            self.mend(organisation.pk, by_editor=True)

    @property
    def editor(self) -> object:
        from contacts.models import Person

        return Person.objects.get(is_superuser=True)

    def share_proved(self) -> float:
        """Of the organisations with a living contact person, those with a proof younger than 180 days."""
        from contacts.enums import Reachability
        from contacts.reachability.states import states_of

        living = {role.organisation for role in self.roles if role.person_id not in self.gone}
        return sum(state.reachability == Reachability.REACHABLE for state in states_of(living)) / len(living)

    def most_asked_in_a_year(self) -> int:
        from contacts.models import Person
        from outbox.models import OutgoingMail

        asked: dict[str, list[datetime]] = defaultdict(list)
        persons = set(Person.objects.values_list("email", flat=True))
        for to, when in OutgoingMail.objects.filter(category="contact_inquiry").values_list("recipient", "created_at"):
            if to in persons:
                asked[to].append(when)
        year = timedelta(days=365)
        counts = (sum(a <= b < a + year for b in times) for times in asked.values() for a in times)
        return max(counts, default=0)


def simulate(seed: int) -> Outcome:
    """Run one register, and take back what it wrote."""
    from bench.scratch import load_organisations, rolled_back
    from contacts.models import Organisation, Person

    with time_machine.travel(START, tick=False) as traveller, rolled_back():
        load_organisations()
        Person.objects.create_superuser("editor@lumen.example", "Redaktör")
        for organisation in Organisation.objects.covered():
            domain = organisation.domains[0] if organisation.domains else "ort.example"
            Organisation.objects.filter(pk=organisation.pk).update(mailbox=f"registrator@{domain}")
        return World(seed, traveller).run()


def measure(seeds: tuple[int, ...] = SEEDS) -> None:
    """Print each seed, and the worst."""
    print("\nThree years of a register that keeps itself true")
    print(
        "seed | proved, lowest month (≥ 95 %) | acts a year per 100 (≤ 10) | mended alone (≥ 60 %) | most asked (≤ 4)"
    )
    outcomes = []
    for seed in seeds:
        one = simulate(seed)
        outcomes.append(one)
        print(_line(str(seed), one.lowest_month, one.acts_a_year, one.mended_alone, one.most_asked), flush=True)
    worst = (
        min(one.lowest_month for one in outcomes),
        max(one.acts_a_year for one in outcomes),
        min(one.mended_alone for one in outcomes),
        max(one.most_asked for one in outcomes),
    )
    print(_line("worst", *worst))


def _line(name: str, lowest: float, acts: float, mended: float, most: int) -> str:
    return f"{name:>5} | {lowest:.1%} | {acts:.1f} | {mended:.0%} | {most}"


def main() -> int:
    select_environment()
    django.setup()
    from bench.scratch import database

    with database():
        measure(tuple(map(int, sys.argv[1:])) or SEEDS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
