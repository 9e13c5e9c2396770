"""The job that asks the silent: first the person, then a colleague, then the functional mailbox, then the editors.

Each step is a row of `Inquiry`. When no step is left the organisation stands on the editors' list (`states.State`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from outbox.actions import queue

from ..enums import InquiryAnswer, InquiryKind
from ..models import ContactPerson, Inquiry, Nomination, Organisation
from . import mails
from .states import days

YEAR = timedelta(days=365)
# How many colleagues are asked about somebody.
MOST_COLLEAGUES = 3
# How many times the mailbox is asked about the same thing: some other person may read it a month later.
TIMES_OF_MAILBOX = 2


@transaction.atomic
def ask_the_silent() -> int:
    """Close what needs no answer, remind, and put the questions that are due; return how many mails were queued."""
    now = timezone.now()
    _lock_organisations()
    _close(now)
    register = _Register(now)
    return register.remind() + register.ask_persons() + register.ask_others()


def _lock_organisations() -> None:
    """Lock the organisations, which comes first as in every action, so that nobody answers or asks meanwhile."""
    list(Organisation.objects.select_for_update().order_by("pk").values_list("pk"))


def _close(now: datetime) -> None:
    """Close the questions that somebody's act has answered, that are about nobody, or that waited long enough."""
    rows = Inquiry.objects.open().select_for_update(of=("self",)).select_related("about__person", "organisation")
    for inquiry in rows.order_by("pk"):
        answer = _ended_as(inquiry, now)
        if answer:
            inquiry.answer, inquiry.closed_at = answer, now
            inquiry.save(update_fields=["answer", "closed_at"])


def _ended_as(inquiry: Inquiry, now: datetime) -> str:
    if inquiry.person_has_acted:
        return InquiryAnswer.YES
    if not inquiry.needs_answer:
        return InquiryAnswer.MOOT
    if inquiry.kind == InquiryKind.PERSON:
        is_over = inquiry.reminded_at is not None and now - inquiry.reminded_at >= days("next_after")
    else:
        is_over = now - inquiry.asked_at >= days(
            "next_after" if inquiry.kind == InquiryKind.COLLEAGUE else "mailbox_waits"
        )
    return InquiryAnswer.SILENCE if is_over else ""


@dataclass(frozen=True)
class _Failing:
    """A contact person who has proved nothing for long, or whose address is dead."""

    role: ContactPerson
    is_dead: bool
    tried: list[Inquiry]  # the questions about the person since the last proof


