"""Holds the queue when the database may have been restored from a backup, so that nothing is sent once more.

Nothing may be sent unless this machine can prove that the database knows the latest delivery. The proof has two
parts. The machine keeps a mark on its disk: how many deliveries the database had counted, the latest of them, and
the releases of the queue. And the database says by which name it was last sent from (`database_identity`): one that
was read back from a dump, copied or recovered has another name, whichever machine sent last. No clock is asked.

Where the database contradicts the mark, the queue is held at once. Where the proof is only missing, it is held if
mails are pending; otherwise there is nothing that could be sent twice, and the machine makes its mark.
"""

import json
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from .database_identity import database_identity
from .enums import MailStatus
from .models import MailEvent, OutgoingMail, QueueState

BEHIND = (
    "Databasen tycks vara återställd från en säkerhetskopia: den känner till {database} levererade mejl, "
    "men {mark} har gått iväg härifrån."
)
FORGOTTEN = (
    "Databasen tycks vara återställd från en säkerhetskopia: den har glömt något som den här datorn vet har hänt i kön."
)
MOVED = (
    "Databasen har återställts, kopierats eller flyttats sedan mejl senast skickades från den, så en del av mejlen "
    "i kön kan redan ha gått iväg."
)
UNKNOWN = "Den här datorn har inte skickat för kön förut och kan inte se om databasen är återställd."

RELEASES_KEPT = 20


@dataclass(frozen=True)
class Mark:
    """What this machine knows about the queue."""

    # None: nothing, until the queue has been released.
    delivered: int | None
    # The Message-ID of the latest delivery; "" when there was none, or it is not known.
    latest: str = ""
    # The releases that it has seen, the latest last.
    releases: tuple[str, ...] = ()
    # Of a mark written before version 0.4, which knows the last release by its time: ISO 8601, "" for none.
    released_at: str | None = None


class RestoreGuard:
    """Compares the database with the mark on the disk.

    `hold_without_mark` says whether the queue is held where the proof is missing, as it is in operation.
    """

    def __init__(self, *, state_dir: Path, hold_without_mark: bool) -> None:
        self.state_dir = state_dir
        self.hold_without_mark = hold_without_mark

    def path(self, state: QueueState) -> Path:
        return self.state_dir / f"outbox-{state.queue_id}.mark"

    def read(self, state: QueueState) -> Mark | None:
        """The mark, or None when there is none that can be read."""
        try:
            values = json.loads(self.path(state).read_text())
            return Mark(**{**values, "releases": tuple(values.get("releases", ()))})
        except (OSError, ValueError, TypeError, AttributeError):
            return None

    def write(self, state: QueueState, mark: Mark) -> None:
        self.state_dir.mkdir(parents=True, exist_ok=True)
        # A unique name, so that two workers never write into one file; the last one counts.
        draft = self.path(state).with_suffix(f".{uuid.uuid4().hex}.draft")
        draft.write_text(json.dumps(asdict(mark)))
        draft.replace(self.path(state))

    def fault(self) -> str:
        """Say why nothing may be sent, or "" when all is well; then the mark follows the database."""
        # The mark is read before the counter: another worker may deliver in between, and the
        # counter must not look older than it is.
        state = QueueState.objects.current()
        mark = self.read(state)
        state.refresh_from_db()
        here = database_identity()
        reason = self.reason(state, mark, here)
        if not reason:
            self.accept(state, mark, here)
        elif mark is None:
            # It knows nothing but the releases so far, so that it can tell a new one.
            self.write(state, Mark(None, releases=_releases(state, None)))
        return reason

    def reason(self, state: QueueState, mark: Mark | None, here: str) -> str:
        if is_newly_released(state, mark, here):
            return ""
        if mark is None or mark.delivered is None:
            return UNKNOWN if self.proof_is_needed() else ""
        if reason := contradiction(state, mark):
            return reason
        return MOVED if is_moved(state, mark, here) and self.proof_is_needed() else ""

    def proof_is_needed(self) -> bool:
        return self.hold_without_mark and OutgoingMail.objects.pending().exists()

    def accept(self, state: QueueState, mark: Mark | None, here: str) -> None:
        """Take the database as it is now for the truth."""
        accepted = Mark(state.delivered, state.latest_delivery, _releases(state, mark))
        if accepted != mark:
            self.write(state, accepted)
        if state.database_identity != here:
            QueueState.objects.update(database_identity=here)

    def note(self, state: QueueState) -> None:
        """Remember the latest delivery; never fewer deliveries than already noted."""
        mark = self.read(state)
        if mark and (mark.delivered is None or mark.delivered >= state.delivered):
            return
        self.write(state, Mark(state.delivered, state.latest_delivery, _releases(state, mark)))


