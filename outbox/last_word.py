"""Lets one connection at a time wait for the server's last word on a mail."""

import threading

MOST = 1.0  # seconds to wait for another connection


class LastWord:
    """Held from the final dot until the outcome is recorded.

    A worker that is killed in between leaves a mail that was taken and is sent again, and a connection that breaks one
    that may have been taken. This way there is one such mail, not one for each connection. A server that takes longer
    than a moment does not keep the others: then they go on without.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.mine = threading.local()

    def wait_for_it(self) -> None:
        self.mine.held = self.lock.acquire(timeout=MOST)

    def give_up(self) -> None:
        """Let the next connection have it, if the caller has."""
        if getattr(self.mine, "held", False):
            self.mine.held = False
            self.lock.release()
