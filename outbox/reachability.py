"""Whether the mail server takes mails, as the connections of one process know it together."""

import threading
import time

# Seconds until the next attempt, each time longer. The last is how soon delivery goes on when the server is back.
PAUSES = (1, 2, 5)
SOON = 0.05  # seconds; another connection is just being opened


class Reachability:
    """Lets one connection at a time be opened, and after a setback only one in each pause.

    It also knows whether a refusal is about the server or about a mail: a server that takes others means the mail.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.setbacks = 0  # since the server last answered for a mail
        self.not_before = 0.0  # on the monotonic clock: when somebody may open a connection
        self.answers = 0  # mails that the server has taken or refused
        self.busy_at: dict[int, int] = {}  # mail → the answers when the server last was too busy for it

    @property
    def pause(self) -> float:
        return PAUSES[min(max(self.setbacks, 1), len(PAUSES)) - 1]

    @property
    def wait(self) -> float:
        """Seconds until it is worth asking again whether a connection may be opened."""
        return max(self.not_before - time.monotonic(), SOON) if self.setbacks else SOON

    def may_open(self) -> bool:
        """Whether the caller may open a connection now. Nobody else may until it has, or the pause is over."""
        with self.lock:
            if time.monotonic() < self.not_before:
                return False
            self.not_before = time.monotonic() + self.pause
            return True

    def let_next_open(self) -> None:
        """Let somebody else open a connection at once, if all was well before."""
        with self.lock:
            if not self.setbacks:
                self.not_before = 0.0

    def answered(self, mail: int) -> None:
        """Note that the server has taken or refused a mail."""
        with self.lock:
            self.setbacks, self.not_before = 0, 0.0
            self.answers += 1
            self.busy_at.pop(mail, None)

    def failed(self) -> float:
        """Note that the server takes no mails; return the seconds until the next attempt."""
        with self.lock:
            self.setbacks += 1
            self.not_before = time.monotonic() + self.pause
            return self.pause

    def was_busy(self, mail: int) -> None:
        """Note which mail the server was too busy for."""
        with self.lock:
            self.busy_at[mail] = self.answers

    def is_about(self, mail: int) -> bool:
        """Whether the server has answered for other mails since it was too busy for this one."""
        with self.lock:
            return self.answers > self.busy_at.get(mail, self.answers)
