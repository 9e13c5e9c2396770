"""The subjects of mails about meetings."""

from outbox.plain_text import one_line

from .. import dates
from ..models import CalendarEntry, Facts

MAX_SUBJECT = 150  # characters; programs show fewer still


def subject_of(kind: str, entry: CalendarEntry | Facts, *, organisation: str = "") -> str:
    """The subject `Inbjudan: Titel, tis 10 mars kl. 9–11 (Nacka kommun)`.

    A long title is shortened, so that the time always stands there. The organisation tells a receiver apart who
    gets the mail once for each of several.
    """
    rest = f", {dates.short_when(entry.starts_at, entry.ends_at)}{f' ({organisation})' if organisation else ''}"
    title, room = one_line(entry.title), max(20, MAX_SUBJECT - len(f"{kind}: {rest}"))
    if len(title) > room:
        title = f"{title[: room - 1].rstrip(' ,.:;–-')}…"
    return f"{kind}: {title}{rest}"
