"""The mails about a meeting that is moved, changed, cancelled or removed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from contacts.models import Organisation
from outbox.mails import CalendarPart, Mail

from .. import calendars, dates, links
from ..enums import MailCategory
from ..models import CalendarEntry, Facts, MailOut, Registration
from ..receivers import Colleague, Contact
from . import facts
from .invitations import invitation_context
from .meeting import meeting_context
from .participants import CHANGE_OR_LEAVE, named
from .subjects import subject_of

CHANGED, CANCELLED = "Ändrat", "Inställt"
Told = Facts | None


@dataclass(frozen=True)
class News:
    """What is new to a receiver: the facts last told, the notes since then, and whether the join link is another.

    Beside each note stand the names of the facts that it is about.
    """

    before: Facts
    notes: tuple[tuple[str, tuple[str, ...]], ...]
    new_join_url: bool

    @classmethod
    def of(cls, before: Facts, *, note: str, changed: Iterable[str]) -> Self:
        """The news of one change."""
        names = tuple(sorted(changed))
        return cls(before, ((note, names),) if note else (), "join_url" in names)

    def as_json(self) -> dict[str, Any]:
        """To be kept with the mail, without the join link."""
        facts = {**vars(self.before), "join_url": ""}
        moments = {name: facts[name].isoformat() for name in ("starts_at", "ends_at")}
        return {"before": facts | moments, "notes": list(self.notes), "new_join_url": self.new_join_url}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        moments = {name: datetime.fromisoformat(stored["before"][name]) for name in ("starts_at", "ends_at")}
        notes = tuple((note, tuple(names)) for note, names in stored["notes"])
        return cls(Facts(**(stored["before"] | moments)), notes, stored["new_join_url"])

    def followed_by(self, later: "News") -> "News":
        """What is new to somebody who was told neither this nor the later news.

        A note about facts that have changed again is left out: what it says never held for the receiver.
        """
        again = {name for _, names in later.notes for name in names}
        kept = tuple((note, names) for note, names in self.notes if not set(names) <= again)
        return News(self.before, kept + later.notes, self.new_join_url or later.new_join_url)

    def is_any(self, after: Facts) -> bool:
        """Whether anything differs in the end: a meeting may be moved and moved back."""
        return self.new_join_url or bool(after.differences(self.before) - {"join_url"})


def describe_changes(before: Facts, after: Facts) -> list[str]:
    """What has changed, one sentence each, without the join link (it is for participants only)."""
    changes = []
    if before.title != after.title:
        changes.append(f"Mötet heter nu: {after.title}")
    if (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at):
        new, old = dates.when(after.starts_at, after.ends_at), dates.when(before.starts_at, before.ends_at)
        changes.append(f"Ny tid: {new} (förut {old})")
    if before.location != after.location:
        changes.append(f"Ny plats: {after.location} (förut {before.location})")
    return changes


@dataclass
class MailOutMails:
    """Writes the mails of one mail-out about a change or a cancellation. What they share is read once."""

    entry: CalendarEntry
    mail_out: MailOut

    def __post_init__(self) -> None:
        self.context = meeting_context(self.entry)

    def update_to_participant(self, registration: Registration, news: News, also: list[Contact]) -> Mail:
        """The new booking; `also` is what the participant is contact person for, and needs no other mail about."""
        entry, takes_part = self.entry, registration.takes_part
        link = None if takes_part else registration.personal_link
        return replace(
            self._update(),
            to=registration.email,
            template="meeting_update" if takes_part else "meeting_update_waiting",
            context={
                **self._news_context(news),
                "join_url": entry.join_url if takes_part else "",
                "contact_for": named([contact.role.organisation for contact in also]) if also else "",
                "button_url": link.url if link else links.own_registration(entry.meeting),
                "button_label": CHANGE_OR_LEAVE,
            },
            calendar=calendars.request_part(registration) if takes_part else None,
            personal_links=[link] if link else [],
            condition=facts.for_participant(registration, mail=facts.UPDATE, news=news.as_json()),
        )

    def update_to_contact(self, contact: Contact, news: News) -> Mail:
        """What has changed, with a file to forward again."""
        link, stop = contact.link, contact.role.stop_mail
        return replace(
            self._update(organisation=_told_apart(contact)),
            to=contact.role.person.email,
            template="meeting_update_forward",
            context={**self._news_context(news), **invitation_context(contact.role.organisation, link.url)},
            attachments=[calendars.invitation_file(self.entry, link.url)],
            unsubscribe_url=stop.url,
            personal_links=[link, stop],
            condition=facts.for_contact(contact.role, self.entry, mail=facts.UPDATE, news=news.as_json()),
        )

    def update_to_colleague(self, colleague: Colleague, news: News) -> Mail:
        """What has changed, to somebody who was forwarded the invitation and has not registered."""
        link = colleague.invited.personal_link
        return replace(
            self._update(),
            to=colleague.address,
            template="meeting_update_colleague",
            context={**self._news_context(news), **invitation_context(colleague.invited.organisation, link.url)},
            attachments=[calendars.invitation_file(self.entry, link.url)],
            personal_links=[link],
            condition=facts.for_colleague(
                self.entry, colleague.invited.organisation_id, mail=facts.UPDATE, news=news.as_json()
            ),
        )

    def _update(self, *, organisation: str = "") -> Mail:
        return self._mail(CHANGED, MailCategory.UPDATE, organisation=organisation)

    def _news_context(self, news: News) -> dict[str, Any]:
        return {
            **self.context,
            "changes": describe_changes(news.before, self.entry.facts),
            "change_note": " ".join(note for note, _ in news.notes),
            "new_join_url": news.new_join_url,
        }

    def cancellation_to_participant(self, registration: Registration, also: list[Contact], told: Told = None) -> Mail:
        """The booking is withdrawn. One who waits for an organisation has none, but has asked to come.

        `told` is what the receiver was last told of the meeting, where a later change never reached them.
        """
        return replace(
            self._cancellation(told),
            to=registration.email,
            template="meeting_cancellation",
            context={
                **self._told_context(told),
                "contact_for": named([contact.role.organisation for contact in also]) if also else "",
                "is_booked": registration.takes_part,
            },
            calendar=calendars.cancel_part(registration) if registration.takes_part else None,
            condition=facts.for_participant(registration, mail=facts.CANCELLATION),
        )

    def cancellation_to_contact(self, contact: Contact, told: Told = None) -> Mail:
        """A file that takes the meeting out of the calendars it was put in, to forward."""
        stop = contact.role.stop_mail
        return replace(
            self._cancellation(told, organisation=_told_apart(contact)),
            to=contact.role.person.email,
            template="meeting_cancellation_forward",
            context={**self._told_context(told), "organisation": contact.role.organisation.name},
            attachments=[calendars.cancel_file(calendars.build_cancel(self.entry))],
            unsubscribe_url=stop.url,
            personal_links=[stop],
            condition=facts.for_contact(contact.role, self.entry, mail=facts.CANCELLATION),
        )

    def cancellation_to_colleague(self, colleague: Colleague, told: Told = None) -> Mail:
        """The same to somebody who was forwarded the invitation and has not registered."""
        return replace(
            self._cancellation(told),
            to=colleague.address,
            template="meeting_cancellation_colleague",
            context={**self._told_context(told), "organisation": colleague.invited.organisation.name},
            attachments=[calendars.cancel_file(calendars.build_cancel(self.entry))],
            condition=facts.for_colleague(self.entry, colleague.invited.organisation_id, mail=facts.CANCELLATION),
        )

    def _cancellation(self, told: Told, *, organisation: str = "") -> Mail:
        mail = self._mail(CANCELLED, MailCategory.CANCELLATION)
        return replace(mail, subject=subject_of(CANCELLED, told or self.entry, organisation=organisation))

    def _told_context(self, told: Told) -> dict[str, Any]:
        """The meeting as the receiver knows it."""
        if told is None:
            return self.context
        when = dates.when(told.starts_at, told.ends_at)
        return {**self.context, "title": told.title, "when": when, "location": told.location}

    def _mail(self, kind: str, category: MailCategory, *, organisation: str = "") -> Mail:
        return Mail(
            to="",
            subject=subject_of(kind, self.entry, organisation=organisation),
            stream=self.entry.stream,
            batch=self.mail_out.batch,
            category=category,
        )


def example_update(entry: CalendarEntry, news: News, organisation: Organisation, *, for_participants: bool) -> Mail:
    """The mail about a change, to be looked at before it goes out, with a link that does not work."""
    link = links.registration_form("exempel")
    context = {
        **meeting_context(entry),
        "changes": describe_changes(news.before, entry.facts),
        "change_note": " ".join(note for note, _ in news.notes),
        "new_join_url": news.new_join_url,
    }
    if for_participants:
        own = {"join_url": entry.join_url, "contact_for": "", "button_url": link, "button_label": CHANGE_OR_LEAVE}
    else:
        own = invitation_context(organisation, link)
    return Mail(
        to="",
        subject=subject_of(CHANGED, entry),
        template="meeting_update" if for_participants else "meeting_update_forward",
        context={**context, **own},
        category=MailCategory.TEST,
    )


def _told_apart(contact: Contact) -> str:
    organisation: Organisation = contact.role.organisation
    return organisation.short_name if contact.is_for_several else ""


def removal(*, to: str, entry: CalendarEntry, is_booked: bool) -> Mail:
    """The mail about a meeting that has been removed for good. It does not say what the meeting was about."""
    body = calendars.build_removal(entry, to if is_booked else "", sequence=entry.next_sequence())
    return Mail(
        to=to,
        subject=f"Ett möte blir inte av: {dates.short_when(entry.starts_at, entry.ends_at)}",
        template="meeting_removed",
        context={"when": dates.when(entry.starts_at, entry.ends_at), "is_booked": is_booked},
        calendar=CalendarPart(calendars.CANCEL, body) if is_booked else None,
        attachments=[] if is_booked else [calendars.cancel_file(body)],
        stream=entry.stream,
        category=MailCategory.CANCELLATION,
    )
