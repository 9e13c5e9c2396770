"""Tell everybody concerned what becomes of a meeting, each once and with what is new to them.

What still waits in the queue is withdrawn first: those who have not got the invitation get it with the new facts, and
nothing about how it once was; those who wait for news of an earlier change get one mail about both.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from contacts.models import Person
from outbox.actions import queue, queue_all, withdraw_all
from outbox.models import OutgoingMail

from .. import mails
from ..enums import MailCategory, RegistrationStatus
from ..forward_batches import ForwardBatch
from ..mails import facts
from ..models import CalendarEntry, Facts, InvitedOrganisation, MailOut, Registration
from ..receivers import Contact, Receivers
from .forwarding import link_for, listed_among
from .inviting import invite

# What is overtaken when the meeting changes or is cancelled.
OVERTAKEN = frozenset({facts.INVITATION, facts.REMINDER, facts.UPDATE, facts.BOOKING, facts.WAITING})


@dataclass
class Withdrawn:
    """What waited in the queue about a meeting, by receiver, until it was withdrawn."""

    invitations: set[tuple[int, int]] = field(default_factory=set)  # person and organisation
    forwarded: dict[str, OutgoingMail] = field(default_factory=dict)  # by address
    answers: dict[int, OutgoingMail] = field(default_factory=dict)  # by registration
    # The earliest news of which somebody was not told, by `_news_key`.
    news: dict[Any, mails.News] = field(default_factory=dict)

    def told(self, key: Any) -> Facts | None:
        """What a receiver of news was last told, if they have not got the latest."""
        return self.news[key].before if key in self.news else None

    def all_news(self, key: Any, latest: mails.News) -> mails.News:
        """What is new to a receiver: the latest, and what they were not told before."""
        earlier = self.news.get(key)
        return earlier.followed_by(latest) if earlier else latest


def withdraw_waiting(entry: CalendarEntry, *, because: str, registrations: Collection[int] | None = None) -> Withdrawn:
    """Withdraw what still waits about the meeting and is overtaken now. Call it under the calendar's lock.

    With `registrations` only the mails to these participants.
    """
    waiting = OutgoingMail.objects.pending().filter(stream__startswith=f"{entry.stream}:", condition__isnull=False)
    overtaken = [
        pk
        for pk, condition in waiting.values_list("pk", "condition")
        if condition
        and condition.get("mail") in OVERTAKEN
        and (registrations is None or condition.get("registration") in registrations)
    ]
    withdrawn = Withdrawn()
    for mail in withdraw_all(OutgoingMail.objects.filter(pk__in=overtaken), because=because):
        _sort(mail, withdrawn)
    return withdrawn


def _sort(mail: OutgoingMail, withdrawn: Withdrawn) -> None:
    condition: dict[str, Any] = mail.condition or {}
    if condition["mail"] == facts.UPDATE:
        news = mails.News.from_json(condition["news"])
        earlier = withdrawn.news.get(key := _news_key(condition, mail.recipient))
        withdrawn.news[key] = earlier.followed_by(news) if earlier else news
    elif condition["mail"] == facts.REMINDER:
        pass  # Its receiver has got the invitation, and is told the news.
    elif condition["kind"] == "meetings.contact":
        withdrawn.invitations.add((condition["person"], condition["organisation"]))
    elif condition["kind"] == "meetings.colleague":
        withdrawn.forwarded[mail.recipient] = mail
    else:
        withdrawn.answers[condition["registration"]] = mail


def _news_key(condition: dict[str, Any], address: str) -> Any:
    """Names a receiver of news: a registration, a person and organisation, or an address."""
    if condition["kind"] == "meetings.participant":
        return condition["registration"]
    if condition["kind"] == "meetings.contact":
        return condition["person"], condition["organisation"]
    return address


def tell_change(
    entry: CalendarEntry, *, receivers: Receivers, withdrawn: Withdrawn, mail_out: MailOut, news: mails.News
) -> list[OutgoingMail]:
    """Queue what each receiver is to know of a change. The entry holds the new facts already."""
    _renew_answers(receivers.participants, withdrawn)
    _renew_invitations(entry, receivers.contacts, withdrawn)
    _renew_forwarded(entry, withdrawn)

    participants = [row for row in receivers.participants if row.pk not in withdrawn.answers]
    contacts = [contact for contact in receivers.contacts if contact.key not in withdrawn.invitations]
    colleagues = [row for row in receivers.colleagues if row.address not in withdrawn.forwarded]
    keys = [row.pk for row in participants] + [row.key for row in contacts] + [row.address for row in colleagues]
    # Nothing is new in the end to somebody who was not told that the meeting moved before it moved back.
    new_to = {key: what for key in keys if (what := withdrawn.all_news(key, news)).is_any(entry.facts)}

    told = [row for row in participants if row.pk in new_to]
    raise_sequences(told, entry)
    write = mails.MailOutMails(entry, mail_out)
    return queue_all(
        [
            *(write.update_to_participant(row, new_to[row.pk], contacts_at(contacts, row.email)) for row in told),
            *(write.update_to_contact(c, new_to[c.key]) for c in not_among(told, contacts) if c.key in new_to),
            *(write.update_to_colleague(c, new_to[c.address]) for c in colleagues if c.address in new_to),
        ]
    )


def tell_cancellation(
    entry: CalendarEntry, *, receivers: Receivers, withdrawn: Withdrawn, mail_out: MailOut
) -> list[OutgoingMail]:
    """Queue the news of a cancelled meeting, to those who have heard of the meeting."""
    contacts = [contact for contact in receivers.contacts if contact.key not in withdrawn.invitations]
    colleagues = [row for row in receivers.colleagues if row.address not in withdrawn.forwarded]
    raise_sequences(receivers.participants, entry)
    write = mails.MailOutMails(entry, mail_out)
    return queue_all(
        [
            *(
                write.cancellation_to_participant(row, contacts_at(contacts, row.email), withdrawn.told(row.pk))
                for row in receivers.participants
            ),
            *(
                write.cancellation_to_contact(contact, withdrawn.told(contact.key))
                for contact in not_among(receivers.participants, contacts)
            ),
            *(write.cancellation_to_colleague(row, withdrawn.told(row.address)) for row in colleagues),
        ]
    )


def contacts_at(contacts: Iterable[Contact], address: str) -> list[Contact]:
    """What the address is contact person for."""
    return [contact for contact in contacts if contact.role.person.email == address]


def not_among(participants: Iterable[Registration], contacts: Iterable[Contact]) -> list[Contact]:
    """The contact persons without those who are told as participants: they get one mail."""
    addresses = {registration.email for registration in participants}
    return [contact for contact in contacts if contact.role.person.email not in addresses]


def raise_sequences(registrations: Iterable[Registration], entry: CalendarEntry) -> None:
    """Note that the participants' calendars are told the meeting's SEQUENCE, which is above all they have had."""
    rows = list(registrations)
    for row in rows:
        row.sequence = entry.sequence
        row.meeting = entry.meeting
    Registration.objects.bulk_update(rows, ["sequence"], batch_size=500)


def _renew_answers(participants: list[Registration], withdrawn: Withdrawn) -> None:
    """Write the confirmations that waited anew; they leave when they would have left."""
    rows = [row for row in participants if row.pk in withdrawn.answers]
    for row in rows:
        row.raise_sequence()
    Registration.objects.bulk_update(rows, ["sequence"], batch_size=500)
    for row in rows:
        former = withdrawn.answers[row.pk]
        answer = mails.waiting if row.status == RegistrationStatus.WAITING else mails.confirmation
        mail = answer(row, category=MailCategory(former.category))
        queue(replace(mail, not_before=former.due_at))


def _renew_invitations(entry: CalendarEntry, contacts: list[Contact], withdrawn: Withdrawn) -> None:
    roles = [contact.role for contact in contacts if contact.key in withdrawn.invitations]
    mail_out = entry.meeting.invitation_mail_out
    if roles and mail_out is not None:
        invite(entry, mail_out, roles)


def _renew_forwarded(entry: CalendarEntry, withdrawn: Withdrawn) -> None:
    for address, former in withdrawn.forwarded.items():
        batch = ForwardBatch.read(former.batch)
        by = Person.objects.filter(pk=batch.by).first()
        invited = InvitedOrganisation.objects.filter(pk=batch.invited).first()
        if by is not None and invited is not None:
            invited.meeting = entry.meeting
            listed = listed_among(invited, [address])
            link = link_for(invited, by)
            queue_all(mails.forwarded_to([address], invited=invited, by=by, link=link, listed=listed))
