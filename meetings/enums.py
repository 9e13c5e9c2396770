"""Formats, states and kinds around a meeting."""

from django.db import models


class MeetingFormat(models.TextChoices):
    DIGITAL = "digital", "Digitalt"
    PHYSICAL = "physical", "På plats"
    BOTH = "both", "Digitalt och på plats"


class MaterialMoment(models.TextChoices):
    BEFORE = "before", "Inför mötet"
    AFTER = "after", "Efter mötet"


class MailOutKind(models.TextChoices):
    INVITATION = "invitation", "Inbjudan"
    UPDATE = "update", "Ändring"
    CANCELLATION = "cancellation", "Inställt"


class RegistrationStatus(models.TextChoices):
    WAITING = "waiting", "Väntar på organisation"
    REGISTERED = "registered", "Anmäld"
    CANCELLED = "cancelled", "Avanmäld"


# Those who get updates and the join link.
TAKING_PART = (RegistrationStatus.REGISTERED,)
