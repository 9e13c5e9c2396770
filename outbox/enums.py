"""The states of an outgoing mail."""

from django.db import models


class MailStatus(models.TextChoices):
    QUEUED = "queued", "I kö"
    SENDING = "sending", "Skickas"
    RETRY = "retry", "Väntar på nytt försök"
    SENT = "sent", "Skickat"
    FAILED = "failed", "Gick inte att skicka"
    BOUNCED = "bounced", "Studsade"


# Still to be delivered; a later mail of the same stream waits for these.
PENDING_STATUSES = {MailStatus.QUEUED, MailStatus.SENDING, MailStatus.RETRY}
# The receiver will not get it unless somebody does something.
UNDELIVERABLE_STATUSES = {MailStatus.FAILED, MailStatus.BOUNCED}
