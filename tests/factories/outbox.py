"""Mails for tests, in any state."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from outbox.composition import compose
from outbox.enums import BounceClass, MailStatus
from outbox.mails import Mail
from outbox.models import OutgoingMail


class OutgoingMailFactory(DjangoModelFactory):
    """A mail in the queue, with a real message."""

    class Meta:
        model = OutgoingMail
        exclude = ["composed", "html"]

    html = ""
    recipient = factory.Sequence(lambda n: f"kontakt{n}@nacka.example")
    subject = factory.Sequence(lambda n: f"Inbjudan {n}")
    text = "Välkommen till mötet."
    composed = factory.LazyAttribute(
        lambda o: compose(Mail(to=o.recipient, subject=o.subject, text=o.text, html=o.html))
    )
    message = factory.LazyAttribute(lambda o: o.composed.message)
    message_id = factory.LazyAttribute(lambda o: o.composed.message_id)

    class Params:
        gone = factory.Trait(due_at=None)
        sent = factory.Trait(
            gone=True, status=MailStatus.SENT, sent_at=factory.LazyFunction(timezone.now), reply="250 Ok"
        )
        dead = factory.Trait(bounce_class=BounceClass.DEAD)
        failed = factory.Trait(gone=True, dead=True, status=MailStatus.FAILED, reply="550 5.1.1 No such user")
        uncertain = factory.Trait(gone=True, status=MailStatus.UNCERTAIN, reply="Mejlservern svarade inte i tid")
        bounced = factory.Trait(sent=True, dead=True, status=MailStatus.BOUNCED)
        waiting = factory.Trait(tries=1, due_at=factory.LazyFunction(lambda: timezone.now() + timedelta(minutes=5)))
        retrying = factory.Trait(waiting=True, status=MailStatus.RETRY)
        sending = factory.Trait(waiting=True, status=MailStatus.SENDING, holder="elsewhere/1/a")
