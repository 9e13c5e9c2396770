"""States of files, kinds of mail, and what the guard does with a model."""

from enum import Enum

from django.db import models


class GuardPolicy(Enum):
    """What the guard looks at before a row of a model is saved; see `gate.guard.policy_of`."""

    PUBLIC_PAGE = "public page"  # pages and their parts: only what visitors would see
    ALWAYS = "always"  # rows whose texts others read
    FILE = "file"  # documents and images: texts, name and content


class ScreeningState(models.TextChoices):
    WAITING = "waiting", "väntar på granskning"
    RUNNING = "running", "granskas"
    DONE = "done", "granskad"


class FileState(models.TextChoices):
    """Where a document or image stands, as the filter of the lists has it; the values stand in addresses."""

    NEEDS_APPROVAL = "ord", "Väntar på ditt ord"
    BLOCKED = "stopp", "Får inte publiceras"
    NOT_SCREENED = "granskas", "Granskas eller väntar på granskning"
    APPROVED = "godkand", "Godkänd"


class MailCategory(models.TextChoices):
    """What kind of mail it is, as the outbox shows it."""

    FILE = "gate_file", "Besked om en fil"
    SCHEDULE = "gate_schedule", "Besked till redaktör"
