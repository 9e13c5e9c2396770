"""Plans an import: what each row would change, before anything is changed.

How a row is interpreted:

- It is about one person (the e-mail) in one organisation. The same pair twice in a file is an error;
  the same person in two organisations is not, as long as the rows agree on the person.
- A blank cell that may be blank changes nothing. A new role without a date begins today.
- The role it is about is the one with the same first day, or else the one that has not ended and
  shares days with the row. When there is none, the row is a new role: also for a person whose
  earlier role has ended. A period may not overlap another of the same person and organisation.
- Name, title and phone follow the person's own organisation (the one in the register, or else that of the
  first role). A row for another organisation gives a known person a role there and nothing else: whoever
  makes a list in one kommun must not rename another's contact person.
- A row with a personnummer, or another number that doesn't belong in the register, is an error that tells the
  column. Nothing else of the row is shown or read.
- Somebody who gets into the admin (an editor) keeps name, title and phone as they are: they change
  those themselves, and a list from outside must not rename a colleague.
"""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from outbox.addresses import bare_address, comparable

from ..merging.likeness import Register, Similar
from ..models import ContactPerson, Organisation, Person, today
from ..validation import clean_email, clean_title
from .cell_values import parse_date, parse_name, parse_phone, parse_yes_or_no, refuse_several
from .forbidden_numbers import screen_row
from .matching import OrganisationFinder, UnknownOrganisation
from .rows import ImportRow

MOST_ROWS_LISTED = 8
DETAILS = {"name": "Namn", "title": "Titel", "phone": "Telefon"}


class Outcome(TextChoices):
    NEW = "new", "Ny"
    CHANGED = "changed", "Ändrad"
    UNCHANGED = "unchanged", "Oförändrad"
    ERROR = "error", "Fel"


@dataclass
class Change:
    """The person and role as they will be. Neither is stored yet."""

    person: Person
    role: ContactPerson
    details_changed: bool = False
    role_changed: bool = False


@dataclass
class RowOutcome:
    row: int
    organisation: str
    name: str
    outcome: Outcome = Outcome.UNCHANGED
    reason: str = ""  # of an error
    changes: list[str] = field(default_factory=list)  # to what the register has already, such as "Titel: Jurist → Chef"
    notes: list[str] = field(default_factory=list)
    similar: list[Similar] = field(default_factory=list)  # who may be the same person, by another address
    change: Change | None = None
    unknown: UnknownOrganisation | None = None  # what is asked about

    @property
    def remarks(self) -> str:
        """Everything to report about the row, as sentences. They hold personal data: never log them."""
        return " ".join([self.reason, *(f"{change}." for change in self.changes), *self.notes]).strip()


@dataclass
class Question:
    """A written name, or code, of which an editor may say which organisation it means."""

    unknown: UnknownOrganisation
    rows: list[int] = field(default_factory=list)

    @property
    def where(self) -> str:
        return listed_rows(self.rows)


@dataclass
class ImportPlan:
    outcomes: list[RowOutcome]

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome == outcome for row in self.outcomes)

    @property
    def changes(self) -> int:
        """How many rows would change the register."""
        return self.count(Outcome.NEW) + self.count(Outcome.CHANGED)

    @property
    def errors(self) -> list[RowOutcome]:
        return [row for row in self.outcomes if row.outcome == Outcome.ERROR]

    @property
    def questions(self) -> list[Question]:
        """What is asked about, each name once."""
        questions: dict[str, Question] = {}
        for outcome in self.outcomes:
            if outcome.unknown:
                questions.setdefault(outcome.unknown.key, Question(outcome.unknown)).rows.append(outcome.row)
        return list(questions.values())

    def as_json(self) -> dict[str, Any]:
        return {
            "rows": len(self.outcomes),
            "new": self.count(Outcome.NEW),
            "changed": self.count(Outcome.CHANGED),
            "unchanged": self.count(Outcome.UNCHANGED),
            "errors": [{"row": error.row, "reason": error.reason} for error in self.errors],
        }


@dataclass
class Parsed:
    """A row whose cells are all valid. None and "" mean a blank cell."""

    organisation: Organisation
    email: str
    name: str
    title: str
    phone: str
    start: date | None
    end: date | None
    deputy: bool | None


def make_plan(rows: Sequence[ImportRow], chosen: Mapping[str, int] | None = None) -> ImportPlan:
    """Plan the outcome of each row. The number of queries does not grow with the rows.

    `chosen` has the ids of the organisations that an editor chose, by the key of what is written (`matching.key_of`).
    """
    return ImportPlan(Planner(rows, chosen).outcomes())


