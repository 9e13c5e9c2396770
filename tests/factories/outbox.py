"""Mails for tests, in any state."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from outbox.composition import compose
from outbox.enums import MailStatus
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
    composed = factory.LazyAttribute(lambda o: compose(to=o.recipient, subject=o.subject, text=o.text, html=o.html))
    message = factory.LazyAttribute(lambda o: o.composed.content)
    message_id = factory.LazyAttribute(lambda o: o.composed.message_id)

    class Params:
        sent = factory.Trait(status=MailStatus.SENT, sent_at=factory.LazyFunction(timezone.now), reply="250 Ok")
        failed = factory.Trait(status=MailStatus.FAILED, reply="550 5.1.1 No such user")
        bounced = factory.Trait(sent=True, status=MailStatus.BOUNCED)
        retrying = factory.Trait(
            status=MailStatus.RETRY,
            tries=1,
            next_try_at=factory.LazyFunction(lambda: timezone.now() + timedelta(minutes=5)),
        )
        sending = factory.Trait(
            status=MailStatus.SENDING,
            tries=1,
            lease_until=factory.LazyFunction(lambda: timezone.now() + timedelta(minutes=5)),
        )
