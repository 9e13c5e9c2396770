"""Errors of the actions on meetings."""


class MeetingError(Exception):
    """A change that the state of the meeting does not allow.

    The message is a whole Swedish sentence that may be shown to the user.
    """


class TooOftenError(MeetingError):
    """The same thing was done too many times in a short while; it may be tried again later."""