class Planner:
    def __init__(self, rows: Sequence[ImportRow], chosen: Mapping[str, int] | None) -> None:
        self.rows = rows
        emails = {comparable(bare_address(str(row.email))) for row in rows}
        found = Person.objects.filter(email__in=emails)
        self.persons = {person.email: person for person in found.select_related("organisation")}
        self.editors = set(found.with_admin_access().values_list("pk", flat=True))
        self.roles: dict[tuple[int, int], list[ContactPerson]] = {}
        for role in (
            ContactPerson.objects.lasting().filter(person__in=found).select_related("organisation").order_by("start")
        ):
            self.roles.setdefault((role.person_id, role.organisation_id), []).append(role)
        self.elsewhere = {person_id for person_id, _ in self.roles}
        self.first_roles: dict[int, ContactPerson] = {}
        for role in sorted(itertools.chain(*self.roles.values()), key=lambda role: role.pk):
            self.first_roles.setdefault(role.person_id, role)
        present = ContactPerson.objects.active().without_deputies()
        self.contact_persons = Counter(present.values_list("organisation", flat=True))
        self.finder = OrganisationFinder(Organisation.objects.all(), chosen)
        # The file so far, by pair and by person, to find rows that contradict it.
        self.seen_pairs: dict[tuple[str, int], int] = {}
        self.seen_persons: dict[str, tuple[int, Parsed]] = {}

    @cached_property
    def register(self) -> Register:
        """Everybody, to find who resembles a new person; read when there is one."""
        return Register()

    def outcomes(self) -> list[RowOutcome]:
        return [self._outcome(row) for row in self.rows]

    def _outcome(self, row: ImportRow) -> RowOutcome:
        if found := screen_row(row):
            return RowOutcome(row.row, "", "", Outcome.ERROR, " ".join(found))
        outcome = RowOutcome(row.row, str(row.organisation or row.code), str(row.name))
        try:
            parsed = self._parse(row)
            outcome.organisation, outcome.name = parsed.organisation.short_name, parsed.name
            self._compare_with_rows_above(row.row, parsed)
            self._plan(parsed, outcome)
        except ValidationError as error:
            outcome.outcome, outcome.reason, outcome.change = Outcome.ERROR, " ".join(error.messages), None
            outcome.unknown = next((each for each in error.error_list if isinstance(each, UnknownOrganisation)), None)
        return outcome

    def _parse(self, row: ImportRow) -> Parsed:
        """Parse every cell, or raise all the faults of the row together."""
        faults: list[ValidationError] = []

        def understand(parse: Any, *arguments: Any, **named: Any) -> Any:
            try:
                return parse(*arguments, **named)
            except ValidationError as fault:
                faults.append(fault)
                return None

        understand(refuse_several, str(row.email), str(row.name))
        organisation = understand(self.finder.find, name=str(row.organisation), code=str(row.code))
        email = understand(clean_email, str(row.email))
        name = understand(parse_name, str(row.name), str(row.email))
        title = understand(clean_title, str(row.title))
        phone = understand(parse_phone, str(row.phone))
        start = understand(parse_date, row.start, "Från och med")
        until = understand(parse_date, row.until, "Till och med")
        deputy = understand(parse_yes_or_no, row.deputy, "Ersättare")
        if start and until and until < start:
            faults.append(ValidationError("Till och med ligger före Från och med."))
        if faults:
            raise ValidationError(faults)
        end = until + timedelta(days=1) if until else None
        return Parsed(organisation, email, name, title, phone, start, end, deputy)

    def _compare_with_rows_above(self, number: int, parsed: Parsed) -> None:
        pair = (parsed.email, parsed.organisation.pk)
        if pair in self.seen_pairs:
            raise ValidationError(f"Samma person finns redan på rad {self.seen_pairs[pair]}.")
        self.seen_pairs[pair] = number
        if parsed.email not in self.seen_persons:
            self.seen_persons[parsed.email] = (number, parsed)
            return
        earlier_number, earlier = self.seen_persons[parsed.email]
        for field_name in ("name", "title", "phone"):
            mine, theirs = getattr(parsed, field_name), getattr(earlier, field_name)
            if mine and theirs and mine != theirs:
                raise ValidationError(
                    f"Samma e-postadress finns på rad {earlier_number}, men där står andra uppgifter om personen."
                )

    def _plan(self, parsed: Parsed, outcome: RowOutcome) -> None:
        person = self._person(parsed)
        roles = self.roles.get((person.pk, parsed.organisation.pk), []) if person.pk else []
        if person.pk is None:
            outcome.similar = self.register.similar(
                email=parsed.email, name=parsed.name, organisation=parsed.organisation.pk
            )
        details_changed = self._update_details(person, parsed, outcome)
        role = _role_of(roles, parsed)
        before = None if role is None else (role.start, role.end, role.deputy)
        if role is None:
            role = ContactPerson(organisation=parsed.organisation, start=parsed.start or today())
            self._note_about_new_role(person, roles, parsed, outcome)
        role.start = parsed.start or role.start
        role.end = parsed.end or role.end
        role.deputy = role.deputy if parsed.deputy is None else parsed.deputy
        _check_period(role, roles)
        role_changes = [] if before is None else _role_changes(before, role)
        outcome.changes += role_changes
        role_changed = bool(role_changes)
        if before is None:
            outcome.outcome = Outcome.NEW
        elif role_changed or details_changed:
            outcome.outcome = Outcome.CHANGED
        if before is None or role_changed or details_changed:
            outcome.change = Change(person, role, details_changed, role_changed)

    def _person(self, parsed: Parsed) -> Person:
        """The person with the address: the stored one, or a new one that all rows with the address share."""
        return self.persons.setdefault(parsed.email, Person(email=parsed.email, name=parsed.name))

    def _update_details(self, person: Person, parsed: Parsed, outcome: RowOutcome) -> bool:
        given = {"name": parsed.name, "title": parsed.title, "phone": parsed.phone}
        different = {key: value for key, value in given.items() if value and value != getattr(person, key)}
        if different and person.pk in self.editors:
            outcome.notes.append("Personen har ett redaktörskonto. Namn, titel och telefon ändras inte härifrån.")
            different = {}
        elif different and not self._is_at_home(person, parsed.organisation):
            outcome.notes.append(self._note_about_known(person))
            different = {}
        for key, value in different.items():
            if person.pk:
                outcome.changes.append(_change_of(DETAILS[key], getattr(person, key), value))
            setattr(person, key, value)
        if person.pk is None and person.organisation_id is None:
            person.organisation = parsed.organisation
        if person.pk and not person.is_active:
            outcome.notes.append("Personen är avstängd och får inga utskick.")
        return bool(different) and person.pk is not None

    def _is_at_home(self, person: Person, organisation: Organisation) -> bool:
        """Whether a row for the organisation may set the person's details: it is their own, or the person is new."""
        if person.pk is None or person.organisation_id is not None:
            return person.pk is None or person.organisation_id == organisation.pk
        return person.pk not in self.first_roles or self.first_roles[person.pk].organisation_id == organisation.pk

    def _note_about_known(self, person: Person) -> str:
        home = person.organisation or self.first_roles[person.pk].organisation
        return (
            f"Personen finns redan i registret som {person} hos {home}; "
            "namn, titel och telefon ändras inte av den här raden."
        )

    def _note_about_new_role(
        self, person: Person, roles: list[ContactPerson], parsed: Parsed, outcome: RowOutcome
    ) -> None:
        if roles:
            outcome.notes.append("Har haft uppdraget tidigare och får det nu på nytt.")
        elif person.pk in self.elsewhere:
            outcome.notes.append("Är eller har varit kontaktperson även i en annan organisation.")
        count = self.contact_persons[parsed.organisation.pk]
        if count and not parsed.deputy:
            noun = "kontaktperson" if count == 1 else "kontaktpersoner"
            outcome.notes.append(f"{parsed.organisation} har redan {count} {noun}.")