class _Register:
    """The roles of today with what has been asked about them, read at once. Nothing here is asked twice."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        roles = ContactPerson.objects.active().select_related("person", "organisation")
        self.roles = list(roles.order_by("organisation", "deputy", "pk"))
        self.of_organisation: dict[int, list[ContactPerson]] = defaultdict(list)
        for role in self.roles:
            self.of_organisation[role.organisation_id].append(role)
        self.about: dict[int | None, list[Inquiry]] = defaultdict(list)
        self.asked: Counter[int] = Counter()  # mails to a person within a year
        self.mailbox_asked: dict[int, list[Inquiry]] = defaultdict(list)  # by organisation
        for inquiry in Inquiry.objects.filter(asked_at__gt=now - 3 * YEAR).order_by("asked_at", "pk"):
            self.about[inquiry.about_id].append(inquiry)
            if inquiry.receiver_id is None:
                self.mailbox_asked[inquiry.organisation_id].append(inquiry)
            else:
                self.asked[inquiry.receiver_id] += sum(
                    moment is not None and now - moment < YEAR for moment in (inquiry.asked_at, inquiry.reminded_at)
                )
        self.dead = ContactPerson.objects.active().dead_addresses()
        # Where somebody has been named who has not answered yet.
        self.named = set(Nomination.objects.open().values_list("organisation", flat=True))

    def remind(self) -> int:
        """Remind the persons who have not answered, once."""
        late = self.now - days("remind_after")
        rows = Inquiry.objects.open().filter(kind=InquiryKind.PERSON, reminded_at=None, asked_at__lte=late)
        sent = 0
        for inquiry in rows.select_related("organisation", "about__person", "receiver").order_by("pk"):
            inquiry.reminded_at = self.now
            inquiry.save(update_fields=["reminded_at"])
            if self._may_mail(inquiry.receiver_id or 0):
                queue(mails.question(inquiry))
                sent += 1
        return sent

    def ask_persons(self) -> int:
        """Ask those who have proved nothing for long, and have not been asked since their last proof."""
        return sum(
            self._ask(InquiryKind.PERSON, role, to=role)
            for role in self.roles
            if self._is_due(role) and not self._is_dead(role) and not self._tried(role)
        )

    def ask_others(self) -> int:
        """Ask the next in turn about those who do not answer, and the mailbox where nobody is appointed."""
        failing = [self._failing(role) for role in self.roles if not role.deputy]
        sent = sum(self._ask_next(each) for each in failing if each is not None)
        empty = Organisation.objects.covered().exclude(mailbox="").exclude(pk__in=list(self.of_organisation))
        return sent + sum(self.ask_mailbox(organisation, None) for organisation in empty.order_by("pk"))

    def _failing(self, role: ContactPerson) -> _Failing | None:
        tried, is_dead = self._tried(role), self._is_dead(role)
        silent = [inquiry for inquiry in tried if inquiry.kind == InquiryKind.PERSON]
        has_not_answered = bool(silent) and silent[-1].answer == InquiryAnswer.SILENCE
        return _Failing(role, is_dead, tried) if is_dead or has_not_answered else None

    def _ask_next(self, failing: _Failing) -> int:
        role, others = failing.role, [each for each in failing.tried if each.kind != InquiryKind.PERSON]
        if any(inquiry.closed_at is None for inquiry in others):
            return 0
        if any(self._settles(inquiry) for inquiry in others):
            return 0
        if not any(inquiry.kind == InquiryKind.COLLEAGUE for inquiry in others):
            sent = sum(self._ask(InquiryKind.COLLEAGUE, role, to=colleague) for colleague in self._colleagues(role))
            if sent:
                return sent
        if sum(inquiry.kind == InquiryKind.MAILBOX for inquiry in others) >= TIMES_OF_MAILBOX:
            return 0
        return self.ask_mailbox(role.organisation, role)

    def _settles(self, inquiry: Inquiry) -> bool:
        """Whether the answer leaves nothing to ask. Who was named instead may have said no, or not answered in time."""
        if inquiry.answer == InquiryAnswer.OTHER:
            return inquiry.organisation_id in self.named
        return inquiry.answer in (InquiryAnswer.YES, InquiryAnswer.TAKES_OVER, InquiryAnswer.DECLINED)

    def _colleagues(self, role: ContactPerson) -> Iterable[ContactPerson]:
        beside = (each for each in self.of_organisation[role.organisation_id] if each.person_id != role.person_id)
        living = [each for each in beside if not self._is_dead(each) and self._known_lately(each)]
        return sorted(living, key=lambda each: not each.deputy)[:MOST_COLLEAGUES]

    def _known_lately(self, role: ContactPerson) -> bool:
        return self.now - self._known_since(role) <= days("proof_holds")

    def _ask(self, kind: InquiryKind, about: ContactPerson, *, to: ContactPerson) -> int:
        may = to.person.is_active and to.mail_stopped_at is None and self._may_mail(to.person_id)
        if not may:
            return 0
        inquiry = Inquiry.objects.create(
            kind=kind, organisation=about.organisation, about=about, receiver=to.person, asked_at=self.now
        )
        self.about[about.pk].append(inquiry)
        queue(mails.question(inquiry))
        return 1

    def ask_mailbox(self, organisation: Organisation, about: ContactPerson | None) -> int:
        if not organisation.mailbox or self._is_resting(organisation, about):
            return 0
        inquiry = Inquiry.objects.create(
            kind=InquiryKind.MAILBOX, organisation=organisation, about=about, asked_at=self.now
        )
        self.mailbox_asked[organisation.pk].append(inquiry)
        queue(mails.question(inquiry))
        return 1

    def _is_resting(self, organisation: Organisation, about: ContactPerson | None) -> bool:
        """Whether the mailbox has a question that waits, or has lately been asked who is to be contact person."""
        earlier = self.mailbox_asked[organisation.pk]
        if any(inquiry.closed_at is None for inquiry in earlier):
            return True
        lately = [inquiry for inquiry in earlier if self.now - inquiry.asked_at < days("ask_after")]
        has_answered = any(self._settles(inquiry) for inquiry in lately)
        return about is None and (has_answered or len(lately) >= TIMES_OF_MAILBOX)

    def _may_mail(self, person: int) -> bool:
        """Count one more mail to the person, and say whether it is within the year's limit."""
        if self.asked[person] >= settings.MOST_INQUIRIES_A_YEAR:
            return False
        self.asked[person] += 1
        return True

    def _is_dead(self, role: ContactPerson) -> bool:
        return role.person.email.lower() in self.dead

    def _is_due(self, role: ContactPerson) -> bool:
        """Whether it is long since we had a word of the person; another's word holds for a shorter time."""
        since = self._known_since(role)
        is_own = since in (self._began(role), role.person.proved_at)
        return self.now - since > days("ask_after" if is_own else "word_holds")

    def _known_since(self, role: ContactPerson) -> datetime:
        """When we last had a word of the person: a proof, the appointment, or a colleague's yes."""
        vouched = [
            inquiry.closed_at
            for inquiry in self.about[role.pk]
            if inquiry.answer == InquiryAnswer.YES and inquiry.closed_at is not None
        ]
        return max([self._began(role), *vouched, *([role.person.proved_at] if role.person.proved_at else [])])

    def _began(self, role: ContactPerson) -> datetime:
        return timezone.make_aware(datetime.combine(role.start, time.min))

    def _tried(self, role: ContactPerson) -> list[Inquiry]:
        since = self._known_since(role)
        return [inquiry for inquiry in self.about[role.pk] if inquiry.asked_at > since]


@transaction.atomic
def ask_mailboxes(organisations: Iterable[Organisation]) -> int:
    """Ask the mailboxes who is to be contact person, where nobody is appointed; return how many were asked."""
    _lock_organisations()
    register = _Register(timezone.now())
    without = [one for one in organisations if not register.of_organisation[one.pk]]
    return sum(register.ask_mailbox(organisation, None) for organisation in without)
