"""Holds the queue when the database has been restored from a backup, so that nothing is sent once more.

Each worker's machine keeps a mark on its disk: how many mails the database said were delivered. If the
database now says fewer, it has been restored and does not know what has already been sent.
Then nothing is sent until an operator has looked and released the queue.
"""

import json
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from .models import QueueState

BEHIND = (
    "Databasen tycks vara återställd från en säkerhetskopia: den känner till {database} levererade mejl, "
    "men {mark} har gått iväg härifrån."
)
UNKNOWN = "Den här datorn har inte skickat för kön förut och kan inte se om databasen är återställd."


@dataclass(frozen=True)
class Mark:
    """What this machine knows about the queue.

    `delivered` None: it knows nothing until the queue has been released. `released_at` is the last
    release it has seen, as ISO 8601 ("" is none).
    """

    delivered: int | None
    released_at: str


class RestoreGuard:
    """Compares the database with the mark on the disk.

    `hold_without_mark` says whether a machine without a mark must not send for a queue that has
    already delivered something.
    """

    def __init__(self, *, state_dir: Path, hold_without_mark: bool) -> None:
        self.state_dir = state_dir
        self.hold_without_mark = hold_without_mark

    def path(self, state: QueueState) -> Path:
        return self.state_dir / f"outbox-{state.queue_id}.mark"

    def read(self, state: QueueState) -> Mark | None:
        """The mark, or None when there is none that can be read."""
        try:
            return Mark(**json.loads(self.path(state).read_text()))
        except (OSError, ValueError, TypeError):
            return None

    def write(self, state: QueueState, mark: Mark) -> None:
        self.state_dir.mkdir(parents=True, exist_ok=True)
        # A unique name, so that two workers never write into one file; the last one counts.
        draft = self.path(state).with_suffix(f".{uuid.uuid4().hex}.draft")
        draft.write_text(json.dumps(asdict(mark)))
        draft.replace(self.path(state))

    def fault(self) -> str:
        """Say why nothing may be sent, or "" when all is well."""
        # The mark is read before the counter: another worker may deliver in between, and the
        # counter must not look older than it is.
        state = QueueState.objects.current()
        mark = self.read(state)
        state.refresh_from_db()
        released_at = as_text(state.released_at)
        if mark is None:
            if not state.delivered or not self.hold_without_mark:
                self.write(state, Mark(state.delivered, released_at))
                return ""
            self.write(state, Mark(None, released_at))
            return UNKNOWN
        if released_at > mark.released_at:
            self.write(state, Mark(state.delivered, released_at))
            return ""
        if mark.delivered is None:
            return UNKNOWN
        if released_at < mark.released_at or state.delivered < mark.delivered:
            return BEHIND.format(database=state.delivered, mark=mark.delivered)
        return ""

    def note(self, state: QueueState) -> None:
        """Remember how many mails are delivered; never fewer than already noted."""
        mark = self.read(state)
        released_at = as_text(state.released_at)
        if mark and mark.released_at == released_at and (mark.delivered is None or mark.delivered >= state.delivered):
            return
        self.write(state, Mark(state.delivered, released_at))


def as_text(moment: datetime | None) -> str:
    """ISO 8601 in UTC with a fixed width, so that later is greater; "" for never."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f") if moment else ""


def configured_guard() -> RestoreGuard:
    """The guard as the settings ask for it."""
    return RestoreGuard(state_dir=Path(settings.STATE_DIR), hold_without_mark=settings.OUTBOX_HOLD_WITHOUT_MARK)
