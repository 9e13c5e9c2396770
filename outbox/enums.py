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
# A server has taken it, or may have.
TAKEN_STATUSES = {MailStatus.SENT, MailStatus.UNCERTAIN}
# It has arrived, or may still do.
ON_ITS_WAY_STATUSES = PENDING_STATUSES | TAKEN_STATUSES
# The receiver will not get it unless somebody does something.
UNDELIVERABLE_STATUSES = {MailStatus.FAILED, MailStatus.BOUNCED}
# A person may ask for another try.
RETRIABLE_STATUSES = UNDELIVERABLE_STATUSES | {MailStatus.UNCERTAIN}
# It has left the queue, and nobody knows that it arrived.
UNSENT_STATUSES = RETRIABLE_STATUSES | {MailStatus.WITHDRAWN}


class BounceClass(models.TextChoices):
    """What a report says of the mail. Only a dead address says something of the receiver."""

    DEAD = "dead", "Adressen finns inte"
    MAILBOX = "mailbox", "Problem med brevlådan"
    REFUSED = "refused", "Stoppades som skräppost eller av en regel"
    COMPLAINT = "complaint", "Anmäldes som skräppost"

    @property
    def what_to_do(self) -> str:
        """What an editor can do about it, in Swedish."""
        return WHAT_TO_DO[self]


WHAT_TO_DO = {
    BounceClass.DEAD: (
        "Adressen fungerar inte. Kontrollera stavningen. Är det en kontaktperson, fråga organisationen vem som har "
        "tagit över."
    ),
    BounceClass.MAILBOX: (
        "Mottagarens brevlåda eller server tog inte emot mejlet. Brevlådan kan vara full eller tillfälligt stängd. "
        "Försök igen om några dagar, eller ring."
    ),
    BounceClass.REFUSED: (
        "Det är inget fel på adressen. Mottagarens server släppte inte in mejlet. Be den som sköter driften "
        "titta på serverns svar, eller be mottagarens it-avdelning släppa igenom våra mejl."
    ),
    BounceClass.COMPLAINT: (
        "Mejlet kom fram, men mottagaren eller mottagarens e-postprogram anmälde det som skräppost. Fråga om "
        "personen vill ha våra mejl, och sluta annars skicka dem."
    ),
}
SENT_ON_ADVICE = (
    "Mottagaren skickar sina mejl vidare till en adress som inte fungerar. Be mottagaren se över sin vidarebefordran."
)
# What UNCERTAIN means to an editor.
UNCERTAIN_ADVICE = (
    "Förbindelsen bröts just när mejlet hade lämnats över, så det kan ha kommit fram. "
    "Titta i mejlserverns logg, eller fråga mottagaren, innan du skickar igen."
)
