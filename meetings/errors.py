"""What cannot be done with a meeting."""


class MeetingError(Exception):
    """A change that the state of the meeting does not allow.

    The message is a whole Swedish sentence that may be shown to whoever asked.
    """