def listed_rows(rows: Sequence[int]) -> str:
    """Where something stands: *rad 4, 5 och 9*, or of many *26 rader, den första är rad 4*."""
    if len(rows) > MOST_ROWS_LISTED:
        return f"{len(rows)} rader, den första är rad {rows[0]}"
    return "rad " + " och ".join(filter(None, [", ".join(map(str, rows[:-1])), str(rows[-1])]))


def _change_of(label: str, before: str, after: str) -> str:
    return f"{label}: {before or '(tomt)'} → {after or '(tomt)'}"


def _role_changes(before: tuple[date, date | None, bool], role: ContactPerson) -> list[str]:
    """The differences between the stored role and the planned one, in Swedish as in a spreadsheet."""
    then = ContactPerson(start=before[0], end=before[1], deputy=before[2])
    shown = [
        ("Från och med", then.start.isoformat(), role.start.isoformat()),
        ("Till och med", _last_day(then), _last_day(role)),
        ("Ersättare", then.deputy_label, role.deputy_label),
    ]
    return [_change_of(label, old, new) for label, old, new in shown if old != new]


def _last_day(role: ContactPerson) -> str:
    return "" if role.end is None else (role.end - timedelta(days=1)).isoformat()


def _role_of(roles: list[ContactPerson], parsed: Parsed) -> ContactPerson | None:
    """The stored role that the row is about, if any."""
    for role in roles:
        if role.start == parsed.start:
            return role
    for role in reversed(roles):
        has_not_ended = role.end is None or role.end > today()
        begins_in_time = parsed.end is None or role.start < parsed.end
        ends_in_time = role.end is None or (parsed.start is not None and parsed.start < role.end)
        # A row without a first day can only be about the present role.
        if has_not_ended and (parsed.start is None or (begins_in_time and ends_in_time)):
            return role
    return None


def _check_period(role: ContactPerson, roles: list[ContactPerson]) -> None:
    if role.end is not None and role.end <= role.start:
        raise ValidationError(f"Uppdraget slutar innan det börjar ({role.start.isoformat()}).")
    for other in roles:
        if other is role:
            continue
        if (other.end is None or other.end > role.start) and (role.end is None or other.start < role.end):
            last_day = "pågår" if other.end is None else f"t.o.m. {(other.end - timedelta(days=1)).isoformat()}"
            raise ValidationError(
                f"Tiden överlappar ett annat uppdrag (fr.o.m. {other.start.isoformat()}, {last_day})."
            )