def is_newly_released(state: QueueState, mark: Mark | None, here: str) -> bool:
    """Whether an operator has released the queue of this very database since the mark was written."""
    if mark is None or state.latest_release is None or state.database_identity != here:
        return False
    return str(state.latest_release) not in mark.releases


def contradiction(state: QueueState, mark: Mark) -> str:
    """Say how the database contradicts what this machine has seen, or "" when it does not."""
    if mark.released_at is not None:
        released_at = as_text(state.released_at)
        if released_at > mark.released_at:
            return ""
        forgotten = released_at < mark.released_at
    else:
        latest = str(state.latest_release) if state.latest_release else ""
        forgotten = bool(mark.releases) and latest in ("", *mark.releases[:-1])
    if mark.delivered is not None and (forgotten or state.delivered < mark.delivered):
        return BEHIND.format(database=state.delivered, mark=mark.delivered)
    return FORGOTTEN if mark.latest and not knows(state, mark) else ""


def knows(state: QueueState, mark: Mark) -> bool:
    """Whether the database knows the latest delivery of the mark."""
    if state.delivered == mark.delivered:
        return state.latest_delivery == mark.latest
    # A mail that came back and is tried again waits too, but its delivery is among its events.
    waiting = OutgoingMail.objects.pending().filter(message_id=mark.latest).values_list("pk", flat=True).first()
    return waiting is None or MailEvent.objects.filter(mail=waiting, status=MailStatus.SENT).exists()


def is_moved(state: QueueState, mark: Mark, here: str) -> bool:
    """Whether the database has another name than when it was last sent from."""
    # One that comes from before version 0.4, as the mark does, has not written down its name yet.
    upgraded = mark.released_at is not None and not state.database_identity
    return state.database_identity != here and not upgraded


def _releases(state: QueueState, mark: Mark | None) -> tuple[str, ...]:
    """The releases that the machine has seen when it has looked at the state too."""
    seen = mark.releases if mark else ()
    latest = str(state.latest_release) if state.latest_release else ""
    return (*seen, latest)[-RELEASES_KEPT:] if latest and latest not in seen else seen


def as_text(moment: datetime | None) -> str:
    """ISO 8601 in UTC with a fixed width, so that later is greater; "" for never."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f") if moment else ""


def configured_guard() -> RestoreGuard:
    """The guard as the settings ask for it."""
    return RestoreGuard(state_dir=mark_folder(), hold_without_mark=settings.OUTBOX_HOLD_WITHOUT_MARK)


def mark_folder() -> Path:
    """Where the mark lies: in STATE_DIR, or beside the file of SQLite.

    Whoever can send from a file can also write beside it, so that all of them share a mark there.
    """
    name = Path(str(connection.settings_dict["NAME"]))
    return name.parent if connection.vendor == "sqlite" and name.is_absolute() else Path(settings.STATE_DIR)


def begin_mark() -> None:
    """Make the first mark where no mail was ever written, so that a new installation need not be released."""
    if settings.OUTBOX_HOLD_WITHOUT_MARK and not OutgoingMail.objects.exists():
        configured_guard().fault()
