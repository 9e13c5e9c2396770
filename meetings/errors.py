"""What cannot be done with a meeting."""


class MeetingError(Exception):
    """A change that the state of the meeting does not allow.

    The message is a whole Swedish sentence that may be shown to whoever asked.
    """


class TooOftenError(MeetingError):
    """The same thing has been done many times in a short while; later it works again."""
