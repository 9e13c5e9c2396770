"""The states of an outgoing mail."""

from django.db import models


class MailStatus(models.TextChoices):
    QUEUED = "queued", "I kö"
    SENDING = "sending", "Skickas"
    RETRY = "retry", "Väntar på nytt försök"
    SENT = "sent", "Skickat"
    FAILED = "failed", "Gick inte att skicka"
    BOUNCED = "bounced", "Studsade"
    # Facts overtook it before it left: the meeting was cancelled, the role ended.
    WITHDRAWN = "withdrawn", "Drogs in"
    # The connection broke after the whole text was handed over: the server may have taken it.
    UNCERTAIN = "uncertain", "Osäker leverans"


# Still to be delivered; a later mail of the same stream waits for these.
PENDING_STATUSES = {MailStatus.QUEUED, MailStatus.SENDING, MailStatus.RETRY}
# The receiver will not get it unless somebody does something.
UNDELIVERABLE_STATUSES = {MailStatus.FAILED, MailStatus.BOUNCED}
# A person may ask for another try.
RETRIABLE_STATUSES = UNDELIVERABLE_STATUSES | {MailStatus.UNCERTAIN}


class BounceClass(models.TextChoices):
    """What a report says of the mail. Only a dead address says something of the receiver."""

    DEAD = "dead", "Adressen finns inte"
    MAILBOX = "mailbox", "Problem med brevlådan"
    REFUSED = "refused", "Stoppades som skräppost eller av en regel"
    COMPLAINT = "complaint", "Anmäldes som skräppost"
