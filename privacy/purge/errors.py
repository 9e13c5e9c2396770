"""What stands in the way of a purge."""


class PurgeRefused(Exception):
    """The purge cannot be done as asked; the message is a whole Swedish sentence that says why."""
