"""Sends letters, and tests of them."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from contacts.models import Person
from outbox.actions import queue, queue_all
from outbox.models import OutgoingMail

from ..models import Letter
from ..permissions import user_can_send_letters
from . import mails

SENT = "Brevet är redan skickat."


@transaction.atomic
def save_letter(*, letter: Letter, by: Person) -> Letter:
    """Store a letter that is being written. Raises PermissionDenied, and ValidationError when it has been sent."""
    if not user_can_send_letters(by):
        raise PermissionDenied
    # Under the lock, so that a letter that is sent meanwhile is neither changed nor sent again.
    if Letter.objects.select_for_update(of=("self",)).filter(pk=letter.pk).exclude(sent_at=None).exists():
        raise ValidationError(SENT)
    letter.sent_at = None
    letter.save()
    return letter


@transaction.atomic
def send_letter(*, letter: Letter, seen: int, by: Person) -> int:
    """Queue the letter to each receiver, once; return how many mails.

    `seen` is how many receivers the editor was shown. Raises PermissionDenied, and ValidationError when it has been
    sent, when there is nobody, or when the receivers have become more or fewer since.
    """
    if not user_can_send_letters(by):
        raise PermissionDenied
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.sent_at:
        raise ValidationError(SENT)
    receivers = letter.receivers
    if not receivers:
        raise ValidationError("Ingen kontaktperson stämmer med urvalet. Ändra det först.")
    if len(receivers) != seen:
        raise ValidationError(
            f"Mottagarna är nu {len(receivers)}, inte {seen}. Se efter en gång till innan du skickar."
        )
    queued = queue_all(mails.letter_to(role, letter) for role in receivers)
    letter.sent_at = timezone.now()
    letter.save(update_fields=["sent_at"])
    log(
        instance=letter, action="meetings.send_letter", user=by, title=f"brev {letter.pk}", data={"queued": len(queued)}
    )
    return len(queued)


def send_test(*, letter: Letter, to: Person) -> OutgoingMail:
    """Mail the letter to the editor as a test. Raises PermissionDenied."""
    if not user_can_send_letters(to):
        raise PermissionDenied
    return queue(mails.test_of(letter, to=to.email))
