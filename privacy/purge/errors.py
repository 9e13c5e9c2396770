"""The error of a purge that cannot be done."""


class PurgeRefused(Exception):
    """Raised when a purge cannot be done as asked; the message is a whole Swedish sentence that says why."""
