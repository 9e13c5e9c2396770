"""Finds in a mail server's log which of our mails it has passed on, by their Message-ID.

Reads the logs of Postfix and Sendmail (a queue id ties `message-id=` to `status=`), of Exim (`<=` with `id=`, then
`=>`), the tables of Exchange (message tracking, and message trace of Microsoft 365) and a plain list of Message-IDs.
The log is read as a stream, and nothing of it is kept but which mails it names.
"""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .models import MailQuerySet

LONGEST_LINE = 20_000  # characters; what is longer is no line of a log

QUEUED = re.compile(r"\b(\w{6,20}): .*?\b(?:message-id|msgid)=<?([^<>\s,]+)>?", re.IGNORECASE)
# The first status counts: what the other server said follows it, and may be anything.
STATUS = re.compile(r"\b(\w{6,20}): .*?, stat(?:us)?=(\w+)", re.IGNORECASE)
EXIM = re.compile(r"(?:^|\s)(\w{6}-\w{6,11}-\w{2,4}) (<=|=>|->|>>) (.*)")
EXIM_ID = re.compile(r"(?:^|\s)id=<?([^<>\s]+)>?")
ONLY_AN_ID = re.compile(r"\s*<?([^<>\s,;\"]+@[^<>\s,;\"]+)>?\s*")
# The columns of Exchange's tables, and what they say of a mail that has been passed on.
ID_COLUMNS = {"message-id", "message_id", "messageid", "message id"}
EVENT_COLUMNS = {"event-id", "event_id", "eventid", "event", "status", "delivery_status"}
PASSED_ON = {"send", "sendexternal", "deliver", "delivered"}


@dataclass
class LogReader:
    """Takes line after line, and remembers which of `ours` the server was given and has passed on."""

    ours: frozenset[str]  # Message-IDs without their angle brackets
    named: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)
    lines: int = 0
    queue_ids: dict[str, str] = field(default_factory=dict)  # of our mails only
    columns: tuple[int, int] | None = None  # of the Message-ID and the event, in a table

    def read(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.lines += 1
            if self.is_heading(line):
                continue
            if self.columns:
                self.read_row(line)
            elif found := EXIM.search(line):
                self.read_exim(*found.groups())
            else:
                self.read_syslog(line)

    def read_syslog(self, line: str) -> None:
        lower = line.lower()
        if "message-id=" in lower or "msgid=" in lower:
            if found := QUEUED.search(line):
                self.give(*found.groups())
        elif "stat=" in lower or "status=" in lower:
            if (found := STATUS.search(line)) and found[2].lower() == "sent":
                self.pass_on(found[1])
        elif (found := ONLY_AN_ID.fullmatch(line)) and found[1] in self.ours:
            self.named.add(found[1])
            self.sent.add(found[1])

    def read_exim(self, queue_id: str, mark: str, rest: str) -> None:
        if mark != "<=":
            self.pass_on(queue_id)
        elif found := EXIM_ID.search(rest):
            self.give(queue_id, found[1])

    def give(self, queue_id: str, message_id: str) -> None:
        """The server has got a mail, and calls it by a queue id; the same id may have been another mail's before."""
        self.queue_ids.pop(queue_id, None)
        if message_id in self.ours:
            self.named.add(message_id)
            self.queue_ids[queue_id] = message_id

    def pass_on(self, queue_id: str) -> None:
        if message_id := self.queue_ids.get(queue_id):
            self.sent.add(message_id)

    def is_heading(self, line: str) -> bool:
        """Whether the line names the columns of a table; they are remembered."""
        lower = line.lower()
        if not any(name in lower for name in ID_COLUMNS):
            return False
        names = [name.strip().removeprefix("#fields:").strip() for name in _cells(lower)]
        ids = [place for place, name in enumerate(names) if name in ID_COLUMNS]
        events = [place for place, name in enumerate(names) if name in EVENT_COLUMNS]
        if ids and events:
            self.columns = ids[0], events[0]
        return bool(ids and events)

    def read_row(self, line: str) -> None:
        cells = _cells(line)
        if not self.columns or len(cells) <= max(self.columns):
            return
        message_id, event = (cells[place].strip() for place in self.columns)
        message_id = message_id.strip("<>")
        if message_id in self.ours:
            self.named.add(message_id)
            if event.lower() in PASSED_ON:
                self.sent.add(message_id)


@dataclass(frozen=True)
class LogMatch:
    """What a log says of the mails that may have left without our knowing."""

    lines: int
    looked_for: int
    sent: list[int]  # ids of the mails that it says were passed on
    unsent: int  # how many it names without saying so


def match_log(chunks: Iterable[bytes], mails: MailQuerySet) -> LogMatch:
    """Look for those of the mails in the log that are undecided. Changes nothing."""
    found = mails.undecided().order_by("pk").values_list("message_id", "pk")
    ids = {message_id.strip("<>"): pk for message_id, pk in found}
    reader = LogReader(frozenset(ids))
    reader.read(text_lines(chunks))
    sent = sorted(ids[message_id] for message_id in reader.sent)
    return LogMatch(reader.lines, len(ids), sent, len(reader.named - reader.sent))


def text_lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """The lines of a text in UTF-8, or in UTF-16 with its mark, a piece at a time; endless ones are cut."""
    decoder, rest = None, ""
    for chunk in chunks:
        if decoder is None:
            is_wide = chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            decoder = codecs.getincrementaldecoder("utf-16" if is_wide else "utf-8-sig")(errors="replace")
        *lines, rest = (rest + decoder.decode(chunk)).split("\n")
        yield from (line[:LONGEST_LINE].rstrip("\r") for line in lines)
        rest = rest[:LONGEST_LINE]
    if rest:
        yield rest


def _cells(line: str) -> list[str]:
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return []
