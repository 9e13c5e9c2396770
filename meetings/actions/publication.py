"""Publish a meeting, and tell everybody's calendar what has changed."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.actions import PublishPageRevisionAction
from wagtail.log_actions import log

from contacts.models import Organisation, Person
from outbox.mails import Mail
from outbox.rendering import rendered

from .. import mails
from ..conditions import MEETING_CHANGED
from ..enums import MailOutKind
from ..errors import MeetingError
from ..models import FOR_PARTICIPANTS_ONLY, CalendarEntry, Facts, MailOut, MeetingPage
from ..receivers import Receivers, participants_of, receivers_of
from .locking import lock_calendar
from .telling import tell_change, withdraw_waiting


class PublishMeetingAction(PublishPageRevisionAction):
    """Publish a meeting and tell its calendars in one transaction: both happen, or neither.

    Registered for MeetingPage, so that the editor, the schedule, workflows and code all use it. Raises
    ValidationError when the page may not be published as it is.
    """

    def execute(self, skip_permission_checks: bool = False) -> Any:
        with transaction.atomic():
            super().execute(skip_permission_checks=skip_permission_checks)
            record_publication(meeting=self.object, by=self.user)


def record_publication(*, meeting: MeetingPage, by: Person | None) -> MailOut | None:
    """Compare the published page with what calendars have been told, and tell them the difference.

    The first publication makes the calendar entry. Afterwards a change of title, time, place or join
    link raises SEQUENCE and queues a mail to everybody concerned (`receivers`); a change of the join
    link concerns those who take part only. Call it in the transaction that publishes. A page
    that is not live (scheduled for later) changes nothing. Nobody is told of a meeting that is over or cancelled.

    Raises ValidationError when the page may not be published as it is (see `publication_faults`).
    """
    live = MeetingPage.objects.filter(pk=meeting.pk, live=True).first()
    if live is None:
        return None
    with transaction.atomic():
        entry = CalendarEntry.objects.select_for_update(of=("self",)).filter(meeting=live).first()
        faults = live.publication_faults(entry)
        facts = live.facts
        if faults or facts is None:
            raise ValidationError(dict(faults))
        if entry is None:
            CalendarEntry.objects.create(meeting=live, **vars(facts))
            return None
        entry.meeting = live
        changed = facts.differences(entry.facts)
        return _tell_change(entry, facts, changed, by) if changed else None


@dataclass(frozen=True)
class ComingChange:
    """The changes that publishing would announce, and to how many people."""

    changed: frozenset[str]  # names of the fields of Facts
    people: int
    before: Facts
    after: Facts

    @property
    def may_be_quiet(self) -> bool:
        """Whether it may be left untold: a typing error in the title. Time, place and join link must reach people."""
        return self.changed == {"title"}


def coming_change(meeting: MeetingPage) -> ComingChange | None:
    """What people would be told if the meeting were published as it is, or None if nobody would be mailed."""
    entry, facts = meeting.entry, meeting.facts
    if entry is None or facts is None or entry.cancelled_at or not facts.differences(entry.facts):
        return None
    if max(facts.ends_at, entry.ends_at) <= timezone.now():
        return None
    changed = frozenset(facts.differences(entry.facts))
    people = len(_receivers_of(meeting, changed).addresses)
    return ComingChange(changed, people, entry.facts, facts) if people else None


def change_quietly(*, meeting: MeetingPage, by: Person) -> None:
    """Let the calendars' title be that of the draft without telling anybody, since only a typing error is mended.

    SEQUENCE stays: those who have the meeting in their calendars get the new title with the next change that they are
    told of, and the calendar that one subscribes to has it at once. Call it in the transaction that publishes.
    Raises MeetingError when something else has changed too.
    """
    entry = lock_calendar(meeting)
    facts = meeting.facts
    if facts is None or facts.differences(entry.facts) != {"title"}:
        raise MeetingError("Mer än titeln har ändrats, så de inbjudna och anmälda behöver få veta det.")
    log(instance=meeting, action="meetings.change_quietly", user=by, data={"before": entry.title, "after": facts.title})
    entry.tell(facts, changed_at=timezone.now())
    entry.save()


def preview_change(*, meeting: MeetingPage, organisation: Organisation) -> Mail:
    """The mail about what has changed in the draft, as the organisation's contact persons would get it.

    Where only participants are told, as they would get it. Its links do not work. Raises MeetingError when nobody
    would be told of anything.
    """
    change, entry, facts = coming_change(meeting), meeting.entry, meeting.facts
    if change is None or entry is None or facts is None:
        raise MeetingError("Det finns ingen ändring som någon skulle få mejl om.")
    note = meeting.change_note.strip()
    news = mails.News.of(entry.facts, note="" if note == entry.change_note else note, changed=change.changed)
    told = CalendarEntry.objects.get(pk=entry.pk)  # a copy to write on, never saved
    told.meeting = meeting
    told.tell(facts)
    for_participants = change.changed <= FOR_PARTICIPANTS_ONLY
    return rendered(mails.example_update(told, news, organisation, for_participants=for_participants))


def _receivers_of(meeting: MeetingPage, changed: Set[str]) -> Receivers:
    return participants_of(meeting) if changed <= FOR_PARTICIPANTS_ONLY else receivers_of(meeting)


def _tell_change(entry: CalendarEntry, facts: Facts, changed: set[str], by: Person | None) -> MailOut | None:
    before = entry.facts
    now = timezone.now()
    over = max(facts.ends_at, before.ends_at) <= now
    # The note belongs to time and place; with another change an old note would mislead.
    note = entry.meeting.change_note.strip()
    fresh_note = "" if note == entry.change_note else note
    entry.tell(facts, sequence=entry.next_sequence(), changed_at=now, change_note=fresh_note or entry.change_note)
    entry.save()
    if over or entry.cancelled_at:
        return None
    mail_out = MailOut.objects.create(meeting=entry.meeting, kind=MailOutKind.UPDATE, note=fresh_note, created_by=by)
    news = mails.News.of(before, note=fresh_note, changed=changed)
    receivers = _receivers_of(entry.meeting, changed)
    of_participants = {row.pk for row in receivers.participants} if changed <= FOR_PARTICIPANTS_ONLY else None
    withdrawn = withdraw_waiting(entry, because=MEETING_CHANGED, registrations=of_participants)
    queued = tell_change(entry, receivers=receivers, withdrawn=withdrawn, mail_out=mail_out, news=news)
    if not queued:
        mail_out.delete()
        return None
    log(
        instance=entry.meeting,
        action="meetings.update",
        user=by,
        data={"changed": sorted(changed), "sequence": entry.sequence, "queued": len(queued)},
    )
    return mail_out
