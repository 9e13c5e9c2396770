"""The state of an organisation: whether it can be reached, with the reason and the age of the proof."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from ..enums import InquiryAnswer, InquiryKind, ProofKind, Reachability
from ..models import ContactPerson, Inquiry, Nomination, Organisation


def days(name: str) -> timedelta:
    """One of the times in `settings.REACHABILITY`."""
    return timedelta(days=settings.REACHABILITY[name])


@dataclass(frozen=True)
class State:
    """What an editor is told of an organisation; `step` is what is being done."""

    organisation: Organisation
    reachability: Reachability
    reason: str
    step: str = ""
    needs_editor: bool = False

    @property
    def label(self) -> str:
        return str(self.reachability.label)


@dataclass(frozen=True)
class _Facts:
    roles: list[ContactPerson]
    inquiries: list[Inquiry]
    dead: set[str]
    is_named: bool  # somebody has been named who has not answered yet
    now: datetime


def states_of(organisations: Iterable[Organisation]) -> list[State]:
    """The state of each organisation. Four queries, however many there are."""
    chosen = list(organisations)
    roles: dict[int, list[ContactPerson]] = defaultdict(list)
    for role in ContactPerson.objects.active().filter(organisation__in=chosen).select_related("person"):
        roles[role.organisation_id].append(role)
    inquiries: dict[int, list[Inquiry]] = defaultdict(list)
    for inquiry in Inquiry.objects.filter(organisation__in=chosen).order_by("asked_at", "pk"):
        inquiries[inquiry.organisation_id].append(inquiry)
    dead = ContactPerson.objects.active().filter(organisation__in=chosen).dead_addresses()
    named = set(Nomination.objects.open().filter(organisation__in=chosen).values_list("organisation", flat=True))
    now = timezone.now()
    return [_state(one, _Facts(roles[one.pk], inquiries[one.pk], dead, one.pk in named, now)) for one in chosen]


def _state(organisation: Organisation, facts: _Facts) -> State:
    step = _step(facts)
    if not facts.roles:
        needs_editor = bool(facts.inquiries) and not step
        return State(organisation, Reachability.NONE, "Ingen är utsedd.", step, needs_editor)
    proofs = [(role.person.proved_at, role.person.proved_by) for role in facts.roles if role.person.proved_at]
    latest = max(proofs, default=None)
    if latest and facts.now - latest[0] <= days("proof_holds"):
        return State(organisation, Reachability.REACHABLE, _age(*latest, facts.now), step)
    if word := _word_of_mailbox(facts):
        return State(organisation, Reachability.REACHABLE, f"{InquiryKind.MAILBOX.label} bekräftade {word}.", step)
    if all(role.person.email.lower() in facts.dead for role in facts.roles):
        return State(organisation, Reachability.BOUNCING, "Ingen adress fungerar.", step, not step)
    reason = _age(*latest, facts.now) if latest else _since_appointed(facts)
    # Those whom the job has not come to yet, or will ask when it is time, need no editor.
    is_left = bool(facts.inquiries) or not _can_be_asked(organisation, facts)
    return State(organisation, Reachability.SILENT, reason, step, not step and is_left)


def _can_be_asked(organisation: Organisation, facts: _Facts) -> bool:
    takes_mail = any(role.person.is_active and role.mail_stopped_at is None for role in facts.roles)
    return takes_mail or bool(organisation.mailbox)


def _age(proved_at: datetime, proved_by: str, now: datetime) -> str:
    return f"{ProofKind(proved_by).label} {_ago(proved_at, now)}."


def _ago(moment: datetime, now: datetime) -> str:
    number = (now - moment).days
    return "i dag" if number == 0 else "i går" if number == 1 else f"för {number} dagar sedan"


def _word_of_mailbox(facts: _Facts) -> str:
    """How long ago the mailbox pressed the button that somebody is there, which proves the organisation; "" if not."""
    said = [each for each in facts.inquiries if each.kind == InquiryKind.MAILBOX and each.answer == InquiryAnswer.YES]
    moments = [each.closed_at for each in said if each.closed_at and facts.now - each.closed_at <= days("proof_holds")]
    return _ago(max(moments), facts.now) if moments else ""


def _since_appointed(facts: _Facts) -> str:
    first = min(role.start for role in facts.roles)
    return f"Inget bevis sedan utsedd {first:%Y-%m-%d}."


def _step(facts: _Facts) -> str:
    """What is being done: whom the latest open question went to."""
    open_ones = [inquiry for inquiry in facts.inquiries if inquiry.closed_at is None]
    if not open_ones:
        return _answered_lately(facts)
    latest = open_ones[-1]
    when = latest.reminded_at or latest.asked_at
    verb = "påmind" if latest.reminded_at else "frågad"
    return f"{InquiryKind(latest.kind).label} {verb} {timezone.localdate(when):%Y-%m-%d}."


def _answered_lately(facts: _Facts) -> str:
    """What somebody else has answered, which needs no editor for a while: that the person is there, or who is."""
    answers = [InquiryAnswer.YES, *([InquiryAnswer.OTHER] if facts.is_named else [])]
    told = [each for each in facts.inquiries if each.answer in answers and each.kind != InquiryKind.PERSON]
    latest = max(told, key=lambda each: each.closed_at or each.asked_at, default=None)
    if latest is None or latest.closed_at is None or facts.now - latest.closed_at > days("word_holds"):
        return ""
    when = timezone.localdate(latest.closed_at)
    return f"{InquiryKind(latest.kind).label} svarade {when:%Y-%m-%d}: {latest.get_answer_display()}."
