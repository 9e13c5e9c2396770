"""Formats, states and kinds around a meeting."""

from django.db import models


class MeetingFormat(models.TextChoices):
    DIGITAL = "digital", "Digitalt"
    PHYSICAL = "physical", "På plats"
    BOTH = "both", "Digitalt och på plats"


class MeetingState(models.TextChoices):
    DRAFT = "draft", "Utkast"
    COMING = "coming", "Kommande"
    TODAY = "today", "I dag"
    ONGOING = "ongoing", "Pågår nu"
    PAST = "past", "Genomfört"
    CANCELLED = "cancelled", "Inställt"


# States in which one may still register.
OPEN_STATES = {MeetingState.COMING, MeetingState.TODAY, MeetingState.ONGOING}


class MaterialMoment(models.TextChoices):
    BEFORE = "before", "Inför mötet"
    AFTER = "after", "Efter mötet"


class MailOutKind(models.TextChoices):
    INVITATION = "invitation", "Inbjudan"
    UPDATE = "update", "Ändring"
    CANCELLATION = "cancellation", "Inställt"
    REMINDER = "reminder", "Påminnelse"


class Participation(models.TextChoices):
    """To whom a letter goes, by what their organisation has done."""

    UNANSWERED = "unanswered", "Har inte svarat på inbjudan"
    NEVER = "never", "Har aldrig deltagit"


class MailCategory(models.TextChoices):
    """What kind of mail it is, as the outbox shows it."""

    INVITATION = "meeting_invitation", "Inbjudan"
    REMINDER = "meeting_reminder", "Påminnelse om inbjudan"
    FORWARD = "meeting_forward", "Vidarebefordrad inbjudan"
    REGISTRATION = "meeting_registration", "Anmälan"
    PARTICIPANT = "meeting_participant", "Besked till anmäld"
    OWN_LINK = "meeting_own_link", "Länk till egen anmälan"
    UPDATE = "meeting_update", "Ändrat möte"
    CANCELLATION = "meeting_cancellation", "Inställt möte"
    LETTER = "meeting_letter", "Brev från redaktionen"
    TEST = "meeting_test", "Testmejl"


class RegistrationStatus(models.TextChoices):
    WAITING = "waiting", "Väntar på organisation"
    REGISTERED = "registered", "Anmäld"
    CANCELLED = "cancelled", "Avanmäld"


class Claim(models.IntegerChoices):
    """How far what a registration says of somebody can be trusted, the least first. A lesser claim changes nothing."""

    OTHERS_LINK = 0, "Genom en annan organisations länk"
    OPEN_FORM = 1, "Utan länk"
    OWN_LINK = 2, "Genom den egna organisationens länk"
    CONFIRMED = 3, "Bekräftat av personen själv"


# Those who get updates and the join link.
TAKING_PART = (RegistrationStatus.REGISTERED,)
