"""Who may see and manage the outbox."""

from typing import Any, Protocol


class Operator(Protocol):
    """A logged-in user, of whatever model: the outbox does not depend on the room of persons."""

    pk: Any

    def has_perm(self, perm: str, obj: Any = None) -> bool: ...


def user_can_see_mails(user: Operator) -> bool:
    return user.has_perm("outbox.view_outgoingmail")


def user_can_retry_mail(user: Operator) -> bool:
    return user.has_perm("outbox.retry_outgoingmail")


def user_can_release_queue(user: Operator) -> bool:
    return user.has_perm("outbox.release_queue")
